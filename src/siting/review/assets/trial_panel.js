// The panel of a trial: its controls, what it changes, and the mark that it is no plan.

const trialPanel = el("div", { id: "trial", hidden: true });
const trialMark = el("div", { id: "trial-mark", role: "status", hidden: true });
const trialParts = {};
// What stands unfolded below the tiles: the targets, until somebody folds them.
const unfolded = { targets: true, townships: false };

// Begin: read the pack, draw the panel; `sitingTrial` lets others ask for the figures of a state.
async function startTrial() {
  if (!trial) return;
  known.packed = await unpackTrial(trial);
  globalThis.sitingTrial = { figures: (choices) => figuresOf(triedState(choices)), file: trialFile };
  const title = el("h3", { id: "trial-title" }, illustrated(words.trial));
  Object.assign(trialParts, { figures: el("div"), tables: el("div"), controls: trialControlsOfAll() });
  trialPanel.replaceChildren(title, el("p", { class: "under" }, words.trial_lead),
    trialParts.controls,
    el("div", { id: "trial-results" }, trialParts.figures, switchedList, trialParts.tables));
  trialPanel.setAttribute("role", "region");
  trialPanel.setAttribute("aria-labelledby", "trial-title");
  trialPanel.hidden = false;
  document.getElementById("page").prepend(trialMark);
  followers.push(() => {
    tried.year = trialYearOf(moment);
    if (isTried()) redrawTrial();
  });
  showPanel();
}

beginnings.push(startTrial);
afterwards.push(prepareTrial);
mapTools.push(() => trialPanel);
siteParts.push((site) => trialControls(data.sites.at[site.i]));

const whenIdle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 50));

// What a trial is held against, step by step while nothing else is to be done: the last year first.
function prepareTrial() {
  if (!trial) return;
  const steps = trial.years.map((_, year) => year).reverse().flatMap((year) => preparations(year));
  steps.push(tryOne);
  const next = () => {
    steps.shift()();
    if (steps.length) whenIdle(next);
    else document.documentElement.dataset.prepared = Math.round(performance.now());
  };
  whenIdle(next);
}

function trialControlsOfAll() {
  return el("div", { class: "controls trial-controls" },
    trial.minutes ? minutesControl() : null, speedControl(), siteControl(),
    el("label", { class: "check" }, el("input", { type: "checkbox", id: "trial-all", onchange: (event) => {
      chosenHost.shown = event.target.checked;
      drawTried();
    } }), words.trial_all),
    el("span", { class: "trial-buttons" },
      trialParts.reset = el("button", { type: "button", id: "trial-reset", disabled: true, onclick: backToPlan }, words.trial_reset),
      trialParts.export = el("button", { type: "button", id: "trial-export", disabled: true, onclick: exportTrial }, words.trial_export)));
}

function minutesControl() {
  const [least, most] = trial.minutes;
  const usual = [...new Set(trial.tiers.filter(({ walked }) => walked).map(({ limits, own }) => limits[own] / 60))];
  const told = usual.map((minutes) => +minutes.toFixed(2)).sort((a, b) => a - b).join("/");
  const output = el("output", { for: "trial-minutes" });
  const range = el("input", { type: "range", id: "trial-minutes", min: least, max: most, step: 1,
    value: Math.min(Math.max(Math.round(usual[0]), least), most), oninput: () => {
      tried.minutes = Number(range.value);
      redrawTrial();
    } });
  const own = el("button", { type: "button", id: "trial-own-minutes", onclick: () => {
    tried.minutes = null;
    redrawTrial();
  } }, words.trial_as_planned);
  trialParts.minutes = () => {
    const text = tried.minutes === null ? say("trial_own_minutes", { minutes: told })
      : say("trial_set_minutes", { minutes: tried.minutes });
    output.textContent = text;
    range.setAttribute("aria-valuetext", text);
    own.hidden = tried.minutes === null;
    if (tried.minutes === null) range.value = Math.min(Math.max(Math.round(usual[0]), least), most);
  };
  trialParts.minutes();
  return el("span", { class: "field" }, el("label", { for: "trial-minutes" }, words.trial_minutes), range, output, own);
}

function speedControl() {
  const select = el("select", { id: "trial-speed", title: trial.speed_source, onchange: () => {
    tried.speed = Number(select.value);
    redrawTrial();
  } }, trial.speeds.map((speed, i) => el("option", { value: i, selected: i === tried.speed },
    say(i === trial.own_speed ? "trial_speed_own" : "trial_speed_step", { speed: +speed.toFixed(1) }))));
  trialParts.speed = () => { select.value = tried.speed; };
  return el("label", { class: "field" }, words.trial_speed, select);
}

// Sites by id, or by a name that no other has, those of the plan and the hosts that it leaves out.
function siteControl() {
  const label = (site) => `${trial.sites.name[site]}（${trial.sites.id[site]}）`;
  const byLabel = new Map(trial.sites.id.flatMap((id, site) => [[id, site], [label(site), site]]));
  const byName = new Map();
  trial.sites.name.forEach((name, site) => byName.set(name, byName.has(name) ? undefined : site));
  const list = el("datalist", { id: "trial-sites" }, trial.sites.id.map((_, site) => el("option", { value: label(site) })));
  const input = el("input", { type: "search", id: "trial-site", list: "trial-sites", placeholder: words.trial_site_hint,
    onchange: () => {
      const typed = [input.value, input.value.trim()];
      const site = typed.map((text) => byLabel.get(text) ?? byName.get(text)).find((at) => at !== undefined);
      input.setCustomValidity(input.value && site === undefined ? words.trial_no_site : "");
      input.reportValidity();
      if (site === undefined) return;
      input.value = "";
      chooseHost(site, { move: true });
      panel.querySelector(".try button")?.focus();
    } });
  return el("label", { class: "field" }, words.trial_site, input, list);
}

function backToPlan() {
  resetTrial();
  redrawTrial();
  document.getElementById("trial-site").focus({ preventScroll: true });
}

function exportTrial() {
  const text = `${JSON.stringify(trialFile(), null, 1)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  el("a", { href: address, download: "trial.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// The year of a trial: that of the map where it can be tried, or else the last.
function trialYearOf({ state, year }) {
  const at = state === "plan" ? trial.years.indexOf(year) : -1;
  return at < 0 ? trial.years.length - 1 : at;
}

function redrawTrial() {
  const active = isTried();
  // The map goes to the year of a trial that begins.
  const begins = active && !trialParts.active, year = trial.years[tried.year];
  trialParts.active = active;
  if (begins && (moment.state !== "plan" || moment.year !== year)) {
    chooseMoment({ state: "plan", year });
    return;
  }
  const plan = planFigures(tried.year), now = active ? figuresOf(triedState()) : plan;
  standIn.now = active ? trialInstead(now) : null;
  trialParts.minutes?.();
  trialParts.speed();
  for (const button of [trialParts.reset, trialParts.export]) button.disabled = !active;
  drawResults(active, plan, now);
  markTrial(active);
  redraw();
  drawTried();
  if (chosenHost.site === null) showPanel();
  else showHost();
  document.documentElement.dataset.trying = active ? "yes" : "";
}

// What the trial comes to, beside the plan; the list of switched sites stays where it is.
function drawResults(active, plan, now) {
  const { figures, tables } = trialParts, year = trial.years[tried.year];
  for (const { dataset, open } of tables.querySelectorAll("details")) unfolded[dataset.part] = open;
  const part = (name, summary, content) => {
    const details = el("details", { "data-part": name, open: unfolded[name] }, el("summary", {}, summary));
    const fill_ = () => { if (details.open && details.childElementCount === 1) details.append(...[content()].flat()); };
    details.addEventListener("toggle", fill_);
    fill_();
    return details;
  };
  redrawSwitched();
  figures.replaceChildren(...(active ? [
    el("h4", {}, illustrated(say("trial_of_year", { year }))),
    standsIn() ? null : el("p", { class: "trial-elsewhere" },
      say("trial_elsewhere", { shown: stateName(moment.state, moment.year), year })),
    ...figureTiles(plan, now)].filter(Boolean) : []));
  tables.replaceChildren(...(active ? [
    part("targets", illustrated(say("trial_targets", { year })), () => trialTargetTable(plan, now)),
    part("townships", illustrated(words.trial_townships), () => [
      el("p", { class: "under" }, words.trial_township_note), trialTownshipTable(plan, now)].flat())] : []));
}

function markTrial(active) {
  const changes = [
    tried.sites.size ? say("trial_of_sites", { count: tried.sites.size }) : null,
    tried.minutes === null ? null : say("trial_of_minutes", { minutes: tried.minutes }),
    tried.speed === trial.own_speed ? null : say("trial_of_speed", { speed: +trial.speeds[tried.speed].toFixed(1) }),
  ].filter(Boolean).join(chinese ? "、" : ", ");
  trialMark.hidden = !active;
  document.documentElement.classList.toggle("trying", active);
  trialMark.replaceChildren(...(active ? [
    el("b", {}, say("trial_mark", { changes })), " ",
    el("span", { class: "else" }, `${words.trial_else} `),
    el("a", { href: "#trial" }, illustrated(words.trial)),
    el("button", { type: "button", onclick: backToPlan }, words.trial_reset)] : []));
}
