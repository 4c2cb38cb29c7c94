// Controls of the map of compared plans: which two, what is shaded, which sites are marked.

function planChoice(which) {
  const select = el("select", { id: which, onchange: () => look({ [which]: planOf.get(select.value) }) },
    plans.map((plan) => option(plan.label, planName(plan))));
  const follow = () => { select.value = pair[which].label; };
  follow();
  followers.push(follow);
  return el("label", { class: "field" }, words[`${which}_plan`], select);
}

// One of a few: value and node of each.
function radios(name, legend_, entries, chosen, onTake) {
  return el("fieldset", { class: "states" }, el("legend", { class: "unseen" }, legend_),
    entries.map(([value, label]) => {
      const radio = el("input", { type: "radio", name, value, onchange: () => onTake(value) });
      radio.checked = value === chosen;
      return el("label", {}, radio, el("span", {}, label));
    }));
}

function pairControls() {
  return el("div", { class: "controls" }, el("h2", {}, illustrated(words.map)),
    el("span", { class: "pairing" }, planChoice("first"), planChoice("second"),
      el("button", { type: "button", id: "swap", onclick: () => look({ first: pair.second, second: pair.first }) }, words.swap)),
    indicatorControl(),
    radios("state", words.show_state, ["today", "plan", "difference"].map((state) => [state, following(() => stateName(state))]),
      shadedState(), shade),
    plans.length > 2 ? radios("mode", words.marks_show, [["pair", words.mode_pair], ["all", words.mode_all]],
      shown.mode, (mode) => look({ mode })) : null,
    el("button", { type: "button", onclick: showArea }, words.whole_area),
    findControl(actingNameOrNone));
}
