"""The page on which sites that have an address only are placed.

Reads a scenario, gives the page. Does not: look an address up.
"""

from siting.derived import read_inputs
from siting.inputs import read_tables
from siting.network import read_network
from siting.review import draw_placing_page
from siting.scenario import Scenario


def placing_page(scenario: Scenario, lang: str = "zh") -> str | None:
    """Return the page on which sites with an address only are placed by a click.

    Returns
    -------
    str or None
        HTML that opens without a network; None where every site has coordinates.

    Raises
    ------
    InputError
        The scenario's files cannot be used.
    """
    network = read_network(scenario)
    inputs = read_inputs(scenario, network)
    if inputs.unplaced.empty:
        return None
    placed = read_tables(scenario).frames.get("placed")
    return draw_placing_page(
        scenario, inputs.unplaced, inputs.townships, network, inputs.sites, lang, placed=placed
    )
