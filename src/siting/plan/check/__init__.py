"""The independent check: a plan against the tables, without the model.

Reads a plan and the tables of its study, gives a finding for every rule that the plan breaks. Does
not: mend a plan, or know the model and the solver.

Works on cells, seconds and classes as the inputs and the reach give them, with code of its own:
form, sites, service, guidance, costs, targets, results, tables and proof each in their file. The
demand of a year is the definition of :mod:`siting.demand`; the wider table of indicators is held
against a second run of :func:`siting.indicators.measure`, which knows no model.
"""

from siting.plan.check.checking import check_plan

__all__ = ["check_plan"]
