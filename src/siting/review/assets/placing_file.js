// The file of places: rows of site_id, lon, lat to CSV text, and CSV of others to rows.

const limits = { lon: 180, lat: 85 };
const isPosition = (at) => Array.isArray(at) && at.length === 2
  && at.every(Number.isFinite) && Math.abs(at[0]) <= limits.lon && Math.abs(at[1]) <= limits.lat;
const degrees = (value) => value.toFixed(6);

// Ids are always quoted, whatever they begin with: they must be the same when read again.
function toCsv(places) {
  const lines = places.map(([id, [lon, lat]]) => `"${id.replaceAll('"', '""')}",${degrees(lon)},${degrees(lat)}`);
  return `\ufeff${["site_id,lon,lat", ...lines].join("\r\n")}\r\n`;
}

// Rows of cells; null in place of a row whose quotes are never closed.
function fromCsv(text) {
  const rows_ = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const row = rows_.at(-1), mark = text[i];
    if (mark === '"' && quoted && text[i + 1] === '"') row[row.length - 1] += text[i += 1];
    else if (mark === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
    else if (quoted || !",\r\n".includes(mark)) row[row.length - 1] += mark;
    else if (mark === ",") row.push("");
    else if (mark === "\n" || text[i + 1] !== "\n") rows_.push([""]);
  }
  if (quoted) rows_[rows_.length - 1] = null;
  return rows_;
}

function decode(bytes) {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next encoding may fit.
    }
  }
  return null;
}

// Read places from the bytes of a file: what was found, and everything that was not read.
function readPlaces(bytes) {
  const text = decode(bytes);
  if (text === null) return { found: [], problems: [words.bad_encoding] };
  const [head, ...body] = fromCsv(text);
  const columns = head?.map((name) => name.trim()) ?? [];
  const lacking = ["site_id", "lon", "lat"].filter((name) => !columns.includes(name));
  if (lacking.length) {
    return { found: [], problems: [say("bad_columns", { columns: lacking.join(chinese ? "、" : ", ") })] };
  }
  const found = new Map(), problems = [];
  body.forEach((cells, i) => {
    const row = i + 2;
    if (cells === null) {
      problems.push(say("bad_quotes", { row }));
      return;
    }
    if (cells.every((cell) => cell.trim() === "")) return;
    const cell = (name) => cells[columns.indexOf(name)] ?? "";
    const id = cell("site_id"), before = problems.length;
    if (id.trim() === "") problems.push(say("bad_id", { row }));
    if (found.has(id)) problems.push(say("bad_twice", { row, value: id }));
    const at = ["lon", "lat"].map((column) => {
      const value = cell(column).trim(), most = limits[column];
      const number = value === "" ? NaN : Number(value);
      if (!(Math.abs(number) <= most)) problems.push(say("bad_number", { row, column, value, least: -most, most }));
      return number;
    });
    if (problems.length === before) found.set(id, at);
  });
  return { found: [...found], problems };
}
