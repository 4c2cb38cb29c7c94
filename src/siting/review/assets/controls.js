// Controls of the map: indicator, year, comparison, search.

// Further controls, each a function that gives a node.
const mapTools = [];

// What stands below the map, each a function that gives a node.
const belowMap = [];

function option(value, label) {
  return el("option", { value }, label);
}

function indicatorControl() {
  const select = el("select", { id: "indicator", onchange: () => {
    shown.indicator = select.value;
    redraw();
  } }, Object.keys(indicators).map((name) => option(name, indicatorName(name))));
  return el("label", { class: "field" }, words.indicator, select);
}

function compareControl() {
  const select = el("select", { id: "compare", onchange: () => {
    shown.compare = select.value;
    redraw();
  } }, ["value", "today", "no_action"].map((name) => option(name, words[`compare_${name}`])));
  followers.push(() => { select.disabled = moment.state === "today"; });
  return el("label", { class: "field" }, words.compare, select);
}

function yearControl() {
  const label = (each) => (each.state === "today" ? say("tick_today", each) : String(each.year));
  const now = () => moments.findIndex((each) => each.state === moment.state && each.year === moment.year);
  const slider = el("input", { type: "range", id: "year", min: 0, max: moments.length - 1, step: 1,
    oninput: () => chooseMoment(moments[Number(slider.value)]) });
  const ticks = moments.map((each) => el("button", { type: "button", class: "tick", tabindex: "-1",
    onclick: () => chooseMoment(each) }, label(each)));
  const follow = () => {
    slider.value = now();
    slider.setAttribute("aria-valuetext", stateName(moment.state, moment.year));
    ticks.forEach((tick, i) => tick.classList.toggle("now", i === now()));
  };
  follow();
  followers.push(follow);
  return el("div", { class: "year" }, el("label", { for: "year" }, words.time),
    el("div", { class: "slide" }, slider, el("div", { class: "ticks" }, ticks)));
}

function findControl(labelOf) {
  return searchBox([
    ...townships.map((township) => ({ township, name: township.name, id: township.code, label: words.township })),
    ...sites.map((site) => ({ site, name: site.name, id: site.id, label: labelOf(site) })),
  ], (thing) => choose(thing, { move: true }));
}

function mapControls() {
  const all = el("input", { type: "checkbox", id: "all-reach", onchange: () => {
    shown.allReach = all.checked;
    drawReach();
  } });
  return el("div", { class: "controls" }, el("h2", {}, illustrated(words.map)),
    yearControl(), indicatorControl(), compareControl(),
    el("label", { class: "check" }, all, words.all_isochrones, el("span", { class: "reach-as" })),
    el("button", { type: "button", onclick: showArea }, words.whole_area),
    findControl(({ action }) => words[action]));
}
