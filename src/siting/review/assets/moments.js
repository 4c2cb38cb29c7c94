// Moments: today and every planned year.

const lastYear = data.years.at(-1);
const moments = [{ state: "today", year: data.base_year },
  ...data.years.map((year) => ({ state: "plan", year }))];
const moment = { ...moments.at(-1) };

// The planned year that tables and panels tell of: today's map stands beside the last one.
const planYear = () => (moment.state === "plan" ? moment.year : lastYear);

function stateName(state, year) {
  return say(`state_${state}`, { year });
}

function shadedName() {
  const name = stateName(moment.state, moment.year);
  return comparing() ? `${words[`compare_${comparing()}`]} · ${name}` : name;
}
