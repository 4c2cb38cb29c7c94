// The first screen: what the plan achieves, targets, before and after, costs, the proof.

function head() {
  const doing = ["open", "convert", "expand", "close"].filter((action) => data.actions[action] > 0)
    .map((action) => say("doing", { action: words[action], count: write("count", data.actions[action]) }));
  const { met, all, not_due: waiting } = data.tally;
  return heading(phrase("achieves", {
    by_year: ["text", byYear(data.tally)],
    ...data.achieves,
    doing: ["text", doing.join(chinese ? "、" : ", ") || words.doing_nothing],
    met: ["count", met], all: ["count", all], not_due: ["text", notDueClause(waiting)],
  }));
}

const figureLabel = (name) => say(name === "population_coverage" ? "population_share" : name);

// Rows of figures: name, kind, today, no action, plan; of one planned year.
function figureRows(year = lastYear) {
  const at = data.years.indexOf(year);
  return data.figures.map(([name, kind, today, untouched, plan]) =>
    ({ name, kind, today, untouched: untouched[at], plan: plan[at] }));
}

function effectNode({ kind, untouched, plan }) {
  return el("span", {}, writeChange(kind, untouched, plan));
}

const storyFigures = ["places", "places_per_thousand", "inclusive_share", "townships_covered",
  "population_coverage", "served_within", "served_beyond", "reachable_full", "unreachable", "fill_new"];

function figureColumns(year, write_) {
  return [
    { label: stateName("today", data.base_year), kind: "count", of: () => null, node: (row) => el("span", {}, write_(row, row.today)) },
    { label: stateName("no_action", year), kind: "count", of: () => null, node: (row) => el("span", {}, write_(row, row.untouched)) },
    { label: stateName("plan", year), kind: "count", of: () => null, node: (row) => el("b", {}, write_(row, row.plan)) },
    { label: words.effect, kind: "count", of: () => null, node: effectNode },
  ];
}

function writeFigure({ name, kind }, value) {
  return name === "townships_covered"
    ? `${write("count", value)} / ${write("count", data.township_count)}` : write(kind, value);
}

function beforeAfterCard() {
  const rows = figureRows();
  const [within, additional] = ["enrolled_within", "served_additional"]
    .map((name) => rows.find((row) => row.name === name));
  const served = Object.fromEntries(["today", "untouched", "plan"]
    .map((state) => [state, within[state] + additional[state]]));
  const far = Object.fromEntries(data.nearest.filter(({ state, year }) => state === "today" || year === lastYear)
    .map((row) => [{ today: "today", no_action: "untouched", plan: "plan" }[row.state], row.worst_decile_s]));
  const all = [...rows, { name: "served_within", kind: "count", ...served },
    { name: "worst_tenth_row", kind: "seconds", ...far }];
  const shownRows = [...storyFigures, "worst_tenth_row"].map((name) => all.find((row) => row.name === name));
  return el("section", { class: "card", id: "before-after" },
    el("h2", {}, illustrated(words.before_after)),
    table([{ label: words.figure, kind: "text", of: ({ name }) => figureLabel(name).trim(), head: true },
      ...figureColumns(lastYear, writeFigure)], shownRows, { caption: illustrated(words.before_after) }),
    el("p", { class: "under" }, say("effect_note", { year: lastYear })), placesNote(),
    idleNote());
}

// New sites that stay nearly empty; those named are buttons that show them.
function idleNote() {
  const told = data.idle_places;
  if (!told) return null;
  const [before, after] = say("idle_places", { year: told.year, count: write("count", told.count),
    idle: write("count", told.idle) }).split("{names}");
  const named = told.site_ids.flatMap((id, i) => [i ? chinese ? "、" : ", " : null, siteButton(siteById.get(id))]);
  return el("p", { class: "under", id: "idle-places" }, before, named, after);
}

function figureTable() {
  const rows = figureRows(planYear());
  return table([{ label: words.figure, kind: "text", of: ({ name }) => figureLabel(name), head: true },
    ...figureColumns(planYear(), writeFigure)], rows, { caption: illustrated(words.figures) });
}

function proofCard() {
  const [statement, ...further] = data.proof;
  return el("section", { class: `card proof ${data.status}` },
    el("h2", {}, words.proof),
    el("p", {}, el("b", {}, `${words[`answer_${data.status}`]}${space}${statement}`),
      further.map((sentence) => space + sentence)),
    el("p", { class: "under" }, words.checked, space, el("a", { href: "#sources" }, words.stages)));
}

function equityCard() {
  return el("section", { class: "card" },
    el("h2", {}, illustrated(words.equity)), el("p", {}, equitySentence()),
    el("p", { class: "more" }, el("a", { href: "#equity" }, words.worst_live)));
}

function story() {
  return el("div", { id: "story", class: "story", role: "group", "aria-label": words.story },
    targetCard(), beforeAfterCard(), el("div", { class: "stack" }, proofCard(), costCard(), equityCard()));
}
