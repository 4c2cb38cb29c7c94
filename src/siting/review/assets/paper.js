// Paper: the map once more on one canvas, because browsers print layered canvases one over the
// other as if each were opaque.

const paper = el("canvas", { id: "paper", "aria-hidden": "true" });
let beforePrint = null;

function drawPaper() {
  const { x: width, y: height } = pageMap.getSize(), zoom = pageMap.getZoom(), sharp = 2;
  paper.width = width * sharp;
  paper.height = height * sharp;
  const pen = paper.getContext("2d");
  pen.scale(sharp, sharp);
  pen.fillStyle = "#fbfbfa";
  pen.fillRect(0, 0, width, height);
  const corner = toMetres(pageMap.containerPointToLatLng([0, 0])), pixel = metrePixels(zoom);
  const shiftX = -corner[0] * pixel, shiftY = corner[1] * pixel;
  const area = (rings, fill, line, weight) => {
    pen.beginPath();
    for (const ring of rings) {
      ring.forEach(([x, y], i) => pen[i ? "lineTo" : "moveTo"](x * pixel + shiftX, shiftY - y * pixel));
      pen.closePath();
    }
    if (fill) {
      pen.fillStyle = fill;
      pen.fill("evenodd");
    }
    pen.strokeStyle = line;
    pen.lineWidth = weight;
    pen.stroke();
  };
  pen.globalAlpha = peopleShown().length ? 0.25 : 1;
  townships.forEach(({ rings }, i) => area(rings, view.shades[i].options.fillColor, "#fff", 0.8));
  pen.globalAlpha = 1;
  drawStreets(pen, view.lines, zoom, { pixel, shiftX, shiftY, width, height });
  drawPeople(pen, { pixel, shiftX, shiftY, width, height });
  view.outlines.forEach((rings) => area(rings, null, "#2b3947", 1.8));
  printNames(pen, { pixel, shiftX, shiftY });
  for (const site of reachesShown()) area(site.reach, `${marks[site.action].color}22`, marks[site.action].color, 0.8);
  for (const site of view.sites) {
    const action = markedAs(site);
    if (!action) continue;
    trace(pen, marks[action].shape, site.at[0] * pixel + shiftX, shiftY - site.at[1] * pixel, markRadius(action));
    pen.fillStyle = marks[action].color;
    pen.fill();
    pen.strokeStyle = "#fff";
    pen.lineWidth = action === "keep" ? 0.5 : 1;
    pen.stroke();
  }
}

// Paper has a frame of its own; the map is drawn for it before the page is printed.
function fitPaper(printing) {
  if (printing) beforePrint = [pageMap.getCenter(), pageMap.getZoom()];
  document.documentElement.classList.toggle("printing", printing);
  pageMap.invalidateSize({ animate: false });
  if (!printing) {
    pageMap.setView(...beforePrint, { animate: false });
    return;
  }
  if (!shown.site && !shown.township) showArea();
  drawPaper();
}

// The title of the page as a running head of every sheet; a text from data stays a text.
function runTitle() {
  const escaped = Array.from(document.title.slice(0, 80), (mark) => `\\${mark.codePointAt(0).toString(16)} `).join("");
  const sheet = [...document.styleSheets].at(-1);
  sheet.insertRule(`@page { @top-left { content: "${escaped}"; width: 100%; white-space: nowrap;
    font: 8pt "Microsoft YaHei", SimHei, "Noto Sans CJK SC", sans-serif; color: #5a6875; } }`, sheet.cssRules.length);
}

let folded = [];

// Paper shows everything: what is folded is opened, the map is drawn for its frame.
function preparePaper(printing) {
  if (printing) {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const details of folded) {
      details.open = true;
      details.dispatchEvent(new Event("toggle"));  // its own comes when the page is printed already
    }
  } else {
    for (const details of folded) details.open = false;
    folded = [];
  }
  fitPaper(printing);
}
