// The controls of a trial, above the map.

const trialPanel = el("div", { id: "trial", role: "region", "aria-labelledby": "trial-title", hidden: true });
const trialParts = {};

// Begin: read the pack, draw the panel; `sitingTrial` lets others ask for the figures of a state.
async function startTrial() {
  if (!trial) return;
  known.packed = await unpackTrial(trial);
  globalThis.sitingTrial = { figures: (choices) => figuresOf(triedState(choices)), file: trialFile };
  trialPanel.replaceChildren(el("h3", { id: "trial-title" }, illustrated(words.trial)),
    el("p", { class: "under" }, words.trial_lead), trialControlsOfAll());
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
belowMap.push(() => trialResults);

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
    oninput: () => input.setCustomValidity(""), onchange: () => {
      const typed = input.value.trim();
      const like = typed ? trial.sites.id.map((_, at) => at).filter((at) => label(at).includes(typed)) : [];
      const site = [input.value, typed].map((text) => byLabel.get(text) ?? byName.get(text)).find((at) => at !== undefined)
        ?? (like.length === 1 ? like[0] : undefined);
      input.setCustomValidity(!typed || site !== undefined ? ""
        : like.length ? say("trial_many_sites", { count: like.length }) : words.trial_no_site);
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
  markTrial(active, plan, now);
  redraw();
  drawTried();
  if (chosenHost.site === null) showPanel();
  else showHost();
  document.documentElement.dataset.trying = active ? "yes" : "";
}
