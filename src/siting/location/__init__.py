"""The textbook location problems on plain arrays, with proof.

Reads reach as a sparse matrix, demand weights and sites, gives chosen sites with value and bound.
Does not: know a study, its years or its targets.
"""
