// Where everything comes from: parameters, notes, how the plan was solved, files.

function stageTable() {
  const named = (name) => {
    const priority = /^shortfall-(\d+)$/.exec(name);
    return priority ? say("stage_shortfall", { priority: priority[1] }) : words[`stage_${name}`] ?? name;
  };
  const amount = (value, unit) => (value === null ? words.nothing
    : `${unit === "targets" ? +value.toPrecision(4) : write("count", value)} ${words[`unit_${unit}`] ?? unit}`);
  return table([
    { label: words.stage, kind: "text", of: ([name]) => named(name), head: true },
    { label: words.value, kind: "count", of: () => null, node: ([, , value, , unit]) => amount(value, unit) },
    { label: words.bound, kind: "count", of: () => null, node: ([, , , bound, unit]) => amount(bound, unit) },
    { label: words.checked_bound, kind: "count", of: () => null, node: ([, , , , unit, , checked]) => amount(checked, unit) },
    { label: words.gap, kind: "count", of: () => null, node: ([, , , , , gap]) => (gap === null
      ? words.nothing : gap < 1e-6 ? "0" : write("gap", gap)) },
  ], data.stages, { caption: words.stages });
}

function guidanceTable() {
  return table([
    { label: words.year, kind: "year", of: ([year]) => year },
    { label: words.guided, kind: "text", of: ([, , site]) => site, head: true },
    { label: words.guides, kind: "text", of: ([, , , medical]) => medical },
    { label: words.way, kind: "minutes", of: ([, , , , minutes]) => minutes },
  ], data.guidance.filter(([year]) => year === data.guidance.at(-1)[0]), { caption: illustrated(words.guidance) });
}

function parameterTable() {
  return table([
    { label: words.parameter, kind: "text", of: ({ word, of }) => say(word, of), head: true },
    { label: words.value, kind: "text", of: ({ value: [kind, value] }) => write(kind, value) },
    { label: words.source, kind: "text", of: ({ source }) => source || words.nothing },
  ], data.parameters, { caption: words.assumptions });
}

function list(heading, texts) {
  return texts.length ? [el("h3", {}, heading),
    el("ul", { class: "notes" }, texts.map((text) => el("li", {}, given(text))))] : [];
}

function sourceSection() {
  return [
    stageTable(),
    el("p", { class: "under" }, words.conditional),
    list(words.given_sources, data.sources),
    parameterTable(),
    list(words.notes, data.notes),
    data.guidance.length ? guidanceTable() : null,
    table([
      { label: words.file, kind: "text", of: ([name]) => name, head: true },
      { label: "sha256", kind: "text", of: ([, sum]) => sum, style: "sum" },
    ], data.files, { caption: words.files }),
    el("p", { class: "under sum" }, `${words.plan_hash}: ${data.plan_hash}`),
    el("p", {}, words.colours),
    el("p", {}, words.made_with),
  ];
}
