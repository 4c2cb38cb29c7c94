"""What acting costs, by host and action, and which costs a plan keeps low."""

from typing import Annotated, Literal

from pydantic import Field

from siting.scenario.strict import Strict

Amount = Annotated[float, Field(ge=0)]
"""CNY, not negative."""
Action = Literal["open", "convert", "expand", "close", "keep"]


class ActionCost(Strict):
    """Cost of an action at a kind of host, where the row of a site does not tell it."""

    fixed_cny: Amount = 0.0
    """Capital for the site, CNY."""
    place_cny: Amount = 0.0
    """Capital for each place added, CNY."""
    running_cny: Amount = 0.0
    """Running cost of a place in a year, CNY."""
    subsidy_cny: Amount = 0.0
    """Subsidy for each place added, CNY; part of the capital, not on top of it."""
    source: str = Field(min_length=1)
    """Where the figures come from, or the word assumption."""


class Costs(Strict):
    """What the cost of a plan is made of."""

    counted: tuple[Literal["capital", "running"], ...] = ("capital",)
    """Capital, or also the running cost of every year from the first planned to the last
    one. Running costs of a planned year hold until the next."""
    discount_rate: Annotated[float, Field(ge=0, le=0.2)] = 0.0
    """A cost one year later counts this share less, from the base year on."""
    source: str = "assumption"
    """Where the discount rate comes from, or the word assumption."""
