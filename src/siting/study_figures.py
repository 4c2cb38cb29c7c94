"""A scenario with everything computed from it: states, tables beside the plan, notes.

Reads tables, network, reach and plan, gives their figures when asked for. Does not: answer further
questions, or write a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd

from siting.base_year import base_year_check, base_year_notes
from siting.centres import centre_times
from siting.errors import NoPlanError
from siting.guidance import guiding_pairs
from siting.indicators import (
    Indicators,
    SitesInYear,
    TargetResult,
    children_of_sites,
    counted_sites,
    measure_sites,
    nearest_site_table,
    new_area_table,
    rank_overall,
    rank_townships,
    shared_facilities,
    site_services,
)
from siting.inputs import Inputs
from siting.network import Network
from siting.notes import Note
from siting.plan import Plan, sites_left_alone, sites_of_plan, sites_today
from siting.plan.inspections import InspectionList, inspection_list
from siting.plan.rounds import Rounds, estimate_rounds
from siting.plan.signing import signed_children
from siting.provisions import provisions_of
from siting.reach import (
    Reach,
    Walks,
    isochrones,
    measure_walks,
    nearest_site_s,
    off_street,
)
from siting.referral import hub_times, referral_notes, referral_times
from siting.review import Findings
from siting.scenario import Scenario
from siting.staffing import (
    child_health_staffing,
    institution_staffing,
    people_per_staff_asked,
)
from siting.tracked import published_for, tracked_results


@dataclass(frozen=True)
class StudyFigures:
    """A scenario with everything computed from it.

    Attributes
    ----------
    scenario, inputs, network, reach
        What was asked and read.
    today
        Figures of the base year with the facilities of today.
    today_targets
        Every target held against them.
    plan
        The answer; see its ``status`` before reading its tables.
    seconds
        Step -> how long it took.
    served_alone
        Year -> ``cell, site, band, children`` by position: who without a place is given one by
        the facilities of today alone; solved for when needed where a year is not there.
    """

    scenario: Scenario
    inputs: Inputs
    network: Network
    reach: Reach
    today: Indicators
    today_targets: tuple[TargetResult, ...]
    plan: Plan
    seconds: dict[str, float] = field(default_factory=dict)
    served_alone: Mapping[int, pd.DataFrame] = field(default_factory=dict)

    @property
    def indicators(self) -> Indicators:
        """Figures of the last planned year under the plan."""
        return self.plan.indicators

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out or repaired on the way."""
        read = (*self.inputs.notes, *self.network.notes, *self.reach.notes)
        checked = base_year_notes(self.scenario, self.inputs, self.base_year_check)
        shown = (*checked, *referral_notes(self.scenario, self.network, self.inputs))
        notes = (*read, *shown, *self.plan.notes)
        if not self.has_guidance or not self.plan.status.has_plan:
            return notes
        pairs = guiding_pairs(self.scenario, self.inputs, self.reach)
        return (*notes, *pairs.notes, *self.rounds.notes, *self.inspections.notes)

    @cached_property
    def sites_by_state(self) -> dict[str, dict[int, SitesInYear]]:
        """The sites and who is served: state -> year -> what is known of them.

        ``today`` in the base year; ``no_action``, the facilities of today, and ``plan`` in every
        planned year.
        """
        asked, inputs, reach = self.scenario, self.inputs, self.reach
        base, served = asked.base_year, self.served_alone
        return {
            "today": {base: sites_today(asked, inputs, reach, served.get(base))},
            "no_action": {
                year: sites_left_alone(asked, inputs, reach, year, served.get(year))
                for year in asked.years
            },
            "plan": sites_of_plan(self.plan, inputs, reach),
        }

    @cached_property
    def no_action(self) -> dict[int, Indicators]:
        """Figures of every planned year with the facilities of today."""
        return {
            year: measure_sites(sites) for year, sites in self.sites_by_state["no_action"].items()
        }

    @property
    def all_served_alone(self) -> dict[int, pd.DataFrame]:
        """Who is served by the facilities of today alone, in the base year and planned years."""
        states = (self.sites_by_state["today"], self.sites_by_state["no_action"])
        return {year: sites.served for state in states for year, sites in state.items()}

    @cached_property
    def services(self) -> pd.DataFrame:
        """What each open site does in every planned year under the plan.

        See :func:`siting.indicators.site_services`.
        """
        tables = [site_services(sites) for sites in self.sites_by_state["plan"].values()]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def nearest(self) -> pd.DataFrame:
        """How far under-3s live from the nearest open site that counts, in every state and year.

        ``state`` (today, no_action, plan) and the columns of
        :func:`siting.indicators.nearest_site_table`.
        """
        tables = []
        known: dict[bytes, np.ndarray] = {}
        for state, years in self.sites_by_state.items():
            for year, sites in years.items():
                counted = counted_sites(sites)
                if counted.tobytes() not in known:
                    known[counted.tobytes()] = nearest_site_s(
                        self.scenario, self.network, self.inputs, self.reach, counted
                    )
                table = nearest_site_table(self.inputs, year, known[counted.tobytes()])
                table.insert(0, "state", state)
                tables.append(table)
        return pd.concat(tables, ignore_index=True)

    @property
    def children(self) -> dict[str, dict[int, pd.DataFrame]]:
        """Children of every cell who want a place, by state and year.

        See :func:`siting.indicators.children_of_cells`.
        """
        return {
            state: {year: children_of_sites(sites) for year, sites in years.items()}
            for state, years in self.sites_by_state.items()
        }

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """Townships ranked against every target of every planned year, under the plan (晾晒).

        See :func:`siting.indicators.rank_townships`.
        """
        tables = [
            rank_townships(sites, self.scenario.targets_of(year))
            for year, sites in self.sites_by_state["plan"].items()
        ]
        return pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)

    @property
    def ranking_overall(self) -> pd.DataFrame:
        """Townships of each planned year ranked over all targets.

        See :func:`siting.indicators.rank_overall`.
        """
        return rank_overall(self.ranking)

    @property
    def has_guidance(self) -> bool:
        """Whether medical institutions guide the sites of the plan."""
        return self.scenario.guidance is not None and self.inputs.medical is not None

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds of the medical institutions in the last planned year (巡回指导)."""
        return estimate_rounds(*self._guided)

    @cached_property
    def inspections(self) -> InspectionList:
        """Institutions drawn at random for inspection in the last planned year (双随机)."""
        return inspection_list(*self._guided)

    @property
    def _guided(self) -> tuple[Scenario, Network, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """What the rounds and inspections of the last planned year read."""
        inputs, pairing = self.inputs, self.plan.guidance
        if inputs.medical is None:
            raise NoPlanError("nobody is guided: the scenario names no medical institutions")
        state = self.plan.year(self.scenario.last_year).state
        guided = inputs.sites["tier"].isin(self.scenario.guided_tiers).to_numpy()
        open_sites = inputs.sites[state["open"].to_numpy(dtype=bool) & guided]
        last = pairing[pairing["year"] == self.scenario.last_year]
        return self.scenario, self.network, open_sites, inputs.medical, last.drop(columns="year")

    @property
    def left_out(self) -> pd.DataFrame:
        """Places that take no part in the plan, or not by some mode.

        ``table, id, name, why`` (off_street, no_coordinates) ``, mode, distance_m, address``.
        """
        far = off_street(self.scenario, self.inputs, self.reach).assign(
            why="off_street", address=""
        )
        unplaced = self.inputs.unplaced.rename(columns={"site_id": "id"}).assign(
            why="no_coordinates", mode="", distance_m=np.nan
        )
        columns = ["table", "id", "name", "why", "mode", "distance_m", "address"]
        parts = [part[columns] for part in (far, unplaced) if len(part)]
        return pd.concat(parts, ignore_index=True) if parts else far[columns]

    @cached_property
    def tracked(self) -> pd.DataFrame:
        """Tracked indicators against what is asked; see :func:`siting.tracked.tracked_results`."""
        table = self.inputs.tracked
        return tracked_results(table, published_for(self.scenario, table))

    @cached_property
    def staffing(self) -> pd.DataFrame:
        """Child-health staff in every year.

        As :func:`siting.staffing.child_health_staffing`.
        """
        guidance = self.scenario.guidance
        each = guidance.residents_per_staff if guidance else people_per_staff_asked
        years = sorted({self.scenario.base_year, *self.scenario.years})
        tables = [child_health_staffing(self.inputs, year, each) for year in years]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def institution_staffing(self) -> pd.DataFrame:
        """Child-health staff of each primary institution.

        As :func:`siting.staffing.institution_staffing`.
        """
        guidance = self.scenario.guidance
        each = guidance.residents_per_staff if guidance else people_per_staff_asked
        years = sorted({self.scenario.base_year, *self.scenario.years})
        tables = [institution_staffing(self.inputs, year, each) for year in years]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def shared(self) -> pd.DataFrame:
        """Communities and the facilities they share.

        As :func:`siting.indicators.shared_facilities`.
        """
        tables = [
            shared_facilities(sites, self.scenario.targets_of(year))
            for year, sites in self.sites_by_state["plan"].items()
        ]
        return pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)

    @cached_property
    def new_areas(self) -> pd.DataFrame:
        """New residential areas in every planned year under the plan.

        As :func:`siting.indicators.new_area_table`.
        """
        tables = [
            new_area_table(sites, self.scenario.targets_of(year))
            for year, sites in self.sites_by_state["plan"].items()
        ]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def referral(self) -> pd.DataFrame:
        """Drives to medical institutions in the base year.

        As :func:`siting.referral.referral_times`.
        """
        return referral_times(self.scenario, self.network, self.inputs, self.scenario.base_year)

    @cached_property
    def hubs(self) -> pd.DataFrame:
        """Drives from township institutions to the nearest hub.

        As :func:`siting.referral.hub_times`.
        """
        return hub_times(self.scenario, self.network, self.inputs)

    @cached_property
    def centres(self) -> pd.DataFrame:
        """Drives from guiding centres to the open institutions.

        As :func:`siting.centres.centre_times`.
        """
        is_open = {year: sites.is_open for year, sites in self.sites_by_state["plan"].items()}
        return centre_times(self.scenario, self.network, self.inputs, is_open)

    @property
    def signed(self) -> pd.DataFrame:
        """Institutions and children that each medical institution signed in the last year."""
        return signed_children(self.plan)

    @cached_property
    def base_year_check(self) -> pd.DataFrame:
        """Published figures of today against the tables; see :func:`base_year_check`."""
        return base_year_check(self.scenario, self.inputs, self.today)

    @cached_property
    def provisions(self) -> pd.DataFrame:
        """Every provision of the documents, and where the plan stands.

        As :func:`siting.provisions.provisions_of`.
        """
        plan = self.plan
        return provisions_of(self.scenario, plan.targets, self.inputs, plan.sites, self._shown)

    @cached_property
    def _shown(self) -> dict[str, pd.DataFrame]:
        """Tables beside the plan that have something to tell: name of the file -> table."""
        tables = {"tracked": self.tracked, "referral": self.referral}
        tables |= {"base_year": self.base_year_check, "hubs": self.hubs, "signed": self.signed}
        tables["centres"] = self.centres
        tables |= {"services": self.services, "nearest": self.nearest}
        tables |= {"new_areas": self.new_areas, "shared": self.shared}
        tables |= {"institution_staffing": self.institution_staffing}
        if self.inputs.medical is not None:
            tables["staffing"] = self.staffing
        return {name: table for name, table in tables.items() if len(table)}

    @cached_property
    def isochrones(self) -> gpd.GeoDataFrame:
        """The area that each site of the plan reaches within its limit, for drawing only.

        ``site_id, minutes, geometry`` in the metric CRS of the study.
        """
        sites = self.inputs.sites
        planned = sites["site_id"].isin(self.plan.sites["site_id"])
        return isochrones(self.scenario, self.network, sites[planned])

    @cached_property
    def walks(self) -> Walks:
        """Reach at the walking speeds and within the minutes that a trial offers."""
        return measure_walks(self.scenario, self.network, self.inputs)

    @property
    def findings(self) -> Findings:
        """What a review shows of this study."""
        return Findings(
            scenario=self.scenario,
            inputs=self.inputs,
            network=self.network,
            reach=self.reach,
            today=self.today,
            today_targets=self.today_targets,
            plan=self.plan,
            provisions=self.provisions,
            ranking=self.ranking,
            beside={**self._shown, "ranking_overall": self.ranking_overall},
            no_action=self.no_action,
            services=self.services,
            nearest=self.nearest,
            children=self.children,
            isochrones=self.isochrones,
            rounds=self.rounds if self.has_guidance else None,
            inspections=self.inspections if self.has_guidance else None,
            notes=self.notes,
            walks=self.walks,
        )
