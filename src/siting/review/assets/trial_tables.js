// What a trial comes to: figures, targets and townships beside those of the plan.

const trialFigures = [
  ["trial_covered", "share", (area) => area.population_coverage],
  ["trial_served", "count", (area) => area.served, "trial_served_title"],
  ["trial_full", "count", (area) => area.reachable_full],
  ["trial_unreachable", "count", (area) => area.unreachable],
  ["trial_places", "count", (area) => area.places],
  ["trial_per_thousand", "decimal", (area) => area.places_per_thousand],
  ["trial_inclusive", "share", (area) => area.inclusive_share],
];

function figureTiles(plan, now) {
  const tile = (word, value, before, title) => el("div", { class: "tile", title },
    el("dt", {}, words[word]),
    el("dd", {}, el("b", {}, value), el("small", {}, before)));
  const told = now.targets.filter(({ untold }) => !untold);
  const met = (results) => results.filter((result) => result.met).length;
  const untold = now.targets.length - told.length;
  return el("dl", { class: "tiles" },
    trialFigures.map(([word, kind, of, title]) => tile(word, write(kind, of(now.area)),
      `${words.trial_plan} ${write(kind, of(plan.area))} · ${writeChange(kind, of(plan.area), of(now.area))}`,
      title ? words[title] : null)),
    told.length ? tile("trial_targets_met", say("trial_of_all", { met: met(told), all: told.length }),
      `${words.trial_plan} ${say("trial_of_all", { met: met(plan.targets), all: told.length })}`
        + (untold ? say("trial_untold_some", { count: untold }) : "")) : null);
}

// Whether the minutes of walks matter to a target.
function asksReach({ now }) {
  const { kind, shared_needs: shared } = trial.targets.find(({ i }) => i === now.i);
  return ["population_coverage", "enrolment"].includes(kind) || Boolean(shared);
}

function trialTargetTable(plan, now) {
  const result = (one) => (one.untold ? el("small", {}, words.trial_untold)
    : el("span", { class: one.met ? "met" : "unmet" }, one.met ? "✔ " : "✘ ", one.met ? words.met : words.unmet));
  const rows = now.targets.map((one, n) => ({ ...data.targets[one.i], now: one, before: plan.targets[n] }));
  const caption = illustrated(say("trial_targets", { year: trial.years[tried.year] }));
  const figure = (target, one) => (one.untold ? words.nothing : write(target.unit, one.achieved));
  return table([
    { label: words.number, kind: "text", of: (t) => t.id, style: "id" },
    { label: words.target, kind: "text", of: (t) => t.name, head: true, node: (t) => el("span", {},
      given(t.name), tried.minutes === null || !asksReach(t) ? null
        : el("small", {}, ` ${say("trial_target_minutes", { minutes: tried.minutes })}`)) },
    { label: words.required, kind: "share", of: () => null, node: (t) => write(t.unit, t.required) },
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
