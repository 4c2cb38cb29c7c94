// Targets held against a trial, by the rules of siting.indicators.achieved.

function atLeast(target, achieved) {
  const met = achieved === null || achieved >= target.required * (1 - metTolerance);
  return { achieved, met };
}

// Sites inside the study area that are open and count in a target.
function counting({ trial, state }, target) {
  const { zone, tier, inclusive } = trial.sites;
  return state.open.map((open, site) => open === 1 && zone[site] >= 0 && target.tiers[tier[site]]
    && (!target.inclusive || inclusive[site] === 1));
}

function placesOf(found, target, ownStaff) {
  const { trial, state, demand } = found;
  return counting(found, target).map((counts, site) => {
    if (!counts) return 0;
    return ownStaff ? countedPlaces(trial, state, site) : placesPerThousand(trial, state, demand, site);
  });
}

function sumBy(values, group, groups) {
  const sums = new Float64Array(groups);
  values.forEach((value, i) => { if (group[i] >= 0) sums[group[i]] += Number(value); });
  return sums;
}

function lowest(parts_, wholes) {
  const told = Array.from(parts_, (part, i) => ratio(part, wholes[i])).filter((value) => value !== null);
  return told.length ? Math.min(...told) : null;
}

// Whether enough zones have what a target counts.
function enough(target, having, asked) {
  return { achieved: asked ? having / asked : null, achieved_count: having, met: having >= target.needed };
}

const held = {
  per_thousand(found, target) {
    const residents = found.trial.residents[found.state.year];
    const places = sumBy(placesOf(found, target, false), found.trial.sites.zone, residents.length)
      .map((count) => 1000 * count);
    return atLeast(target, target.within === "area" ? ratio(total(places), total(residents)) : lowest(places, residents));
  },

  inclusive_share(found, target) {
    const places = placesOf(found, target, true);
    const inclusive = places.map((count, site) => count * found.trial.sites.inclusive[site]);
    return atLeast(target, ratio(total(inclusive), total(places)));
  },

  township_coverage(found, target) {
    const zones = found.trial.residents[found.state.year].length;
    const open = sumBy(counting(found, target), found.trial.sites.zone, zones);
    return enough(target, open.filter((count) => count > 0).length, zones);
  },

  community_coverage(found, target) {
    const { trial, packed, reach } = found;
    const has = new Set();
    counting(found, target).forEach((counts, site) => {
      if (!counts) return;
      has.add(trial.sites.community[site]);
      if (target.shared_needs && trial.sites.residents[site]) {
        for (const community of communitiesNear(trial, packed, target, reach, site)) has.add(community);
      }
    });
    return enough(target, target.asked.filter((community) => has.has(community)).length, target.asked.length);
  },

  population_coverage({ trial, packed, demand, bits, covered }, target) {
    const { bit } = covered.find((one) => one.target === target);
    const children = target.plane === undefined ? demand.under3 : packed.plane(furtherPlane(trial, target));
    let part = 0, whole_ = 0;
    children.forEach((count, c) => {
      whole_ += count;
      if (bits[c] & bit) part += count;
    });
    return atLeast(target, ratio(part, whole_));
  },

  enrolment({ figures, demand, homes, state }, target) {
    let elsewhere = 0;
    for (const [site] of demand.staff) if (state.open[site]) elsewhere += staffOf(demand, site);
    const { area } = figures;
    // Children of staff count where they live, and those from farther away as well.
    const placed = area.enrolled_within + area.served_beyond + area.served_additional + elsewhere;
    return atLeast(target, ratio(placed, total(demand.under3)));
  },

  tier_count(found, target) {
    const achieved = total(counting(found, target).map(Number));
    const met = (target.at_least === null || achieved >= target.at_least)
      && (target.at_most === null || achieved <= target.at_most);
    return { achieved, achieved_count: achieved, met };
  },

  zone_count(found, target) {
    const { zone } = found.trial.sites, needed = target.sites_needed;
    const there = sumBy(counting(found, target), zone.map((z) => (z < 0 ? -1 : target.zone[z])), needed.length);
    const having = needed.filter((count, n) => there[n] >= count).length;
    return { achieved: ratio(having, needed.length), achieved_count: having, met: having === needed.length };
  },

  new_area(found, target) {
    const places = sumBy(placesOf(found, target, true), found.trial.sites.area, target.people.length);
    return atLeast(target, lowest(places.map((count) => 1000 * count), target.people));
  },
};

// The planes after those of children by year and band.
function furtherPlane(trial, target) {
  return trial.years.length * (trial.even ? 1 : trial.bands.length) + target.plane;
}

// Communities of which enough residents reach a site.
function communitiesNear(trial, packed, target, reach, site) {
  const residents = packed.plane(furtherPlane(trial, target)), near = new Map();
  for (const cell of cellsNear(reach, site)) {
    const home = packed.community[cell];
    if (home >= 0) near.set(home, (near.get(home) ?? 0) + residents[cell]);
  }
  return [...near].filter(([home, people]) => people > 0 && target.shared_needs[home] !== null
    && people >= target.shared_needs[home] * (1 - 1e-6)).map(([home]) => home);
}
