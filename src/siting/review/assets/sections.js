// Sections below the first screen: what is in them, in their order.

function siteTable() {
  const at = (site) => site.services[lastYear];
  return table([
    { label: words.name, kind: "text", of: (s) => s.name, node: siteButton, head: true },
    { label: words.action, kind: "text", of: (s) => words[s.action],
      node: (s) => el("span", { class: "action" }, markIcon(s.action), words[s.action]) },
    { label: words.year, kind: "year", of: (s) => s.actions[0]?.year ?? null },
    { label: words.tier, kind: "text", of: (s) => s.tier, style: "place" },
    { label: words.host, kind: "text", of: (s) => s.host },
    { label: words.district, kind: "text", of: districtOf, style: "short" },
    { label: words.township, kind: "text", of: townshipOf, style: "place" },
    { label: words.inclusive, kind: "text", of: (s) => (s.inclusive ? words.yes : words.no) },
    { label: words.classes, kind: "text", of: writeClasses, style: "classes" },
    { label: words.places_before, kind: "count", of: (s) => s.before },
    { label: words.places_plan, kind: "count", of: (s) => at(s).places },
    { label: words.children, kind: "count", of: (s) => at(s).children },
    { label: words.under3_alone_short, kind: "count", of: (s) => at(s).under3Alone },
    { label: words.cost_wan, kind: "wan", of: (s) => s.cost },
  ], sites.filter((site) => site.action !== "keep"),
  { caption: illustrated(words.sites), sortable: true, filter: districtOf, id: "site-table" });
}

function townshipTable() {
  const pair = (word, kind, name) => ["no_action", "plan"].map((state) => ({
    label: say(word, { state: state === "plan" ? words.plan : words.no_action_short }), kind,
    of: (t) => t.figure(state, planYear(), name),
  }));
  const done = (t) => t.acted.flatMap((site) => site.actions).filter((each) => each.year <= planYear()).length;
  return table([
    { label: words.township, kind: "text", of: (t) => t.name, node: townshipButton, head: true, style: "place" },
    { label: words.district, kind: "text", of: (t) => t.district, style: "short" },
    { label: words.has_institution, kind: "text", style: "short",
      of: (t) => (t.figure("plan", planYear(), "townships_covered") ? words.yes : words.no) },
    ...pair("coverage_of", "share", "population_coverage"),
    ...pair("per_thousand_of", "decimal", "places_per_thousand"),
    ...pair("has_place_of", "count", "served"),
    ...pair("full_of", "count", "reachable_full"),
    ...pair("no_place_of", "count", "unreachable"),
    { label: words.acted, kind: "count", of: done },
  ], townships, { caption: illustrated(words.townships), sortable: true, follows: true,
    filter: (t) => t.district, id: "township-table" });
}

function besideTables(names = data.beside.map(({ name }) => name)) {
  const kindOf = { word: "text", truth: "text", codes: "text", medical: "text", strength: "text", seconds: "minutes", amount: "decimal" };
  const shares = ["inclusive_share", "township_coverage", "demand_share"];
  const shownAs = {
    truth: (value) => metMark(value, value ? words.yes : words.no),
    word: (value) => say(`figure_${value}`),
    codes: (value) => value.split("; ").map((code) => words[`code_${code.replaceAll(" ", "_")}`] ?? code).join("; "),
    text: given,
    amount: (value, row) => write(shares.includes(row[0]) ? "published_share"
      : row[0] === "places_per_thousand" ? "decimal" : "count", value),
    strength: (value) => words[`strength_${value}`] ?? value,
    medical: (value) => words[`medical_${value}`] ?? value,
  };
  return data.beside.filter(({ name }) => names.includes(name)).map(({ name, columns, rows }) => {
    const drawn = table(columns.map(([column, kind], k) => ({
      label: words[`beside_${name}_${column}`] ?? words[`beside_${column}`], kind: kindOf[kind] ?? kind, head: column === "township",
      of: (row) => row[k],
      node: (row) => (row[k] === null ? words.nothing
        : el("span", {}, shownAs[kind]?.(row[k], row) ?? write(kindOf[kind] ?? kind, row[k]))),
    })), rows, { caption: illustrated(words[`beside_${name}`]), sortable: rows.length > 12, id: `beside-${name}` });
    return el("details", rows.length > 12 ? {} : { open: "" },
      el("summary", {}, illustrated(words[`beside_${name}`])), drawn);
  });
}

function mapSection() {
  const frame = el("div", { class: "frame" }, drawing(paper), legend);
  return [mapControls(), mapTools.map((tool) => tool()),
    el("div", { class: "mapped" }, frame, panel), belowMap.map((part) => part())];
}

const checks = data.beside.map(({ name }) => name).filter((name) => name !== "ranking_overall");

// Each section: its id, whether it is folded at first (the map cannot be), and what is in it.
const sections = [
  { id: "map", content: mapSection },
  { id: "sites", folded: false, content: () => [costTable(), siteTable()] },
  { id: "townships", folded: false, content: () => [
    el("p", { class: "under" }, following(() => say("year_of_table", { year: planYear() }))),
    townshipTable()] },
  { id: "equity", folded: false, content: equitySection },
  { id: "figures", folded: true, content: () => [live(figureTable),
    el("p", { class: "under" }, following(() => say("effect_note", { year: planYear() })))] },
  { id: "targets", folded: true, content: () => [targetTable()] },
  ...(data.provisions.length ? [{ id: "provisions", folded: true, content: () => [provisionTable()] }] : []),
  ...(checks.length ? [{ id: "beside", folded: true, content: () => besideTables(checks) }] : []),
  { id: "sources", folded: true, content: sourceSection },
];
