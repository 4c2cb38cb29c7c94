// The map: townships shaded by a figure, streets, outlines of districts, reach and sites.

const shown = {
  indicator: "population_coverage", compare: "value", allReach: false,
  actions: new Set(actions), tiers: new Set(data.sites.tiers.keys()), people: new Set(),
  township: null, site: null,
};

// What else may be chosen on the map: takes(event) tells whether a click was meant for it, forget()
// is called when something else is chosen.
const guests = [];

async function drawLayers() {
  const { isochrones, isochrone_sites } = data.layers;
  const [reaches] = await Promise.all([unpack(isochrones), readPeople(), drawGround()]);
  const top = canvas("marks", 450);
  ringsOf(reaches).forEach((rings, i) => {
    const site = siteById.get(isochrone_sites[i]);
    if (site && rings.length) site.reach = rings;
  });
  const middle = view.area.getCenter();
  // A metre on the ground is longer on Web Mercator, by the latitude.
  view.stretch = 1 / Math.cos(middle.lat * Math.PI / 180);
  view.people = new PeopleTiles(null, { pane: pane("people", 300), updateWhenZooming: false, keepBuffer: 1 });
  view.reach = L.layerGroup().addTo(pageMap);
  view.chosen = L.layerGroup().addTo(pageMap);
  // Kept sites first, so that the sites acted on lie above them.
  view.sites = [...sites].sort((a, b) => (a.action !== "keep") - (b.action !== "keep"));
  for (const site of view.sites) {
    site.mark = new SiteMark(toLatLng(site.at), {
      renderer: top, interactive: false, color: "#ffffff", fillOpacity: 1,
    });
  }
  showArea();
  listenForNames();
  pageMap.setMaxBounds(view.area.pad(0.6));
}

function showArea() {
  // On a wide map the legend stands on its left.
  const left = pageMap.getSize().x > 760 ? 205 : 14;
  pageMap.fitBounds(view.area, { paddingTopLeft: [left, 14], paddingBottomRight: [14, 14], animate: false });
}

// Marks shrink with the scale, so that they do not hide the map.
const markRadius = (action) => marks[action].radius * (shown.people.size ? 0.6 : 1)
  * Math.min(1, Math.max(0.55, 1 + (pageMap.getZoom() - 12.5) * 0.25));

// The action by which a site is on the map now, or null.
function markedAs(site) {
  const action = standsAs(site);
  return action && shown.actions.has(action) && shown.tiers.has(site.tierAt) ? action : null;
}

function redraw() {
  const classes = shadeClasses();
  const fillOpacity = view.onlineMap ? 0.45 : shown.people.size ? 0.25 : 1;
  view.shades.forEach((shade, i) => {
    shade.setStyle({ fillColor: shadeColor(shadeValue(townships[i]), classes), fillOpacity });
  });
  let count = 0;
  for (const site of view.sites) {
    const action = markedAs(site);
    if (action) {
      const { color, shape } = marks[action];
      site.mark.setStyle({ fillColor: color, shape, weight: action === "keep" ? 0.6 : 1.2 });
      site.mark.setRadius(markRadius(action));
      site.mark.addTo(pageMap);
      count += 1;
    } else site.mark.remove();
  }
  // Read by tests: what is on the map now.
  Object.assign(document.documentElement.dataset, {
    sitesShown: count, indicator: shown.indicator, state: moment.state, year: moment.year,
    compare: comparing() ?? "value",
    shades: view.shades.map((shade) => shade.options.fillColor).join(","),
  });
  redrawPeople();
  drawReach();
  drawLegend(classes);
}

function reachesShown() {
  return sites.filter((site) => site.reach && (site === shown.site
    || (shown.allReach && ![null, "keep"].includes(markedAs(site)))));
}

function drawReach() {
  view.reach.clearLayers();
  view.chosen.clearLayers();
  const drawn = reachesShown();
  for (const site of drawn) {
    const strong = site === shown.site;
    L.polygon(site.reach.map((ring) => ring.map(toLatLng)), {
      renderer: view.over, interactive: false, smoothFactor: 1,
      color: strong ? "#0b1f33" : marks[site.action].color,
      weight: strong ? 2 : 0.8, opacity: strong ? 1 : 0.7, fillOpacity: strong ? 0.2 : 0.1,
    }).addTo(view.reach);
  }
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
  document.documentElement.dataset.reachesShown = drawn.length;
}

// What lies under a point of the screen: a site within a few pixels, or else a township.
function under(event) {
  const at = pageMap.latLngToLayerPoint(event.latlng);
  let nearest = null, least = 12;
  for (const site of sites) {
    const action = markedAs(site);
    if (!action) continue;
    const distance = at.distanceTo(pageMap.latLngToLayerPoint(site.mark.getLatLng()))
      + (action === "keep" ? 5 : 0);
    if (distance < least) [nearest, least] = [site, distance];
  }
  if (nearest) return { site: nearest };
  const metres = toMetres(event.latlng);
  return { township: townships.find(({ rings }) => isInside(rings, metres)) ?? null };
}

// Where a site asked for does not stand yet, the map goes to the last year, in which it does.
function choose({ site = null, township = null }, { move = false } = {}) {
  for (const { forget } of guests) forget();
  shown.site = site;
  shown.township = township;
  if (site && !markedAs(site)) {
    shown.tiers.add(site.tierAt);
    if (actionAt(site, moment) === null) chooseMoment(moments.at(-1));
    shown.actions.add(standsAs(site));
    redraw();
  } else drawReach();
  showPanel();
  if (!move || (!site && !township)) return;
  const bounds = site?.reach ? L.latLngBounds(site.reach.flat().map(toLatLng)) : site
    ? toLatLng(site.at).toBounds(2500) : view.shades[township.i].getBounds();
  pageMap.fitBounds(bounds, { maxZoom: 15, padding: [60, 60], animate: false });
  document.getElementById("map").scrollIntoView({ block: "start" });
  panel.querySelector("h3").focus({ preventScroll: true });
}

function listenToMap() {
  const hover = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1 });
  pageMap.on("zoomend", () => {
    for (const site of sites) {
      const action = markedAs(site);
      if (action) site.mark.setRadius(markRadius(action));
    }
  });
  pageMap.on("click", (event) => guests.some(({ takes }) => takes(event)) || choose(under(event)));
  pageMap.on("mousemove", (event) => {
    const { site, township } = under(event);
    pageMap.getContainer().classList.toggle("pointing", Boolean(site || township));
    if (!site && !township) {
      hover.remove();
      return;
    }
    hover.setLatLng(event.latlng).setContent(el("span", { class: "hover" },
      given((site ?? township).name), " ",
      site ? markLabel(standsAs(site)) : el("b", {}, writeShade(shadeValue(township))))).addTo(pageMap);
  });
  pageMap.on("mouseout", () => hover.remove());
}
