// The page: the first screen, the sections below it, and what happens when it opens and prints.

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

let folded = [];

// Paper shows everything: what is folded is opened, the map is drawn for its frame.
function preparePaper(printing) {
  if (printing) {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const details of folded) details.open = true;
  } else {
    for (const details of folded) details.open = false;
    folded = [];
  }
  fitPaper(printing);
}

async function start() {
  const main = el("main", { id: "content", tabindex: "-1" });
  document.getElementById("page").replaceChildren(
    el("a", { class: "skip", href: "#content" }, words.skip), head(), navigation(), main);
  main.append(story());
  if (typeof DecompressionStream === "undefined") {
    main.prepend(el("p", { class: "unmet" }, words.old_browser));
    return;
  }
  await readServices();
  for (const each of sections) main.append(section(each));
  showPanel();
  await drawLayers();
  redraw();
  followers.push(redraw);
  listenToMap();
  document.addEventListener("click", unfoldTarget);
  window.addEventListener("beforeprint", () => preparePaper(true));
  window.addEventListener("afterprint", () => preparePaper(false));
  document.documentElement.dataset.ready = Math.round(performance.now());
}

start();
