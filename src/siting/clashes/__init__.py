"""Why not: which requirements clash, what repairs them, and why soft targets fall short.

Reads the tables of a study with its reach, gives :class:`Explanation` and :class:`Shortcoming`.
Does not: change a scenario, or tell a repair whose plan was not found.
"""
