// Shading: the figure of each township at the chosen moment, its classes and colours.

// Figures to shade by: f(name) is a figure of a township. More is good, or not.
const indicators = {
  population_coverage: { kind: "share", good: true, of: (f) => f("population_coverage") },
  places_per_thousand: { kind: "decimal", good: true, of: (f) => f("places_per_thousand") },
  served_share: { kind: "share", good: true, of: (f) => (f("takers") > 0 ? f("served") / f("takers") : null) },
  full: { kind: "count", good: false, of: (f) => f("reachable_full") },
  unreachable: { kind: "count", good: false, of: (f) => f("unreachable") },
  median_minutes: { kind: "decimal", good: false, of: (f) => (f("median_s") === null ? null : f("median_s") / 60) },
  worst_under3: { kind: "count", good: false, of: (f) => f("worst_under3") },
};

// ColorBrewer 2.0 (C. Brewer, colorbrewer2.org): YlGnBu and YlOrBr without their darkest three
// of nine, and PuOr around zero; all three are marked there as safe for colour-blind readers.
const ramps = {
  good: ["#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0"],
  bad: ["#ffffe5", "#fff7bc", "#fee391", "#fec44f", "#fe9929", "#ec7014"],
  worse: ["#e08214", "#fdb863", "#fee0b6"],
  better: ["#d8daeb", "#b2abd2", "#8073ac"],
  same: "#f7f7f7",
  none: "#e3e3e1",
};

const comparing = () => (moment.state === "plan" && shown.compare !== "value" ? shown.compare : null);

// What stands in for a year of the plan, as a trial does: {year, tells: indicators it has,
// figure(township, name), actionAt(site): undefined where it is that of the plan, name, slots: of
// texts where they differ}.
const standIn = { now: null };

const standsIn = ({ state, year } = moment) => standIn.now && state === "plan" && year === standIn.now.year;
const indicatorName = (name) => say(`map_${name}`,
  standsIn() && standIn.now.tells.has(name) ? standIn.now.slots : {});
const shadesTrial = (at = moment) => standsIn(at) && standIn.now.tells.has(shown.indicator);

// The action by which a site stands now, or null.
function standsAs(site) {
  const instead = standsIn() ? standIn.now.actionAt(site) : undefined;
  return instead === undefined ? actionAt(site, moment) : instead;
}

function planValue(township, { state, year }) {
  return indicators[shown.indicator].of((name) => township.figure(state, year, name));
}

function shadeValue(township, { state, year } = moment, against = comparing()) {
  const { of } = indicators[shown.indicator];
  const value = shadesTrial({ state, year }) ? of((name) => standIn.now.figure(township, name))
    : planValue(township, { state, year });
  if (!against) return value;
  const before = of(against === "today" ? township.today
    : (name) => township.figure("no_action", year, name));
  return before === null || value === null ? null : value - before;
}

// The colour at a share of the way along a ramp.
function between(ramp, share_) {
  const at = share_ * (ramp.length - 1), low = Math.min(Math.floor(at), ramp.length - 2);
  const parts = [low, low + 1].map((i) => [1, 3, 5].map((p) => parseInt(ramp[i].slice(p, p + 2), 16)));
  const mixed = parts[0].map((a, i) => Math.round(a + (parts[1][i] - a) * (at - low)));
  return `#${mixed.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}

function niceStep(span, most) {
  const rough = Math.max(span / most, 1e-9), power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  return [1, 2, 2.5, 5, 10].map((m) => m * power).find((step) => step >= rough * 0.9999);
}

// Classes of a change: three below zero, none, three above; the outermost are open, so that a few
// townships far from the others do not hide them.
function changeClasses(good) {
  const sizes = townships.map((township) => Math.abs(shadeValue(township) ?? 0))
    .filter((size) => size > 0).sort((a, b) => a - b);
  const most = sizes[Math.round(0.9 * (sizes.length - 1))] ?? 0;
  const step = niceStep(Math.max(most, 1e-6), 3), tiny = step * 1e-6;
  const down = good ? ramps.worse : [...ramps.better].reverse();
  const up = good ? ramps.better : [...ramps.worse].reverse();
  return [
    { from: -Infinity, to: -2 * step, color: down[0] }, { from: -2 * step, to: -step, color: down[1] },
    { from: -step, to: -tiny, color: down[2] }, { from: -tiny, to: tiny, color: ramps.same, same: true },
    { from: tiny, to: step, color: up[0] }, { from: step, to: 2 * step, color: up[1] },
    { from: 2 * step, to: Infinity, color: up[2] },
  ];
}

// Classes of the shading, the same at every moment and in a trial: [{from, to, color}].
function shadeClasses() {
  const { kind, good } = indicators[shown.indicator];
  if (comparing()) return changeClasses(good);
  const values = townships.flatMap((t) => moments.map((each) => planValue(t, each)))
    .filter((value) => value !== null).sort((a, b) => a - b);
  if (!values.length) return [];
  // A few townships far from the others share an open class, so that the rest can be told apart.
  const at = (share_) => values[Math.round(share_ * (values.length - 1))];
  const now = townships.map((t) => shadeValue(t, moment, null)).filter((value) => value !== null);
  const [least, most] = [Math.min(values[0], ...now), Math.max(values.at(-1), ...now)];
  const step = niceStep(Math.max(at(0.95) - at(0.1), kind === "share" ? 0.05 : 1e-6), 6);
  const first = Math.floor(at(0.1) / step + 1e-9);
  const last = Math.max(Math.ceil(at(0.95) / step - 1e-9), first + 1);
  const edges = Array.from({ length: last - first + 1 }, (_, n) => (first + n) * step);
  if (least < edges[0] - 1e-9) edges.unshift(-Infinity);
  if (most > edges.at(-1) + 1e-9) edges.push(Infinity);
  const ramp = good ? ramps.good : ramps.bad, count = edges.length - 1;
  return edges.slice(1).map((to, n) => ({
    from: edges[n], to, color: between(ramp, count === 1 ? 0.5 : n / (count - 1)),
  }));
}

function shadeColor(value, classes) {
  if (value === null) return ramps.none;
  // A value a hair below an edge belongs above it: shares are sums of many cells.
  const at = classes.findIndex(({ to }) => value < to - 1e-9);
  return classes[at < 0 ? classes.length - 1 : at].color;
}

function classLabel({ from, to, same }, kind) {
  if (same) return "0";
  const scale = kind === "share" ? 100 : 1;
  const size = (value) => String(+Math.abs(value * scale).toFixed(2));
  const sign = (value) => (!comparing() || size(value) === "0" ? "" : value < 0 ? "−" : "+");
  const unit = kind !== "share" ? "" : comparing() ? words.points : "%";
  const text = (value) => sign(value) + size(value) + (comparing() ? "" : unit);
  const after = comparing() ? unit : "";
  if (from === -Infinity) return say("below", { to: text(to) }) + after;
  if (to === Infinity) return say("from_up", { from: text(from) }) + after;
  return say("between", { from: text(from), to: text(to) }) + after;
}

function writeShade(value) {
  const { kind } = indicators[shown.indicator];
  return comparing() && value !== null ? writeChange(kind, 0, value) : write(kind, value);
}
