// A trial (试算): the figures of a state of the sites, by the rules of siting.indicators.

const metTolerance = 1e-6;

// state: {year: position, minutes: whole or null, speed: position, open: 0/1 of each site,
// classes: of each site a list by kind, all 0 where it is closed}.
function tryState(trial, packed, known, state) {
  const { sites: table, kinds, tiers } = trial;
  const bands = trial.bands.length, { merged, bandOf, zone } = packed;
  const reach = remembered(known.reach, `${state.minutes}/${state.speed}`,
    () => reachWithin(trial, packed, state.minutes, state.speed));
  const demand = remembered(known.demand, `${state.year}/${state.minutes}/${state.speed}`,
    () => demandWithin(trial, packed, state.year, reach));
  const homes = homesUnder(trial, demand, reach, state);

  // Bit b of a cell: a class for band b is within reach; further bits: an open site of some tiers.
  const asked = trial.targets.filter(({ kind, year }) => kind === "population_coverage" && year === trial.years[state.year]);
  const coverage = [tiers.map(({ counts }) => counts[3]), ...asked.map((target) => target.tiers)];
  const bits = new Uint32Array(trial.cells), desks = [];
  for (let site = 0; site < packed.siteCount; site += 1) {
    if (!state.open[site] || !table.residents[site]) continue;
    let bit = 0;
    kinds.forEach(({ bands: own }, k) => {
      if (state.classes[site][k] > 0) for (const band of own) bit |= 1 << band;
    });
    if (bit) desks.push(knownDesk(trial, packed, demand, known.desks, state, site));
    coverage.forEach((counts, n) => { if (counts[table.tier[site]]) bit |= 1 << bands + n; });
    const { cells, cellsFrom } = reach;
    for (let i = cellsFrom[site]; i < cellsFrom[site + 1]; i += 1) bits[cells[i]] |= bit;
  }
  const figures = areaFigures(trial, packed, demand, state, homes, bits);
  const waiting = new Float64Array(trial.cells * merged);
  eachBand(homes.additional, bands, (i, b) => {
    if (bandOf[b] >= 0) waiting[(i - b) / bands * merged + bandOf[b]] += homes.additional[i];
  });
  for (let i = 0; i < waiting.length; i += 1) waiting[i] = inParts(waiting[i]);
  const { area } = figures;
  area.served_additional = mostServed(waiting, merged, kinds, desks.filter(({ free }) => free), reach);
  area.served = area.enrolled_within + area.served_additional;
  area.reachable_full = Math.max(area.within_reach - area.served_additional, 0);
  const covered = asked.map((target, n) => ({ target, bit: 1 << bands + 1 + n }));
  const results = trial.targets.filter(({ year }) => year === trial.years[state.year]).map((target) => ({
    i: target.i, ...(target.kind ? held[target.kind](
      { trial, packed, demand, state, reach, bits, figures, zone, covered, homes }, target) : { untold: true }),
  }));
  return { ...figures, targets: results };
}

function remembered(store, key, make, most = 6) {
  if (!store.has(key)) {
    if (store.size >= most) store.delete(store.keys().next().value);
    store.set(key, make());
  }
  return store.get(key);
}

// Homes of the children of the open sites, and who of the takers has no place. Those under the
// plan are kept, so that only the sites that differ from it are told anew.
function homesUnder(trial, demand, reach, state) {
  const bands = trial.bands.length, size = trial.cells * bands;
  const planned = trial.states[state.year].open;
  const { atHome, staffed } = remembered(demand.homes, "plan", () => {
    const [atHome_, staffed_] = [demand.enrolledDraws, demand.staffDraws].map((draws) => {
      const amounts = new Float64Array(size);
      for (const site of draws.rates.keys()) if (planned[site]) add(amounts, draws, site, bands, reach);
      return amounts;
    });
    return { atHome: atHome_, staffed: staffed_ };
  });
  const under = (draws, amounts) => {
    const differ = [...draws.rates.keys()].filter((site) => state.open[site] !== planned[site]);
    const changed = differ.length ? amounts.slice() : amounts;
    for (const site of differ) add(changed, draws, site, bands, reach, state.open[site] ? 1 : -1);
    return changed;
  };
  const home = under(demand.enrolledDraws, atHome), work = under(demand.staffDraws, staffed);
  const beyond = new Float64Array(bands);
  for (const [site, away] of demand.beyond) {
    if (state.open[site]) away.forEach((children, b) => { beyond[b] += children; });
  }
  const additional = new Float64Array(size), { takers, beyondShare } = demand;
  eachBand(additional, bands, (i, b) => {
    additional[i] = Math.max(takers[i] - (home[i] + beyondShare[i] * beyond[b] + work[i]), 0);
  });
  return { atHome: home, beyond, additional };
}

// The desk of a site, kept by year while its classes are the same.
function knownDesk(trial, packed, demand, store, state, site) {
  const key = state.year * packed.siteCount + site, kept = store.get(key);
  if (kept && kept.classes === state.classes[site]) return kept.desk;
  const desk = deskOf(trial, packed, demand, state, site);
  store.set(key, { classes: state.classes[site], desk });
  return desk;
}

function deskOf(trial, packed, demand, state, site) {
  const kept = new Float64Array(packed.merged);
  for (const children of [demand.enrolled, demand.staff]) {
    children.get(site)?.forEach((count, b) => {
      if (packed.bandOf[b] >= 0) kept[packed.bandOf[b]] += count;
    });
  }
  const places = trial.kinds.map(({ size }, k) => size * state.classes[site][k]);
  const mask = trial.kinds.reduce((bits, kind, k) => (places[k] > 0 ? bits | kind.mask : bits), 0);
  return { site, places, kept, mask, free: freePlaces(packed.merged, trial.kinds, places, kept) };
}

const staffOf = (demand, site) => demand.staff.get(site)?.reduce((sum, count) => sum + count, 0) ?? 0;
const countedPlaces = (trial, state, site) => trial.kinds
  .reduce((sum, { counted }, k) => sum + counted * state.classes[site][k], 0);
// Those that count per thousand residents.
function placesPerThousand(trial, state, demand, site) {
  const counted = countedPlaces(trial, state, site);
  if (trial.own_staff_places_count) return counted;
  return trial.sites.residents[site] ? counted - staffOf(demand, site) : 0;
}

const perZone = ["under3", "under3_covered", "takers", "enrolled_within", "served_beyond",
  "within_reach", "unreachable", "places", "places_in_share", "places_inclusive",
  "townships_covered", "sites"];

function areaFigures(trial, packed, demand, state, homes, bits) {
  const zones = trial.residents[state.year].length, bands = trial.bands.length;
  const by = Object.fromEntries(perZone.map((name) => [name, new Float64Array(zones)]));
  const { under3, under3_covered: covered, takers, enrolled_within: atHome } = by;
  const { served_beyond: away, within_reach: able, unreachable } = by;
  for (let c = 0; c < trial.cells; c += 1) {
    const z = packed.zone[c], own = bits[c];
    if (z < 0) continue;
    under3[z] += demand.under3[c];
    if (own >> bands & 1) covered[z] += demand.under3[c];
    for (let b = 0, i = c * bands; b < bands; b += 1, i += 1) {
      takers[z] += demand.takers[i];
      atHome[z] += homes.atHome[i];
      away[z] += demand.beyondShare[i] * homes.beyond[b];
      (own >> b & 1 ? able : unreachable)[z] += homes.additional[i];
    }
  }
  const { zone, tier, inclusive } = trial.sites;
  for (let site = 0; site < packed.siteCount; site += 1) {
    const z = zone[site];
    if (z < 0 || !state.open[site]) continue;
    const [places, share, has] = trial.tiers[tier[site]].counts;
    const counted = countedPlaces(trial, state, site);
    by.sites[z] += 1;
    if (has) by.townships_covered[z] = 1;
    if (places) by.places[z] += placesPerThousand(trial, state, demand, site);
    if (share) by.places_in_share[z] += counted;
    if (share && inclusive[site]) by.places_inclusive[z] += counted;
  }
  by.residents = Float64Array.from(trial.residents[state.year]);
  const area = Object.fromEntries(Object.entries(by).map(([name, values]) => [name, total(values)]));
  return { area: withShares(area), townships: by };
}

const total = (values) => values.reduce((sum, value) => sum + value, 0);
const ratio = (part, whole_) => (whole_ > 0 ? part / whole_ : null);

function withShares(figures) {
  return {
    ...figures,
    population_coverage: ratio(figures.under3_covered, figures.under3),
    places_per_thousand: ratio(1000 * figures.places, figures.residents),
    inclusive_share: ratio(figures.places_inclusive, figures.places_in_share),
  };
}
