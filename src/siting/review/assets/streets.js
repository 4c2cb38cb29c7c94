// Streets: projected metres and back, streets drawn to canvas tiles.

const mercatorHalf = Math.PI * 6378137;
const [originX, originY] = data.layers.origin;
const toLatLng = ([x, y]) => L.CRS.EPSG3857.projection.unproject(L.point(x + originX, y + originY));
const toMetres = (latlng) => {
  const { x, y } = L.CRS.EPSG3857.projection.project(latlng);
  return [x - originX, y - originY];
};

const streetStyles = [
  { name: "path", from: 14, color: "rgba(70,84,98,.34)", width: (z) => (z < 16 ? 0.6 : 1) },
  { name: "side", from: 11.5, color: "rgba(70,84,98,.40)", width: (z) => (z < 13 ? 0.5 : z < 15 ? 0.9 : 1.8) },
  { name: "main", from: 0, color: "rgba(58,70,84,.45)", width: (z) => (z < 12 ? 0.8 : z < 14 ? 1.3 : 2.6) },
];

function boxed(lines) {
  const count = lines.pointsOf.length;
  const first = new Int32Array(count + 1), box = new Int32Array(4 * count);
  for (let i = 0; i < count; i += 1) {
    first[i + 1] = first[i] + lines.pointsOf[i];
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let p = first[i]; p < first[i + 1]; p += 1) {
      west = Math.min(west, lines.x[p]); east = Math.max(east, lines.x[p]);
      south = Math.min(south, lines.y[p]); north = Math.max(north, lines.y[p]);
    }
    box.set([west, south, east, north], 4 * i);
  }
  return { ...lines, first, box };
}

// Draw streets on a canvas of some pixels; a metre from the origin is `pixel` wide.
function drawStreets(pen, streets, zoom, { pixel, shiftX, shiftY, width, height }) {
  pen.lineCap = pen.lineJoin = "round";
  const margin = 4 / pixel;
  const west = -shiftX / pixel - margin, east = (width - shiftX) / pixel + margin;
  const north = shiftY / pixel + margin, south = (shiftY - height) / pixel - margin;
  for (const style of streetStyles) {
    if (zoom < style.from) continue;
    const { x, y, first, box, pointsOf } = streets[style.name];
    pen.strokeStyle = style.color;
    pen.lineWidth = style.width(zoom);
    pen.beginPath();
    for (let i = 0; i < pointsOf.length; i += 1) {
      const b = 4 * i;
      if (box[b] > east || box[b + 2] < west || box[b + 1] > north || box[b + 3] < south) continue;
      pen.moveTo(x[first[i]] * pixel + shiftX, shiftY - y[first[i]] * pixel);
      for (let p = first[i] + 1; p < first[i + 1]; p += 1) {
        pen.lineTo(x[p] * pixel + shiftX, shiftY - y[p] * pixel);
      }
    }
    pen.stroke();
  }
}

const metrePixels = (zoom) => (256 * 2 ** zoom) / (2 * mercatorHalf);

// A layer that paints on canvas tiles: streets, or what extends it.
const StreetTiles = L.GridLayer.extend({
  initialize(streets, options) {
    this.streets = streets;
    L.GridLayer.prototype.initialize.call(this, options);
  },

  createTile({ x: column, y: row, z }) {
    const size = this.getTileSize().x;
    const sharp = window.devicePixelRatio || 1;
    const tile = document.createElement("canvas");
    tile.width = tile.height = size * sharp;
    const pen = tile.getContext("2d");
    pen.scale(sharp, sharp);
    const pixel = metrePixels(z);
    this.paint(pen, {
      pixel, width: size, height: size,
      shiftX: (originX + mercatorHalf) * pixel - column * size,
      shiftY: (mercatorHalf - originY) * pixel - row * size,
    });
    return tile;
  },

  paint(pen, place) {
    drawStreets(pen, this.streets, this._map.getZoom(), place);
  },
});
