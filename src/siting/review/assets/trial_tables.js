// What a trial comes to: figures, targets and townships beside those of the plan.

// Takers who have a place at the work of a parent.
const atWork = (area) => area.takers - area.served - area.served_beyond - area.reachable_full - area.unreachable;

const trialFigures = [
  ["trial_covered", "share", (area) => area.population_coverage],
  ["trial_takers", "count", (area) => area.takers],
  ["trial_served", "count", (area) => area.served, "trial_served_title"],
  ["trial_beyond", "count", (area) => area.served_beyond],
  ["trial_at_work", "count", atWork],
  ["trial_full", "count", (area) => area.reachable_full],
  ["trial_unreachable", "count", (area) => area.unreachable],
  ["trial_places", "count", (area) => area.places],
  ["trial_per_thousand", "decimal", (area) => area.places_per_thousand],
  ["trial_inclusive", "share", (area) => area.inclusive_share],
];

function figureTiles(plan, now) {
  const tile = (name, value, before, title) => el("div", { class: "tile", title },
    el("dt", {}, name),
    el("dd", {}, el("b", {}, value), el("small", {}, before)));
  const targets = targetsMet(plan, now);
  const hasStaff = [plan, now].some(({ area }) => atWork(area) >= 0.5);
  return [el("dl", { class: "tiles" },
    trialFigures.filter(([word]) => word !== "trial_at_work" || hasStaff).map(([word, kind, of, title]) => tile(words[word], write(kind, of(now.area)),
      `${words.trial_plan} ${write(kind, of(plan.area))} · ${writeChange(kind, of(plan.area), of(now.area))}`,
      title ? words[title] : null)),
    targets && tile(targets.name, targets.value, `${words.trial_plan} ${targets.before}${targets.rest}`)),
  el("p", { class: "under" }, words[hasStaff ? "trial_sum_staff" : "trial_sum"], space, words.trial_sum_why)];
}

// How many of the targets that are due are met, null where none of them is told.
function targetsMet(plan, now) {
  const due = now.targets.filter(({ i }) => data.targets[i].due);
  const told = due.filter(({ untold }) => !untold), shares = new Set(told.map(({ i }) => i));
  if (!told.length) return null;
  const met = ({ targets }) => say("trial_of_all", {
    met: targets.filter((result) => shares.has(result.i) && result.met).length, all: told.length });
  const untold = due.length - told.length, waiting = now.targets.length - due.length;
  const before = new Map(plan.targets.map((result) => [result.i, result.met]));
  const turned = (to) => told.filter((result) => result.met === to && before.get(result.i) !== to)
    .map(({ i }) => data.targets[i].id);
  return {
    lost: turned(false), gained: turned(true),
    name: say("trial_targets_met", { year: trial.years[tried.year] }), value: met(now), before: met(plan),
    rest: (untold ? say("trial_untold_some", { count: untold }) : "") + notDueClause(waiting),
  };
}

// Whether the minutes of walks matter to a target.
function asksReach({ now }) {
  const { kind, shared_needs: shared } = trial.targets.find(({ i }) => i === now.i);
  return ["population_coverage", "enrolment"].includes(kind) || Boolean(shared);
}

function trialTargetTable(plan, now) {
  const result = (one) => (!data.targets[one.i].due ? words.not_due : one.untold ? el("small", {}, words.trial_untold)
    : el("span", { class: one.met ? "met" : "unmet" }, one.met ? "✔ " : "✘ ", one.met ? words.met : words.unmet));
  const rows = now.targets.map((one, n) => ({ ...data.targets[one.i], now: one, before: plan.targets[n] }));
  const caption = illustrated(say("trial_targets", { year: trial.years[tried.year] }));
  const further = ({ unit, required, before, now }) => Math.max(...[before, now]
    .map((one) => (one.untold ? 0 : furtherDigits(unit, { required, ...one }))));
  const figure = (target, one) => (one.untold ? words.nothing : write(target.unit, one.achieved, further(target)));
  return table([
    { label: words.number, kind: "text", of: (t) => t.id, style: "id" },
    { label: words.target, kind: "text", of: (t) => t.name, head: true, node: (t) => el("span", {},
      given(t.name), tried.minutes === null || !asksReach(t) ? null
        : el("small", {}, ` ${say("trial_target_minutes", { minutes: tried.minutes })}`)) },
    { label: words.required, kind: "share", of: () => null, node: (t) => writeRequired(t.unit, t, further(t)) },
    { label: words.trial_plan, kind: "share", of: () => null, node: (t) => figure(t, t.before) },
    { label: words.trial_now, kind: "share", of: () => null, node: (t) => figure(t, t.now) },
    { label: words.result, kind: "text", of: () => null, node: (t) => result(t.now) },
  ], rows, { caption });
}

function trialTownshipTable(plan, now) {
  const of = (figures, i) => withShares(Object.fromEntries(
    Object.entries(figures.townships).map(([name, values]) => [name, values[i]])));
  const rows = townships.map((township, i) => ({ township, plan: of(plan, i), now: of(now, i) }));
  const able = (figures) => figures.enrolled_within + figures.within_reach;
  const pair = (word, kind, figure) => [["plan", words.trial_plan], ["now", words.trial_now]].map(([which, name]) => ({
    label: `${words[word]}\n${name}`, kind, of: (row) => figure(row[which]),
  }));
  return table([
    { label: words.township, kind: "text", of: ({ township }) => township.name, head: true, style: "place",
      node: ({ township }) => townshipButton(township) },
    ...pair("trial_covered", "share", (f) => f.population_coverage),
    ...pair("trial_able", "count", able),
    ...pair("trial_unreachable", "count", (f) => f.unreachable),
    ...pair("trial_places", "count", (f) => f.places),
    ...pair("trial_per_thousand", "decimal", (f) => f.places_per_thousand),
    ...pair("trial_inclusive", "share", (f) => f.inclusive_share),
  ], rows, { caption: illustrated(words.trial_townships), sortable: true, id: "trial-townships" });
}
