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
    this.half(from, to, room);
    this.half(to, from, 0);
  }

  half(from, to, room) {
    this.to[this.count] = to;
    this.room[this.count] = room;
    this.next[this.count] = this.first[from];
    this.first[from] = this.count;
    this.count += 1;
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
// mask}, mask says which bands the site takes; near: who is within reach (see trial_reach.js).
function mostServed(waiting, bands, kinds, desks, near) {
  const left = waiting.slice();
  const isSettled = new Uint8Array(desks.length);
  const settled = settle(left, bands, desks, isSettled, near);
  const open = desks.filter((_, d) => !isSettled[d]);
  return (settled + overflowing(left, bands, kinds, open, near)) / parts;
}

// Serve children at sites that have room for everyone who could come: there nobody is turned
// away, and it takes nothing from anyone else. Every child served makes room elsewhere.
function settle(left, bands, desks, isSettled, near) {
  const { cellsFrom, cells, sitesFrom, sites: around } = near;
  const deskOf = new Int32Array(cellsFrom.length).fill(-1);
  const coming = new Float64Array(desks.length * bands);
  desks.forEach(({ site, mask }, d) => {
    deskOf[site] = d;
    for (let i = cellsFrom[site]; i < cellsFrom[site + 1]; i += 1) {
      for (let band = 0, at = cells[i] * bands; band < bands; band += 1, at += 1) {
        if (mask >> band & 1) coming[d * bands + band] += left[at];
      }
    }
  });
  const holdsAll = ({ mask, free }, d) => {
    for (let set = mask; set; set = (set - 1) & mask) {
      let children = 0;
      for (let band = 0; band < bands; band += 1) {
        if (set >> band & 1) children += coming[d * bands + band];
      }
      if (children > free[set]) return false;
    }
    return true;
  };
  const asked = desks.map((_, d) => d);
  const isAsked = new Uint8Array(desks.length).fill(1);
  let served = 0;
  while (asked.length) {
    const d = asked.pop(), { site, mask } = desks[d];
    isAsked[d] = 0;
    if (!holdsAll(desks[d], d)) continue;
    isSettled[d] = 1;
    for (let i = cellsFrom[site]; i < cellsFrom[site + 1]; i += 1) {
      const cell = cells[i];
      for (let band = 0; band < bands; band += 1) {
        const gone = left[cell * bands + band];
        if (!(mask >> band & 1) || !gone) continue;
        left[cell * bands + band] = 0;
        served += gone;
        for (let n = sitesFrom[cell]; n < sitesFrom[cell + 1]; n += 1) {
          const other = deskOf[around[n]];
          if (other < 0 || isSettled[other] || !(desks[other].mask >> band & 1)) continue;
          coming[other * bands + band] -= gone;
          if (!isAsked[other]) isAsked[other] = asked.push(other) > 0;
        }
      }
    }
  }
  return served;
}

// Cells with children left, those alike that the same of some sites are near: [{desks, left}],
// left by band. deskOf: which of the desks a site is, -1 where none.
function alikeCells(left, bands, deskOf, { sitesFrom, sites: around }) {
  const groups = [], heads = new Map();
  for (let cell = 0, at = 0; at < left.length; cell += 1, at += bands) {
    let any = 0;
    for (let band = 0; band < bands; band += 1) any += left[at + band];
    if (!any) continue;
    const desks = [];
    let hash = 7;
    for (let n = sitesFrom[cell]; n < sitesFrom[cell + 1]; n += 1) {
      const d = deskOf[around[n]];
      if (d < 0) continue;
      desks.push(d);
      hash = (Math.imul(hash, 31) + d) | 0;
    }
    if (!desks.length) continue;
    // A hash may be that of several sets: each names the group before it.
    let group = heads.get(hash);
    while (group && !(group.desks.length === desks.length && group.desks.every((d, i) => d === desks[i]))) group = group.before;
    if (!group) {
      group = { desks, left: new Float64Array(bands), before: heads.get(hash) };
      heads.set(hash, group);
      groups.push(group);
    }
    for (let band = 0; band < bands; band += 1) group.left[band] += left[at + band];
  }
  return groups;
}

// The most of the children left whom the other sites serve.
function overflowing(left, bands, kinds, desks, near) {
  const deskOf = new Int32Array(near.cellsFrom.length).fill(-1);
  desks.forEach(({ site }, d) => { deskOf[site] = d; });
  const seen = [], ways = [];
  for (const group of alikeCells(left, bands, deskOf, near)) {
    for (let band = 0; band < bands; band += 1) {
      if (!group.left[band]) continue;
      const node = seen.push(group.left[band]) - 1;
      for (const d of group.desks) if (desks[d].mask >> band & 1) ways.push(node, d, band);
    }
  }
  if (!seen.length) return 0;
  const perDesk = bands + kinds.length, homes = seen.length;
  const source = homes + desks.length * perDesk, sink = source + 1;
  const flow = new Flow(sink + 1, homes + ways.length / 3 + desks.length * (bands * (kinds.length + 1) + kinds.length));
  seen.forEach((children, node) => flow.join(source, node, children));
  for (let i = 0; i < ways.length; i += 3) flow.join(ways[i], homes + ways[i + 1] * perDesk + ways[i + 2], Infinity);
  let kept = 0;
  desks.forEach((desk, d) => {
    const bandNode = homes + d * perDesk, kindNode = bandNode + bands;
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
  return flow.most(source, sink) - kept;
}
