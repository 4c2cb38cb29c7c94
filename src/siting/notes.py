"""What was left out, repaired or assumed on the way, told to people in both languages.

Reads nothing, gives :class:`Note`. Does not: decide what is worth telling.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """A sentence with its counts, in Chinese and English."""

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """Return the sentence in ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en
