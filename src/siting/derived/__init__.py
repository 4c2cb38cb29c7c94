"""Tables that are made rather than read, when a scenario asks for it.

Reads a scenario, its tables and its streets, gives :class:`siting.inputs.Inputs`: townships
around seats, cells along streets, facilities and candidates from places of OpenStreetMap, from a
grid and from rules about other tables. Does not: check what files hold (inputs does, for made
tables too), measure who reaches what, or choose.
"""

from siting.derived.made_inputs import read_inputs

__all__ = ["read_inputs"]
