"""The independent check: a plan against the tables, without the model.

Reads a plan and the tables of its study, gives a finding for every rule that the plan breaks. Does
not: mend a plan, solve anything, know the solver or the constraints of the model, measure travel
anew, or prove a bound: what the solver claims of it is held against the value alone.

Works on cells, seconds and classes as the inputs and the reach give them, with code of its own:
form, sites, service, guidance, costs, targets, results, tables and proof each in their file. The
demand of a year is the definition of :mod:`siting.demand`; the wider table of indicators is held
against a second run of :func:`siting.indicators.measure`, which knows no model. Of the model only
the record of a stage is used (:class:`siting.model.Stage`).
"""

from siting.plan.check.checking import check_plan

__all__ = ["check_plan"]
