// The page that compares plans: its first screen and its sections, in their order.

function alternativeProof({ status, gap }, label) {
  const proof = status === "optimal" ? words.proven
    : gap === null ? words.unproven : phrase("proven_gap", { gap: ["gap", gap] });
  return say("alternative_gap", { proof, label });
}

function planCard(plan) {
  const figure = (name) => data.figures.find(([of]) => of === name)?.[3 + plan.i] ?? null;
  const fact = (term, value) => el("div", {}, el("dt", {}, term), el("dd", {}, value));
  const of = plan.alternative ? say("alternative_of", { number: plan.i }) : null;
  return el("article", { class: "card", "aria-label": planName(plan) },
    el("h3", {}, letter(plan), " ", of ?? given(plan.name)),
    el("p", { class: "under" }, plan.folder ? [given(say("folder", { folder: plan.folder })), " · "] : null,
      say("planned", { years: plan.years.join(chinese ? "、" : ", ") })),
    el("dl", { class: "facts" },
      fact(words.capital_cny, write("money", figure("capital_cny"))),
      fact(words.under3_share_of, write("share", figure("population_coverage"))),
      fact(words.density, write("decimal", figure("places_per_thousand")))),
    el("p", {}, el("b", { class: plan.tally.missed ? "" : "met" },
      say("targets_met", { ...plan.tally, by_year: byYear(plan.tally), not_due: notDueClause(plan.tally.not_due) }))),
    el("p", { class: "under" }, plan.alternative ? alternativeProof(plan.alternative, plans[0].label) + space : null, plan.proof.join(space)));
}

function head() {
  return heading(say("lead", { count: plans.length, townships: write("count", data.township_count) }));
}

function remarks() {
  return data.remarks.length ? el("div", { id: "remarks", role: "note" }, el("b", {}, words.remarks),
    el("ul", { class: "notes" }, data.remarks.map((remark) => el("li", {}, given(remark))))) : null;
}

function tradeOffs() {
  const [first, ...others] = plans;
  return el("div", { class: "weighed" },
    el("ul", { class: "trade-offs" }, others.map((plan) => el("li", {}, letter(plan), el("span", {},
      given(data.trade_offs[`${first.label}${plan.label}`]))))),
    picture());
}

function alternatives() {
  return [
    data.alternatives.map(({ label, note, found }) => [
      el("h3", {}, given(say("alternatives_of", { label, note }))),
      el("ul", { class: "trade-offs" }, found.map(({ text, ...told }, i) => el("li", {},
        el("span", { class: "letter" }, `${label}${i + 1}`),
        el("span", {}, given(text), space, el("small", {}, alternativeProof(told, label)))))),
    ]),
    el("p", { class: "under" }, words.see_alternatives),
  ];
}

function sourceSection() {
  return [
    table([
      { label: say("plan", { label: "" }).trim(), kind: "text", of: ({ label }) => label, head: true, node: letter },
      { label: words.name, kind: "text", of: ({ name }) => name },
      { label: words.status, kind: "text", of: (plan) => plan.proof.join(space) },
      { label: words.plan_hash, kind: "text", of: ({ plan_hash }) => plan_hash.slice(0, 16), style: "sum" },
    ], plans, { caption: words.plans }),
    el("p", { class: "under" }, words.conditional),
    data.files.length ? fileTable() : null,
    el("p", {}, words.colours),
    el("p", {}, words.made_with),
  ];
}

function story() {
  return el("div", { role: "group", "aria-label": words.story },
    el("div", { class: "cards" }, plans.map(planCard)), remarks());
}

function mapSection() {
  return [pairControls(), chosenTradeOff(),
    el("div", { class: "mapped" }, el("div", { class: "frame" }, drawing(paper), legend), panel)];
}

// Each section: its id, whether it is folded at first (the map cannot be), and what is in it.
const sections = [
  { id: "trade_offs", folded: false, content: tradeOffs },
  { id: "targets", folded: false, content: targetTable },
  { id: "figures", folded: false, content: () => [figureTable(), el("p", { class: "under" }, words.rounded)] },
  { id: "map", content: mapSection },
  { id: "sites", folded: false, content: siteTable },
  { id: "townships", folded: false, content: () => live(townshipTable) },
  ...(data.alternatives.length ? [{ id: "alternatives", folded: false, content: alternatives }] : []),
  { id: "sources", folded: true, content: sourceSection },
];
