// The heading of a page, and its title.

const title = `${data.title}`;
document.title = data.illustrative && !title.includes(words.illustrative)
  ? illustrated(title) : title;

function heading(achieves) {
  return el("header", {},
    el("h1", {}, given(title), data.illustrative
      ? el("span", { class: "badge illustrative" }, words.illustrative) : null),
    el("p", { class: "achieves" }, achieves),
    data.illustrative ? el("p", { class: "note" }, words.illustrative_note) : null);
}
