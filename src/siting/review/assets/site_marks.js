// Marks of the sites: a shape and a colour for each action, drawn on the map's canvas.

const actions = ["open", "convert", "expand", "close", "keep"];
// Okabe and Ito 2008 (jfly.uni-koeln.de/color), told apart by shape as well.
const marks = {
  open: { color: "#d55e00", radius: 6, shape: "circle" },
  convert: { color: "#9b2d79", radius: 6, shape: "diamond" },
  expand: { color: "#e69f00", radius: 6.5, shape: "triangle" },
  close: { color: "#000000", radius: 6, shape: "cross" },
  keep: { color: "#4d5966", radius: 2.8, shape: "circle" },
};

const corners = {
  diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  triangle: [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]],
  cross: [[-1, -0.5], [-0.5, -1], [0, -0.5], [0.5, -1], [1, -0.5], [0.5, 0], [1, 0.5], [0.5, 1],
    [0, 0.5], [-0.5, 1], [-1, 0.5], [-0.5, 0]],
};

function trace(pen, shape, x, y, r) {
  pen.beginPath();
  if (shape === "circle") pen.arc(x, y, r, 0, 2 * Math.PI);
  else corners[shape].forEach(([dx, dy], i) => pen[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
  pen.closePath();
}

const SiteMark = L.CircleMarker.extend({
  _updatePath() {
    const renderer = this._renderer, pen = renderer._ctx;
    if (!renderer._drawing || this._empty()) return;
    trace(pen, this.options.shape, this._point.x, this._point.y, this._radius);
    renderer._fillStroke(pen, this);
  },
});

// The same mark for legends and tables, drawn once for each action.
const icons = new Map();

function markIcon(action) {
  if (!icons.has(action)) {
    const { color, radius, shape } = marks[action];
    const sharp = 3, size = 18;
    const icon = el("canvas", { width: size * sharp, height: size * sharp });
    const pen = icon.getContext("2d");
    pen.scale(sharp, sharp);
    trace(pen, shape, size / 2, size / 2, radius);
    pen.fillStyle = color;
    pen.fill();
    icons.set(action, icon.toDataURL());
  }
  return el("img", { class: "mark", src: icons.get(action), alt: "", width: 18, height: 18 });
}
