// What is chosen in a trial: which sites are switched, minutes, walking speed; and its export.

const trial = data.trial;
// What was switched: site -> {open, classes}; whatever is not there is as under the plan.
const tried = trial && { year: trial.years.length - 1, minutes: null, speed: trial.own_speed, sites: new Map() };
const known = { packed: null, reach: new Map(), demand: new Map(), plan: new Map(), desks: new Map() };

// A new class opens by default while children waiting within reach fill this share of it
// (assumption); the number can be changed by hand.
const fillsClass = 0.5;

const noClasses = trial && trial.kinds.map(() => 0);

function planState(year) {
  const { open, classes } = trial.states[year];
  const changed = new Map(classes);
  return { year, minutes: null, speed: trial.own_speed, open: [...open],
    classes: trial.sites.today.map((today, site) => changed.get(site) ?? today) };
}

function triedState({ year, minutes, speed, sites: switched } = tried) {
  const state = { ...planState(year), minutes, speed };
  for (const [site, { open, classes }] of switched) {
    state.open[site] = open ? 1 : 0;
    state.classes[site] = open ? classes : noClasses;
  }
  return state;
}

const figuresOf = (state) => tryState(trial, known.packed, known, state);
const planFigures = (year) => remembered(known.plan, year, () => figuresOf(planState(year)), Infinity);
// The figures of the plan, in steps that take a part of the time each.
const preparations = (year) => {
  const { minutes, speed } = planState(year);
  return [() => reachKnown(minutes, speed), () => demandKnown(year, minutes, speed), () => planFigures(year)];
};
const reachKnown = (minutes, speed) => remembered(known.reach, `${minutes}/${speed}`,
  () => reachWithin(trial, known.packed, minutes, speed));
const demandKnown = (year, minutes, speed) => remembered(known.demand, `${year}/${minutes}/${speed}`,
  () => demandWithin(trial, known.packed, year, reachKnown(minutes, speed)));
// Try a site in the last year, so that the browser has compiled what a first switch asks for.
function tryOne() {
  const state = planState(trial.years.length - 1), site = state.open.indexOf(1);
  if (site < 0) return;
  state.open[site] = 0;
  state.classes[site] = noClasses;
  figuresOf(state);
}
const isTried = () => tried.minutes !== null || tried.speed !== trial.own_speed || tried.sites.size > 0;

// Why a closed site cannot open in the year of the trial, null where it can.
function barredBy(site) {
  const { zone, unsafe, from_year: from } = trial.sites;
  if (zone[site] < 0) return "trial_outside";
  if (unsafe[site]) return "trial_unsafe";
  return from[site] !== null && from[site] > trial.years[tried.year] ? "trial_later" : null;
}

// Why a site cannot have some classes, null where it can.
function misfit(site, classes) {
  const { exists, tier, most_places: most, max_classes: max, today } = trial.sites;
  const { kinds, least_places: least } = trial.tiers[tier[site]];
  if (!kinds.length) return null;
  const count = total(classes), places = total(classes.map((n, k) => n * trial.kinds[k].size));
  const before = total(today[site]);
  if (!count || (!exists[site] && places < least)) return "trial_too_few";
  if (exists[site] && classes.some((n, k) => n < today[site][k])) return "trial_too_few";
  if (count > Math.max(max[site], before)) return "trial_too_many";
  if (most[site] !== null && count > before && places > most[site]) return "trial_too_many";
  const demand = demandNow();
  return deskOf(trial, known.packed, demand, { classes: { [site]: classes } }, site).free ? null : "trial_crowded";
}

const demandNow = () => demandKnown(tried.year, tried.minutes, tried.speed);

// Classes that a site opens with: as under the plan or today, or else those that the children
// within reach would fill, one class after another.
function usualClasses(site) {
  const planned = planState(tried.year);
  if (planned.open[site]) return planned.classes[site];
  const classes = [...trial.sites.today[site]];
  if (trial.sites.exists[site]) return classes;
  const { kinds } = trial.tiers[trial.sites.tier[site]];
  const wanted = waitingNear(site);
  for (;;) {
    const options = kinds.map((k) => {
      const more = classes.map((n, i) => n + (i === k));
      return { more, k, gain: childrenHeld(more, wanted) - childrenHeld(classes, wanted) };
    }).filter(({ more }) => !["trial_too_many"].includes(misfit(site, more)));
    if (!options.length) return classes;
    const best = options.reduce((a, b) => (b.gain / trial.kinds[b.k].size > a.gain / trial.kinds[a.k].size ? b : a));
    if (best.gain < fillsClass * trial.kinds[best.k].size && misfit(site, classes) === null) return classes;
    classes.splice(0, classes.length, ...best.more);
  }
}

// Children by merged band who have no place and live within reach of a site, its staff's first.
function waitingNear(site) {
  const { merged, bandOf } = known.packed, bands = trial.bands.length;
  const demand = demandNow(), wanted = new Float64Array(merged);
  const reach = known.reach.get(`${tried.minutes}/${tried.speed}`);
  const { additional } = homesUnder(trial, demand, reach, triedState());
  for (const cell of trial.sites.residents[site] ? cellsNear(reach, site) : []) {
    for (let b = 0; b < bands; b += 1) if (bandOf[b] >= 0) wanted[bandOf[b]] += additional[cell * bands + b];
  }
  demand.staff.get(site)?.forEach((count, b) => { if (bandOf[b] >= 0) wanted[bandOf[b]] += count; });
  return wanted;
}

// Most children of the bands whom some classes hold: the least over sets of bands (Hall 1935).
function childrenHeld(classes, wanted) {
  let least = Infinity;
  for (let set = 0; set < 2 ** wanted.length; set += 1) {
    let held_ = 0;
    wanted.forEach((count, b) => { if (!(set >> b & 1)) held_ += count; });
    classes.forEach((n, k) => { if (trial.kinds[k].mask & set) held_ += n * trial.kinds[k].size; });
    least = Math.min(least, held_);
  }
  return least;
}

// Switch a site; what is as under the plan is no choice any more.
function switchSite(site, open, classes = open ? usualClasses(site) : trial.kinds.map(() => 0)) {
  const planned = planState(tried.year);
  const same = planned.open[site] === (open ? 1 : 0)
    && (!open || classes.every((n, k) => n === planned.classes[site][k]));
  if (same) tried.sites.delete(site);
  else tried.sites.set(site, { open, classes: [...classes] });
  const group = trial.sites.group[site];
  if (!open || !group) return;
  // Of an exclusive group one opens at most.
  const { open: now } = triedState();
  trial.sites.group.forEach((other, i) => {
    if (other === group && i !== site && now[i] && !trial.sites.exists[i]) switchSite(i, false);
  });
}

function resetTrial() {
  Object.assign(tried, { minutes: null, speed: trial.own_speed });
  tried.sites.clear();
}

// What `siting run --from-trial` takes up.
function trialFile() {
  return {
    siting_trial: 1,
    scenario: trial.scenario,
    plan_hash: data.plan_hash,
    year: trial.years[tried.year],
    minutes: tried.minutes,
    walk_m_per_min: tried.speed === trial.own_speed ? null : trial.speeds[tried.speed],
    sites: [...tried.sites].map(([site, { open, classes }]) => ({
      site_id: trial.sites.id[site], open,
      classes: Object.fromEntries(classes.map((n, k) => [trial.kinds[k].name, n]).filter(([, n]) => n > 0)),
    })),
  };
}
