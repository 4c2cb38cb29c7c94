// Who reaches what in a trial, and who would use a place: the rules of reach and demand.

// The pack of a trial (see trial_pack.py) as arrays.
async function unpackTrial(trial) {
  const numbers = await unpackNumbers(trial.pairs), siteCount = trial.sites.id.length;
  let at = 0;
  const take = (length) => numbers.subarray(at, at += length);
  const zone = sums(take(trial.cells)), community = sums(take(trial.cells));
  const first = Int32Array.of(0, ...sums(take(siteCount))), pairs = first[siteCount];
  const steps = take(pairs), code = Uint16Array.from(take(pairs)), cell = new Int32Array(pairs);
  for (let j = 0; j < siteCount; j += 1) {
    for (let p = first[j], last = 0; p < first[j + 1]; p += 1) cell[p] = last += steps[p];
  }
  const amounts = new Float32Array(await unpackBytes(trial.amounts));
  const plane = (n) => amounts.subarray(n * trial.cells, (n + 1) * trial.cells);
  const { merged, bandOf } = mergedBands(trial);
  return { zone, community, first, cell, code, plane, merged, bandOf, siteCount };
}

// Bands that the same kinds take are one to places; kinds that no tier runs count for none.
function mergedBands(trial) {
  const runs = new Set(trial.sites.tier.flatMap((tier) => trial.tiers[tier].kinds));
  const numbers = new Map();
  const bandOf = trial.bands.map((_, band) => {
    const key = trial.kinds.filter((kind, k) => runs.has(k) && kind.bands.includes(band))
      .map(({ name }) => name).join();
    if (!key) return -1;
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key);
  });
  for (const kind of trial.kinds) {
    kind.mask = kind.bands.reduce((mask, band) => (bandOf[band] < 0 ? mask : mask | 1 << bandOf[band]), 0);
  }
  return { merged: numbers.size, bandOf };
}

// Pairs within the limits of some minutes (null: each tier its own) at one of the speeds.
function reachWithin(trial, packed, minutes, speed) {
  const { first, cell, code, siteCount } = packed;
  const steps = Int32Array.from(trial.steps, (row) => row[speed]);
  const limits = trial.tiers.map((tier) => (minutes !== null && tier.walked
    ? tier.limits.indexOf(60 * minutes) : tier.own));
  const begins = new Int32Array(siteCount + 1), within = new Int32Array(cell.length);
  const counts = new Int32Array(trial.cells + 1);
  let count = 0;
  for (let j = 0; j < siteCount; j += 1) {
    const limit = limits[trial.sites.tier[j]];
    for (let p = first[j]; p < first[j + 1]; p += 1) {
      if (steps[code[p]] > limit) continue;
      within[count++] = cell[p];
      counts[cell[p] + 1] += 1;
    }
    begins[j + 1] = count;
  }
  for (let c = 0; c < trial.cells; c += 1) counts[c + 1] += counts[c];
  const at = counts.slice(), around = new Int32Array(count);
  for (let j = 0; j < siteCount; j += 1) {
    for (let p = begins[j]; p < begins[j + 1]; p += 1) around[at[within[p]]++] = j;
  }
  // The cells of site j are cells[cellsFrom[j]] and on, the sites of cell c sites[sitesFrom[c]].
  return { cellsFrom: begins, cells: within, sitesFrom: counts, sites: around };
}

const cellsNear = ({ cellsFrom, cells }, site) => cells.subarray(cellsFrom[site], cellsFrom[site + 1]);

// Spread the children of some sites over the cells within their reach in proportion to homes,
// cells x bands; none is drawn twice. A site draws homes x rates x kept of a cell.
function spread(children, homes, bands, reach) {
  const kept = new Float64Array(homes.length), rates = new Map();
  for (const [site, amounts] of children) {
    const rate = new Float64Array(bands);
    eachNear(reach, site, bands, (at, b) => { rate[b] += homes[at]; });
    rate.forEach((all, b) => { rate[b] = all > 0 ? amounts[b] / all : 0; });
    eachNear(reach, site, bands, (at, b) => { kept[at] += rate[b]; });
    rates.set(site, rate);
  }
  for (let i = 0; i < kept.length; i += 1) kept[i] = kept[i] > 1 ? homes[i] / kept[i] : homes[i];
  return { rates, kept };
}

// Add what a site draws, cells x bands, or take it away.
function add(to, { rates, kept }, site, bands, reach, sign = 1) {
  const rate = rates.get(site);
  eachNear(reach, site, bands, (at, b) => { to[at] += sign * rate[b] * kept[at]; });
}

// Do something with every entry, cells x bands, of the cells within reach of a site.
function eachNear({ cellsFrom, cells }, site, bands, act) {
  for (let i = cellsFrom[site]; i < cellsFrom[site + 1]; i += 1) {
    for (let b = 0, at = cells[i] * bands; b < bands; b += 1, at += 1) act(at, b);
  }
}

// The demand of a year with every site open, as siting.demand.measure_demand has it.
function demandWithin(trial, packed, year, reach) {
  const bands = trial.bands.length, size = trial.cells * bands;
  const { take_up: takeUp, enrolled, staff } = trial.demand[year];
  const { exists, zone } = trial.sites;
  const under3 = new Float64Array(trial.cells), takers = new Float64Array(size);
  for (let b = 0; b < bands; b += 1) {
    const plane = packed.plane(trial.even ? year : year * bands + b), part = trial.even ? trial.even[b] : 1;
    for (let c = 0; c < trial.cells; c += 1) {
      under3[c] += plane[c] * part;
      takers[c * bands + b] = plane[c] * part * takeUp[b];
    }
  }
  const inside = enrolled.filter(([site]) => exists[site] && zone[site] >= 0);
  const enrolledDraws = spread(inside, takers, bands, reach);
  const left = takers.slice(), there = new Float64Array(bands);
  for (const [site] of inside) add(left, enrolledDraws, site, bands, reach, -1);
  eachBand(left, bands, (i, b) => {
    if (left[i] < 0) left[i] = 0;
    there[b] += left[i];
  });
  const told = new Float64Array(bands), beyond = new Map();
  inside.forEach(([site, amounts]) => {
    const away = Float64Array.from(amounts), rate = enrolledDraws.rates.get(site);
    eachNear(reach, site, bands, (at, b) => { away[b] -= rate[b] * enrolledDraws.kept[at]; });
    away.forEach((children, b) => { told[b] += away[b] = Math.max(children, 0); });
    beyond.set(site, away);
  });
  const fits = told.map((children, b) => (children > there[b] ? there[b] / children : 1));
  for (const away of beyond.values()) away.forEach((children, b) => { away[b] = children * fits[b]; });
  const beyondShare = new Float64Array(size), waiting = new Float64Array(size);
  eachBand(left, bands, (i, b) => {
    if (left[i] > 0) beyondShare[i] = left[i] / there[b];
    waiting[i] = Math.max(left[i] - beyondShare[i] * told[b] * fits[b], 0);
  });
  return {
    under3, takers, enrolledDraws, beyond, beyondShare,
    staffDraws: spread(staff, waiting, bands, reach),
    enrolled: new Map(enrolled), staff: new Map(staff), homes: new Map(),
  };
}

// Do something with every entry of cells x bands: its position, and its band.
function eachBand(amounts, bands, act) {
  for (let i = 0; i < amounts.length; i += bands) for (let b = 0; b < bands; b += 1) act(i + b, b);
}
