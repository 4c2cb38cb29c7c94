// The rows to place: where each is, what was done before, and what this browser remembers.

const townships = data.townships.township_code.map((code, i) => ({
  i, code, name: data.townships.township[i], district: data.townships.district[i], rings: [],
}));
const sites = data.sites.site_id.map((id, i) => ({
  id, name: data.sites.name[i], at: [data.layers.site_x[i], data.layers.site_y[i]],
}));
// A row is `at` [longitude, latitude], or null.
const rows = data.rows.site_id.map((id, i) => ({
  i, id, name: data.rows.name[i], address: data.rows.address[i], table: data.rows.table[i], at: null,
}));
const rowOf = new Map(rows.map((row) => [row.id, row]));

// `kept` are places of ids that are not in the list: they were in a file and are saved again.
const work = { chosen: null, kept: new Map(), past: [], saved: true, remembered: true };

const rounded = (at) => at.map((value) => Number(degrees(value)));
const townshipAt = ([lng, lat]) => {
  const metres = toMetres({ lat, lng });
  return townships.find(({ rings }) => isInside(rings, metres)) ?? null;
};
const tableLabel = ({ table }) => words[`table_${table}`] ?? table;
const nameOf = (row) => row.name || words.no_name;

function takeIn(places) {
  for (const [id, at] of places) {
    const row = rowOf.get(id);
    if (row) row.at = rounded(at);
    else work.kept.set(id, rounded(at));
  }
}

const placesToSave = () => [
  ...rows.filter((row) => row.at).map((row) => [row.id, row.at]), ...work.kept,
];

// Do something that can be undone.
function change(act) {
  work.past.push({ at: rows.map((row) => row.at), kept: new Map(work.kept) });
  act();
  changed();
}

function undo() {
  const before = work.past.pop();
  if (!before) return;
  rows.forEach((row, i) => { row.at = before.at[i]; });
  work.kept = before.kept;
  changed();
}

function changed() {
  work.saved = false;
  remember();
  redraw();
}

const place = (row, { lng, lat }) => change(() => { row.at = rounded([lng, lat]); });
const takeAway = (row) => change(() => { row.at = null; });

// The browser remembers a row by what it says and by the place it had in the file, so that work
// on another study, or older than the file, is not taken for work on this one.
const memory = `siting place: ${data.title}`;
const inFile = new Map(data.placed.map(([id, lon, lat]) => [id, [lon, lat]]));
const token = (row) => JSON.stringify([row.id, row.name, row.address, inFile.get(row.id) ?? null]);

function remember() {
  try {
    localStorage.setItem(memory, JSON.stringify({
      rows: rows.map((row) => [token(row), row.at]), kept: [...work.kept],
    }));
    work.remembered = true;
  } catch {
    work.remembered = false;
  }
}

function recall() {
  takeIn(inFile);
  try {
    const known = JSON.parse(localStorage.getItem(memory)) ?? { rows: [], kept: [] };
    const byToken = new Map(known.rows);
    for (const row of rows) {
      const at = byToken.get(token(row));
      if (at === null || isPosition(at)) row.at = at;
    }
    for (const [id, at] of known.kept) {
      if (isPosition(at) && !rowOf.has(id) && !inFile.has(id)) work.kept.set(id, at);
    }
  } catch {
    // What cannot be read was not written by this page, or storage is shut.
  }
  remember();
}
