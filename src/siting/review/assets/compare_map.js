// The map of compared plans: the shading of one plan, of the other or of their difference, and
// marks for which plans act at a site.

Object.assign(marks, {
  all_alike: { color: "#3b4754", radius: 5.5, shape: "circle" },
  all_differ: { color: "#e08a00", radius: 7, shape: "triangle" },
  some: { color: "#8a2f8f", radius: 6.5, shape: "diamond" },
  one: { color: "#1f6fb2", radius: 6.5, shape: "square" },
  both_alike: { color: "#3b4754", radius: 5.5, shape: "circle" },
  both_differ: { color: "#e08a00", radius: 7, shape: "triangle" },
  only_first: { color: "#1f6fb2", radius: 6.5, shape: "square" },
  only_second: { color: "#c8321e", radius: 6.5, shape: "diamond" },
});
shown.state = "difference";
shown.mode = "pair";
shown.actions = new Set([...classesOf.pair.names, ...classesOf.all.names]);

// Give every site the class and the mark of what is looked at.
function classify() {
  for (const site of sites) {
    site.action = classesOf[shown.mode].of(site);
    if (!site.mark) continue;
    const { color, shape } = marks[site.action];
    site.mark.options.shape = shape;
    site.mark.setStyle({ fillColor: color, weight: site.action === "keep" ? 0.6 : 1.2 });
    if (site.action !== "keep") site.mark.bringToFront();
  }
}

function stateName(state) {
  const [first, second] = [pair.first.label, pair.second.label];
  return state === "difference" ? say("state_difference", { first, second })
    : say("state_of", { label: state === "today" ? first : second });
}

// Look at two other plans, or at all of them.
function look({ first = pair.first, second = pair.second, mode = shown.mode } = {}) {
  if (first === second) [first, second] = [pair.second, pair.first];
  Object.assign(pair, { first, second });
  shown.mode = mode;
  Object.assign(document.documentElement.dataset, { pair: `${first.label}${second.label}`, mode });
  classify();
  redraw();
  drawControls();
  drawPair();
  showPanel();
}
