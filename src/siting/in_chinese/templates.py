"""English sentences with slots -> their Chinese.

A template is a text in which ``{found}`` stands for something that is shown as it is, and
``<what>`` for something that is itself put into Chinese where a template of the table is known
for it. Both stand in the English and in the Chinese text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

slot = re.compile(r"\{\w+\}|<\w+>")
deepest = 12
"""Sentences within sentences that are put into Chinese; those further inside are left."""


@dataclass(frozen=True)
class Template:
    """A text cut at its slots: one literal more than there are slots.

    Attributes
    ----------
    literals, slots
        In the order of the English text.
    chinese
        The Chinese text with the same slots.
    """

    literals: tuple[str, ...]
    slots: tuple[str, ...]
    chinese: str

    @property
    def rank(self) -> tuple[bool, int]:
        """Of the templates that fit a text, the one of the lowest rank is taken.

        First those that add something to a whole sentence; then those with most characters
        outside their slots.
        """
        adds_to_sentence = self.slots[:1] == ("<what>",) and not self.literals[0]
        return not adds_to_sentence, -sum(map(len, self.literals))

    def filled_by(self, text: str) -> dict[str, str] | None:
        """Return what stands in the slots of a text, None if it is another text.

        Each literal is taken where it stands first, so that the time grows with the length of
        the text only, whatever stands in it.
        """
        first, *between = self.literals
        last = between.pop() if between else ""
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        found, at = {}, len(first)
        for name, literal in zip(self.slots, between, strict=False):
            stop = text.find(literal, at, end)
            if stop < 0:
                return None
            found[name], at = text[at:stop], stop + len(literal)
        if self.slots:
            found[self.slots[-1]] = text[at:end]
        elif at != len(text):
            return None
        return None if " " in found.get("{year}", "") else found


class Templates:
    """A table of templates.

    Parameters
    ----------
    sentences
        English -> Chinese.
    words
        The same for what stands in a slot only.
    of_slots
        Slot -> the same for what stands in this slot, tried before sentences and words.
    place
        Puts what stands in the slot ``<place>`` into Chinese.
    """

    def __init__(
        self,
        sentences: Mapping[str, str],
        words: Mapping[str, str],
        of_slots: Mapping[str, Mapping[str, str]],
        place: Callable[[str], str],
    ) -> None:
        self.sentences = _by_rank(sentences)
        self.inside = _by_rank({**sentences, **words})
        self.of_slots = {name: _by_rank(table) for name, table in of_slots.items()}
        self.place = place

    def chinese(self, text: str) -> str | None:
        """Return the Chinese of a text, None where no template is that of the whole text."""
        return self._chinese(text, self.sentences, 0)

    def chinese_in(self, name: str, text: str, depth: int = 0) -> str:
        """Return the Chinese of what stands in a slot, itself where no template is known."""
        if name == "<place>":
            return self.place(text)
        if not name.startswith("<") or not text or depth == deepest:
            return text
        for table in (self.of_slots.get(name, ()), self.inside):
            chinese = self._chinese(text, table, depth + 1)
            if chinese is not None:
                return chinese
        return text

    def _chinese(self, text: str, table: tuple[Template, ...], depth: int) -> str | None:
        for template in table:
            found = template.filled_by(text)
            if found is not None:
                told = {name: self.chinese_in(name, each, depth) for name, each in found.items()}
                return slot.sub(lambda match: told[match[0]], template.chinese)  # noqa: B023
        return None


def _by_rank(table: Mapping[str, str]) -> tuple[Template, ...]:
    templates = [
        Template(tuple(slot.split(english)), tuple(slot.findall(english)), chinese)
        for english, chinese in table.items()
    ]
    return tuple(sorted(templates, key=lambda template: template.rank))
