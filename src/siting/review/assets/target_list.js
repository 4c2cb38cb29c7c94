// Targets: a short list by target for the first screen, a table of every year for the rest.

// The years of each target, in the order of the targets.
function targetGroups() {
  const groups = new Map();
  for (const target of data.targets) {
    if (!groups.has(target.id)) groups.set(target.id, []);
    groups.get(target.id).push(target);
  }
  return [...groups.values()];
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

// What a target lacks: zones that fall short, or that have none although it is met.
function writeLacking({ lacking, lacking_told: told }, most = Infinity) {
  const names = lacking.slice(0, most).join(chinese ? "、" : ", ") + (lacking.length > most ? "…" : "");
  return say(told, { names });
}

function targetItem(years) {
  const last = years.at(-1), missed = years.findLast((target) => !target.met);
  const due = years.some((target) => target.due);
  const chips = years.length > 1 || last.year !== lastYear ? yearChips(years) : null;
  const [kind, mark, told] = missed ? ["unmet", "✘", words.unmet]
    : due ? ["met", "✔", words.met] : ["waiting", "–", words.not_due];
  return el("li", { class: missed ? "missed" : "" },
    el("span", { class: `${kind} mark-cell` }, mark, el("span", { class: "unseen" }, told)),
    el("div", { class: "what" },
      el("b", { title: last.name === last.short ? null : last.name }, given(last.short)), chips,
      el("small", { class: "clause-line" }, given(last.clause)),
      last.served_share === null ? null
        : el("small", {}, say("served_beside", { share: write("share", last.served_share) })),
      missed?.lacking.length ? el("small", { class: "lacking" }, given(writeLacking(missed, 4))) : null,
      missed?.gap_proven ? el("small", {}, words[`gap_proven_${missed.gap_proven}`]) : null),
    el("div", { class: "how-far" },
      el("b", {}, due ? write(last.unit, last.achieved, furtherDigits(last.unit, last)) : words.not_due),
      el("small", {}, say(last.kind === "budget" ? "target_at_most" : "target_required",
        { required: writeRequired(last.unit, last) }))));
}

function targetCard() {
  const { met, all, not_due: waiting } = data.tally;
  return el("section", { class: "card", id: "met" },
    el("h2", {}, illustrated(say("targets_met", { met, all, by_year: byYear(data.tally), not_due: notDueClause(waiting) }))),
    el("ul", { class: "targets" }, 
      // Those that it misses first.
      targetGroups().sort((a, b) => a.every((t) => t.met) - b.every((t) => t.met)).map(targetItem)),
    el("p", { class: "more" }, el("a", { href: "#targets" }, words.more_targets)));
}

// The years of a target one after the other, those that are told alike with one clause.
function targetRows() {
  return targetGroups().flatMap((years) => {
    const told = (t) => [t.clause, t.sentence, t.reading].join("\n");
    const first = [];
    for (const target of years) {
      if (first.at(-1) && told(first.at(-1)[0]) === told(target)) first.at(-1).push(target);
      else first.push([target]);
    }
    return first.flatMap((alike) => alike.map((target, n) => ({ ...target, alike: n ? [] : alike })));
  });
}

function clauseNode({ clause, sentence, reading, alike }) {
  return el("div", {},
    given(clause),
    sentence ? el("q", { dir: "auto" }, sentence) : null,
    reading ? el("small", {}, words.reading, given(reading)) : null,
    alike.filter(({ lacking }) => lacking.length).map((target) => el("small",
      { class: target.met ? "without" : "lacking" },
      alike.length > 1 ? `${target.year} ` : "", given(writeLacking(target)))));
}

function targetTable() {
  const counted = (target, which) => {
    const [value, count] = [target[which === "plan" ? "achieved" : which], target[
      { required: "required_count", today: "today_count", plan: "achieved_count" }[which]]];
    return [which === "required" ? writeRequired(target.unit, target) : write(target.unit, value, furtherDigits(target.unit, target)),
      which === "plan" && target.served_share !== null
        ? el("small", {}, ` ${say("served_beside", { share: write("share", target.served_share) })}`) : null,
      count === null || target.counted === null || target.unit === "count" ? null
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
    { label: words.clause, kind: "text", of: (t) => t.clause, style: "clause", node: clauseNode,
      rows: (t) => t.alike.length },
  ], targetRows(), { caption: illustrated(words.targets) });
}

function provisionTable() {
  const met = { met: true, missed: false, part: false };
  return table([
    { label: words.number, kind: "text", of: (p) => p.id, style: "id" },
    { label: words.provision, kind: "text", of: (p) => p.title, head: true },
    { label: words.strength, kind: "text", of: (p) => p.strength },
    { label: words.result, kind: "text", of: (p) => p.state, node: (p) => (p.state in met
      ? metMark(met[p.state], p.state_told) : el("span", {}, p.state_told)) },
    { label: words.carried_by, kind: "text", of: (p) => p.carried },
    { label: words.clause, kind: "text", of: (p) => p.clause, style: "clause", node: (p) => el("div", {},
      given(p.clause), el("q", { dir: "auto" }, p.sentence),
      p.reading ? el("small", {}, words.reading, given(p.reading)) : null,
      p.changed ? el("small", { class: "changed" }, given(p.changed)) : null,
      el("small", {}, given(p.how)),
      p.found ? el("small", {}, given(p.found)) : null) },
  ], data.provisions, { caption: illustrated(words.provisions) });
}
