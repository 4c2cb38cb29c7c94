// The page: its head, the first screen, the sections below it, and what happens when it opens.

async function start() {
  const main = el("main", { id: "content", tabindex: "-1" });
  document.getElementById("page").replaceChildren(
    el("a", { class: "skip", href: "#content" }, words.skip), head(), navigation(), main);
  main.append(story());
  if (typeof DecompressionStream === "undefined") {
    main.prepend(el("p", { class: "unmet" }, words.old_browser));
    return;
  }
  await Promise.all(readings.map((read) => read()));
  for (const each of sections) main.append(section(each));
  showPanel();
  await drawLayers();
  redraw();
  followers.push(redraw);
  listenToMap();
  for (const begin of beginnings) await begin();
  document.addEventListener("click", unfoldTarget);
  runTitle();
  window.addEventListener("beforeprint", () => preparePaper(true));
  window.addEventListener("afterprint", () => preparePaper(false));
  document.documentElement.dataset.ready = Math.round(performance.now());
  for (const later of afterwards) later();
}

start();
