// The tables of compared plans: targets, figures, sites, townships, input files.

// On a phone the columns of the targets stand below each other, without their heading.
const onPhone = (plan) => el("span", { class: "on-phone", "aria-hidden": "true" }, letter(plan), " ");

function targetTable() {
  const held = (plan) => ({
    label: planName(plan), kind: "share", of: () => null, node: ({ unit, plans: of }) => {
      const result = of[plan.i];
      if (!result) return el("span", {}, onPhone(plan), el("span", { class: "under" }, words.not_asked));
      const count = result.achieved_count === null || unit === "count" ? null
        : el("small", {}, ` (${write("count", result.achieved_count)})`);
      return el("span", {}, onPhone(plan), el("b", {}, write(unit, result.achieved, furtherDigits(unit, result))), count, " ",
        dueMark(result),
        el("small", { class: "asks" }, say("asks", { required: writeRequired(unit, result) }),
          ` · ${result.hard ? words.hard : words.soft}`));
    },
  });
  const rows = alikeYears(), span = (t) => t.years;
  return table([
    { label: words.number, kind: "text", of: (t) => t.id, style: "id", rows: span },
    { label: `${words.target} · ${words.clause}`, kind: "text", of: (t) => t.name, head: true, rows: span,
      style: "clause", node: (t) => el("div", {}, el("b", {}, given(t.name)),
        t.clauses.map(([clause, sentence, reading]) => el("div", { class: "clause-text" }, given(clause),
          sentence ? el("q", { dir: "auto" }, sentence) : null,
          reading ? el("small", {}, words.reading, given(reading)) : null))) },
    { label: words.year, kind: "year", of: (t) => t.year },
    ...plans.map(held),
  ], rows, { caption: illustrated(words.targets), id: "target-table" });
}

// The targets of all years, those of one with the same name and clauses below each other; the first
// of these tells how many they are, the others 0.
function alikeYears() {
  const groups = new Map();
  for (const target of data.targets) {
    const key = JSON.stringify([target.id, target.name, target.clauses]);
    groups.set(key, [...groups.get(key) ?? [], target]);
  }
  return [...groups.values()].flatMap((group) => group
    .map((target, n) => ({ ...target, years: n ? 0 : group.length })));
}

const figureNames = {
  population_coverage: "population_share", open: "count_open", convert: "count_convert",
  expand: "count_expand", close: "count_close", keep: "count_keep",
};

function figureTable() {
  const shownAs = (name, kind, value) => (name === "townships_covered" && value !== null
    ? `${write("count", value)} / ${write("count", data.township_count)}` : write(kind, value));
  return table([
    { label: words.figure, kind: "text", of: ([name]) => say(figureNames[name] ?? name), head: true },
    { label: words.today, kind: "count", of: () => null, node: ([name, kind, today]) => shownAs(name, kind, today) },
    ...plans.map((plan) => ({ label: planName(plan), kind: "count", of: () => null,
      node: ([name, kind, , ...values]) => {
        const [first, value] = [values[0], values[plan.i]];
        const change = plan.i && first !== null && value !== null && kind !== "money" ? writeChange(kind, first, value) : null;
        const sum = plan.i && kind === "money" ? moneyChange(first, value) : null;
        return el("span", {}, shownAs(name, kind, value),
          (change ?? sum) ? el("small", { class: "change" }, change ?? sum) : null);
      } })),
  ], data.figures, { caption: illustrated(words.figures), id: "figure-table" });
}

function moneyChange(before, after) {
  const size = write("money", Math.abs(after - before));
  return after === before ? "0" : `${after > before ? "+" : "−"}${size}`;
}

function siteTable() {
  const acted = sites.filter((site) => site.acting.length);
  const named = (name) => (name === "one" && plans.length === 2 ? plans.map((plan) => [
    say("only", { labels: plan.label }), acted.filter(({ acting }) => acting.join() === plan.label).length])
    : [[words[name], acted.filter((site) => classOfAll(site) === name).length]]);
  const parts = classesOf.all.names.flatMap((name) => (name === "keep" ? [] : named(name)))
    .filter(([, count]) => count).map(([name, count]) => `${name} ${write("count", count)}`);
  return [
    el("p", { id: "site-counts" }, say("site_counts", {
      count: write("count", acted.length), parts: parts.join(chinese ? "；" : "; ") || words.none_here })),
    table([
      { label: words.name, kind: "text", of: (s) => s.name, node: siteButton, head: true },
      { label: words.acting, kind: "text", of: actingName, style: "acting" },
      ...plans.map((plan) => ({ label: planName(plan), kind: "text", style: "doing-cell",
        of: (s) => `${words[s.does[plan.i].action] ?? ""} ${s.does[plan.i].places}`,
        node: (s) => doing(s.does[plan.i]) })),
      { label: words.tier, kind: "text", of: (s) => s.tier, style: "place" },
      { label: words.district, kind: "text", of: districtOf, style: "short" },
      { label: words.township, kind: "text", of: townshipOf, style: "place" },
    ], acted, { caption: illustrated(words.sites), sortable: true, filter: actingName, id: "site-table" }),
  ];
}

const changeNode = (text) => (/[1-9]/.test(text) ? el("b", {}, text) : el("span", { class: "under" }, text));

// Townships under the two plans looked at.
function townshipTable() {
  const [first, second] = [pair.first, pair.second];
  const changeOf = (t, name) => (t.of(first, name) === null || t.of(second, name) === null
    ? null : t.of(second, name) - t.of(first, name));
  const three = (word, kind, name) => [
    ...[first, second].map((plan) => ({ label: say(word, { state: plan.label }), kind, of: (t) => t.of(plan, name) })),
    { label: say(word, { state: stateName("difference") }), kind, style: "change-cell",
      of: (t) => changeOf(t, name), node: (t) => changeNode(writeChange(kind, t.of(first, name), t.of(second, name))) },
  ];
  return table([
    { label: words.township, kind: "text", of: (t) => t.name, node: townshipButton, head: true, style: "place" },
    { label: words.district, kind: "text", of: (t) => t.district, style: "short" },
    ...three("coverage_of", "share", "population_coverage"),
    ...three("per_thousand_of", "decimal", "places_per_thousand"),
    ...three("has_place_of", "count", "served"),
    ...three("no_place_of", "count", "unreachable"),
  ], townships, { caption: illustrated(words.townships), sortable: true, id: "township-table" });
}

const chosenTradeOff = () => el("p", { id: "chosen-trade-off", "aria-live": "polite" },
  following(() => data.trade_offs[`${pair.first.label}${pair.second.label}`]));

function fileTable() {
  return table([
    { label: words.file, kind: "text", of: ([name]) => name, head: true },
    ...plans.map((plan) => ({ label: planName(plan), kind: "text", style: "sum",
      of: ([, ...sums]) => (sums[plan.i] ?? words.nothing).slice(0, 12) })),
  ], data.files, { caption: words.files_differ });
}
