"""Every text of the review page that is not data, in Chinese and English, by part of the page.

Reads nothing, gives texts by their key. Does not: know what stands between them.
"""

from siting.review.words import places_on_map, sections, sites, sources, story, targets

illustrative = story.illustrative
texts: dict[str, tuple[str, str]] = {
    **story.texts,
    **sections.texts,
    **targets.texts,
    **places_on_map.texts,
    **sites.texts,
    **sources.texts,
}

languages = ("zh", "en")


def words(lang: str, texts: dict[str, tuple[str, str]] = texts) -> dict[str, str]:
    """Return the texts of a page in a language.

    Parameters
    ----------
    lang
        ``zh`` or ``en``.
    texts
        Chinese and English of each; those of the review page unless said otherwise.

    Raises
    ------
    ValueError
        The language is neither.
    """
    if lang not in languages:
        raise ValueError(f"lang is '{lang}'; the page speaks {' and '.join(languages)}")
    at = languages.index(lang)
    return {key: text[at] for key, text in texts.items()}
