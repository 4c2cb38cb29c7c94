// The panel of a township: its figures, what the plan does there, how it stands.

const townshipFigures = [
  ["residents", "count", "residents"], ["under3", "count", "under3"],
  ["population_share", "share", "population_coverage"], ["places", "count", "places"],
  ["places_per_thousand", "decimal", "places_per_thousand"], ["takers", "count", "takers"],
  ["has_place", "count", "served"], ["beyond", "count", "served_beyond"],
  ["full", "count", "reachable_full"], ["no_place", "count", "unreachable"],
  ["fill_existing", "share", "fill_existing"], ["fill_new", "share", "fill_new"],
  ["map_median_minutes", "only_minutes", "median_s"], ["map_worst_under3", "count", "worst_under3"],
];

function townshipFacts(township) {
  const year = planYear();
  const column = (state, of) => ({
    label: stateName(state, of), kind: "count", of: () => null,
    node: ([, kind, name]) => write(kind, township.figure(state, of, name)),
  });
  const ranks = data.overall[year];
  return [
    panelHead(township.name, [given(township.district), " · ", given(township.code)], { township }),
    ranks && ranks.rank[township.i] !== null ? facts([[words.overall_rank, say("overall_rank_of", {
      rank: ranks.rank[township.i], ranked: ranks.ranked, met: ranks.met[township.i],
      held: ranks.held[township.i] })]]) : null,
    table([
      { label: words.figure, kind: "text", of: ([word]) => say(word).trim(), head: true },
      column("today", data.base_year), column("no_action", year), column("plan", year),
    ], townshipFigures, { caption: illustrated(words.figures) }),
  ];
}

function townshipActions(township) {
  const rows = township.acted.flatMap((site) => site.actions.map((each) => ({ site, ...each })))
    .sort((a, b) => a.year - b.year);
  return [
    el("h4", {}, illustrated(words.township_sites)),
    rows.length ? el("ul", { class: "sites" }, rows.map(({ site, year, action, places }) => el("li", {},
      `${year} `, markIcon(action), siteButton(site),
      ` ${words[action]}`, places ? `${comma}${say("places_change", { places: writeChange("count", 0, places) })}` : "")))
      : el("p", {}, words.none_here),
    township.kept ? el("p", { class: "under" }, say("township_keeps", { count: township.kept })) : null,
  ];
}

// Targets of the year; where none is due in it, the last year that asks for each.
function standing(township) {
  const year = planYear();
  const last = new Map(data.ranks.map((r) => [data.targets[r.target].id, data.targets[r.target].year]));
  const here = data.ranks.filter((r) => {
    const target = data.targets[r.target];
    const due = data.ranks.some((other) => data.targets[other.target].id === target.id
      && data.targets[other.target].year === year);
    return target.year === (due ? year : last.get(target.id));
  });
  const rank = (r) => (r.rank[township.i] === null ? given(r.reason[township.i])
    : say(r.tied[township.i] > 1 ? "rank_tied" : "rank_of",
      { rank: r.rank[township.i], ranked: r.ranked, tied: r.tied[township.i] }));
  const meets = { true: ["met", "✔ "], false: ["unmet", "✘ "], null: ["", ""] };
  if (!here.length) return [];
  return [
    el("h4", {}, illustrated(words.standing)),
    el("ul", { class: "standing" }, here.map((r) => {
      const [kind, mark] = meets[r.meets[township.i]];
      const target = data.targets[r.target], held_ = r.meets[township.i] !== null && r.unit === target.unit;
      const further = held_ ? furtherDigits(r.unit, { required: target.required,
        achieved: r.figure[township.i], met: r.meets[township.i] }) : 0;
      return el("li", { title: `${target.clause}：${target.sentence}` },
        el("b", {}, given(target.id)), " ", given(target.name), ` ${target.year} `,
        r.figure[township.i] === null ? null
          : el("span", { class: kind }, mark, write(r.unit, r.figure[township.i], further)),
        held_ ? el("small", {}, ` ${say("target_required", {
          required: write(r.unit, target.required, further) })}`) : null,
        " ", el("small", {}, rank(r)));
    })),
  ];
}

townshipParts.push(townshipFacts, townshipActions, standing);
