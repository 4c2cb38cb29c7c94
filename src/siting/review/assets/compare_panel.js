// Beside the map: what the plans do at what was clicked.

const writeStep = ([year, action, added]) => say("done", {
  year, action: words[action], added: added ? `${added > 0 ? "+" : "−"}${Math.abs(added)}` : "",
}).trim();

// What a plan does at a site, in few words.
function doing(does) {
  if (!does.action) return el("span", { class: "under" }, words.not_there);
  const years = plans.some(({ years: all }) => all.length > 1 || all[0] !== plans[0].years[0]);
  return el("span", { class: "doing" },
    el("span", { class: "action" }, does.action === "keep" ? null : markIcon(does.action), words[does.action]),
    does.action === "keep" ? ` ${write("count", does.places)}`
      : ` ${write("count", does.before)} → ${write("count", does.places)}`,
    years && does.done.length ? el("small", {}, does.done.map(writeStep).join(chinese ? "；" : "; ")) : null);
}

function siteDetails(site) {
  const acted = plans.map((plan) => ({ plan, does: site.does[plan.i] }));
  return [
    panelHead(site.name, illustrated(actingNameOrNone(site))),
    el("ul", { class: "by-plan" }, acted.map(({ plan, does }) => el("li", {}, letter(plan),
      el("div", {}, doing(does), does.action && does.action !== "close"
        ? el("p", { class: "under" }, `${words.children} ${write("count", does.children)}`) : null,
      does.acts ? el("p", { class: "under" }, `${words.cost_wan} ${write("wan", does.cost)}`) : null)))),
    facts([
      [words.tier, given(site.tier)], [words.host, given(site.host)],
      [words.township, townshipButton(site.township)], [words.site_id, given(site.id)],
    ]),
  ];
}

const actingNameOrNone = (site) => (site.acting.length ? actingName(site) : words.nobody);

const townshipFigures = [
  ["residents", "count", "residents"], ["under3", "count", "under3"],
  ["population_share", "share", "population_coverage"], ["places", "count", "places"],
  ["places_per_thousand", "decimal", "places_per_thousand"], ["takers", "count", "takers"],
  ["has_place", "count", "served"], ["reachable_full", "count", "reachable_full"],
  ["unreachable", "count", "unreachable"],
];

function townshipDetails(township) {
  const acted = township.sites.filter((site) => site.acting.length);
  const differ = acted.filter((site) => !site.alike), same = acted.length - differ.length;
  return [
    panelHead(township.name, [given(township.district), " · ", given(township.code)]),
    table([
      { label: words.figure, kind: "text", of: ([word]) => say(word).trim(), head: true },
      ...plans.map((plan) => ({ label: plan.label, kind: "count", of: () => null,
        node: ([, kind, f]) => write(kind, township.of(plan, f)) })),
    ], townshipFigures, { caption: illustrated(words.figures) }),
    el("h4", {}, illustrated(words.differ_here)),
    differ.length ? el("ul", { class: "sites" }, differ.map((site) => el("li", {}, siteButton(site),
      el("ul", {}, plans.map((plan) => el("li", {}, letter(plan), " ",
        doing(site.does[plan.i]))))))) : el("p", {}, words.none_here),
    same ? el("p", { class: "under" }, say("alike_here", { count: same })) : null,
  ];
}

siteParts.push(siteDetails);
townshipParts.push(townshipDetails);
