// The map: marks of the rows, dots of the sites that have coordinates, and what was searched for.

const pins = new Map();

function pinOf(row) {
  const icon = L.divIcon({
    className: "pin", iconSize: [22, 22], iconAnchor: [11, 27],
    html: el("span", {}, el("b", {}, String(row.i + 1))),
  });
  const pin = L.marker([0, 0], { icon, draggable: true, autoPan: true, title: nameOf(row), alt: nameOf(row) });
  pin.on("click", () => choose(row));
  pin.on("dragend", () => {
    const at = pin.getLatLng().wrap();
    choose(row);
    place(row, at);
  });
  pin.on("add", () => pin.getElement().addEventListener("keydown", (event) => onPinKey(event, row, pin)));
  return pin;
}

const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onPinKey(event, row, pin) {
  if (event.key === "Delete") takeAway(row);
  else if (event.key === "Enter") choose(row);
  else if (event.key in steps) {
    const by = L.point(steps[event.key]).multiplyBy(event.shiftKey ? 10 : 1);
    const at = pageMap.latLngToContainerPoint(pin.getLatLng()).add(by);
    place(row, pageMap.containerPointToLatLng(at).wrap());
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function drawPins() {
  for (const row of rows) {
    if (!row.at) {
      pins.get(row)?.remove();
      continue;
    }
    if (!pins.has(row)) pins.set(row, pinOf(row));
    const pin = pins.get(row), [lng, lat] = row.at;
    pin.setLatLng([lat, lng]).addTo(pageMap).setZIndexOffset(row === work.chosen ? 1000 : 0);
    pin.getElement().classList.toggle("chosen", row === work.chosen);
  }
}

function showArea() {
  pageMap.fitBounds(view.area, { padding: [14, 14], animate: false });
}

function show({ row, site, township }) {
  view.found.clearLayers();
  if (row) choose(row);
  const mark = { renderer: view.over, interactive: false, color: "#111", fill: false };
  if (township) {
    const shade = view.shades[township.i];
    L.polygon(shade.getLatLngs(), { ...mark, weight: 3, dashArray: "6 4" }).addTo(view.found);
    pageMap.fitBounds(shade.getBounds(), { maxZoom: 16, padding: [40, 40], animate: false });
  }
  if (site) {
    L.circleMarker(toLatLng(site.at), { ...mark, weight: 2.5, radius: 11 }).addTo(view.found);
    pageMap.setView(toLatLng(site.at), Math.max(pageMap.getZoom(), 16), { animate: false });
  }
}

// What lies under the pointer: a site within a few pixels, or else a township.
function under(latlng) {
  const at = pageMap.latLngToLayerPoint(latlng);
  let nearest = null, least = 8;
  for (const site of sites) {
    const distance = at.distanceTo(pageMap.latLngToLayerPoint(site.mark.getLatLng()));
    if (distance < least) [nearest, least] = [site, distance];
  }
  return nearest ?? townshipAt([latlng.lng, latlng.lat]);
}

async function drawMap() {
  pageMap.doubleClickZoom.disable();
  await drawGround();
  view.shades.forEach((shade) => shade.setStyle({ fillColor: "#e6eedd" }));
  const top = canvas("marks", 450), { color, radius, shape } = marks.keep;
  for (const site of sites) {
    site.mark = new SiteMark(toLatLng(site.at), {
      renderer: top, interactive: false, shape, radius, weight: 0.6,
      color: "#ffffff", fillColor: color, fillOpacity: 1,
    }).addTo(pageMap);
  }
  view.found = L.layerGroup().addTo(pageMap);
  showArea();
}

function listenToMap() {
  const hover = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1 });
  const container = pageMap.getContainer();
  pageMap.on("click", ({ latlng }) => {
    if (work.chosen) place(work.chosen, latlng.wrap());
  });
  pageMap.on("mousemove", ({ latlng }) => {
    const thing = under(latlng);
    if (!thing) hover.remove();
    else hover.setLatLng(latlng).setContent(el("span", { class: "hover" }, given(thing.name))).addTo(pageMap);
  });
  pageMap.on("mouseout", () => hover.remove());
  container.addEventListener("keydown", (event) => {
    if (event.target !== container || event.key !== "Enter" || !work.chosen) return;
    event.preventDefault();
    place(work.chosen, pageMap.getCenter().wrap());
  });
}
