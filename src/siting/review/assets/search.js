// The search box: things, each with a name, an id and a label, of which one is taken.

function searchBox(all, onTake) {
  const found = el("ul", { id: "found", hidden: true });
  const things = all.map((thing) => ({ ...thing, lower: `${thing.name} ${thing.id}`.toLowerCase() }));
  const take = (thing) => {
    found.hidden = true;
    onTake(thing);
  };
  const matches = () => {
    const asked = input.value.trim().toLowerCase();
    return asked ? things.filter(({ lower }) => lower.includes(asked)) : [];
  };
  const input = el("input", {
    type: "search", id: "search", placeholder: words.search, autocomplete: "off", spellcheck: "false",
    oninput: () => {
      const hits = matches().slice(0, 12);
      found.hidden = !input.value.trim();
      found.replaceChildren(...(hits.length ? hits.map((thing) => el("li", {},
        el("button", { type: "button", onclick: () => take(thing) },
          given(thing.name), el("small", {}, ` ${thing.label}`))))
        : [el("li", {}, words.search_none)]));
    },
    onkeydown: (event) => {
      if (event.key === "Escape") found.hidden = true;
      if (event.key === "Enter" && matches().length) take(matches()[0]);
    },
  });
  const close = (event) => { if (!event.currentTarget.contains(event.relatedTarget)) found.hidden = true; };
  return el("div", { class: "search", onfocusout: close },
    el("label", { for: "search", class: "unseen" }, words.search), input, found);
}
