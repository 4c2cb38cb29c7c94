"""The textbook location problems on plain tables: a thin door to ``siting.location``."""
