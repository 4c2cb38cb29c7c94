// Cost against coverage: plans as points, and the least cost of each coverage where it is known.

// Whole steps that span some values, at most `most` of them.
function scale(values, most) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = niceStep(Math.max(high - low, Math.abs(high) * 0.02, 1e-9) * 1.08, most);
  const first = Math.max(Math.floor((low - step * 0.15) / step), low >= 0 ? 0 : -Infinity);
  const last = Math.max(Math.ceil((high + step * 0.15) / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, n) => (first + n) * step);
}

const axisOf = ([id, year]) => say("axis_target", {
  year, name: data.targets.find((target) => target.id === id && target.year === year)?.name ?? id });

function picture() {
  const { points, frontiers, target, is_capital } = data.picture;
  const drawn = points.filter(([, cost, coverage]) => cost !== null && coverage !== null);
  const missing = points.filter((point) => !drawn.includes(point)).map(([label]) => label);
  const curves = [...new Set(frontiers.map(([label]) => label))].map((label) => ({
    label, steps: frontiers.filter(([of, , , cost]) => of === label && cost !== null),
  })).filter(({ steps }) => steps.length);
  if (!drawn.length) return null;
  const unit = chinese ? 1e4 : 1e6;
  const costs = [...drawn.map(([, cost]) => cost), ...curves.flatMap(({ steps }) => steps.flatMap((s) => [s[3], s[4] ?? 0]))];
  const shares = [...drawn.map(([, , share_]) => share_), ...curves.flatMap(({ steps }) => steps.flatMap(([, asked, achieved]) => [asked, achieved ?? asked]))];
  const [width, height, left, right, top, bottom] = [680, 330, 62, 22, 16, 50];
  const xs = scale(costs.map((cost) => cost / unit), 7), ys = scale(shares.map((value) => value * 100), 6);
  const x = (cost) => left + (cost / unit - xs[0]) / (xs.at(-1) - xs[0]) * (width - left - right);
  const y = (value) => height - bottom - (value * 100 - ys[0]) / (ys.at(-1) - ys[0]) * (height - top - bottom);
  const text = (at, words_, more = {}) => svg("text", { x: at[0], y: at[1], ...more }, words_);
  const plain = (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
  const axes = [
    xs.map((value) => [
      svg("line", { class: "grid", x1: x(value * unit), x2: x(value * unit), y1: top, y2: height - bottom }),
      text([x(value * unit), height - bottom + 17], plain(value), { "text-anchor": "middle" }),
    ]),
    ys.map((value) => [
      svg("line", { class: "grid", x1: left, x2: width - right, y1: y(value / 100), y2: y(value / 100) }),
      text([left - 8, y(value / 100) + 4], `${plain(value)}%`, { "text-anchor": "end" }),
    ]),
    text([(left + width - right) / 2, height - 10], say(is_capital ? "axis_capital" : "axis_cost",
      { unit: words[chinese ? "unit_wan" : "unit_million"] }), { "text-anchor": "middle", class: "axis" }),
    text([14, (top + height - bottom) / 2], target ? axisOf(target)
      : words.axis_coverage.replace("{minutes}", data.minutes), {
      "text-anchor": "middle", class: "axis", transform: `rotate(-90 14 ${(top + height - bottom) / 2})` }),
  ];
  // What is known holds for the figures between those asked for too: a plan reaches less as well,
  // and what less cannot be had for, more cannot.
  const reaches = ([, asked, achieved]) => Math.max(asked, achieved ?? asked);
  const found = (steps) => steps.flatMap((step, i) => [
    ...(i ? [[step[3], reaches(steps[i - 1])]] : []), [step[3], reaches(step)]]);
  const barred = (steps) => steps.flatMap((step, i) => [
    [step[4] ?? 0, step[1]], ...(i + 1 < steps.length ? [[step[4] ?? 0, steps[i + 1][1]]] : [])]);
  const line = (corners) => corners.map(([cost, value]) => `${x(cost)},${y(value)}`).join(" ");
  const frontier = curves.map(({ steps }) => [
    svg("polygon", { class: "band", points: line([...found(steps), ...barred(steps).reverse()]) }),
    svg("polyline", { class: "bound", points: line(barred(steps)) }),
    svg("polyline", { class: "curve", points: line(found(steps)) }),
    steps.map((step) => svg("circle", { class: "step", cx: x(step[3]), cy: y(reaches(step)), r: 3.2 },
      svg("title", {}, `${write("share", reaches(step))}: ${write("money", step[3])}`))),
  ]);
  // Plans that stand on one another are named together.
  const stacks = [];
  for (const [label, cost, coverage] of drawn) {
    const near = stacks.find((s) => Math.hypot(x(s.cost) - x(cost), y(s.coverage) - y(coverage)) < 17);
    if (near) near.labels.push(label);
    else stacks.push({ labels: [label], cost, coverage });
  }
  const marks_ = stacks.map(({ labels, cost, coverage }) => {
    const name = labels.join(" "), half = 11 + 6.5 * (labels.length - 1);
    return [
      svg("rect", { class: "plan", x: x(cost) - half, y: y(coverage) - 11, width: 2 * half, height: 22, rx: 11 },
        svg("title", {}, `${name}: ${write("money", cost)}, ${write("share", coverage)}`)),
      text([x(cost), y(coverage) + 4.5], name, { "text-anchor": "middle", class: "plan-name" }),
    ];
  });
  const told = drawn.map(([label, cost, coverage]) => `${label} ${write("money", cost)} ${write("share", coverage)}`);
  const label = say("picture_label", { points: told.join(chinese ? "；" : "; ") });
  return el("figure", { id: "picture" },
    el("h3", {}, illustrated(words.picture)),
    svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }, axes, frontier, marks_),
    el("figcaption", {},
      curves.map(({ label: of }) => el("p", { class: "under" },
        el("span", { class: "key curve-key" }), say("frontier", { label: of }), " ",
        el("span", { class: "key bound-key" }), words.frontier_bound)),
      curves.length ? el("p", { class: "under" }, words.frontier_note) : null,
      missing.length ? el("p", { class: "under" }, say("not_in_picture", { plans: letters(missing) })) : null));
}
