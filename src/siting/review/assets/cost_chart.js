// Costs by year: bars drawn as SVG, and the same figures as a table.

function costChart() {
  const width = 360, height = 132, low = 112, high = 20;
  const most = Math.max(...data.costs.map(([, , , capital]) => capital), 1);
  const each = width / data.costs.length, wide = Math.min(54, each * 0.62);
  const bars = data.costs.flatMap(([year, , , capital], i) => {
    const middle = (i + 0.5) * each, top = low - ((low - high) * capital) / most;
    return [
      svg("rect", { x: middle - wide / 2, y: top, width: wide, height: Math.max(low - top, 0), fill: "#1f4e79" }),
      svg("text", { x: middle, y: top - 5, "text-anchor": "middle", class: "amount" }, write("wan", capital)),
      svg("text", { x: middle, y: height - 4, "text-anchor": "middle" }, String(year)),
    ];
  });
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "chart",
    "aria-label": `${words.costs_chart}${chinese ? "：" : ": "}${data.costs
      .map(([year, , , capital]) => `${year} ${write("wan", capital)}`).join("; ")}` },
  svg("line", { x1: 0, x2: width, y1: low + 0.5, y2: low + 0.5, stroke: "#9aa6b2" }), ...bars);
}

function costCard() {
  const { count, capital_cny: capital } = data.new_places;
  const subsidy = data.costs.reduce((sum, [, , , , given_]) => sum + given_, 0);
  const running = data.costs.at(-1)[5];
  const sentences = [
    say("costs_total", { total: write("money", data.cost) }),
    subsidy > 0 ? say("costs_subsidy", { subsidy: write("money", subsidy) }) : null,
    running > 0 ? say("costs_running", { running: write("money", running) }) : null,
    count > 0 && capital > 0 ? say("costs_of_places", { places: write("count", count),
      capital: write("money", capital), each: write("count", capital / count) }) : null,
  ];
  return el("section", { class: "card" },
    el("h2", {}, illustrated(words.costs_chart)),
    costChart(),
    el("p", { class: "under" }, sentences.filter(Boolean).join(space)));
}

// Why the places that actions add are not those by which the figure of the area changes.
function placesNote() {
  const note = data.places_note;
  return note && el("p", { class: "under" }, say("places_note", {
    added: writeChange("count", 0, note.added), effect: writeChange("count", 0, note.effect),
    reasons: note.reasons.map((reason) => words[`places_${reason}`]).join(chinese ? "、" : ", "),
  }));
}

// What nobody gave the rates of is left out.
function costTable() {
  const kinds_ = ["capital", "subsidy", "running"].map((kind, k) => [kind, (row) => row[3 + k]]);
  return [table([
    { label: words.year, kind: "year", of: ([year]) => year, head: true },
    { label: words.acted, kind: "count", of: ([, actions_]) => actions_ },
    { label: words.places_added, kind: "count", of: ([, , added]) => added },
    ...kinds_.filter(([, of]) => data.costs.some((row) => of(row) !== null))
      .map(([kind, of]) => ({ label: words[kind], kind: "wan", of })),
  ], data.costs, { caption: illustrated(words.costs), id: "cost-table" }), placesNote()];
}
