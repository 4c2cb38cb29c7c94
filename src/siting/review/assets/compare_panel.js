// Beside and on the map: its controls, its legend, and what the plans do at what was clicked.

const panel = el("aside", { id: "panel", "aria-live": "polite" });
const legend = el("div", { id: "legend" });
const controls = el("div", { class: "controls" });

function showPanel() {
  const { site, township } = shown;
  Object.assign(document.documentElement.dataset, {
    site: site?.id ?? "", township: township?.code ?? "",
  });
  panel.replaceChildren(...(site ? siteDetails(site) : township ? townshipDetails(township)
    : [el("p", { class: "hint" }, words.hint)]));
  if (site || township) panel.scrollTop = 0;
}

const writeStep = ([year, action, added]) => say("done", {
  year, action: words[action], added: added ? `${added > 0 ? "+" : "−"}${Math.abs(added)}` : "",
}).trim();

// What a plan does at a site, in few words.
function doing(does) {
  if (!does.action) return el("span", { class: "under" }, words.not_there);
  const years = plans.some(({ years: all }) => all.length > 1 || all[0] !== plans[0].years[0]);
  return el("span", { class: "doing" },
    el("span", { class: "action" }, does.action === "keep" ? null : markIcon(does.action), words[does.action]),
    does.action === "keep" ? ` ${write("count", does.places)}`
      : ` ${write("count", does.before)} → ${write("count", does.places)}`,
    years && does.done.length ? el("small", {}, does.done.map(writeStep).join(chinese ? "；" : "; ")) : null);
}

function siteDetails(site) {
  const acted = plans.map((plan) => ({ plan, does: site.does[plan.i] }));
  return [
    ...panelHead(site.name, illustrated(actingNameOrNone(site))),
    el("ul", { class: "by-plan" }, acted.map(({ plan, does }) => el("li", {}, letter(plan),
      el("div", {}, doing(does), does.action && does.action !== "close"
        ? el("p", { class: "under" }, `${words.children} ${write("count", does.children)}`) : null,
      does.acts ? el("p", { class: "under" }, `${words.cost_wan} ${write("wan", does.cost)}`) : null)))),
    el("dl", {}, [
      [words.tier, given(site.tier)], [words.host, given(site.host)],
      [words.township, townshipButton(site.township)], [words.site_id, given(site.id)],
    ].map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])),
  ];
}

const actingNameOrNone = (site) => (site.acting.length ? actingName(site) : words.nobody);

const townshipFigures = [
  ["residents", "count", "residents"], ["under3", "count", "under3"],
  ["population_share", "share", "population_coverage"], ["places", "count", "places"],
  ["places_per_thousand", "decimal", "places_per_thousand"], ["takers", "count", "takers"],
  ["has_place", "count", "served"], ["reachable_full", "count", "reachable_full"],
  ["unreachable", "count", "unreachable"],
];

function townshipDetails(township) {
  const acted = township.sites.filter((site) => site.acting.length);
  const differ = acted.filter((site) => !site.alike), same = acted.length - differ.length;
  return [
    ...panelHead(township.name, [given(township.district), " · ", given(township.code)]),
    table([
      { label: words.figure, kind: "text", of: ([word]) => say(word).trim(), head: true },
      ...plans.map((plan) => ({ label: plan.label, kind: "count", of: () => null,
        node: ([, kind, f]) => write(kind, township.of(plan, f)) })),
    ], townshipFigures, { caption: illustrated(words.figures) }),
    el("h4", {}, illustrated(words.differ_here)),
    differ.length ? el("ul", { class: "sites" }, differ.map((site) => el("li", {}, siteButton(site),
      el("ul", {}, plans.map((plan) => el("li", {}, letter(plan), " ",
        doing(site.does[plan.i]))))))) : el("p", {}, words.none_here),
    same ? el("p", { class: "under" }, say("alike_here", { count: same })) : null,
  ].filter(Boolean);
}

function drawLegend(classes) {
  const { kind } = indicators[shown.indicator];
  const difference = shown.state === "difference";
  const values = townships.map((township) => shadeValue(township));
  const used = classes.filter(({ color }) => !difference
    || values.some((value) => shadeColor(value, classes) === color));
  const { names } = classesOf[shown.mode];
  const count = (name) => sites.filter(({ action }) => action === name).length;
  legend.replaceChildren(
    el("h4", {}, illustrated(say(`map_${shown.indicator}`))),
    el("p", { class: "under" }, difference
      ? say("legend_difference", { first: pair.first.label, second: pair.second.label })
      : stateName(shown.state)),
    el("ul", {},
      used.map((c) => el("li", {}, swatch(c.color), classLabel(c, kind, difference))),
      values.includes(null) ? el("li", {}, swatch(ramps.none), words.no_data) : null),
    el("h4", {}, illustrated(words.legend_sites)),
    el("ul", {}, names.filter(count).map((name) => {
      const box = el("input", { type: "checkbox", name: `show-${name}`, onchange: () => {
        if (box.checked) shown.actions.add(name);
        else shown.actions.delete(name);
        redraw();
      } });
      box.checked = shown.actions.has(name);
      return el("li", {}, el("label", {}, box, markIcon(name),
        say("action_count", { action: className(name, shown.mode), count: write("count", count(name)) })));
    })),
  );
}

function choices(id, label, chosen, onTake) {
  const select = el("select", { id, onchange: () => onTake(planOf.get(select.value)) },
    plans.map((plan) => el("option", { value: plan.label }, planName(plan))));
  select.value = chosen.label;
  return el("label", { class: "field" }, label, select);
}

function radios(name, legend_, entries, chosen, onTake) {
  return el("fieldset", { class: "states" }, el("legend", { class: "unseen" }, legend_),
    entries.map(([value, label]) => {
      const radio = el("input", { type: "radio", name, value, onchange: () => onTake(value) });
      radio.checked = value === chosen;
      return el("label", {}, radio, el("span", {}, label));
    }));
}

const searched = searchBox([
  ...townships.map((township) => ({ township, name: township.name, id: township.code, label: words.township })),
  ...sites.map((site) => ({ site, name: site.name, id: site.id, label: actingNameOrNone(site) })),
], (thing) => choose(thing, { move: true }));

function drawControls() {
  const focused = document.activeElement?.id || document.activeElement?.value;
  const indicator = el("select", { id: "indicator", onchange: () => {
    shown.indicator = indicator.value;
    redraw();
  } }, Object.keys(indicators).map((name) => el("option", { value: name }, say(`map_${name}`))));
  indicator.value = shown.indicator;
  controls.replaceChildren(
    el("span", { class: "pairing" },
      choices("first", words.first_plan, pair.first, (first) => look({ first })),
      choices("second", words.second_plan, pair.second, (second) => look({ second })),
      el("button", { type: "button", id: "swap", onclick: () => look({ first: pair.second, second: pair.first }) }, words.swap)),
    el("label", { class: "field" }, words.indicator, indicator),
    radios("state", words.show_state, ["today", "plan", "difference"].map((s) => [s, stateName(s)]), shown.state,
      (state) => { shown.state = state; redraw(); }),
    ...(plans.length > 2 ? [radios("mode", words.marks_show, [["pair", words.mode_pair], ["all", words.mode_all]],
      shown.mode, (mode) => look({ mode }))] : []),
    el("button", { type: "button", onclick: showArea }, words.whole_area),
    searched,
  );
  const again = focused && (document.getElementById(focused) ?? controls.querySelector(`input[value="${focused}"]`));
  if (again && controls.contains(again)) again.focus();
}
