// The map: townships shaded by a figure, streets, outlines of districts, reach and sites.

const shown = {
  indicator: "population_coverage", state: "plan", allReach: false,
  actions: new Set(actions), township: null, site: null,
};

// Figures to shade by. A served share is what is served of those who want a place.
const indicators = {
  population_coverage: { kind: "share", good: true, of: (f) => f("population_coverage") },
  places_per_thousand: { kind: "decimal", good: true, of: (f) => f("places_per_thousand") },
  served_share: { kind: "share", good: true, of: (f) => (f("takers") > 0 ? f("served") / f("takers") : null) },
  unreachable: { kind: "count", good: false, of: (f) => f("unreachable") },
};

// Single-hued ramps and a purple-orange pair around zero: told apart without red and green.
const ramps = {
  good: ["#fbf7e6", "#e6eedd", "#c9e0dc", "#abd0dd", "#8dbbd9", "#6ea5d0", "#548ec2"],
  bad: ["#fdf6ea", "#fbe6c8", "#f8d29f", "#f2b774", "#e5974e", "#cf7733", "#ad571f"],
  lower: ["#b8702a", "#d9a05c", "#f0d0a4"],
  higher: ["#d9d2ea", "#ab9fd0", "#7c6bb0"],
  same: "#f5f5f3",
  none: "#e3e3e1",
};

function shadeValue(township, state = shown.state) {
  const { of } = indicators[shown.indicator];
  if (state !== "difference") return of(township[state]);
  const [before, after] = [of(township.today), of(township.plan)];
  return before === null || after === null ? null : after - before;
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

// Classes of the shading, the same for today and for the plan: [{from, to, color}].
function shadeClasses() {
  const { kind, good } = indicators[shown.indicator];
  if (shown.state === "difference") {
    const values = townships.map((t) => Math.abs(shadeValue(t) ?? 0));
    const step = niceStep(Math.max(...values, 1e-6), 3);
    const edges = [1, 2, 3].map((n) => n * step), tiny = step * 1e-6;
    const [down, up] = good ? [ramps.lower, ramps.higher] : [ramps.higher, ramps.lower];
    return [
      ...[2, 1, 0].map((n) => ({ from: -edges[n], to: n ? -edges[n - 1] : -tiny, color: down[good ? 2 - n : n] })),
      { from: -tiny, to: tiny, color: ramps.same, same: true },
      ...[0, 1, 2].map((n) => ({ from: n ? edges[n - 1] : tiny, to: edges[n], color: up[good ? n : 2 - n] })),
    ];
  }
  const values = townships.flatMap((t) => [shadeValue(t, "today"), shadeValue(t, "plan")])
    .filter((value) => value !== null).sort((a, b) => a - b);
  if (!values.length) return [];
  // A few townships far from the others share an open class, so that the rest can be told apart.
  const at = (share_) => values[Math.round(share_ * (values.length - 1))];
  const [least, most] = [values[0], values.at(-1)];
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

async function drawLayers() {
  const { isochrones, isochrone_sites } = data.layers;
  const [reaches] = await Promise.all([unpack(isochrones), drawGround()]);
  const top = canvas("marks", 450);
  const byId = new Map(sites.map((site) => [site.id, site]));
  ringsOf(reaches).forEach((rings, i) => {
    const site = byId.get(isochrone_sites[i]);
    if (site && rings.length) site.reach = rings;
  });
  view.reach = L.layerGroup().addTo(pageMap);
  view.chosen = L.layerGroup().addTo(pageMap);
  // Kept sites first, so that the sites acted on lie above them.
  view.sites = [...sites].sort((a, b) => (a.action !== "keep") - (b.action !== "keep"));
  for (const site of view.sites) {
    const { color, radius, shape } = marks[site.action];
    site.mark = new SiteMark(toLatLng(site.at), {
      renderer: top, interactive: false, shape, radius, weight: site.action === "keep" ? 0.6 : 1.2,
      color: "#ffffff", fillColor: color, fillOpacity: 1,
    });
  }
  showArea();
  pageMap.setMaxBounds(view.area.pad(0.6));
}

function showArea() {
  // On a wide map the legend stands on its left.
  const left = pageMap.getSize().x > 760 ? 200 : 14;
  pageMap.fitBounds(view.area, { paddingTopLeft: [left, 14], paddingBottomRight: [14, 14], animate: false });
}

// Marks shrink with the scale, so that they do not hide the map.
function markRadius(site) {
  return marks[site.action].radius * Math.min(1, Math.max(0.55, 1 + (pageMap.getZoom() - 11.5) * 0.25));
}

// Today's map shows what stands today.
const onMap = (site) => shown.actions.has(site.action)
  && (shown.state !== "today" || site.before > 0 || ["keep", "close"].includes(site.action));

function redraw() {
  const classes = shadeClasses();
  view.shades.forEach((shade, i) => {
    shade.setStyle({ fillColor: shadeColor(shadeValue(townships[i]), classes) });
  });
  let count = 0;
  for (const site of view.sites) {
    const visible = onMap(site);
    site.mark.setRadius(markRadius(site));
    if (visible) site.mark.addTo(pageMap);
    else site.mark.remove();
    count += visible;
  }
  // Read by tests: what is on the map now.
  Object.assign(document.documentElement.dataset, {
    sitesShown: count, indicator: shown.indicator, state: shown.state,
    shades: view.shades.map((shade) => shade.options.fillColor).join(","),
  });
  drawReach();
  drawLegend(classes);
}

function reachesShown() {
  return sites.filter((site) => site.reach
    && (site === shown.site || (shown.allReach && shown.actions.has(site.action))));
}

function drawReach() {
  view.reach.clearLayers();
  view.chosen.clearLayers();
  const area = (site, strong) => L.polygon(site.reach.map((ring) => ring.map(toLatLng)), {
    renderer: view.over, interactive: false, smoothFactor: 1, color: marks[site.action].color,
    weight: strong ? 2 : 0.8, opacity: strong ? 1 : 0.7, fillOpacity: strong ? 0.22 : 0.1,
  });
  for (const site of reachesShown()) area(site, site === shown.site).addTo(view.reach);
  if (shown.township) {
    L.polygon(view.shades[shown.township.i].getLatLngs(), {
      renderer: view.over, interactive: false, color: "#111", weight: 3, fill: false, dashArray: "6 4",
    }).addTo(view.chosen);
  }
  if (shown.site) {
    L.circleMarker(toLatLng(shown.site.at), {
      renderer: view.over, interactive: false, radius: 12, color: "#111", weight: 2.5, fill: false,
    }).addTo(view.chosen);
  }
  document.documentElement.dataset.reachesShown = reachesShown().length;
}

// What lies under a point of the screen: a site within a few pixels, or else a township.
function under(event) {
  const at = pageMap.latLngToLayerPoint(event.latlng);
  let nearest = null, least = 12;
  for (const site of sites) {
    if (!shown.actions.has(site.action)) continue;
    const distance = at.distanceTo(pageMap.latLngToLayerPoint(site.mark.getLatLng()))
      + (site.action === "keep" ? 5 : 0);
    if (distance < least) [nearest, least] = [site, distance];
  }
  if (nearest) return { site: nearest };
  const metres = toMetres(event.latlng);
  return { township: townships.find(({ rings }) => isInside(rings, metres)) ?? null };
}

function choose({ site = null, township = null }, { move = false } = {}) {
  chosenHost.site = null;
  shown.site = site;
  shown.township = township;
  if (site && !shown.actions.has(site.action)) {
    shown.actions.add(site.action);
    redraw();
  } else drawReach();
  showPanel();
  if (!move || (!site && !township)) return;
  const bounds = site?.reach ? L.latLngBounds(site.reach.flat().map(toLatLng)) : site
    ? toLatLng(site.at).toBounds(2500) : view.shades[township.i].getBounds();
  pageMap.fitBounds(bounds, { maxZoom: 15, padding: [60, 60], animate: false });
}

function listenToMap() {
  const hover = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1 });
  pageMap.on("zoomend", () => {
    for (const site of sites) site.mark.setRadius(markRadius(site));
  });
  pageMap.on("click", (event) => chooseTried(event) || choose(under(event)));
  pageMap.on("mousemove", (event) => {
    const { site, township } = under(event);
    pageMap.getContainer().classList.toggle("pointing", Boolean(site || township));
    if (!site && !township) {
      hover.remove();
      return;
    }
    const { kind } = indicators[shown.indicator];
    const value = township && shadeValue(township);
    const figure = shown.state === "difference" && value !== null
      ? writeChange(kind, 0, value) : write(kind, value);
    hover.setLatLng(event.latlng).setContent(el("span", { class: "hover" },
      given((site ?? township).name), " ",
      site ? words[site.action] : el("b", {}, figure))).addTo(pageMap);
  });
  pageMap.on("mouseout", () => hover.remove());
}
