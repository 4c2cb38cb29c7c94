"""What is wrong with a value, in the words of a planner.

Reads what pydantic found, gives a sentence and a remedy. Does not: decide what is wrong, or where.
"""

from pydantic_core import ErrorDetails

whole_number = ("a whole number is needed", "write a whole number")
number = ("a number is needed", "write a plain number in the unit of the key")
text = ("a text is needed", "write a text; put numbers and codes in quotes")
true_or_false = ("true or false is needed", "write true or false")
a_list = ("a list is needed", "write a list in brackets, such as [2026, 2028]")
keys = ("keys with their values are needed", "write the keys below it, each with its value")
said_of_type = {
    "missing": ("the key is missing", "add the key"),
    "union_tag_not_found": ("the key is missing", "add the key"),
    "extra_forbidden": ("there is no such key", "remove the key or correct its spelling"),
    "int_type": whole_number,
    "int_parsing": whole_number,
    "int_from_float": whole_number,
    "int_parsing_size": ("the number is too large", "write a smaller number"),
    "float_type": number,
    "float_parsing": number,
    "finite_number": number,
    "string_type": text,
    "string_unicode": ("the text holds half a character", "write the text anew"),
    "bool_type": true_or_false,
    "bool_parsing": true_or_false,
    "tuple_type": a_list,
    "list_type": a_list,
    "dict_type": keys,
    "model_type": keys,
    "model_attributes_type": keys,
    "dataclass_type": keys,
    "invalid_key": ("a key must be a text", "remove the key or correct its spelling"),
    "none_required": ("nothing may stand here", "remove the value"),
}
"""Type of a mistake, as pydantic names it -> what is wrong, and what to do."""
of_pattern = {
    "^[A-Za-z][A-Za-z0-9_]*$": "must begin with a letter, and hold letters, digits and _ only",
    "^[a-z][a-z0-9_]*$": "must begin with a letter, and hold small letters, digits and _ only",
    "^[A-Za-z0-9_.]+$": "must hold letters, digits, _ and . only",
    "^[A-Za-z_]+$": "must hold letters and _ only",
    r"\S": "must not be blank",
}
"""Form of a text -> what is wrong with one that is not of it."""
of_limit = {
    "greater_than": "must be above {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be below {lt}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be one of {expected}",
    "union_tag_invalid": "'{tag}' is none of {expected_tags}",
    "string_too_short": "must hold at least {min_length} characters",
    "string_too_long": "must hold at most {max_length} characters",
    "too_short": "at least {min_length} are needed, {actual_length} found",
    "too_long": "at most {max_length} are allowed, {actual_length} found",
    "value_error": "{error}",
}
"""Type of a mistake -> what is wrong, with slots for the limits of the key."""


def said(detail: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value, and what to do about it."""
    kind, limits = detail["type"], dict(detail.get("ctx", {}))
    if kind in said_of_type:
        return said_of_type[kind]
    remedy = "correct the value, and mind the unit of the key"
    if kind == "string_pattern_mismatch":
        pattern = limits["pattern"]
        return of_pattern.get(pattern, f"must be of the form {pattern}"), remedy
    if kind == "literal_error":
        limits["expected"] = limits["expected"].replace(" or ", ", ")
    what = of_limit[kind].format(**limits) if kind in of_limit else detail["msg"]
    return what, "name at least one" if kind == "too_short" else remedy


def only_follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Return whether a list is said to be short only because its items are wrong."""
    path = detail["loc"]
    inside = any(d["loc"][: len(path)] == path and d is not detail for d in details)
    return detail["type"] == "too_short" and inside
