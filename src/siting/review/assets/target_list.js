// Targets: a short list by target for the first screen, a table of every year for the rest.

// The years of each target, those it misses first.
function targetGroups() {
  const groups = new Map();
  for (const target of data.targets) {
    if (!groups.has(target.id)) groups.set(target.id, []);
    groups.get(target.id).push(target);
  }
  return [...groups.values()].sort((a, b) => a.every((t) => t.met) - b.every((t) => t.met));
}

// Years that stand alike, one after the other: "✔ 2023–2024", "✘ 2025".
function yearChips(years) {
  const spans = [];
  for (const { year, met, due } of years) {
    if (!due) continue;
    if (spans.at(-1)?.met === met) spans.at(-1).to = year;
    else spans.push({ from: year, to: year, met });
  }
  return el("span", { class: "chips" }, spans.map(({ from, to, met }) => el("span",
    { class: met ? "chip" : "chip missed" }, met ? "✔ " : "✘ ", from === to ? from : `${from}–${to}`)));
}

function targetItem(years) {
  const last = years.at(-1), met = years.every((target) => target.met);
  const chips = years.length > 1 ? yearChips(years) : null;
  const lacking = years.findLast((target) => !target.met)?.lacking ?? [];
  const missing = lacking.length
    ? say("lacking", { names: lacking.slice(0, 4).join(chinese ? "、" : ", ") + (lacking.length > 4 ? "…" : "") }) : null;
  return el("li", { class: met ? "" : "missed" },
    el("span", { class: met ? "met mark-cell" : "unmet mark-cell" }, met ? "✔" : "✘",
      el("span", { class: "unseen" }, met ? words.met : words.unmet)),
    el("div", { class: "what" },
      el("b", {}, given(last.name)), chips,
      el("small", { class: "clause-line", title: last.clause }, given(last.clause)),
      missing ? el("small", { class: "lacking" }, given(missing)) : null),
    el("div", { class: "how-far" },
      el("b", {}, write(last.unit, last.achieved)),
      el("small", {}, say(last.kind === "budget" ? "target_at_most" : "target_required",
        { required: writeRequired(last.unit, last) }))));
}

function targetCard() {
  const met = data.targets.filter((target) => target.met).length;
  return el("section", { class: "card", id: "met" },
    el("h2", {}, illustrated(say("targets_met", { met, all: data.targets.length }))),
    el("ul", { class: "targets" }, targetGroups().map(targetItem)),
    el("p", { class: "more" }, el("a", { href: "#targets" }, words.more_targets)));
}

function targetTable() {
  const counted = (target, which) => {
    const [value, count] = [target[which === "plan" ? "achieved" : which], target[
      { required: "required_count", today: "today_count", plan: "achieved_count" }[which]]];
    return [which === "required" ? writeRequired(target.unit, target) : write(target.unit, value),
      count === null || target.unit === "count" ? null
      : el("small", {}, ` ${write("count", count)}/${write("count", target.counted)}`)];
  };
  const amount = (which) => ({
    label: words[which], kind: "share", of: () => null, node: (t) => el("span", {}, counted(t, which)),
  });
  return table([
    { label: words.number, kind: "text", of: (t) => t.id, style: "id" },
    { label: words.target, kind: "text", of: (t) => t.name, head: true },
    { label: words.year, kind: "year", of: (t) => t.year },
    amount("today"), amount("required"), amount("plan"),
    { label: words.result, kind: "text", of: (t) => t.met, node: dueMark },
    { label: words.force, kind: "text", of: (t) => (t.hard ? words.hard : words.soft) },
    { label: words.clause, kind: "text", of: (t) => t.clause, style: "clause", node: (t) => el("div", {},
      given(t.clause),
      t.sentence ? el("q", { dir: "auto" }, t.sentence) : null,
      t.reading ? el("small", {}, words.reading, given(t.reading)) : null,
      t.lacking.length ? el("small", { class: "lacking" }, given(say("lacking",
        { names: t.lacking.join(chinese ? "、" : ", ") }))) : null) },
  ], data.targets, { caption: illustrated(words.targets) });
}

function provisionTable() {
  const met = { met: true, missed: false, part: false };
  return table([
    { label: words.number, kind: "text", of: (p) => p.id, style: "id" },
    { label: words.provision, kind: "text", of: (p) => p.title, head: true },
    { label: words.force, kind: "text", of: (p) => p.strength },
    { label: words.result, kind: "text", of: (p) => p.state, node: (p) => (p.state in met
      ? metMark(met[p.state], words[`state_${p.state}`]) : el("span", {}, words[`state_${p.state}`])) },
    { label: words.carried_by, kind: "text", of: (p) => p.carried },
    { label: words.clause, kind: "text", of: (p) => p.clause, style: "clause", node: (p) => el("div", {},
      given(p.clause), el("q", { dir: "auto" }, p.sentence),
      p.reading ? el("small", {}, words.reading, given(p.reading)) : null,
      el("small", {}, given(p.how)),
      p.found ? el("small", {}, given(p.found)) : null) },
  ], data.provisions, { caption: illustrated(words.provisions) });
}
