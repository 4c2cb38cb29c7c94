// The map of compared plans: the shading of one plan, of the other or of their difference, and
// marks for which plans act at a site.

corners.square = [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]];
// Okabe and Ito 2008, as the marks of the review page.
Object.assign(marks, {
  all_alike: { color: "#000000", radius: 5, shape: "circle" },
  all_differ: { color: "#e69f00", radius: 7, shape: "triangle" },
  some: { color: "#9b2d79", radius: 6.5, shape: "diamond" },
  one: { color: "#0072b2", radius: 6.5, shape: "square" },
  both_alike: { color: "#000000", radius: 5, shape: "circle" },
  both_differ: { color: "#e69f00", radius: 7, shape: "triangle" },
  only_first: { color: "#0072b2", radius: 6.5, shape: "square" },
  only_second: { color: "#d55e00", radius: 6.5, shape: "diamond" },
});
// How far townships are from sites is not among the tables of a run that are compared.
delete indicators.median_minutes;
delete indicators.worst_under3;
shown.compare = "today";
shown.mode = "pair";
shown.actions = new Set([...classesOf.pair.names, ...classesOf.all.names]);

const shadedState = () => (comparing() ? "difference" : moment.state);

function stateName(state) {
  const [first, second] = [pair.first.label, pair.second.label];
  return state === "difference" ? say("state_difference", { first, second })
    : say("state_of", { label: state === "today" ? first : second });
}

function shadedName() {
  return comparing() ? say("legend_difference", { first: pair.first.label, second: pair.second.label })
    : stateName(moment.state);
}

// Shade one plan, the other or their difference.
function shade(state) {
  shown.compare = state === "difference" ? "today" : "value";
  chooseMoment({ state: state === "today" ? "today" : "plan" });
}

// Look at two other plans, or at all of them.
function look({ first = pair.first, second = pair.second, mode = shown.mode }) {
  if (first === second) [first, second] = [pair.second, pair.first];
  Object.assign(pair, { first, second });
  shown.mode = mode;
  chooseMoment({});
}

// Read by tests.
const tellPair = () => Object.assign(document.documentElement.dataset,
  { pair: `${pair.first.label}${pair.second.label}`, mode: shown.mode });
tellPair();
followers.push(tellPair);
