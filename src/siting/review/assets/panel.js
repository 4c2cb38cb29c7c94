// The panel beside the map: what is known of the township or site that was clicked.

const panel = el("aside", { id: "panel", "aria-live": "polite", "aria-label": words.details });

// Parts of the panel of a site and of a township, in their order; each gives nodes.
const siteParts = [], townshipParts = [];

// What else is said of the reach that a click shows.
const reachNotes = [];

// What the panel tells of.
const filled = { thing: null };

function showPanel() {
  const { site, township } = shown;
  Object.assign(document.documentElement.dataset, {
    site: site?.id ?? "", township: township?.code ?? "",
  });
  const parts = site ? siteParts.map((part) => part(site))
    : township ? townshipParts.map((part) => part(township))
      : ["hint", "isochrones_hint", "hint_year"].filter((key) => key in words)
        .map((key) => el("p", { class: "hint" }, say(key), key === "isochrones_hint" ? reachNotes.map((note) => note()) : null));
  fillPanel(parts, site ?? township);
}

// Fill the panel; it stays scrolled where it tells of the same thing as before. Reading where it
// is scrolled to would have the browser lay the page out at every switch of a trial.
function fillPanel(nodes, thing) {
  panel.replaceChildren(...nodes.flat(Infinity).filter(Boolean));
  if (thing !== filled.thing) panel.scrollTop = 0;
  filled.thing = thing;
}

followers.push(() => {
  if (shown.site || shown.township) showPanel();
});

// What is said under the head of a panel: functions of a site or township that give nodes.
const headNotes = [];

function panelHead(name, under_, thing = null) {
  return [
    el("button", { type: "button", class: "close", title: words.close_panel,
      "aria-label": words.close_panel, onclick: () => choose({}) }, "×"),
    el("h3", { tabindex: "-1" }, given(name)),
    el("p", { class: "under" }, under_),
    thing && headNotes.map((note) => note(thing)),
  ];
}

function siteButton(site) {
  return el("button", { type: "button", class: "link",
    onclick: () => choose({ site }, { move: true }) }, given(site.name));
}

function townshipButton(township) {
  if (!township) return words.outside;
  return el("button", { type: "button", class: "link",
    onclick: () => choose({ township }, { move: true }) }, given(township.name));
}

function facts(rows, style = null) {
  return el("dl", { class: style }, rows.filter(Boolean)
    .map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]));
}
