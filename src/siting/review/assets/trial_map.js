// The trial on the map: rings around switched sites, and the hosts that the plan does not choose.

const chosenHost = { site: null, shown: false };
const planRow = new Map(trial ? data.sites.at.map((at, i) => [at, i]) : []);
const trialAt = (site) => toLatLng([data.layers.site_x[site], data.layers.site_y[site]]);
const rings = { on: { color: "#0b7285" }, off: { color: "#a63a16", dashArray: "4 4" } };

function drawTried() {
  view.tried ??= L.layerGroup().addTo(pageMap);
  view.overTried ??= canvas("tried", 460);
  view.tried.clearLayers();
  const mark = (site, options) => L.circleMarker(trialAt(site),
    { renderer: view.overTried, interactive: false, ...options }).addTo(view.tried);
  if (chosenHost.shown) {
    for (const site of hostsLeft()) {
      mark(site, { radius: 3.5, weight: 1.4, color: "#3b4a5a", fillColor: "#fff", fillOpacity: 0.9 });
    }
  }
  for (const [site, { open }] of tried.sites) {
    if (open && !planRow.has(site)) mark(site, { radius: 6, weight: 1.2, color: "#fff", fillColor: rings.on.color, fillOpacity: 1 });
    mark(site, { radius: 11, weight: 3, fill: false, ...rings[open ? "on" : "off"] });
  }
  if (chosenHost.site !== null) mark(chosenHost.site, { radius: 13, weight: 2.5, color: "#111", fill: false });
  document.documentElement.dataset.tried = tried.sites.size;
  nameReach();
}

// What the trial puts on the map instead of a year of the plan.
function trialInstead(now) {
  const figures = townships.map((_, i) => withShares(Object.fromEntries(
    Object.entries(now.townships).map(([name, values]) => [name, values[i]]))));
  return {
    year: trial.years[tried.year], name: words.trial, not_told: words.trial_plan_value,
    tells: new Set(["population_coverage", "places_per_thousand", "unreachable"]),
    figure: ({ i }, name) => figures[i][name],
    actionAt(site) {
      const at = data.sites.at[site.i], switched = tried.sites.get(at);
      if (!switched) return undefined;
      if (!switched.open) return "close";
      const planned = actionAt(site, moment);
      return planned && planned !== "close" ? planned : site.exists ? "keep" : "open";
    },
    figures, now, slots: { minutes: trialMinutes() },
  };
}

// The minutes within which the tiers that count in coverage are reached in the trial.
function trialMinutes() {
  const counting_ = trial.tiers.filter(({ counts }) => counts[3]);
  const minutes = (counting_.length ? counting_ : trial.tiers).map(({ walked, limits, own }) =>
    (walked && tried.minutes !== null ? tried.minutes : +(limits[own] / 60).toFixed(2)));
  return [...new Set(minutes)].sort((a, b) => a - b).join("/");
}

// Reaches are drawn as planned, and say so where the trial has others.
const triesReach = () => tried.minutes !== null || tried.speed !== trial.own_speed;

function nameReach() {
  for (const each of document.getElementById("indicator").options) {
    const name = indicatorName(each.value);
    if (each.textContent !== name) each.textContent = name;
  }
  document.querySelector("label:has(#all-reach) .reach-as").textContent = triesReach()
    ? say("trial_reach_planned") : "";
}

// How a site or township of the panel stands in the trial, and what is still that of the plan.
function trialNotes({ site, township }) {
  if (!trial || !isTried() || !standIn.now) return null;
  const year = trial.years[tried.year];
  const switched = site && tried.sites.get(data.sites.at[site.i]);
  const figure = (name, kind) => {
    const [before, now] = [planFigures(tried.year), standIn.now.now].map(({ townships: all }) => withShares(
      Object.fromEntries(Object.entries(all).map(([key, values]) => [key, values[township.i]])))[name]);
    return `${write(kind, before)} → ${write(kind, now)}`;
  };
  return el("div", { class: "trial-note" },
    switched ? siteTried(data.sites.at[site.i], switched.open) : null,
    township ? [el("b", {}, say("trial_of_year", { year })), facts([
      [words.trial_covered, figure("population_coverage", "share")],
      [words.trial_places, figure("places", "count")],
      [words.trial_per_thousand, figure("places_per_thousand", "decimal")],
      [words.trial_unreachable, figure("unreachable", "count")],
    ], "wide")] : null,
    el("p", {}, site ? say(triesReach() ? "trial_site_reach" : "trial_site_rest") : words.trial_township_rest));
}

// What the trial does at a site.
const siteTried = (site, open) => el("b", {}, say("trial_site_is", {
  year: trial.years[tried.year], done: switchedWord(site, open) }));

headNotes.push(trialNotes, ({ site }) => (site ? trialControls(data.sites.at[site.i]) : null));
reachNotes.push(() => (trial && triesReach() ? words.trial_reach_kept : null));

const hostsLeft = () => trial.sites.id.map((_, site) => site)
  .filter((site) => !planRow.has(site) && trial.sites.zone[site] >= 0);

// A click on a host that the plan does not choose; the other sites are known to the map.
function chooseTried(event) {
  if (!trial || !known.packed) return false;
  const at = pageMap.latLngToLayerPoint(event.latlng);
  const drawn = chosenHost.shown ? hostsLeft() : [...tried.sites.keys()].filter((site) => !planRow.has(site));
  const near = drawn.map((site) => [at.distanceTo(pageMap.latLngToLayerPoint(trialAt(site))), site])
    .filter(([distance]) => distance < 9).sort(([a], [b]) => a - b);
  if (!near.length) return false;
  chooseHost(near[0][1]);
  return true;
}

guests.push({ takes: chooseTried, forget: () => { chosenHost.site = null; } });

// Show a site of the trial in the panel beside the map, whether the plan knows it or not.
function chooseHost(site, { move = false } = {}) {
  if (planRow.has(site)) {
    choose({ site: sites[planRow.get(site)] }, { move });
    return;
  }
  choose({});
  chosenHost.site = site;
  showHost();
  if (move) pageMap.fitBounds(trialAt(site).toBounds(2500), { maxZoom: 15, animate: false });
  drawTried();
}

// Fill the panel with the chosen host that the plan does not know.
function showHost() {
  fillPanel(hostDetails(chosenHost.site), chosenHost.site);
}

// Under-3s who live within reach of a site in the trial.
function under3Near(site) {
  const { under3 } = demandNow();
  let children = 0;
  for (const cell of cellsNear(reachKnown(tried.minutes, tried.speed), site)) children += under3[cell];
  return children;
}

function hostDetails(site) {
  const { tier, host, zone, inclusive, id, name, max_classes: most } = trial.sites;
  const facts = [
    [words.tier, given(trial.tiers[tier[site]].label)],
    [words.host, given(host[site])],
    [words.township, townshipButton(townships[zone[site]])],
    [words.inclusive, inclusive[site] ? words.yes : words.no],
    [words.classes, `≤ ${most[site]}`],
    trial.sites.residents[site] ? [words.under3_within, write("count", under3Near(site))] : null,
    [words.site_id, given(id[site])],
  ];
  return [
    ...panelHead(name[site], words.trial_not_chosen),
    tried.sites.has(site) ? el("div", { class: "trial-note" }, siteTried(site, tried.sites.get(site).open)) : null,
    trialControls(site),
    el("dl", {}, facts.filter(Boolean).map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])),
  ];
}

// What can be tried at a site: close it, open it, other numbers of classes.
function trialControls(site) {
  const box = el("div", { class: "try" });
  if (!trial || !known.packed) return null;
  const fail = el("p", { class: "try-fail", role: "alert" });
  const act = (change) => () => {
    const focused = document.activeElement?.name;
    change();
    // What is switched is of the trial's year, and the map goes there.
    if (moment.state === "plan" && moment.year === trial.years[tried.year]) redrawTrial();
    else chooseMoment({ state: "plan", year: trial.years[tried.year] });
    const same = focused && panel.querySelector(`.try [name="${CSS.escape(focused)}"]`);
    (same || panel.querySelector(".try button"))?.focus({ preventScroll: true });
  };
  const state = triedState(), open = state.open[site] === 1, bar = open ? null : barredBy(site);
  const button = (name, word, change) => el("button", { type: "button", name, onclick: act(change) }, word);
  box.append(el("p", { class: "try-switch" },
    open ? button("close", words.trial_close, () => switchSite(site, false))
      : bar ? el("small", {}, words[bar])
        : button("open", words.trial_open, () => switchSite(site, true)),
    tried.sites.has(site) && planRow.has(site) ? button("back", words.trial_back, () => tried.sites.delete(site)) : null));
  const { kinds } = trial.tiers[trial.sites.tier[site]];
  if (open && kinds.length && trial.sites.zone[site] >= 0) {
    box.append(el("fieldset", {}, el("legend", {}, words.trial_of_class), kinds.map((k) => {
      const input = el("input", { type: "number", min: 0, step: 1, name: `classes-${k}`,
        value: state.classes[site][k], onchange: () => {
          const classes = state.classes[site].map((n, i) => (i === k ? Math.round(Number(input.value)) : n));
          const wrong = Number.isFinite(classes[k]) && classes[k] >= 0 ? misfit(site, classes) : "trial_too_few";
          fail.textContent = wrong ? words[wrong] : "";
          if (wrong) input.value = state.classes[site][k];
          else act(() => switchSite(site, true, classes))();
        } });
      return el("label", {}, given(trial.kinds[k].label), input);
    })));
  }
  box.append(fail);
  return box;
}
