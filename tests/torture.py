"""How much the tests of trust do: little in every run, the full figures in ``make torture``."""

import os

full = os.environ.get("SITING_TORTURE") == "1"


def amount(usual, in_full):
    """Return how much to do: examples, seconds, processes, kills."""
    return in_full if full else usual
