// Writing: values to text, text to nodes. Every text becomes a text node, never markup.

const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const chinese = data.lang === "zh";
const locale = chinese ? "zh-CN" : "en";

const formats = [];
const numberOf = (digits) => formats[digits] ??= new Intl.NumberFormat(locale, {
  minimumFractionDigits: digits, maximumFractionDigits: digits,
});
const whole = numberOf(0), tenths = numberOf(1), hundredths = numberOf(2);

// Kinds that a target may have take so many digits more than usual.
function money(cny, further = 0) {
  if (!chinese) return `CNY ${numberOf(1 + further).format(cny / 1e6)} million`;
  return cny >= 1e8 ? `${numberOf(2 + further).format(cny / 1e8)}亿元`
    : `${numberOf(further).format(cny / 1e4)}万元`;
}

function share(value, further = 0) {
  return `${numberOf(1 + further).format(value * 100)}%`;
}

const kinds = {
  text: String,
  year: String,
  count: (value) => whole.format(Math.round(value) + 0),
  decimal: (value, further = 0) => numberOf(2 + further).format(value),
  share,
  published_share: (value) => `${hundredths.format(value * 100)}%`,
  gap: (value) => `${(Math.max(Math.ceil(value * 1e4 - 1e-6), 1) / 100).toFixed(2)}%`,
  money,
  wan: (value) => tenths.format(Math.round(value / 1e3) / 10),
  speed: (value) => chinese
    ? `${tenths.format(value)}公里/小时（${whole.format(value * 1000 / 60)}米/分钟）`
    : `${tenths.format(value)} km/h (${whole.format(value * 1000 / 60)} m/min)`,
  minutes: (value) => `${value} ${words.minutes_unit}`,
  seconds: (value) => `${(value < 36e3 ? tenths : whole).format(value / 60)} ${words.minutes_unit}`,
  only_minutes: (value) => tenths.format(value / 60),
  class: (value) => `${value} ${words.places_unit}`,
};

function write(kind, value, further = 0) {
  return value === null || value === undefined ? words.nothing : kinds[kind](value, further);
}

// How many digits more than usual tell what is achieved from what is required, where a target is
// missed; as TargetResult.further_digits has it.
function furtherDigits(unit, { required, achieved, met }) {
  if (met !== false || achieved === null || achieved === undefined) return 0;
  let further = 0;
  while (further < 6 && write(unit, achieved, further) === write(unit, required, further)) further += 1;
  return further;
}

// Whole numbers that add up to the rounded sum of some amounts: the largest rests are rounded up.
function addingUp(amounts, sum = amounts.reduce((all, amount) => all + amount, 0)) {
  const rounded = amounts.map(Math.floor);
  const rests = amounts.map((amount, i) => [amount - rounded[i], i]).sort(([a], [b]) => b - a);
  let missing = Math.round(sum) - rounded.reduce((all, count) => all + count, 0);
  for (const [, i] of rests) if (missing-- > 0) rounded[i] += 1;
  return rounded;
}

// The change of a figure, with its sign; shares change by percentage points.
function writeChange(kind, before, after) {
  if (before === null || after === null) return words.nothing;
  const change = after - before;
  const sign = change > 0 ? "+" : change < 0 ? "−" : "";
  const size = Math.abs(change);
  const shown_ = { share: tenths.format(size * 100), decimal: hundredths.format(size), seconds: tenths.format(size / 60) };
  const text = shown_[kind] ?? whole.format(size);
  const unit = kind !== "share" ? "" : chinese ? "百分点" : " pts";
  return (/[1-9]/.test(text) ? sign : "") + text + unit;
}

// Fill {slots} of a text of ours; what is filled in is not looked at again.
function fill(text, slots = {}) {
  return text.replace(/\{(\w+)\}/g, (whole_, name) => (name in slots ? String(slots[name]) : whole_));
}

function say(key, slots = {}) {
  return fill(words[key], { minutes: data.minutes, travel: data.travel, ...slots });
}

// A phrase: slots come as [kind, value].
function phrase(key, values) {
  const written = Object.entries(values).map(([name, [kind, value]]) => [name, write(kind, value)]);
  return say(key, Object.fromEntries(written));
}

function illustrated(text) {
  return data.illustrative ? text + words.illustrative_mark : text;
}

// el("p", {class: "x", onclick: f}, "text", node, ...): text stays text.
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) node.append(child);
  }
  return node;
}

// A text from data: kept in its own direction, so that marks in it do not turn its neighbours.
function given(text, properties = {}) {
  return el("bdi", properties, text);
}
