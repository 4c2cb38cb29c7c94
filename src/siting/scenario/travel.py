"""Ways of travelling: who may use which street, and how fast."""

from typing import Annotated, Literal

from pydantic import Field

from siting.scenario.strict import Positive, Strict

ModeName = Literal["walk", "cycle", "drive"]
Speed = Annotated[float, Field(ge=1, le=130)]
"""Kilometres an hour; 120 is the highest limit in China (道路交通安全法实施条例 第七十八条)."""


class Walk(Strict):
    """How families with small children walk."""

    speed_kph: Annotated[float, Field(ge=2, le=8)]
    """Walking speed. 60, 75 and 80 m/min are used in practice (3.6, 4.5, 4.8 km/h)."""
    source: str = Field(min_length=1)
    """Where the speed comes from, or the word assumption."""
    speed_by_highway_kph: dict[str, Speed] = Field(default_factory=dict)
    """OpenStreetMap ``highway`` value -> speed, where it differs, such as steps."""
    excluded_highways: tuple[str, ...] = ("motorway", "motorway_link")
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
    source: str = Field(min_length=1)
    """Where the speed comes from, or the word assumption."""
    speed_by_highway_kph: dict[str, Speed] = Field(default_factory=dict)
    """OpenStreetMap ``highway`` value -> speed, where it differs."""
    excluded_highways: tuple[str, ...] = ("motorway", "motorway_link", "steps")
    """OpenStreetMap ``highway`` values that nobody rides on."""


class Drive(Strict):
    """How cars go."""

    speed_by_highway_kph: dict[str, Speed]
    """OpenStreetMap ``highway`` value -> speed; a class that is not named is not driven on."""
    use_maxspeed: bool = False
    """Whether a lower posted limit (tag ``maxspeed``) of a street counts."""
    source: str = Field(min_length=1)
    """Where the speeds come from, or the word assumption."""
