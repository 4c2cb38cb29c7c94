// The sites that a trial switches, as a list: only what changed since is drawn anew.

const switchedList = el("ul", { class: "switched", "aria-label": words.trial_switched, hidden: true });
const switchedRows = new Map();

// What a trial does at a site, in a word.
function switchedWord(site, open) {
  if (!open) return words.trial_closed;
  return trial.states[tried.year].open[site] ? words.trial_changed : words.trial_opened;
}

function redrawSwitched() {
  for (const [site, { word, row }] of switchedRows) {
    const now = tried.sites.get(site);
    if (now && switchedWord(site, now.open) === word) continue;
    row.remove();
    switchedRows.delete(site);
  }
  for (const [site, { open }] of tried.sites) {
    if (switchedRows.has(site)) continue;
    const word = switchedWord(site, open), row = switchedRow(site, open, word);
    switchedRows.set(site, { word, row });
    switchedList.append(row);
  }
  switchedList.hidden = !tried.sites.size;
}

function switchedRow(site, open, word) {
  const name = trial.sites.name[site];
  return el("li", { class: open ? "on" : "off" },
    el("button", { type: "button", class: "link", onclick: () => chooseHost(site, { move: true }) }, given(name)),
    ` ${word} `,
    el("button", { type: "button", class: "undo", "aria-label": say("trial_undo", { name }), onclick: () => {
      tried.sites.delete(site);
      redrawTrial();
      (switchedList.querySelector(".undo") ?? document.getElementById("trial-site")).focus({ preventScroll: true });
    } }, "×"));
}
