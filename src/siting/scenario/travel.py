"""Ways of travelling: who may use which street, and how fast.

A class of street that a mode leaves out is open to it all the same where the street's own tag says
so (``foot``, ``bicycle``); what other tags close is told in :mod:`siting.network.access_rules`.
"""

from typing import Annotated, Literal

from pydantic import Field

from siting.scenario.strict import Positive, Strict

ModeName = Literal["walk", "cycle", "drive"]
Speed = Annotated[float, Field(ge=1, le=130)]
"""Kilometres an hour; 120 is the highest limit in China (道路交通安全法实施条例 第七十八条)."""

no_ordinary_streets = ("bus_guideway", "busway", "escape", "raceway")
"""``highway`` values for special vehicles only (OSM Wiki, Key:highway)."""

design_speed_kph = {
    "motorway": 100.0,
    "trunk": 80.0,
    "primary": 50.0,
    "secondary": 40.0,
    "tertiary": 30.0,
    "unclassified": 30.0,
    "residential": 20.0,
    "living_street": 20.0,
    "service": 20.0,
    "road": 20.0,
    "motorway_link": 50.0,
    "trunk_link": 40.0,
    "primary_link": 25.0,
    "secondary_link": 20.0,
    "tertiary_link": 15.0,
}
"""``highway`` value -> design speed, km/h: the speed of free flow, not of the rush hour.

CJJ 37-2012 table 3.2.1 gives 100/80/60 for expressways (快速路), 60/50/40 for arterial (主干路),
50/40/30 for sub-arterial (次干路) and 40/30/20 for local roads (支路), JTG B01-2014 table 3.5.1
120/100/80 for motorways; CJJ 37-2012 3.2.3 0.4 to 0.7 of the road for its ramps. Assumptions: trunk
is an expressway, primary arterial, secondary sub-arterial, the rest local; the middle figure is
driven, the lowest within residential quarters, and half of the road's on its ramps."""
design_speed_source = (
    "CJJ 37-2012 表3.2.1、3.2.3，JTG B01-2014：设计速度中值，自由流，不计拥堵 (free flow, middle "
    "design speed); OpenStreetMap 道路类型与城市道路等级的对应为假设 (assumption)"
)


cycling_source = "道路交通安全法 第五十八条：电动自行车在非机动车道内最高时速15公里"


class Walk(Strict):
    """How families with small children walk."""

    speed_kph: Annotated[float, Field(ge=2, le=8)]
    """Walking speed. 60, 75 and 80 m/min are used in practice (3.6, 4.5, 4.8 km/h)."""
    source: str = Field(min_length=1)
    """Where the speed comes from, or the word assumption."""
    speed_by_highway_kph: dict[str, Speed] = Field(default_factory=dict)
    """OpenStreetMap ``highway`` value -> speed, where it differs, such as steps."""
    excluded_highways: tuple[str, ...] = ("motorway", "motorway_link", *no_ordinary_streets)
    """OpenStreetMap ``highway`` values that nobody walks on (道路交通安全法 第六十七条 bars
    pedestrians from motorways)."""
    snap_limit_m: Positive = 300.0
    """A place farther than this from a walkable street is reported and reaches nothing
    (assumption)."""


class Cycle(Strict):
    """How families ride a bicycle or e-bike."""

    speed_kph: Annotated[float, Field(ge=5, le=25)] = 15.0
    """Riding speed. 15 km/h is the limit of electric bicycles on cycle lanes (道路交通安全法
    第五十八条); 25 km/h the design limit of GB 17761-2018."""
    source: str = Field(default=cycling_source, min_length=1)
    """Where the speed comes from, or the word assumption."""
    speed_by_highway_kph: dict[str, Speed] = Field(default_factory=dict)
    """OpenStreetMap ``highway`` value -> speed, where it differs."""
    excluded_highways: tuple[str, ...] = (
        "motorway",
        "motorway_link",
        "steps",
        "elevator",
        "corridor",
        "platform",
        "footway",
        "pedestrian",
        *no_ordinary_streets,
    )
    """OpenStreetMap ``highway`` values that nobody rides on (道路交通安全法 第五十七条: bicycles
    keep to cycle lanes or the right side of the carriageway; 第六十七条: not on motorways)."""


class Drive(Strict):
    """How cars go."""

    speed_by_highway_kph: dict[str, Speed] = Field(default_factory=dict)
    """OpenStreetMap ``highway`` value -> speed, where it differs from the design speed of the
    class; a class that has neither is not driven on."""
    excluded_highways: tuple[str, ...] = ()
    """OpenStreetMap ``highway`` values that nobody drives on although they have a speed."""
    use_maxspeed: bool = False
    """Whether a lower posted limit (tag ``maxspeed``) of a street counts."""
    source: str = Field(default=design_speed_source, min_length=1)
    """Where the speeds come from, or the word assumption."""

    @property
    def speeds_kph(self) -> dict[str, float]:
        """Speed of every ``highway`` value that is driven on."""
        speeds = {**design_speed_kph, **self.speed_by_highway_kph}
        return {name: kph for name, kph in speeds.items() if name not in self.excluded_highways}
