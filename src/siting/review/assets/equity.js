// Equity: how far the worst-served tenth of the under-3s live, and where.

function equityTable() {
  const rows = data.nearest.filter(({ state, year }) => state !== "no_action" || year === lastYear);
  const time = (label, name) => ({ label: words[label], kind: "only_minutes", of: (row) => row[name] });
  return table([
    { label: words.equity_state, kind: "text", of: ({ state, year }) => stateName(state, year), head: true },
    time("median_minutes", "median_s"), time("decile_minutes", "worst_decile_s"),
    time("worst_mean_minutes", "worst_mean_s"),
    { label: words.no_way_children, kind: "count", of: (row) => row.no_way },
  ], rows, { caption: illustrated(words.equity) });
}

function worstTable() {
  const now = (name) => (t) => t.figure("plan", planYear(), name);
  return table([
    { label: words.township, kind: "text", of: (t) => t.name, node: townshipButton, head: true, style: "place" },
    { label: words.district, kind: "text", of: (t) => t.district, style: "short" },
    { label: words.worst_today, kind: "count", of: (t) => t.today("worst_under3") },
    { label: words.worst_plan, kind: "count", of: now("worst_under3") },
    { label: words.worst_share, kind: "share", of: (t) => (now("under3")(t) > 0 ? now("worst_under3")(t) / now("under3")(t) : null) },
    { label: words.median_minutes, kind: "only_minutes", of: now("median_s") },
    { label: words.decile_minutes, kind: "only_minutes", of: now("worst_decile_s") },
  ], townships, { caption: illustrated(words.worst_live), sortable: true, follows: true, first: words.worst_plan,
    filter: (t) => t.district, id: "worst-table" });
}

function equitySentence() {
  const of = (state) => data.nearest.find((row) => row.state === state && row.year === lastYear);
  const [untouched, plan] = [of("no_action"), of("plan")];
  return phrase("equity_sentence", {
    decile: ["seconds", plan.worst_decile_s], mean: ["seconds", plan.worst_mean_s], year: ["year", lastYear],
    decile_untouched: ["seconds", untouched.worst_decile_s], mean_untouched: ["seconds", untouched.worst_mean_s],
  });
}

function equitySection() {
  return [
    el("p", { class: "lead" }, equitySentence()),
    equityTable(),
    el("p", { class: "under" }, words.equity_note),
    el("h3", {}, illustrated(words.worst_live), " ", following(() => stateName("plan", planYear()))),
    worstTable(),
    besideTables(["ranking_overall"]),
  ];
}
