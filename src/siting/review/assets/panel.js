// Beside and on the map: its controls, its legend, and what is known of what was clicked.

const panel = el("aside", { id: "panel", "aria-live": "polite" });
const legend = el("div", { id: "legend" });
const hint = el("p", { class: "hint" }, words.hint, el("br"), words.isochrones_hint);

function showPanel() {
  const { site, township } = shown;
  Object.assign(document.documentElement.dataset, {
    site: site?.id ?? "", township: township?.code ?? "",
  });
  panel.replaceChildren(...(site ? siteDetails(site) : township ? townshipDetails(township) : [hint]));
  if (site || township) panel.scrollTop = 0;
}

function panelHead(name, under) {
  return [
    el("button", { type: "button", class: "close", title: words.close_panel,
      "aria-label": words.close_panel, onclick: () => choose({}) }, "×"),
    el("h3", {}, given(name)),
    el("p", { class: "under" }, under),
  ];
}

function siteButton(site) {
  return el("button", { type: "button", class: "link", onclick: () => {
    choose({ site }, { move: true });
    document.getElementById("map").scrollIntoView({ block: "start" });
  } }, given(site.name));
}

function townshipButton(township) {
  if (!township) return words.outside;
  return el("button", { type: "button", class: "link", onclick: () => {
    choose({ township }, { move: true });
    document.getElementById("map").scrollIntoView({ block: "start" });
  } }, given(township.name));
}

function siteDetails(site) {
  const facts = [
    [words.action, [markIcon(site.action), words[site.action]]],
    [words.year, write("year", site.year)],
    [words.tier, given(site.tier)],
    [words.host, given(site.host)],
    [words.township, townshipButton(site.township)],
    [words.inclusive, site.inclusive ? words.yes : words.no],
    [words.classes, given(writeClasses(site))],
    [words.places_before, write("count", site.before)],
    [words.places_plan, write("count", site.places)],
    [words.children, write("count", site.children)],
    [words.cost, site.action === "keep" ? words.nothing : write("money", site.cost)],
    [words.site_id, given(site.id)],
  ];
  return [
    ...panelHead(site.name, illustrated(words[site.action])),
    el("dl", {}, facts.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])),
    trialControls(data.sites.at[site.i]),
  ];
}

const townshipFigures = [
  ["residents", "count", "residents"], ["under3", "count", "under3"],
  ["population_share", "share", "population_coverage"], ["places", "count", "places"],
  ["places_per_thousand", "decimal", "places_per_thousand"], ["takers", "count", "takers"],
  ["has_place", "count", "served"], ["beyond", "count", "served_beyond"],
  ["full", "count", "reachable_full"],
  ["no_place", "count", "unreachable"], ["fill_existing", "share", "fill_existing"],
  ["fill_new", "share", "fill_new"],
];

function townshipDetails(township) {
  const figures = table([
    { label: words.figure, kind: "text", of: ([word]) => say(word), head: true },
    { label: words.today, kind: "count", of: () => null, node: ([, kind, f]) => write(kind, township.today(f)) },
    { label: words.plan, kind: "count", of: () => null, node: ([, kind, f]) => write(kind, township.plan(f)) },
  ], townshipFigures, { caption: illustrated(words.figures) });
  const rank = (r) => (r.rank[township.i] === null ? given(r.reason[township.i])
    : say(r.tied[township.i] > 1 ? "rank_tied" : "rank_of",
      { rank: r.rank[township.i], ranked: r.ranked, tied: r.tied[township.i] }));
  const meets = { true: ["met", "✔ "], false: ["unmet", "✘ "], null: ["", ""] };
  const standing = data.ranks.map((r) => {
    const [kind, mark] = meets[r.meets[township.i]];
    const target = data.targets[r.target];
    return el("li", { title: `${target.clause}：${target.sentence}` },
      el("b", {}, given(target.id)), " ", given(target.name), ` ${target.year} `,
      r.figure[township.i] === null ? null
        : el("span", { class: kind }, mark, write(r.unit, r.figure[township.i])),
      " ", el("small", {}, rank(r)));
  });
  return [
    ...panelHead(township.name, [given(township.district), " · ", given(township.code)]),
    figures,
    data.ranks.length ? el("h4", {}, illustrated(words.standing)) : null,
    data.ranks.length ? el("ul", { class: "standing" }, standing) : null,
    el("h4", {}, illustrated(words.township_sites)),
    township.acted.length
      ? el("ul", { class: "sites" }, township.acted.map((site) => el("li", {},
        markIcon(site.action), siteButton(site),
        ` ${words[site.action]}，${site.before} → ${site.places}`.replace("，", chinese ? "，" : ", "))))
      : el("p", {}, words.none_here),
    township.kept ? el("p", { class: "under" }, say("township_keeps", { count: township.kept })) : null,
  ].filter(Boolean);
}

function classLabel({ from, to, same }, kind, difference) {
  if (same) return "0";
  const scale = kind === "share" ? 100 : 1;
  const size = (value) => String(+Math.abs(value * scale).toFixed(2));
  if (difference) {
    const signed = (value) => (size(value) === "0" ? "0" : `${value < 0 ? "−" : "+"}${size(value)}`);
    return say("between", { from: signed(from), to: signed(to) }) + (kind === "share" ? words.points : "");
  }
  const unit = kind === "share" ? "%" : "";
  if (from === -Infinity) return say("below", { to: size(to) + unit });
  if (to === Infinity) return say("from_up", { from: size(from) + unit });
  return say("between", { from: size(from) + unit, to: size(to) + unit });
}

function drawLegend(classes) {
  const { kind } = indicators[shown.indicator];
  const difference = shown.state === "difference";
  const values = townships.map((township) => shadeValue(township));
  const used = classes.filter(({ color }) => !difference
    || values.some((value) => shadeColor(value, classes) === color));
  const swatch = (color) => {
    const box = el("span", { class: "swatch" });
    box.style.backgroundColor = color;
    return box;
  };
  legend.replaceChildren(
    el("h4", {}, illustrated(say(`map_${shown.indicator}`))),
    el("p", { class: "under" }, stateName(shown.state)),
    el("ul", {},
      used.map((c) => el("li", {}, swatch(c.color), classLabel(c, kind, difference))),
      values.includes(null) ? el("li", {}, swatch(ramps.none), words.no_data) : null),
    el("h4", {}, illustrated(words.legend_sites)),
    el("ul", {}, actions.filter((action) => data.actions[action] > 0).map((action) => {
      const box = el("input", { type: "checkbox", name: `show-${action}`, onchange: () => {
        if (box.checked) shown.actions.add(action);
        else shown.actions.delete(action);
        redraw();
      } });
      box.checked = shown.actions.has(action);
      return el("li", {}, el("label", {}, box, markIcon(action),
        say("action_count", { action: words[action], count: write("count", data.actions[action]) })));
    })),
  );
}

function stateName(state) {
  const [today, plan] = data.years;
  return say(`state_${state}`, { year: state === "today" ? today : plan });
}

function mapControls() {
  const select = el("select", { id: "indicator", onchange: () => {
    shown.indicator = select.value;
    redraw();
  } }, Object.keys(indicators).map((name) => el("option", { value: name }, say(`map_${name}`))));
  const states = ["today", "plan", "difference"].map((state) => {
    const radio = el("input", { type: "radio", name: "state", value: state, onchange: () => {
      shown.state = state;
      redraw();
    } });
    radio.checked = state === shown.state;
    return el("label", {}, radio, el("span", {}, stateName(state)));
  });
  const all = el("input", { type: "checkbox", id: "all-reach", onchange: () => {
    shown.allReach = all.checked;
    drawReach();
  } });
  return el("div", { class: "controls" },
    el("label", { class: "field" }, words.indicator, select),
    el("fieldset", { class: "states" }, el("legend", { class: "unseen" }, words.show_state), states),
    el("label", { class: "check" }, all, words.all_isochrones),
    el("button", { type: "button", onclick: showArea }, words.whole_area),
    searchBox([
      ...townships.map((township) => ({ township, name: township.name, id: township.code, label: words.township })),
      ...sites.map((site) => ({ site, name: site.name, id: site.id, label: words[site.action] })),
    ], (thing) => choose(thing, { move: true })));
}
