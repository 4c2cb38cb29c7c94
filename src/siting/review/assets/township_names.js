// Names of the townships on the map, where they fit.

const nameFont = '11px "Microsoft YaHei", SimHei, "Noto Sans CJK SC", sans-serif';
const nameHeight = 13;
const names = { places: null, layer: null };

// Where a name may stand: shares of the height of a township, those near its middle first.
const nameHeights = [0.5, 0.42, 0.58, 0.34, 0.66];

// The middle of the widest stretch of a township at these heights, and how wide it is.
function namePlace(rings) {
  const heights = rings.flat().map(([, y]) => y);
  const low = heights.reduce((a, b) => Math.min(a, b)), high = heights.reduce((a, b) => Math.max(a, b));
  const place = { at: rings[0][0], width: 0 };
  for (const share_ of nameHeights) {
    const y = low + share_ * (high - low);
    const crossed = rings.flatMap((ring) => ring.flatMap(([x1, y1], i) => {
      const [x2, y2] = ring[(i + 1) % ring.length];
      return y1 > y === y2 > y ? [] : [x1 + (x2 - x1) * (y - y1) / (y2 - y1)];
    })).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossed.length; i += 2) {
      const width = crossed[i + 1] - crossed[i];
      if (width > 1.1 * place.width) Object.assign(place, { at: [crossed[i] + width / 2, y], width });
    }
  }
  return place;
}

// Townships whose name fits into them at a zoom level and meets no other, the widest first.
function namesFitting(zoom) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = nameFont;
  names.places ??= townships.map((township) => ({ township, ...namePlace(township.rings) }))
    .filter(({ township }) => township.name.trim())
    .map((place) => ({ ...place, text: pen.measureText(place.township.name).width }))
    .sort((a, b) => b.width - a.width);
  const pixel = metrePixels(zoom), taken = [];
  return names.places.filter(({ at: [x, y], width, text }) => {
    if (text > width * pixel) return false;
    const box = { x: x * pixel, y: y * pixel, half: text / 2 + 2 };
    if (taken.some((other) => Math.abs(other.x - box.x) < other.half + box.half
      && Math.abs(other.y - box.y) < nameHeight)) return false;
    taken.push(box);
    return true;
  });
}

function drawNames() {
  names.layer ??= L.layerGroup().addTo(pageMap);
  names.layer.clearLayers();
  for (const { township, at } of namesFitting(pageMap.getZoom())) {
    const icon = L.divIcon({ className: "zone-name", iconSize: [0, 0], html: given(township.name) });
    L.marker(toLatLng(at), { icon, pane: "names", interactive: false, keyboard: false }).addTo(names.layer);
  }
}

function listenForNames() {
  pane("names", 340);
  pageMap.getPane("names").setAttribute("aria-hidden", "true");
  pageMap.on("zoomend", drawNames);
  drawNames();
}

// The same on the canvas that is printed.
function printNames(pen, { pixel, shiftX, shiftY }) {
  Object.assign(pen, { font: nameFont, textAlign: "center", textBaseline: "middle",
    strokeStyle: "rgba(255,255,255,.85)", lineWidth: 2.5, fillStyle: "#33414e", lineJoin: "round" });
  for (const { township, at: [x, y] } of namesFitting(pageMap.getZoom())) {
    for (const draw of ["strokeText", "fillText"]) pen[draw](township.name, x * pixel + shiftX, shiftY - y * pixel);
  }
}
