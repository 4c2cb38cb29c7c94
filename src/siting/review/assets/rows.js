// Rows: the columns of the data as objects, which tables, map and panel share.

const townships = data.townships.code.map((code, i) => ({
  i, code, name: data.townships.name[i], district: data.townships.district[i],
  today: (figure) => data.townships.today[figure][i],
  plan: (figure) => data.townships.plan[figure][i],
  acted: [], kept: 0,
}));

const sites = data.sites.id.map((id, i) => {
  const given_ = (column) => data.sites[column][i];
  return {
    i, id, name: given_("name"), action: given_("action"), tier: given_("tier"),
    host: given_("host"), inclusive: given_("inclusive"), before: given_("places_before"),
    places: given_("places"), children: given_("children"), cost: given_("cost"),
    year: given_("year"),
    township: townships[given_("zone")] ?? null,
    classes: given_("classes").map((count, k) => [data.sites.class_labels[k], count])
      .filter(([, count]) => count > 0),
    at: [data.layers.site_x[given_("at")], data.layers.site_y[given_("at")]],
    reach: null,
  };
});

for (const site of sites) {
  if (!site.township) continue;
  if (site.action === "keep") site.township.kept += 1;
  else site.township.acted.push(site);
}

const writeClasses = (site) => site.classes
  .map(([label, count]) => `${label} × ${count}`).join(chinese ? "，" : ", ") || words.nothing;
