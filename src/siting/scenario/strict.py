"""The base of every scenario type: frozen, no unknown keys, no silent conversions."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A frozen type that refuses unknown keys, texts for numbers, NaN and infinity."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


Share = Annotated[float, Field(ge=0, le=1)]
"""A share between 0 and 1."""
PositiveShare = Annotated[float, Field(gt=0, le=1)]
"""A share above 0, at most 1."""
Word = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
"""A name used in columns and in the model."""
Positive = Annotated[float, Field(gt=0)]
"""A number above zero."""
Year = Annotated[int, Field(ge=1900, le=2200)]
"""A calendar year."""
Title = Annotated[str, Field(pattern=r"\S")]
"""A name that only people read."""


class Labelled(Strict):
    """What readers know by a name."""

    label: str = Field(min_length=1)
    """Name shown to readers, Chinese."""
    label_en: str = ""
    """Name shown to readers of English; the Chinese stands in its place where it is left out."""

    def called(self, lang: str) -> str:
        """Return its name in a language, ``zh`` or ``en``."""
        return (lang == "en" and self.label_en) or self.label
