// The page that compares plans: its sections, in order, around the map that Folium made.

const title = `${data.title}`;
document.title = data.illustrative && !title.includes(words.illustrative)
  ? illustrated(title) : title;

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
    el("p", {}, el("b", { class: plan.met === plan.asked ? "met" : "" },
      say("targets_met", { met: plan.met, all: plan.asked }))),
    el("p", { class: "under" }, plan.alternative ? `${alternativeProof(plan.alternative, plans[0].label)} ` : null, proofOf(plan)));
}

function head() {
  return el("header", {},
    el("h1", {}, given(title), data.illustrative
      ? el("span", { class: "badge illustrative" }, words.illustrative) : null),
    el("p", { class: "achieves" }, say("lead", { count: plans.length, townships: write("count", data.township_count) })),
    data.illustrative ? el("p", { class: "note" }, words.illustrative_note) : null,
    el("nav", { "aria-label": words.nav }, ["trade_offs", "targets", "figures", "map", "sites", "townships",
      ...(data.alternatives.length ? ["alternatives"] : []), "sources"]
      .map((id) => el("a", { href: `#${id}` }, words[id]))));
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
        el("span", {}, given(text), " ", el("small", {}, alternativeProof(told, label)))))),
    ]),
    el("p", { class: "under" }, words.see_alternatives),
  ];
}

function sources() {
  return [
    table([
      { label: say("plan", { label: "" }).trim(), kind: "text", of: ({ label }) => label, head: true, node: letter },
      { label: words.name, kind: "text", of: ({ name }) => name },
      { label: words.status, kind: "text", of: (plan) => `${proofOf(plan)}` },
      { label: words.plan_hash, kind: "text", of: ({ plan_hash }) => plan_hash.slice(0, 16), style: "sum" },
    ], plans, { caption: words.plans }),
    el("p", { class: "under" }, words.conditional),
    data.files.length ? fileTable() : null,
    el("p", {}, words.made_with),
  ];
}

async function start() {
  document.getElementById("page").replaceChildren(
    head(),
    el("main", {},
      el("div", { class: "cards" }, plans.map(planCard)),
      remarks(),
      section("trade_offs", tradeOffs()),
      el("div", { class: plans.length > 2 ? null : "pair" },
        section("targets", targetTable()),
        section("figures", figureTable(), el("p", { class: "under" }, words.rounded))),
      section("map", controls, chosenTradeOff,
        el("div", { class: "mapped" }, el("div", { class: "frame" }, drawing(paper), legend), panel)),
      section("sites", siteTable()),
      section("townships", townshipHolder),
      data.alternatives.length ? section("alternatives", alternatives()) : null,
      section("sources", sources())),
  );
  classify();
  drawControls();
  drawPair();
  showPanel();
  if (typeof DecompressionStream === "undefined") {
    legend.replaceChildren(words.old_browser);
    return;
  }
  await drawLayers();
  look();
  listenToMap();
  window.addEventListener("beforeprint", () => fitPaper(true));
  window.addEventListener("afterprint", () => fitPaper(false));
  document.documentElement.dataset.ready = Math.round(performance.now());
}

start();
