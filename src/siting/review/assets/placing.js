// The page: the list of rows beside the map, and the file they are saved in.

document.title = `${words.page} · ${data.title}`;

const progress = el("progress", { max: Math.max(rows.length, 1), "aria-hidden": "true" });
const counted = el("span", { id: "counted", role: "status" });
const asked = el("p", { id: "asked", role: "status" });
const memoryNote = el("p", { class: "under", id: "memory" });
const message = el("div", { id: "message", role: "status" });
const list = el("ol", { id: "rows" });
const keptNote = el("p", { class: "under", id: "kept" });
const fileName = data.file.split(/[\\/]/).at(-1);

function choose(row) {
  work.chosen = row;
  redraw();
  // The list goes to the row, the page around it stays.
  const { offsetTop: top, offsetHeight: height } = row.button;
  if (top < list.scrollTop || top + height > list.scrollTop + list.clientHeight) list.scrollTop = top;
}

// From the list: the map goes to the row as well.
function chooseInList(row) {
  choose(row);
  document.getElementById("map").scrollIntoView({ block: "nearest" });
  if (row.at) pageMap.setView([row.at[1], row.at[0]], Math.max(pageMap.getZoom(), 15), { animate: false });
}

function nextRow() {
  const from = work.chosen ? work.chosen.i + 1 : 0;
  return [...rows.slice(from), ...rows.slice(0, from)].find((row) => !row.at) ?? null;
}

function listItem(row) {
  row.state = el("span", { class: "state" });
  row.button = el("button", { type: "button", onclick: () => chooseInList(row) },
    el("span", { class: "count" }, String(row.i + 1)),
    el("span", { class: "what" },
      el("b", {}, given(nameOf(row))),
      el("span", {}, given(row.address || words.no_address)),
      el("small", {}, given(tableLabel(row)), " · ", given(row.id)),
      row.state));
  return el("li", {}, row.button);
}

function writeState(row) {
  if (!row.at) return [words.state_open];
  const township = townshipAt(row.at);
  return [`${degrees(row.at[0])}, ${degrees(row.at[1])} · `, township
    ? given(township.name) : el("mark", {}, words.outside)];
}

const tool = (word, onclick) => el("button", { type: "button", onclick }, word);
const undoTool = tool(words.undo, undo);
const takeAwayTool = tool(words.take_away, () => takeAway(work.chosen));
const nextTool = tool(words.next, () => chooseInList(nextRow()));

function redraw() {
  const { chosen } = work;
  const done = rows.filter((row) => row.at).length;
  progress.value = done;
  counted.textContent = say("progress", { n: done, m: rows.length });
  for (const row of rows) {
    row.button.classList.toggle("done", Boolean(row.at));
    if (row === chosen) row.button.setAttribute("aria-current", "true");
    else row.button.removeAttribute("aria-current");
    if (row.written !== row.at) row.state.replaceChildren(...writeState(row));
    row.written = row.at;
  }
  asked.replaceChildren(!rows.length ? words.no_rows : !chosen ? words.choose_row
    : given(say(chosen.at ? "move_it" : "click_map", { name: nameOf(chosen) })));
  undoTool.disabled = !work.past.length;
  takeAwayTool.disabled = !chosen?.at;
  nextTool.disabled = !nextRow();
  keptNote.replaceChildren(...(work.kept.size
    ? [say("kept", { n: work.kept.size }), " ", tool(words.leave_out, () => change(() => work.kept.clear()))]
    : []));
  memoryNote.textContent = work.remembered ? words.remembered : words.not_remembered;
  pageMap.getContainer().classList.toggle("placing", Boolean(chosen));
  drawPins();
  // Read by tests.
  Object.assign(document.documentElement.dataset, { placed: done, chosen: chosen?.id ?? "" });
}

function save() {
  const places = placesToSave();
  const address = URL.createObjectURL(new Blob([toCsv(places)], { type: "text/csv" }));
  el("a", { href: address, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  work.saved = true;
  message.replaceChildren(el("p", {}, say("saved", {
    n: places.length, left: rows.filter((row) => !row.at).length,
  })));
}

async function load(file) {
  const { found, problems } = readPlaces(await file.arrayBuffer());
  if (found.length) change(() => takeIn(found));
  message.replaceChildren(
    el("p", {}, given(say("loaded", {
      file: file.name, n: found.length, kept: found.filter(([id]) => !rowOf.has(id)).length,
    }))),
    problems.length ? el("p", { class: "unmet" }, say("load_problems", { n: problems.length })) : "",
    problems.length ? el("ul", { class: "notes" }, problems.map((problem) => el("li", {}, given(problem)))) : "",
  );
}

function fileTools() {
  const input = el("input", { type: "file", accept: ".csv,text/csv", id: "load", class: "unseen", onchange: async () => {
    if (input.files.length) await load(input.files[0]);
    input.value = "";
  } });
  const formulas = rows.filter(({ id }) => /^[=+\-@]/.test(id)).length;
  const where = data.book ? "where_sheet" : !data.file_is_named ? "where_new" : data.file_is_read ? "where_named" : "load_first";
  return el("div", { class: "files" },
    el("p", { class: "tools" },
      el("button", { type: "button", id: "save", onclick: save }, given(say("save", { file: fileName }))),
      input, el("label", { for: "load", class: "button" }, given(say("load", { file: fileName })))),
    message,
    keptNote,
    el("p", { class: "note" }, given(say(where, { file: data.file, book: data.book, sheet: data.sheet })), " ", words.wgs84),
    formulas ? el("p", { class: "note" }, say("formula_ids", { n: formulas })) : null,
    memoryNote);
}

function listSection() {
  return el("section", { id: "list" },
    el("h2", {}, illustrated(words.list)),
    el("p", { class: "progress" }, progress, counted),
    list,
    el("p", { class: "tools" }, undoTool, takeAwayTool, nextTool),
    fileTools());
}

function mapSection() {
  return el("section", { id: "map" },
    el("h2", { class: "unseen" }, illustrated(words.map)),
    el("div", { class: "controls" }, asked, tool(words.whole_area, showArea), searchBox([
      ...townships.map((township) => ({ township, name: township.name, id: township.code, label: words.township })),
      ...rows.map((row) => ({ row, name: nameOf(row), id: row.id, label: words.list })),
      ...sites.map((site) => ({ site, name: site.name, id: site.id, label: words.placed_site })),
    ], show)),
    el("div", { class: "frame" }, drawing(el("span", { class: "cross", "aria-hidden": "true" }))),
    el("p", { class: "under" }, words.keys));
}

async function start() {
  list.append(...rows.map(listItem));
  document.getElementById("page").replaceChildren(
    el("header", {},
      el("h1", {}, words.page, " · ", given(data.title), data.illustrative
        ? el("span", { class: "badge illustrative" }, words.illustrative) : null),
      el("p", {}, words.lead)),
    el("main", {}, listSection(), mapSection()),
  );
  if (typeof DecompressionStream === "undefined") {
    asked.replaceChildren(words.old_browser);
    return;
  }
  await drawMap();
  recall();
  redraw();
  listenToMap();
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && event.target.type !== "search") {
      event.preventDefault();
      undo();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (!work.saved && !work.remembered) event.preventDefault();
  });
  document.documentElement.dataset.ready = Math.round(performance.now());
}

start();
