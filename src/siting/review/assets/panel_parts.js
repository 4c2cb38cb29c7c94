// Parts of what stands beside a map and on it: headings, buttons that lead to it, legends.

function panelHead(name, under) {
  return [
    el("button", { type: "button", class: "close", title: words.close_panel,
      "aria-label": words.close_panel, onclick: () => choose({}) }, "×"),
    el("h3", {}, given(name)),
    el("p", { class: "under" }, under),
  ];
}

function siteButton(site) {
  return el("button", { type: "button", class: "link", onclick: () => {
    choose({ site }, { move: true });
    document.getElementById("map").scrollIntoView({ block: "start" });
  } }, given(site.name));
}

function townshipButton(township) {
  if (!township) return words.outside;
  return el("button", { type: "button", class: "link", onclick: () => {
    choose({ township }, { move: true });
    document.getElementById("map").scrollIntoView({ block: "start" });
  } }, given(township.name));
}

function classLabel({ from, to, same }, kind, difference) {
  if (same) return "0";
  const scale = kind === "share" ? 100 : 1;
  const size = (value) => String(+Math.abs(value * scale).toFixed(2));
  if (difference) {
    const signed = (value) => (size(value) === "0" ? "0" : `${value < 0 ? "−" : "+"}${size(value)}`);
    return say("between", { from: signed(from), to: signed(to) }) + (kind === "share" ? words.points : "");
  }
  const unit = kind === "share" ? "%" : "";
  if (from === -Infinity) return say("below", { to: size(to) + unit });
  if (to === Infinity) return say("from_up", { from: size(from) + unit });
  return say("between", { from: size(from) + unit, to: size(to) + unit });
}

function swatch(color) {
  const box = el("span", { class: "swatch" });
  box.style.backgroundColor = color;
  return box;
}
