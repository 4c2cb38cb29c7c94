"""Every text of the trial on the review page, in Chinese and English."""

trial_texts: dict[str, tuple[str, str]] = {
    "trial": ("试算", "What if"),
    "trial_lead": (
        "点击地图上的点位，在右侧试关、试开，或改变步行时限与速度；结果在本页即时重算，不再是经证明的方案。",
        "Click a site on the map and try it closed or open in the panel beside, or change minutes "
        "and walking speed; the figures are computed anew at once, in this page, and are no longer "
        "the proven plan.",
    ),
    "trial_minutes": ("步行时限", "Walk of at most"),
    "trial_own_minutes": ("按方案（{minutes}分钟）", "as planned ({minutes} min)"),
    "trial_set_minutes": ("{minutes}分钟", "{minutes} min"),
    "trial_as_planned": ("按方案", "As planned"),
    "trial_speed": ("步行速度", "Walking speed"),
    "trial_speed_step": ("{speed}米/分钟", "{speed} m/min"),
    "trial_speed_own": ("{speed}米/分钟（方案）", "{speed} m/min (as planned)"),
    "trial_site": ("找一处点位试开试关", "Find a site to open or close"),
    "trial_site_hint": ("名称或编号", "name or id"),
    "trial_all": ("显示未选用的载体", "Show hosts not chosen"),
    "trial_reset": ("恢复方案", "Back to the plan"),
    "trial_export": ("导出试算", "Export the trial"),
    "trial_mark": (
        "试算：已改动{changes}，未经证明，不是评审方案。",
        "Trial: {changes}. Not proven, and not the plan under review.",
    ),
    "trial_else": (
        "地图上的点位和标明“试算”的着色随之改变，本页其他部分仍为原方案。",
        "Sites on the map, and shades marked as the trial's, follow it; everything else on this "
        "page is the plan as it was.",
    ),
    "trial_against": ("（方案{before}{rest}）", "(plan {before}{rest})"),
    "trial_lost": ("，不再达到：{ids}", ", no longer: {ids}"),
    "trial_gained": ("，改为达到：{ids}", ", now met: {ids}"),
    "trial_by_minutes": ("（按步行{minutes}分钟计）", " (walks of {minutes} min)"),
    "trial_all_figures": ("全部试算结果", "All that the trial comes to"),
    "trial_no_money": (
        "投资不在本页重算：导出试算后用 siting run --from-trial 重算。",
        "Money is not computed here: export the trial and take it up with siting run --from-trial.",
    ),
    "trial_spent": (
        "方案用于试算所关停点位的投资共{money}。",
        "At the sites closed in the trial the plan spends {money}.",
    ),
    "trial_of_sites": ("{count}处点位", "sites switched: {count}"),
    "trial_of_minutes": ("步行时限{minutes}分钟", "walks of {minutes} min"),
    "trial_of_speed": ("步行速度{speed}米/分钟", "walking at {speed} m/min"),
    "trial_figure": ("指标", "Figure"),
    "trial_plan": ("方案", "Plan"),
    "trial_now": ("试算", "Trial"),
    "trial_covered": ("可达3岁以下", "Under-3s within reach"),
    "trial_served": ("可达且有位，含在托", "Place within reach"),
    "trial_served_title": (
        "在设施容量、班型和月龄内最多能入托的人数（含在托）",
        "The most who can have a place within places, class kinds and ages, enrolled included",
    ),
    "trial_full": ("可达但满员", "Within reach, but full"),
    "trial_unreachable": ("不可达", "Unreachable"),
    "trial_per_thousand": ("每千人托位", "Places per thousand"),
    "trial_with_place": ("有托位，含超出时限", "With a place, near or far"),
    "trial_places": ("托位", "Places"),
    "trial_inclusive": ("普惠托位占比", "Inclusive share"),
    "trial_targets_met": ("{year}年目标达到", "Targets of {year} met"),
    "trial_of_year": ("试算：{year}年", "Trial: {year}"),
    "trial_elsewhere": (
        "地图现显示{shown}，试算为{year}年。",
        "The map shows {shown}; the trial is of {year}.",
    ),
    "trial_plan_value": ("此项为方案值，试算不重算", "figures of the plan, not of the trial"),
    "trial_site_is": ("试算中（{year}年）：{done}", "In the trial ({year}): {done}"),
    "trial_site_rest": (
        "以下数字和地图上的可达范围为方案值。",
        "Figures below and the reach on the map are those of the plan.",
    ),
    "trial_site_reach": (
        "以下数字为方案值；地图上的可达范围仍按方案（{minutes}分钟），不随试算重画。",
        "Figures below are those of the plan; the reach on the map is still that of the plan "
        "({minutes} minutes), not of the trial.",
    ),
    "trial_reach_planned": ("（方案{minutes}分钟）", " (as planned, {minutes} min)"),
    "trial_reach_kept": ("试算中不重画。", " A trial does not draw it anew."),
    "trial_township_rest": ("以下为方案值。", "Figures below are those of the plan."),
    "trial_takers": ("有入托意愿", "Children who want a place"),
    "trial_beyond": ("在托，超出时限", "Enrolled, farther away"),
    "trial_at_work": ("在家长单位入托", "With a place at a parent's work"),
    "trial_sum": (
        "有入托意愿＝可达且有位＋在托超出时限＋可达但满员＋不可达；各项四舍五入，合计和差值可能略有出入。",
        "Children who want a place = place within reach + enrolled farther away + within reach, "
        "but full + unreachable. Each is rounded.",
    ),
    "trial_sum_staff": (
        "有入托意愿＝可达且有位＋在托超出时限＋在家长单位入托＋可达但满员＋不可达；各项四舍五入，合计和差值可能略有出入。",
        "Children who want a place = place within reach + enrolled farther away + at a parent's "
        "work + within reach, but full + unreachable. Each is rounded.",
    ),
    "trial_sum_why": (
        "关停机构的在托婴幼儿改按住处重新安排：原住在时限外的，住处附近有空位就计入“可达且有位”，"
        "故关停后该数也可能增加。",
        "Children enrolled at a closed site are placed anew from where they live: one who came "
        "from farther away and finds a free place near home then counts as having a place within "
        "reach, so that closing can raise that figure.",
    ),
    "trial_of_all": ("{met}/{all}", "{met} of {all}"),
    "trial_untold_some": ("（{count}项不重算）", " ({count} not recomputed)"),
    "trial_untold": ("试算不重算", "not recomputed in a trial"),
    "trial_target_minutes": (
        "试算按步行{minutes}分钟",
        "in the trial: a walk of {minutes} minutes",
    ),
    "trial_targets": ("试算：{year}年目标", "Trial: targets of {year}"),
    "trial_townships": ("试算：各乡镇(街道)", "Trial: townships"),
    "trial_township_note": (
        "可达范围内托位不足时，由谁入托并不唯一，故各乡镇(街道)入托人数试算不重算。",
        "Where places are too few, who gets one is open; children with a place are not recomputed "
        "by township in a trial.",
    ),
    "trial_able": ("有机构可达的意愿入托（含满员）", "Takers who reach a site, free or full"),
    "trial_switched": ("已改动的点位", "Sites switched"),
    "trial_opened": ("开办", "open"),
    "trial_closed": ("关停", "closed"),
    "trial_changed": ("改班", "other classes"),
    "trial_undo": ("撤销{name}", "Undo {name}"),
    "trial_open": ("试算：开办", "Try it open"),
    "trial_close": ("试算：关停", "Try it closed"),
    "trial_back": ("试算：恢复方案", "Try it as planned"),
    "trial_of_class": ("试算班数", "Classes in the trial"),
    "trial_not_chosen": ("方案未选用的载体", "Host that the plan does not choose"),
    "trial_outside": ("规划范围外，不能开办。", "Outside the study area: it cannot open."),
    "trial_unsafe": (
        "消防及房屋安全为“否”，不能开办。",
        "It has not passed fire and building safety: it cannot open.",
    ),
    "trial_later": ("最早开办年份晚于所示年份。", "It can only open after the year shown."),
    "trial_too_few": (
        "班数过少：新开点位至少一个班并达到最少托位，现有机构不少于现有班数。",
        "Too few classes: a new site needs one and its least places, a facility those of today.",
    ),
    "trial_too_many": (
        "超过该载体可设的班数或托位数。",
        "More classes or places than the host allows.",
    ),
    "trial_crowded": (
        "在托儿童或本单位职工子女放不下。",
        "Its enrolled children, or those of its own staff, do not fit.",
    ),
    "trial_no_site": ("没有这个点位。", "There is no such site."),
    "trial_many_sites": (
        "有{count}处点位符合，请从列表中选一处。",
        "{count} sites are called so: choose one from the list.",
    ),
}
