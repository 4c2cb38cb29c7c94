// The legend: classes of the shading, and switches of what is drawn over it.

const legend = el("div", { id: "legend", role: "group", tabindex: "0", "aria-label": words.legend });

// Folded, it shows only its head, so that the map under it can be seen.
const legendFold = { open: true };

function legendHead() {
  const button = el("button", { type: "button", class: "fold", "aria-expanded": String(legendFold.open),
    onclick: () => {
      legendFold.open = !legendFold.open;
      redraw();
      legend.querySelector(".fold").focus();
    } }, words.legend, el("span", { "aria-hidden": "true" }, legendFold.open ? " ▾" : " ▸"));
  legend.classList.toggle("folded", !legendFold.open);
  return button;
}

function swatch(color, round = false) {
  const box = el("span", { class: round ? "swatch round" : "swatch" });
  box.style.backgroundColor = color;
  return box;
}

// A switch of one of the things in a set.
function switchOf(set, thing, name, ...label) {
  const box = el("input", { type: "checkbox", name, onchange: () => {
    if (box.checked) set.add(thing);
    else set.delete(thing);
    redraw();
    legend.querySelector(`input[name="${name}"]`)?.focus();
  } });
  box.checked = set.has(thing);
  return el("li", {}, el("label", {}, box, label));
}

function siteSwitches() {
  const here = sites.filter((site) => shown.tiers.has(site.tierAt)).map(standsAs);
  return markNames().map((name) => switchOf(shown.actions, name, `show-${name}`, markIcon(name),
    say("action_count", { action: markLabel(name),
      count: write("count", here.filter((other) => other === name).length) })));
}

function tierSwitches() {
  const used = [...new Set(sites.map((site) => site.tierAt))].sort((a, b) => a - b);
  if (used.length < 2) return [];
  const here = sites.filter(standsAs);
  return [
    el("h4", {}, words.legend_tiers),
    el("ul", {}, used.map((tier) => switchOf(shown.tiers, tier, `tier-${tier}`,
      given(data.sites.tiers[tier][0]),
      chinese ? "（" : " (", write("count", here.filter((site) => site.tierAt === tier).length),
      chinese ? "）" : ")"))),
  ];
}

function peopleSwitches() {
  if (!people.layers.length) return [];
  const note = say("people_note", {
    side: data.layers.people.square_m, most: write("count", people.most / 10),
  });
  return [
    el("h4", {}, illustrated(words.legend_people)),
    el("ul", {}, people.layers.map((layer) => switchOf(shown.people, layer, `people-${layer}`,
      swatch(peopleColors[layer], true), words[`people_${layer}`]))),
    shown.people.size ? el("p", { class: "under" }, note) : null,
  ];
}

function drawLegend(classes) {
  const { kind } = indicators[shown.indicator];
  const values = townships.map((township) => shadeValue(township));
  const used = classes.filter(({ color }) => !comparing()
    || values.some((value) => shadeColor(value, classes) === color));
  legend.replaceChildren(...[
    legendHead(),
    el("h4", {}, illustrated(indicatorName(shown.indicator))),
    el("p", { class: "under" }, shadedName(), standsIn()
      ? [" · ", el("b", { class: "stands-in" }, shadesTrial() ? standIn.now.name : standIn.now.not_told)] : null),
    el("ul", {},
      used.map((c) => el("li", {}, swatch(c.color), classLabel(c, kind))),
      values.includes(null) ? el("li", {}, swatch(ramps.none), words.no_data) : null),
    el("h4", {}, illustrated(words.legend_sites)),
    el("ul", {}, siteSwitches()),
    tierSwitches(),
    peopleSwitches(),
  ].flat().filter(Boolean));
}
