// The page: its sections, in order, around the map that Folium made.

const title = `${data.title}`;
document.title = data.illustrative && !title.includes(words.illustrative)
  ? illustrated(title) : title;

function head() {
  const met = data.targets.filter((target) => target.met).length;
  const achieves = phrase("achieves", {
    ...data.achieves,
    ...Object.fromEntries(["open", "convert", "expand", "close"].map((a) => [a, ["count", data.actions[a]]])),
  });
  const proofKey = data.status === "feasible" && data.gap !== null ? "feasible_gap" : data.status;
  const proof = [
    phrase(proofKey, { gap: ["gap", data.gap], asked: ["gap", data.gap_asked] }),
    data.cost_bound.value ? phrase("cost_bound", data.cost_bound) : null,
    data.reproducible ? null : words.not_reproducible,
  ].filter(Boolean);
  return el("header", {},
    el("h1", {}, given(title), data.illustrative
      ? el("span", { class: "badge illustrative" }, words.illustrative) : null),
    el("p", { class: "achieves" }, achieves),
    el("p", { class: "proof" },
      el("span", { class: `badge ${data.status}` }, words.proof), ` ${proof.join(chinese ? "" : " ")} `,
      el("b", {}, say("targets_met", { met, all: data.targets.length })), chinese ? "。" : "."),
    data.illustrative ? el("p", { class: "note" }, words.illustrative_note) : null,
    el("nav", { "aria-label": words.nav }, ["targets", "figures", "map", "sites", "townships",
      ...(data.provisions.length ? ["provisions"] : []),
      ...(data.beside.length ? ["beside"] : []), "sources"]
      .map((id) => el("a", { href: `#${id}` }, words[id]))));
}

function section(id, ...children) {
  return el("section", { id, tabindex: "-1" }, el("h2", {}, illustrated(words[id])), ...children);
}

function targetTable() {
  const counted = (target, which) => {
    const [value, count] = [target[which === "plan" ? "achieved" : which], target[
      { required: "required_count", today: "today_count", plan: "achieved_count" }[which]]];
    return [write(target.unit, value), count === null || target.unit === "count" ? null
      : el("small", {}, ` ${write("count", count)}/${write("count", target.counted)}`)];
  };
  const amount = (which) => ({
    label: words[which], kind: "share", of: () => null, node: (t) => el("span", {}, counted(t, which)),
  });
  return table([
    { label: words.number, kind: "text", of: (t) => t.id, style: "id" },
    { label: words.target, kind: "text", of: (t) => t.name, head: true },
    { label: words.year, kind: "year", of: (t) => t.year },
    amount("today"), amount("required"), amount("plan"),
    { label: words.result, kind: "text", of: (t) => t.met, node: (t) => el("span",
      { class: t.met ? "met" : "unmet" }, t.met ? "✔ " : "✘ ", t.met ? words.met : words.unmet) },
    { label: words.force, kind: "text", of: (t) => (t.hard ? words.hard : words.soft) },
    { label: words.clause, kind: "text", of: (t) => t.clause, style: "clause", node: (t) => el("div", {},
      given(t.clause),
      t.sentence ? el("q", { dir: "auto" }, t.sentence) : null,
      t.reading ? el("small", {}, words.reading, given(t.reading)) : null,
      t.lacking.length ? el("small", { class: "lacking" }, given(say("lacking",
        { names: t.lacking.join(chinese ? "、" : ", ") }))) : null) },
  ], data.targets, { caption: illustrated(words.targets) });
}

function provisionTable() {
  const marks = { met: "✔ ", missed: "✘ ", part: "✘ " };
  return table([
    { label: words.number, kind: "text", of: (p) => p.id, style: "id" },
    { label: words.provision, kind: "text", of: (p) => p.title, head: true },
    { label: words.force, kind: "text", of: (p) => p.strength },
    { label: words.result, kind: "text", of: (p) => p.state, node: (p) => el("span",
      { class: { met: "met", missed: "unmet", part: "unmet" }[p.state] ?? "" },
      marks[p.state] ?? "", words[`state_${p.state}`]) },
    { label: words.carried_by, kind: "text", of: (p) => p.carried },
    { label: words.clause, kind: "text", of: (p) => p.clause, style: "clause", node: (p) => el("div", {},
      given(p.clause), el("q", { dir: "auto" }, p.sentence),
      p.reading ? el("small", {}, words.reading, given(p.reading)) : null,
      el("small", {}, given(p.how))) },
  ], data.provisions, { caption: illustrated(words.provisions) });
}

function besideTables() {
  const kindOf = { word: "text", truth: "text", codes: "text", seconds: "minutes", amount: "decimal" };
  const shares = ["inclusive_share", "township_coverage"];
  const shownAs = {
    truth: (value) => el("span", { class: value ? "met" : "unmet" }, value ? `✔ ${words.yes}` : `✘ ${words.no}`),
    word: (value) => say(`figure_${value}`),
    codes: (value) => value.split("; ").map((code) => words[`code_${code.replaceAll(" ", "_")}`] ?? code).join("; "),
    text: given,
    amount: (value, row) => write(shares.includes(row[0]) ? "share" : "decimal", value),
  };
  return data.beside.map(({ name, columns, rows }) => {
    const shown = table(columns.map(([column, kind], k) => ({
      label: words[`beside_${column}`], kind: kindOf[kind] ?? kind, head: column === "township",
      of: (row) => row[k],
      node: (row) => (row[k] === null ? words.nothing
        : el("span", {}, shownAs[kind]?.(row[k], row) ?? write(kindOf[kind] ?? kind, row[k]))),
    })), rows, { caption: illustrated(words[`beside_${name}`]), sortable: rows.length > 12, id: `beside-${name}` });
    return el("details", rows.length > 12 ? {} : { open: "" },
      el("summary", {}, illustrated(words[`beside_${name}`])), shown);
  });
}

function figureTable() {
  const townshipCount = (value) => `${write("count", value)} / ${write("count", data.township_count)}`;
  const shownAs = ([name, kind, ...values], i) => (name === "townships_covered"
    ? townshipCount(values[i]) : write(kind, values[i]));
  const label = (name) => say(name === "population_coverage" ? "population_share" : name);
  const rows = [...data.figures, ["cost", "money", null, data.cost]];
  return table([
    { label: words.figure, kind: "text", of: ([name]) => label(name), head: true },
    { label: stateName("today"), kind: "count", of: () => null, node: (row) => shownAs(row, 0) },
    { label: stateName("plan"), kind: "count", of: () => null, node: (row) => shownAs(row, 1) },
    { label: words.change, kind: "count", of: () => null, node: ([, kind, a, b]) => writeChange(kind, a, b) },
  ], rows, { caption: illustrated(words.figures) });
}

function costTable() {
  return table([
    { label: words.year, kind: "year", of: ([year]) => year, head: true },
    { label: words.acted, kind: "count", of: ([, actions]) => actions },
    { label: words.places_added, kind: "count", of: ([, , added]) => added },
    { label: words.capital, kind: "wan", of: ([, , , capital]) => capital },
    { label: words.subsidy, kind: "wan", of: ([, , , , subsidy]) => subsidy },
    { label: words.running, kind: "wan", of: ([, , , , , running]) => running },
  ], data.costs, { caption: illustrated(words.costs) });
}

const districtOf = (site) => site.township?.district ?? words.outside;

function siteTable() {
  return table([
    { label: words.name, kind: "text", of: (s) => s.name, node: siteButton, head: true },
    { label: words.action, kind: "text", of: (s) => words[s.action],
      node: (s) => el("span", { class: "action" }, markIcon(s.action), words[s.action]) },
    { label: words.year, kind: "year", of: (s) => s.year },
    { label: words.tier, kind: "text", of: (s) => s.tier, style: "place" },
    { label: words.host, kind: "text", of: (s) => s.host },
    { label: words.district, kind: "text", of: districtOf, style: "short" },
    { label: words.township, kind: "text", of: (s) => s.township?.name ?? words.outside, style: "place" },
    { label: words.inclusive, kind: "text", of: (s) => (s.inclusive ? words.yes : words.no) },
    { label: words.classes, kind: "text", of: writeClasses, style: "classes" },
    { label: words.places_before, kind: "count", of: (s) => s.before },
    { label: words.places_plan, kind: "count", of: (s) => s.places },
    { label: words.children, kind: "count", of: (s) => s.children },
    { label: words.cost_wan, kind: "wan", of: (s) => s.cost },
  ], sites.filter((site) => site.action !== "keep"),
  { caption: illustrated(words.sites), sortable: true, filter: districtOf, id: "site-table" });
}

function townshipTable() {
  const pair = (word, kind, figure) => ["today", "plan"].map((state) => ({
    label: say(word, { state: words[state] }), kind, of: (t) => t[state](figure),
  }));
  return table([
    { label: words.township, kind: "text", of: (t) => t.name, node: townshipButton, head: true, style: "place" },
    { label: words.district, kind: "text", of: (t) => t.district, style: "short" },
    { label: words.has_institution, kind: "text", style: "short", of: (t) => (t.plan("townships_covered") ? words.yes : words.no) },
    ...pair("coverage_of", "share", "population_coverage"),
    ...pair("per_thousand_of", "decimal", "places_per_thousand"),
    ...pair("has_place_of", "count", "served"),
    ...pair("full_of", "count", "reachable_full"),
    ...pair("no_place_of", "count", "unreachable"),
    { label: words.acted, kind: "count", of: (t) => t.acted.length },
  ], townships, { caption: illustrated(words.townships), sortable: true,
    filter: (t) => t.district, id: "township-table" });
}

function stageTable() {
  const named = (name) => {
    const priority = /^shortfall-(\d+)$/.exec(name);
    return priority ? say("stage_shortfall", { priority: priority[1] }) : words[`stage_${name}`] ?? name;
  };
  const amount = (value, unit) => (value === null ? words.nothing
    : `${unit === "targets" ? +value.toPrecision(4) : write("count", value)} ${words[`unit_${unit}`] ?? unit}`);
  return table([
    { label: words.stage, kind: "text", of: ([name]) => named(name), head: true },
    { label: words.value, kind: "count", of: () => null, node: ([, , value, , unit]) => amount(value, unit) },
    { label: words.bound, kind: "count", of: () => null, node: ([, , , bound, unit]) => amount(bound, unit) },
    { label: words.gap, kind: "count", of: () => null, node: ([, , , , , gap]) => (gap === null
      ? words.nothing : gap < 1e-6 ? "0" : write("gap", gap)) },
  ], data.stages, { caption: words.stages });
}

function guidanceTable() {
  return table([
    { label: words.year, kind: "year", of: ([year]) => year },
    { label: words.guided, kind: "text", of: ([, site]) => site, head: true },
    { label: words.guides, kind: "text", of: ([, , medical]) => medical },
    { label: words.way, kind: "minutes", of: ([, , , minutes]) => minutes },
  ], data.guidance, { caption: illustrated(words.guidance) });
}

function notes() {
  const parameters = table([
    { label: words.parameter, kind: "text", of: ({ word, of }) => say(word, of), head: true },
    { label: words.value, kind: "text", of: ({ value: [kind, value] }) => write(kind, value) },
    { label: words.source, kind: "text", of: ({ source }) => source || words.nothing },
  ], data.parameters, { caption: words.assumptions });
  return [
    data.sources.length ? el("h3", {}, words.given_sources) : null,
    data.sources.length ? el("ul", { class: "notes" }, data.sources.map((text) => el("li", {}, given(text)))) : null,
    parameters,
    el("h3", {}, words.notes),
    el("ul", { class: "notes" }, data.notes.map((note) => el("li", {}, given(note)))),
    stageTable(),
    el("p", { class: "under" }, words.conditional),
    data.guidance.length ? guidanceTable() : null,
    table([
      { label: words.file, kind: "text", of: ([name]) => name, head: true },
      { label: "sha256", kind: "text", of: ([, sum]) => sum, style: "sum" },
    ], data.files, { caption: words.files }),
    el("p", { class: "under sum" }, `${words.plan_hash}: ${data.plan_hash}`),
    el("p", {}, words.made_with),
  ];
}

function mapSection() {
  const frame = el("div", { class: "frame" }, drawing(paper), legend);
  return section("map", mapControls(), trialPanel, el("div", { class: "mapped" }, frame, panel));
}

async function start() {
  document.getElementById("page").replaceChildren(
    head(),
    el("main", {},
      el("div", { class: "pair" }, section("targets", targetTable()), section("figures", figureTable(), el("p", { class: "under" }, words.births))),
      mapSection(),
      section("sites", costTable(), siteTable()),
      section("townships", townshipTable()),
      data.provisions.length ? section("provisions", provisionTable()) : null,
      data.beside.length ? section("beside", ...besideTables()) : null,
      section("sources", notes())),
  );
  showPanel();
  if (typeof DecompressionStream === "undefined") {
    legend.replaceChildren(words.old_browser);
    return;
  }
  await drawLayers();
  redraw();
  listenToMap();
  await startTrial();
  window.addEventListener("beforeprint", () => fitPaper(true));
  window.addEventListener("afterprint", () => fitPaper(false));
  document.documentElement.dataset.ready = Math.round(performance.now());
}

start();
