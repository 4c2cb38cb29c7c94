// What is called when: as the page opens, and when another moment is chosen.

// Functions that are called before the sections are drawn, once the map is, and when the page is
// ready.
const readings = [], beginnings = [], afterwards = [];

// What redraws itself when the moment changes.
const followers = [];

function chooseMoment(next) {
  Object.assign(moment, next);
  for (const follow of followers) follow();
}

// A text that follows the moment.
function following(write_) {
  const node = el("span", {}, write_());
  followers.push(() => node.replaceChildren(write_()));
  return node;
}

// A part drawn anew when the moment changes.
function live(draw) {
  const holder = el("div", {}, draw());
  followers.push(() => {
    holder.replaceChildren(...[draw()].flat());
  });
  return holder;
}
