// The panel of a site: what it is, who comes, and who would have no other.

const comma = chinese ? "，" : ", ";

function siteFacts(site) {
  const year = planYear(), service = site.services[year];
  const today = moment.state === "today";
  const action = actionAt(site, moment), now = today ? site.before : service.places;
  const paired = site.guides.filter((guide) => guide.year === year);
  return [
    panelHead(site.name, [markIcon(site.action), illustrated(words[site.action]), " · ",
      stateName(moment.state, moment.year), action === null ? `${comma}${words.not_yet}`
        : action === "close" ? `${comma}${words.closed_now}` : ""], { site }),
    facts([
      [words.tier, given(say("tier_limit", { tier: site.tier, travel: site.travel, minutes: site.limit }))],
      [words.host, given(site.host)],
      [words.township, townshipButton(site.township)],
      [words.inclusive, site.inclusive ? words.yes : words.no],
      site.joint_with ? [words.joint_with, site.joint_with] : null,
      site.staff ? [words.staff_children, write("count", site.staff)] : null,
      site.staff || !site.opens ? [words.for_residents, site.opens ? words.staff_first : words.staff_only] : null,
      [words.places, today ? write("count", now) : `${write("count", site.before)} → ${write("count", now)}`],
      [say("last_year_classes", { year: lastYear }), given(writeClasses(site))],
      [words.cost, site.actions.length ? write("money", site.cost) : words.nothing],
      site.actions.length ? [words.actions_by_year, el("ul", {}, site.actions.map((each) => el("li", {},
        `${each.year} ${words[each.action]}`,
        each.places ? `${comma}${say("places_change", { places: writeChange("count", 0, each.places) })}` : "")))] : null,
      data.guidance.length ? [words.paired_medical, paired.length ? paired.map((guide) => el("div", {},
        given(guide.medical), `${comma}${write("minutes", guide.minutes)}`)) : words.unpaired] : null,
      [words.site_id, given(site.id)],
    ]),
  ];
}

function siteChildren(site) {
  const service = site.services[planYear()];
  const { children } = service;
  if (!service.places && !children) return [];
  const counts = addingUp(service.bands, children), all = Math.round(children);
  const rows = data.sites.bands.map((band, k) => [say("band_of", { band }), counts[k]])
    .filter((_, k) => service.bands[k] > 0);
  const longest = Math.max(...rows.map(([, count]) => count), 1);
  const bar = (count) => {
    const node = el("span", { class: "bar" });
    node.style.width = `${(100 * count) / longest}%`;
    return node;
  };
  return [
    el("h4", {}, illustrated(words.children_by_age), ` · ${stateName("plan", planYear())}`),
    el("table", { class: "bars" },
      el("caption", {}, words.children_by_age),
      el("tbody", {}, rows.map(([label, count]) => el("tr", {},
        el("th", { scope: "row" }, label), el("td", { class: "number" }, write("count", count)),
        el("td", { "aria-hidden": "true" }, bar(count)))),
      el("tr", { class: "sum-row" }, el("th", { scope: "row" }, words.total),
        el("td", { class: "number" }, write("count", all)),
        el("td", {}, service.places ? `${words.fill_of_site} ${write("share", all / service.places)}` : "")))),
  ];
}

function siteDependence(site) {
  const year = planYear(), service = site.services[year];
  if (!service.within && !service.children) return [];
  return [
    el("h4", {}, illustrated(words.without_it), ` · ${stateName("plan", year)}`),
    facts([
      [words.under3_within, write("count", service.within)],
      [words.under3_alone, el("b", {}, write("count", service.under3Alone))],
      [words.children_alone, el("b", {}, write("count", service.childrenAlone))],
    ], "wide"),
    el("p", { class: "under" }, say("without_note", { year })),
  ];
}

siteParts.push(siteFacts, siteChildren, siteDependence);
