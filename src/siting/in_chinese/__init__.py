"""Problems and errors in Chinese, for the command line.

Reads the English texts that the package raises, gives Chinese ones, found in a table of
templates. A text without a template stays as it is. Does not: raise, print, change an error.
"""

from siting.errors import Problem
from siting.in_chinese.catalogue import catalogue
from siting.in_chinese.places import place_in_chinese

__all__ = ["error_in_chinese", "problem_in_chinese"]

endings = ("。", "？", "?")


def problem_in_chinese(problem: Problem) -> str:
    """Return a problem as a planner reads it: where, what, and what to do about it."""
    place = place_in_chinese(problem.place)
    what, remedy = (_sentence(error_in_chinese(text)) for text in (problem.what, problem.remedy))
    return f"{place}：{what}{remedy}"


def error_in_chinese(text: str) -> str:
    """Return the text of an error in Chinese, itself where no template is that of the whole."""
    chinese = catalogue.chinese(text)
    return text if chinese is None else chinese


def _sentence(text: str) -> str:
    return text if text.endswith(endings) else f"{text}。"
