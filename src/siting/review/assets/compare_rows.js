// Rows: plans, townships and sites of the comparison, and which two plans are looked at.

const plans = data.plans.map((plan, i) => ({ ...plan, i }));
const planOf = new Map(plans.map((plan) => [plan.label, plan]));
const letter = (plan) => el("span", { class: "letter" }, plan.label);
const planName = ({ label }) => say("plan", { label });

// The two plans that the map and the townships show; the second is held against the first.
const pair = { first: plans[0], second: plans[1] };

// The map draws two moments of a township: here they are the two plans.
const moments = [{ state: "today" }, { state: "plan" }];
const moment = { ...moments.at(-1), year: Math.max(...plans.flatMap(({ years }) => years)) };

const townships = data.townships.code.map((code, i) => ({
  i, code, name: data.townships.name[i], district: data.townships.district[i], sites: [],
  of: (plan, name) => data.townships.figures[plan.i][name][i],
  figure: (state, year, name) => data.townships.figures[(state === "today" ? pair.first : pair.second).i][name][i],
  today: (name) => data.townships.figures[pair.first.i][name][i],
}));

const sites = data.sites.id.map((id, i) => {
  const given_ = (column) => data.sites[column][i];
  const does = plans.map((plan) => {
    const of = (column) => data.sites.does[plan.i][column][i];
    return {
      action: of("action"), before: of("before"), places: of("places"), like: of("like"),
      children: of("children"), cost: of("cost"), done: of("done"),
      acts: data.sites.acting[i].includes(plan.label),
    };
  });
  return {
    i, id, name: given_("name"), tier: data.sites.tiers[given_("tier")][0], tierAt: given_("tier"),
    host: given_("host"), township: townships[given_("zone")] ?? null, acting: [...given_("acting")],
    alike: given_("alike"), does,
    at: [data.layers.site_x[i], data.layers.site_y[i]], reach: null,
    // Sites that a plan acts at lie above the others.
    action: given_("acting") ? "some" : "keep",
  };
});
const siteById = new Map(sites.map((site) => [site.id, site]));

for (const site of sites) site.township?.sites.push(site);

// How many plans act at a site: of all the plans, or of the two looked at.
function classOfAll({ acting, alike }) {
  if (!acting.length) return "keep";
  if (acting.length < plans.length) return acting.length === 1 ? "one" : "some";
  return alike ? "all_alike" : "all_differ";
}

function classOfPair({ does }, { first, second } = pair) {
  const [a, b] = [does[first.i], does[second.i]];
  if (!a.acts && !b.acts) return "keep";
  if (a.acts !== b.acts) return a.acts ? "only_first" : "only_second";
  return a.like === b.like ? "both_alike" : "both_differ";
}

const classesOf = {
  all: { of: classOfAll, names: ["all_alike", "all_differ", "some", "one", "keep"] },
  pair: { of: classOfPair, names: ["both_alike", "both_differ", "only_first", "only_second", "keep"] },
};

// What a class is called; of the sites of one plan only, by which one.
function className(name, mode) {
  if (name === "keep") return mode === "all" ? words.nobody : words.neither;
  return say(name, { label: (name === "only_first" ? pair.first : pair.second).label });
}

const letters = (labels) => labels.join(chinese ? "、" : ", ");
const actingName = ({ acting, alike }) => (acting.length < plans.length
  ? say("only", { labels: letters(acting) }) : words[alike ? "all_alike" : "all_differ"]);

// The marks of the map tell which plans act at a site.
const actionAt = (site) => classesOf[shown.mode].of(site);
const markNames = () => classesOf[shown.mode].names
  .filter((name) => sites.some((site) => actionAt(site) === name));
const markLabel = (name) => className(name, shown.mode);
