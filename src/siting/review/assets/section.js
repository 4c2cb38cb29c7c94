// Sections of a page: folded or not, and the links to them.

function section({ id, folded, content }) {
  const whole_ = folded === undefined ? content()
    : el("details", { class: "whole", open: !folded },
      el("summary", {}, el("h2", {}, illustrated(words[id]))), content());
  return el("section", { id, tabindex: "-1" }, whole_);
}

function navigation() {
  return el("nav", { "aria-label": words.nav }, sections
    .map(({ id }) => el("a", { href: `#${id}` }, words[id])));
}

// Links into a folded section unfold it.
function unfoldTarget(event) {
  const id = event.target.closest("a[href^='#']")?.getAttribute("href").slice(1);
  const details = id && document.querySelector(`#${id} > details`);
  if (details) details.open = true;
}
