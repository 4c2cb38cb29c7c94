"""English texts in files that refuse things, which are no messages: parts of notes, names."""

not_messages = {
    "alternatives/frontier.py": ("the highest figure of a kind can be asked for",),
    "alternatives/prices.py": ("⟦0⟧: no price, ⟦2⟧.",),
    "cli.py": (
        "已中止，原有成果未改动 / stopped; earlier results are as they were",
        "⟦0⟧ problem⟦2⟧:",
        "can't start new thread",
        "the memory does not suffice: {error}\nclose other programs, or plan fewer cells, sites "
        "or years at once",
    ),
    "comparing.py": (
        "（⟦1⟧ not due）",
        "每千人 per thousand",
        "per thousand",
        "可达占比 within reach",
        "达到的目标 targets met",
    ),
    "derived/host_rules.py": (
        "rule ⟦1⟧ (⟦3⟧): ⟦5⟧ candidates from the table ⟦7⟧",
        "are sites of that tier already",
        "are decided already and were not made candidates",
        "have no coordinates and were left out",
        "have an empty cell where the rule asks",
    ),
    "derived/made_inputs.py": ("townships come from polygons, or from seats and a network",),
    "inputs/area_people.py": (
        "the residents hold them already, and the other cells have so many fewer",
        "they come on top of the residents",
    ),
    "inputs/decisions.py": (
        "⟦0⟧: ⟦2⟧ committed or forced hosts open after ⟦4⟧, the last year "
        "planned for, and are left out of the plan",
        "⟦0⟧: ⟦2⟧ hosts have not passed fire and building safety; the plan does not open them",
    ),
    "inputs/host_limits.py": (
        "; ⟦1⟧ of them can hold no class: ⟦3⟧⟦4⟧",
        "outdoor area",
        "surplus places",
        "they do not grow",
        "they open no class",
    ),
    "inputs/layers.py": (
        "scenario, inputs.missing_crs",
        "without a .cpg",
        "not in the encoding of its .cpg",
    ),
    "inputs/matching.py": (
        "⟦0⟧: ⟦2⟧ rows without a known code were matched to a ",
        "⟦0⟧ by name",
        "; codes that are not known: ⟦1⟧",
        "; names that differ: ",
        "'⟦1⟧' is '⟦3⟧'",
    ),
    "inputs/people.py": (
        " with ⟦1⟧ people",
        "⟦0⟧: people are told by ⟦2⟧ and spread over its demand cells (modelled)",
        "are those of the residents table",
        "are the births of the year and the two before; deaths and moves are not "
        "counted (assumption)",
        "keep in every year the ratio to the residents that the rasters have (assumption)",
    ),
    "inputs/raster_cells.py": (
        "⟦0⟧: ⟦2⟧ pixels with people hold ⟦4⟧ inside the study area, ⟦6⟧ "
        "times the ⟦8⟧ of the residents table in ⟦10⟧, to which they are "
        "rescaled; source: ⟦12⟧",
        "; that is far off: check that its values are people per pixel, its year and extent",
    ),
    "inputs/study_inputs.py": (
        "scenario, inputs.townships",
        "data outside the study folder was read: ⟦1⟧; hand it over with the study",
    ),
    "inputs/study_people.py": ("cells along streets", "study area"),
    "inputs/sites.py": ("⟦0⟧ sites ⟦2⟧",),
    "inputs/switched.py": ("closed or not opened", "walks of ⟦1⟧ minutes", "walking ⟦1⟧ m/min"),
    "inputs/values.py": (" from ⟦1⟧ to ⟦3⟧", " of at least ⟦1⟧"),
    "model/ceilings.py": (
        "asks for ⟦1⟧ places per thousand, ⟦3⟧ places; the facilities and every "
        "candidate hold ⟦5⟧ at most, ⟦7⟧ per thousand",
        "asks for ⟦1⟧ places per thousand in every township; facilities and "
        "candidates of ⟦3⟧ are too few, the lowest reaches ⟦5⟧",
        "asks for ⟦1⟧ inclusive places; ⟦3⟧ places of today are not, and at most ⟦5⟧ can be: ⟦7⟧",
        "asks for ⟦1⟧ of ⟦3⟧ ⟦5⟧ with a site; ⟦7⟧ have no facility and no "
        "candidate that may open, so ⟦9⟧ at most",
        "asks that ⟦1⟧ of the under-3s reach a site; ⟦3⟧ reach no facility and no "
        "candidate (⟦5⟧); with all of them open ⟦7⟧ do",
        "asks that ⟦1⟧ of the under-3s have a place; of ⟦3⟧, ⟦5⟧ ⟦7⟧, ⟦9⟧",
        "asks for at least ⟦1⟧ sites; facilities and candidates that may open are ⟦3⟧ together",
        "asks for at most ⟦1⟧ sites; facilities that stay and hosts decided on are ⟦3⟧ already",
        "asks for sites in every ⟦1⟧; ⟦3⟧ have too few facilities and candidates that may open",
        "asks for ⟦1⟧ places per thousand people of each new area; ⟦3⟧ have no "
        "candidate inside or too few classes, the lowest reaches ⟦5⟧",
        "allows ⟦1⟧ x 10,000 CNY of running costs a year; facilities that stay cost ⟦3⟧ already",
    ),
    "network/fetch.py": (
        "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright",
        "fetching ⟦1⟧",
    ),
    "network/osm_streets.py": (
        "streets lie far from the study area",
        "streets are planned, being built or gone",
        "ferry routes",
        "squares drawn as multipolygons",
    ),
    "plan/plan.py": ("Plan(⟦1⟧, ⟦3⟧)", "投资 capital, CNY"),
    "plan/rounds.py": (
        "the scenario has no guidance",
        "pairing, column ⟦1⟧",
        "pairing, column site_id",
    ),
    "reach/reach.py": (
        "medical institutions",
        "guided sites",
        "the sites of the study",
        "street open ⟦1⟧",
    ),
    "scenario/loading.py": ("⟦0⟧ (⟦2⟧) of ⟦4⟧", "the scenario"),
    "scenario/targets.py": ("per thousand",),
    "scenario/trial.py": ("试算 trial（⟦1⟧ m/min）",),
    "scenario/yaml_words.py": (
        "found character '\\\\t' that",
        "found character '.' that",
        "mapping values are not allowed",
        "sequence entries are not allowed",
        "could not find expected ':'",
        "found unexpected (end of stream|document separator)",
        "expected <block end>, but found '<scalar>'",
        "expected <block end>",
        "expected the node content",
        "found undefined alias|found duplicate anchor|expected alphabetic or numeric",
        "found unknown escape|expected escape sequence",
        "found another document|document end marker|<document start>",
        "indentation indicator|comment or a line break",
        "undefined tag|expected URI",
        "could not find expected ':'|end of stream|document separator",
    ),
    "view_counts.py": (
        "⟦0⟧ existing, ⟦2⟧ candidates, ⟦4⟧ acted on",
        "⟦0⟧ (⟦2⟧ of them with places)",
        "⟦0⟧ not by ⟦2⟧",
        "all that are due by ⟦1⟧",
        "⟦0⟧; ⟦2⟧ short of what is asked",
        "⟦0⟧ primary institutions in ⟦2⟧: ⟦4⟧",
        "⟦0⟧; ⟦2⟧ townships have no primary institution",
        "⟦0⟧ with ⟦2⟧ places",
        "⟦0⟧ of ⟦2⟧ townships have an institution, shown",
    ),
    "study.py": ("Study(⟦1⟧, ⟦3⟧)",),
}
