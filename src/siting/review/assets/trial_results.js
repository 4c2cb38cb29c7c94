// What a trial comes to, below the map; and the bar that says that it is no plan.

const resultParts = { figures: el("div"), tables: el("div") };
const trialResults = el("div", { id: "trial-results", role: "region", "aria-labelledby": "trial-of-year", hidden: true },
  resultParts.figures, switchedList, resultParts.tables);
const trialMark = el("div", { id: "trial-mark", role: "status", hidden: true });
// What stands unfolded below the tiles: the targets, until somebody folds them.
const unfolded = { targets: true, townships: false };
// Figures that stay in sight while the map is scrolled.
const inSight = [
  ["trial_covered", "share", (area) => area.population_coverage],
  ["trial_with_place", "count", (area) => area.takers - area.reachable_full - area.unreachable],
  ["trial_unreachable", "count", (area) => area.unreachable],
  ["trial_places", "count", (area) => area.places],
];

function drawResults(active, plan, now) {
  for (const { dataset, open } of trialResults.querySelectorAll("details")) unfolded[dataset.part] = open;
  trialResults.hidden = !active;
  const year = trial.years[tried.year];
  redrawSwitched();
  resultParts.figures.replaceChildren(...(active ? [
    el("h3", { id: "trial-of-year" }, illustrated(say("trial_of_year", { year }))),
    standsIn() ? null : el("p", { class: "trial-elsewhere" },
      say("trial_elsewhere", { shown: stateName(moment.state, moment.year), year })),
    ...figureTiles(plan, now),
    el("p", { class: "under" }, words.trial_else, space, trialMoney()),
  ].filter(Boolean) : []));
  resultParts.tables.replaceChildren(...(active ? [
    foldedPart("targets", illustrated(say("trial_targets", { year })), () => [trialTargetTable(plan, now)]),
    foldedPart("townships", illustrated(words.trial_townships), () => [
      el("p", { class: "under" }, words.trial_township_note), trialTownshipTable(plan, now)].flat())] : []));
}

// A part that is filled once it is unfolded.
function foldedPart(name, summary, content) {
  const details = el("details", { "data-part": name, open: unfolded[name] }, el("summary", {}, summary));
  const fill = () => { if (details.open && details.childElementCount === 1) details.append(...content()); };
  details.addEventListener("toggle", fill);
  fill();
  return details;
}

// What is known of money: what the plan spends at the sites that the trial closes.
function trialMoney() {
  const closed = [...tried.sites].filter(([site, { open }]) => !open && planRow.has(site));
  const spent = total(closed.map(([site]) => sites[planRow.get(site)].cost));
  return `${words.trial_no_money}${closed.length ? space + say("trial_spent", { money: write("money", spent) }) : ""}`;
}

function markTrial(active, plan, now) {
  trialMark.hidden = !active;
  document.documentElement.classList.toggle("trying", active);
  trialMark.replaceChildren(...(active ? [
    el("b", {}, say("trial_mark", { changes: trialChanges() })), " ",
    el("span", { class: "mark-tools" },
      el("a", { href: "#trial-results" }, words.trial_all_figures),
      el("button", { type: "button", onclick: backToPlan }, words.trial_reset)),
    el("span", { class: "in-sight" }, [...inSight.map((figure) => figureInSight(figure, plan, now)), targetsInSight(plan, now)])] : []));
}

function trialChanges() {
  return [
    tried.sites.size ? say("trial_of_sites", { count: tried.sites.size }) : null,
    tried.minutes === null ? null : say("trial_of_minutes", { minutes: tried.minutes }),
    tried.speed === trial.own_speed ? null : say("trial_of_speed", { speed: +trial.speeds[tried.speed].toFixed(1) }),
  ].filter(Boolean).join(chinese ? "、" : ", ");
}

const beside = (name, value, before, rest) => el("span", {}, `${name} `, el("b", {}, value),
  ` ${say("trial_against", { before, rest })}`);

// A figure beside that of the plan, with digits enough to tell them apart.
function figureInSight([word, kind, of], plan, now) {
  const [before, value] = [of(plan.area), of(now.area)];
  let further = 0;
  while (further < 2 && before !== value && write(kind, before, further) === write(kind, value, further)) further += 1;
  const change = kind === "count" && write(kind, before) !== write(kind, value) ? `${comma}${writeChange(kind, before, value)}` : "";
  return beside(words[word], write(kind, value, further), write(kind, before, further), change);
}

// How many targets are met, and which turned.
function targetsInSight(plan, now) {
  const met = targetsMet(plan, now);
  if (!met) return null;
  const turned = (word, ids) => (ids.length ? say(word, { ids: ids.join(chinese ? "、" : ", ") }) : "");
  const minutes = tried.minutes === null ? "" : say("trial_by_minutes", { minutes: tried.minutes });
  return beside(`${met.name}${minutes}`, met.value, met.before, turned("trial_lost", met.lost) + turned("trial_gained", met.gained));
}
