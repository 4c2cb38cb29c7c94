// Children who want a place: a dot for each square, its rings for who is served, finds the places
// full, or reaches none.

// Okabe and Ito 2008: bluish green, yellow, black.
const peopleColors = { served: "#009e73", reachable_full: "#f0e442", unreachable: "#000000" };
const people = { layers: data.layers.people.layers, squares: null, moments: {}, most: 1 };

async function readPeople() {
  if (!people.layers.length) return;
  const { at, moments: packs } = data.layers.people;
  const { x, y } = await unpack(at);
  const count = x.length;
  people.squares = { x, y, count };
  const packed = await Promise.all(packs.map(([, , pack_]) => unpackNumbers(pack_)));
  packs.forEach(([state, year], i) => {
    people.moments[`${state} ${year}`] = Object.fromEntries(people.layers
      .map((layer, k) => [layer, packed[i].subarray(k * count, (k + 1) * count)]));
  });
  const { served, reachable_full: full, unreachable } = people.moments[`today ${data.base_year}`];
  const totals = Array.from(served, (each, i) => each + full[i] + unreachable[i]).sort((a, b) => a - b);
  people.most = Math.max(10, 10 * Math.ceil((totals[Math.floor(0.98 * (count - 1))] ?? 0) / 10));
}

const peopleShown = () => people.layers.filter((layer) => shown.people.has(layer));
const peopleNow = () => people.moments[`${moment.state} ${moment.year}`];

// Draw the dots on a canvas of some pixels; a metre from the origin is `pixel` wide.
function drawPeople(pen, { pixel, shiftX, shiftY, width, height }) {
  const now = peopleNow(), layers = peopleShown();
  if (!layers.length) return;
  const { x, y, count } = people.squares;
  const widest = Math.max(2.2, 0.58 * data.layers.people.square_m * pixel * view.stretch);
  // Rings from outside in: each disc holds its own layer and those drawn after it.
  layers.forEach((layer, k) => {
    pen.fillStyle = peopleColors[layer];
    pen.beginPath();
    for (let i = 0; i < count; i += 1) {
      const left = x[i] * pixel + shiftX, top = shiftY - y[i] * pixel;
      if (left < -widest || top < -widest || left > width + widest || top > height + widest) continue;
      let inside = 0;
      for (const each of layers.slice(k)) inside += now[each][i];
      if (!inside) continue;
      const radius = widest * Math.sqrt(Math.min(inside / people.most, 1));
      pen.moveTo(left + radius, top);
      pen.arc(left, top, radius, 0, 2 * Math.PI);
    }
    pen.fill();
  });
}

const PeopleTiles = StreetTiles.extend({
  paint(pen, place) {
    drawPeople(pen, place);
  },
});

function redrawPeople() {
  const any = peopleShown().length > 0;
  if (any && !pageMap.hasLayer(view.people)) view.people.addTo(pageMap);
  else if (any) view.people.redraw();
  else view.people.remove();
  document.documentElement.dataset.people = peopleShown().join(" ");
}
