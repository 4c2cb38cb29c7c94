// Tables: sortable, filtered by district, real <table>s.

// columns: {label, kind, of: row -> value, node: row -> Node, rows: row -> number of rows that its
// cell spans, 0 where one above does}; numbers stand right. A table
// that follows is drawn anew when the moment changes; `first` is the label it is sorted by.
const numeric = new Set(["count", "decimal", "share", "wan", "money", "gap", "seconds", "only_minutes"]);

function table(columns, rows, {
  caption, sortable = false, filter = null, id = null, follows = false, first = null,
} = {}) {
  const body = el("tbody");
  const counted = el("span", { class: "rows", "aria-live": "polite" });
  let order = null, chosen = "";

  function cell(column, row) {
    const span = column.rows ? column.rows(row) : 1;
    if (!span) return null;
    const value = column.of(row);
    const isNumber = numeric.has(column.kind);
    const content = column.node ? column.node(row) : isNumber || column.kind === "year"
      ? write(column.kind, value)
      : given(value === null || value === undefined ? words.nothing : String(value));
    return el(column.head ? "th" : "td", {
      class: [isNumber ? "number" : column.kind === "year" ? "year-number" : null, column.style].filter(Boolean).join(" ") || null,
      scope: column.head ? "row" : null,
      rowspan: span > 1 ? span : null,
    }, content);
  }

  function compare(a, b) {
    const [x, y] = [order.column.of(a), order.column.of(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    const by = typeof x === "number" ? x - y : String(x).localeCompare(String(y), locale);
    return order.down ? -by : by;
  }

  function draw() {
    let shown = filter && chosen !== "" ? rows.filter((row) => filter(row) === chosen) : [...rows];
    if (order) shown = shown.sort(compare);
    body.replaceChildren(...shown.map((row) => el("tr", {}, columns.map((c) => cell(c, row)))));
    counted.textContent = say("rows", { shown: shown.length, all: rows.length });
  }

  function sortBy(k) {
    const column = columns[k];
    order = { column, down: order?.column === column ? !order.down : numeric.has(column.kind) };
    for (const other of heads) other.removeAttribute("aria-sort");
    heads[k].setAttribute("aria-sort", order.down ? "descending" : "ascending");
    draw();
  }

  const heads = columns.map((column) => {
    const head = el("th", {
      scope: "col", class: [numeric.has(column.kind) ? "number" : null, column.style].filter(Boolean).join(" ") || null,
    });
    if (!sortable) {
      head.append(column.label);
      return head;
    }
    // Browsers do not repeat a heading that holds a button on every sheet of paper.
    head.append(el("span", { class: "on-paper", "aria-hidden": "true" }, column.label), el("button", {
      type: "button", class: "sort", title: words.sort_by,
      onclick: () => sortBy(columns.indexOf(column)),
    }, column.label));
    return head;
  });

  if (first) sortBy(columns.findIndex(({ label }) => label === first));
  else draw();
  if (follows) followers.push(draw);
  const whole_ = el("div", { class: "table", id, tabindex: sortable ? "0" : null,
    role: sortable ? "region" : null, "aria-label": sortable ? caption : null },
  el("table", {},
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, heads)),
    body));
  if (!filter) return whole_;
  const names = [...new Set(rows.map(filter))].sort((a, b) => a.localeCompare(b, locale));
  const select = el("select", { onchange: () => {
    chosen = select.value;
    draw();
  } },
  el("option", { value: "" }, words.everywhere),
  names.map((name) => {
    const option = el("option", {}, name);
    option.value = name;
    return option;
  }));
  return [
    el("p", { class: "tools" }, el("label", {}, `${words.filter} `, select), counted),
    whole_,
  ];
}

// What stands in columns: where a site lies, and whether a target is met.
const districtOf = (site) => site.township?.district ?? words.outside;
const townshipOf = (site) => site.township?.name ?? words.outside;

function metMark(met, text = met ? words.met : words.unmet) {
  return el("span", { class: met ? "met" : "unmet" }, met ? "✔ " : "✘ ", text);
}

function dueMark(target) {
  return target.due ? metMark(target.met) : el("span", {}, words.not_due);
}

// What a target asks for, and the most that it allows.
function writeRequired(unit, target, further = furtherDigits(unit, target)) {
  const { required, required_upper } = target;
  const upper = required_upper === null || required_upper === required ? ""
    : `–${write(unit, required_upper, further)}`;
  return write(unit, required, further) + upper;
}
