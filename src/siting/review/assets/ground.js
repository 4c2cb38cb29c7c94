// The ground of a map: townships, streets, outlines of districts, and the frame around it.

// What is drawn: layers of Leaflet, and what they are made of.
const view = {};

function pane(name, zIndex) {
  pageMap.createPane(name).style.zIndex = zIndex;
  pageMap.getPane(name).style.pointerEvents = "none";
  return name;
}

const canvas = (name, zIndex) => L.canvas({ pane: pane(name, zIndex), padding: 0.2 });

async function drawGround() {
  pageMap.invalidateSize({ animate: false });
  L.control.zoom({ position: "topright", zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out })
    .addTo(pageMap);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(pageMap);
  const { streets, townships: zonePack, districts } = data.layers;
  const [zones, outlines, ...lines] = await Promise.all(
    [zonePack, districts, ...streetStyles.map(({ name }) => streets[name])].map(unpack),
  );
  const under = canvas("zones", 210), still = { interactive: false, smoothFactor: 0.6 };
  view.over = canvas("outlines", 330);
  ringsOf(zones).forEach((rings, i) => { townships[i].rings = rings; });
  view.shades = townships.map(({ rings }) => L.polygon(rings.map((ring) => ring.map(toLatLng)), {
    ...still, renderer: under, weight: 1, color: "#ffffff", fillOpacity: 1,
  }).addTo(pageMap));
  view.lines = Object.fromEntries(streetStyles.map(({ name }, i) => [name, boxed(lines[i])]));
  view.streets = new StreetTiles(view.lines, { pane: pane("streets", 250), updateWhenZooming: false, keepBuffer: 1 });
  view.streets.addTo(pageMap);
  view.outlines = ringsOf(outlines);
  view.outlines.forEach((rings) => L.polygon(rings.map((ring) => ring.map(toLatLng)), {
    ...still, renderer: view.over, weight: 2.2, color: "#2b3947", opacity: 0.85, fill: false,
  }).addTo(pageMap));
  view.area = L.latLngBounds(view.shades.map((shade) => shade.getBounds())
    .flatMap((b) => [b.getSouthWest(), b.getNorthEast()]));
}

// The map with what stands over it.
function drawing(...over) {
  pageMap.getContainer().setAttribute("aria-label", words.map_label);
  return el("div", { class: "drawing" }, pageMap.getContainer(), over,
    el("p", { class: "stamp" }, el("b", {}, words.not_reviewed),
      data.illustrative ? el("span", {}, words.illustrative) : null,
      data.seat_zones ? el("span", {}, words.seat_zones) : null),
    el("p", { class: "attribution" }, words.attribution));
}
