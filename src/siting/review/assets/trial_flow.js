// How many children can be served at once: a largest flow from homes to places.
//
// Amounts are whole numbers of a small part of a child, so every sum is exact and the search
// ends: nothing depends on how small a rest still counts.

const parts = 2 ** 30;
const inParts = (children) => Math.round(children * parts);

// A largest flow in a graph of directed edges (Dinic 1970): shortest ways first.
class Flow {
  constructor(nodes, edges) {
    this.nodes = nodes;
    this.count = 0;
    this.first = new Int32Array(nodes).fill(-1);
    this.next = new Int32Array(2 * edges);
    this.to = new Int32Array(2 * edges);
    this.room = new Float64Array(2 * edges);
  }

  join(from, to, room) {
    for (const [a, b, r] of [[from, to, room], [to, from, 0]]) {
      this.to[this.count] = b;
      this.room[this.count] = r;
      this.next[this.count] = this.first[a];
      this.first[a] = this.count;
      this.count += 1;
    }
  }

  // Levels of the nodes from the source; false where the sink cannot be reached.
  rank(source, sink) {
    const { level, queue, first, next, to, room } = this;
    level.fill(-1);
    level[source] = 0;
    queue[0] = source;
    for (let head = 0, tail = 1; head < tail; head += 1) {
      const node = queue[head];
      for (let e = first[node]; e >= 0; e = next[e]) {
        if (room[e] > 0 && level[to[e]] < 0) {
          level[to[e]] = level[node] + 1;
          queue[tail++] = to[e];
        }
      }
    }
    return level[sink] >= 0;
  }

  // Send along one way of rising levels as much as fits; 0 where there is none.
  send(source, sink) {
    const { level, first, next, to, room, at, way } = this;
    let length = 0, node = source;
    while (node !== sink) {
      let e = at[node];
      while (e >= 0 && !(room[e] > 0 && level[to[e]] === level[node] + 1)) e = next[e];
      at[node] = e;
      if (e >= 0) {
        way[length++] = e;
        node = to[e];
      } else if (length) {
        const back = way[--length];
        node = to[back ^ 1];
        at[node] = next[back];
      } else return 0;
    }
    let fits = Infinity;
    for (let i = 0; i < length; i += 1) fits = Math.min(fits, room[way[i]]);
    for (let i = 0; i < length; i += 1) {
      room[way[i]] -= fits;
      room[way[i] ^ 1] += fits;
    }
    return fits;
  }

  most(source, sink) {
    this.level = new Int32Array(this.nodes);
    this.queue = new Int32Array(this.nodes);
    this.way = new Int32Array(this.nodes);
    let total = 0;
    while (this.rank(source, sink)) {
      this.at = this.first.slice();
      for (let sent = this.send(source, sink); sent > 0; sent = this.send(source, sink)) total += sent;
    }
    return total;
  }
}

// Free places of a site for every set of bands (Hall 1935): those of the kinds that take one of
// them, less the children who have one. Null where the children of some set do not fit.
function freePlaces(bands, kinds, places, kept) {
  const free = new Float64Array(2 ** bands);
  for (let set = 1; set < free.length; set += 1) {
    let children = 0;
    for (let band = 0; band < bands; band += 1) if (set >> band & 1) children += kept[band];
    places.forEach((count, k) => { if (kinds[k].mask & set) free[set] += count; });
    if (free[set] - children < -1e-6 * Math.max(children, 1)) return null;
    free[set] = Math.max(inParts(free[set]) - inParts(children), 0);
  }
  return free;
}

// The most children served; waiting: cells x bands, in parts. desks: {site, places, kept, free,
// mask}, mask says which bands the site takes; near.cells(site) and near.sites(cell) are lists.
function mostServed(waiting, bands, kinds, desks, near) {
  const left = waiting.slice();
  const deskOf = new Int32Array(near.siteCount).fill(-1);
  desks.forEach((desk, d) => { deskOf[desk.site] = d; });
  const settled = settle(left, bands, desks, deskOf, near);
  const open = desks.filter((desk) => !desk.isSettled);
  return (settled + overflowing(left, bands, kinds, open, near)) / parts;
}

// Serve children at sites that have room for everyone who could come: there nobody is turned
// away, and it takes nothing from anyone else. Every child served makes room elsewhere.
function settle(left, bands, desks, deskOf, near) {
  const coming = new Float64Array(desks.length * bands);
  desks.forEach((desk, d) => {
    desk.isSettled = false;
    const cells = near.cells(desk.site);
    for (let i = 0; i < cells.length; i += 1) {
      for (let band = 0; band < bands; band += 1) {
        if (desk.mask >> band & 1) coming[d * bands + band] += left[cells[i] * bands + band];
      }
    }
  });
  const holdsAll = (desk, d) => {
    for (let set = desk.mask; set; set = (set - 1) & desk.mask) {
      let children = 0;
      for (let band = 0; band < bands; band += 1) {
        if (set >> band & 1) children += coming[d * bands + band];
      }
      if (children > desk.free[set]) return false;
    }
    return true;
  };
  const asked = desks.map((_, d) => d);
  let served = 0;
  while (asked.length) {
    const d = asked.pop(), desk = desks[d];
    if (desk.isSettled || !holdsAll(desk, d)) continue;
    desk.isSettled = true;
    const again = new Set();
    for (const cell of near.cells(desk.site)) {
      for (let band = 0; band < bands; band += 1) {
        const at = cell * bands + band, gone = left[at];
        if (!(desk.mask >> band & 1) || !gone) continue;
        left[at] = 0;
        served += gone;
        for (const site of near.sites(cell)) {
          const other = deskOf[site];
          if (other < 0 || !(desks[other].mask >> band & 1)) continue;
          coming[other * bands + band] -= gone;
          if (!desks[other].isSettled) again.add(other);
        }
      }
    }
    asked.push(...again);
  }
  return served;
}

// The most of the children left whom the other sites serve.
function overflowing(left, bands, kinds, desks, near) {
  const cellNode = new Map();
  let edges = 0;
  for (const desk of desks) {
    for (const cell of near.cells(desk.site)) {
      for (let band = 0; band < bands; band += 1) {
        const at = cell * bands + band;
        if (!(desk.mask >> band & 1) || !left[at]) continue;
        if (!cellNode.has(at)) cellNode.set(at, cellNode.size);
        edges += 1;
      }
    }
  }
  const perDesk = bands + kinds.length, homes = cellNode.size;
  const source = homes + desks.length * perDesk, sink = source + 1;
  const flow = new Flow(sink + 1, homes + edges + desks.length * (bands * (kinds.length + 1) + kinds.length));
  for (const [at, node] of cellNode) flow.join(source, node, left[at]);
  let kept = 0;
  desks.forEach((desk, d) => {
    const bandNode = homes + d * perDesk, kindNode = bandNode + bands;
    for (const cell of near.cells(desk.site)) {
      for (let band = 0; band < bands; band += 1) {
        const node = desk.mask >> band & 1 ? cellNode.get(cell * bands + band) : undefined;
        if (node !== undefined) flow.join(node, bandNode + band, Infinity);
      }
    }
    for (let band = 0; band < bands; band += 1) {
      const here = inParts(desk.kept[band]);
      if (here > 0) flow.join(source, bandNode + band, here);
      kept += here;
      kinds.forEach((kind, k) => {
        if (desk.places[k] > 0 && kind.mask >> band & 1) flow.join(bandNode + band, kindNode + k, Infinity);
      });
    }
    desk.places.forEach((count, k) => { if (count > 0) flow.join(kindNode + k, sink, inParts(count)); });
  });
  return homes ? flow.most(source, sink) - kept : 0;
}
