// Moments: today and every planned year. What is shown follows the one chosen.

const lastYear = data.years.at(-1);
const moments = [{ state: "today", year: data.base_year },
  ...data.years.map((year) => ({ state: "plan", year }))];
const moment = { ...moments.at(-1) };

// The planned year that tables and panels tell of: today's map stands beside the last one.
const planYear = () => (moment.state === "plan" ? moment.year : lastYear);

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

function stateName(state, year) {
  return say(`state_${state}`, { year });
}
