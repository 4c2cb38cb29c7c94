// Marks of the sites: a shape and a colour for each action, drawn on the map's canvas.

const actions = ["open", "convert", "expand", "close", "keep"];
const marks = {
  open: { color: "#c8321e", radius: 6.5, shape: "circle" },
  convert: { color: "#8a2f8f", radius: 6.5, shape: "diamond" },
  expand: { color: "#e08a00", radius: 7, shape: "triangle" },
  close: { color: "#1f2933", radius: 6.5, shape: "square" },
  keep: { color: "#5d6873", radius: 2.8, shape: "circle" },
};

function trace(pen, shape, x, y, r) {
  pen.beginPath();
  if (shape === "circle") {
    pen.arc(x, y, r, 0, 2 * Math.PI);
  } else {
    const corners = {
      diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
      square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
      triangle: [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]],
    }[shape];
    corners.forEach(([dx, dy], i) => pen[i ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
  }
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
