// The online map under the plan, in a file of its own. A tile is an image outside the document,
// painted on a canvas: so the key stays in memory, and is in no page that is saved.

const provider = {
  tianditu: {
    asksKey: true,
    layers: ["vec", "cva"].map((layer) => (x, y, z, key) => `https://${data.tile_host}/${layer}_w/wmts`
      + `?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=${layer}&STYLE=default&TILEMATRIXSET=w`
      + `&FORMAT=tiles&TILEMATRIX=${z}&TILEROW=${y}&TILECOL=${x}&tk=${encodeURIComponent(key)}`),
    shift: (latlng) => latlng,
  },
  amap: {
    asksKey: false,
    layers: [(x, y, z) => `https://${data.tile_host}/appmaptile?lang=zh_cn&size=1&scale=1&style=8`
      + `&x=${x}&y=${y}&z=${z}`],
    shift: ({ lat, lng }) => {
      const [there, up] = toGcj02(lng, lat);
      return L.latLng(up, there);
    },
  },
}[data.tiles];

// Tiles of coordinates that are shifted: the grid is laid where the middle of the view is there.
const OnlineTiles = L.GridLayer.extend({
  createTile({ x, y, z }, done) {
    const size = this.getTileSize().x, tile = el("canvas", { width: size, height: size });
    const images = provider.layers.map((address) => {
      const image = new Image();
      image.src = address(x, y, z, this.options.key);
      return image;
    });
    Promise.all(images.map((image) => image.decode())).then(() => {
      for (const image of images) tile.getContext("2d").drawImage(image, 0, 0, size, size);
      done(null, tile);
    }, (error) => done(error, tile));
    return tile;
  },
  _setZoomTransform(level, center, zoom) {
    L.GridLayer.prototype._setZoomTransform.call(this, level, provider.shift(center), zoom);
  },
  _getTiledPixelBounds(center) {
    return L.GridLayer.prototype._getTiledPixelBounds.call(this, provider.shift(center));
  },
  _onMoveEnd() {
    // The shift differs from place to place.
    this._setZoomTransforms(this._map.getCenter(), this._map.getZoom());
    L.GridLayer.prototype._onMoveEnd.call(this);
  },
});

function showOnlineMap(key) {
  const told = document.getElementById("tiles-told");
  const layer = new OnlineTiles({ pane: pane("online", 205), key, maxZoom: 18 });
  layer.on("tileerror", () => { told.textContent = words.tiles_failed; });
  layer.on("tileload", () => {
    told.textContent = say("tiles_credit", { name: words[`tiles_${data.tiles}`] });
    document.documentElement.dataset.tiles = Number(document.documentElement.dataset.tiles ?? 0) + 1;
  });
  // Read by tests: where the map stands.
  const { lng, lat } = pageMap.getCenter();
  document.documentElement.dataset.middle = `${lng},${lat}`;
  view.onlineMap?.remove();
  view.onlineMap = layer.addTo(pageMap);
  redraw();
}

function onlineMapControl() {
  const key = el("input", { type: "password", id: "tiles-key", autocomplete: "off", "aria-describedby": "tiles-note" });
  const form = el("form", { class: "online", onsubmit: (event) => {
    event.preventDefault();
    showOnlineMap(key.value.trim());
    key.value = "";
  } },
  el("b", {}, `${words.tiles}${chinese ? "：" : ": "}${words[`tiles_${data.tiles}`]}`),
  provider.asksKey ? el("label", {}, words.tiles_key, " ", key) : null,
  el("button", { type: "submit" }, words.tiles_show),
  provider.asksKey ? el("small", { id: "tiles-note" }, words.tiles_key_note) : null,
  el("span", { id: "tiles-told", role: "status" }));
  return form;
}

mapTools.push(onlineMapControl);
