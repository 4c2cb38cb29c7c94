"""Every sentence of the package that may be told on the command line, in Chinese."""

from siting.in_chinese import (
    checks,
    command_words,
    maps,
    meanings,
    runs,
    scenario_files,
    scenario_values,
    study_data,
    tables,
)
from siting.in_chinese.labels import labels
from siting.in_chinese.places import column_in_chinese, place_in_chinese
from siting.in_chinese.templates import Templates
from siting.scenario.hints import in_english

sentences = {
    **{english: hint for hint, english in in_english.items()},
    **command_words.usage,
    **scenario_files.yaml_files,
    **scenario_files.workbooks,
    **scenario_files.trials,
    **scenario_files.profiles,
    **scenario_values.types,
    **scenario_values.remedies,
    **scenario_values.agreement,
    **scenario_values.solvers,
    **tables.files,
    **tables.headers,
    **tables.cells,
    **tables.zones,
    **study_data.people,
    **study_data.sites,
    **study_data.made,
    **maps.layers,
    **maps.rasters,
    **maps.streets,
    **maps.fetching,
    **runs.folders,
    **runs.writing,
    **runs.finished,
    **runs.plans,
    **runs.distrust,
    **runs.comparisons,
    **checks.claims,
    **checks.form,
    **checks.sites,
    **checks.results,
}
words = {
    **{name: column_in_chinese(name) for name in labels},
    **scenario_files.reasons,
    **tables.file_reasons,
    **tables.kinds,
    **meanings.zones,
    **meanings.areas,
    **meanings.sites,
    **meanings.of_runs,
    **study_data.words,
    **maps.words,
    **runs.words,
    **checks.words,
}
of_slots = {
    "<hint>": {english: hint for hint, english in in_english.items()},
    **tables.of_slots,
    **study_data.of_slots,
    **maps.of_slots,
    **checks.of_slots,
}
catalogue = Templates(sentences, words, of_slots, place_in_chinese)
