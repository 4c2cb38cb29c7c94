// Rows: the columns of the data as objects, which tables, map and panel share.

const townships = data.townships.code.map((code, i) => ({
  i, code, name: data.townships.name[i], district: data.townships.district[i],
  // A figure in a state (today, no_action, plan) and year.
  figure: (state, year, name) => data.townships[state][year][name][i],
  today: (name) => data.townships.today[data.base_year][name][i],
  acted: [], kept: 0,
}));

const sites = data.sites.id.map((id, i) => {
  const given_ = (column) => data.sites[column][i];
  const [tier, limit, mode] = data.sites.tiers[given_("tier")];
  return {
    i, id, name: given_("name"), action: given_("action"), tier, tierAt: given_("tier"), limit,
    travel: words[mode], host: data.sites.hosts[given_("host")], inclusive: Boolean(given_("inclusive")),
    staff: given_("staff"), joint_with: given_("joint_with"), opens: Boolean(given_("opens")),
    before: given_("places_before"), cost: given_("cost"),
    exists: !["open", "convert"].includes(given_("action")),
    township: townships[given_("zone")] ?? null,
    classes: given_("classes").map((count, k) => [data.sites.class_labels[k], count])
      .filter(([, count]) => count > 0),
    at: [data.layers.site_x[given_("at")], data.layers.site_y[given_("at")]],
    actions: [], guides: [], services: {}, reach: null,
  };
});
const siteById = new Map(sites.map((site) => [site.id, site]));

for (const [i, year, action, places, capital] of data.sites.actions) {
  sites[i].actions.push({ year, action, places, capital });
}
for (const [year, id, , medical, minutes] of data.guidance) {
  siteById.get(id)?.guides.push({ year, medical, minutes });
}
for (const site of sites) {
  if (!site.township) continue;
  if (site.action === "keep") site.township.kept += 1;
  else site.township.acted.push(site);
}

// What has been done at a site by a moment; null where it does not stand yet.
function actionAt(site, { state, year }) {
  const done = state === "today" ? [] : site.actions.filter((each) => each.year <= year);
  if (!done.length) return site.exists ? "keep" : null;
  return done.at(-1).action === "close" ? "close" : done[0].action;
}

// Services of the sites, year after year: see site_content.py.
async function readServices() {
  const numbers = await unpackNumbers(data.sites.services);
  const bands = data.sites.bands.length, count = sites.length;
  let at = 0;
  for (const year of data.years) {
    const columns = Array.from({ length: bands + 5 }, () => numbers.subarray(at, at += count));
    const [places, children, ...others] = columns;
    const [alone, within, under3Alone] = others.slice(bands);
    for (const site of sites) {
      site.services[year] = {
        places: places[site.i], children: children[site.i] / 1000,
        bands: others.slice(0, bands).map((band) => band[site.i] / 10),
        childrenAlone: alone[site.i] / 10, within: within[site.i], under3Alone: under3Alone[site.i],
      };
    }
  }
}

readings.push(readServices);

// The marks of the map that the legend tells of, and what they are called.
const markNames = () => actions.filter((action) => data.actions[action] > 0
  || sites.some((site) => standsAs(site) === action));
const markLabel = (action) => words[action];

const writeClasses = (site) => site.classes
  .map(([label, count]) => `${label} × ${count}`).join(chinese ? "，" : ", ") || words.nothing;
