"""What is wrong with a file that is no YAML, in the words of a planner.

Reads what the parser tells, gives a sentence and a remedy. Does not: pass on the parser's words.
"""

import re

in_quotes = "put the value in quotes"
tab = ("a tab stands where the line is indented", "indent with blanks")
no_value = "write the value, or put it in quotes"
indent = (
    "the line is not indented as those it goes with",
    "begin it as far in as the other keys or items of its group",
)
escape = (
    "a backslash in double quotes has a meaning of its own",
    "write it as / or twice, or use single quotes",
)
marked = ("a value begins with & or *, which are not read", in_quotes)
unknown = (
    "the line cannot be understood",
    "mend the line or its indent, or put its value in quotes",
)
said_of_parser = (
    (r"found character '\\t' that", tab),
    (r"found character '.' that", ("a value cannot begin with this character", in_quotes)),
    (
        r"mapping values are not allowed",
        (
            "a colon cannot stand here",
            "put a text with a colon in quotes, or mend the indent of the line",
        ),
    ),
    (
        r"sequence entries are not allowed",
        ("a list cannot begin here", "begin each item with '- ' on a line of its own"),
    ),
    (
        r"could not find expected ':'",
        ("a key without a colon", "write a colon and a blank behind it"),
    ),
    (
        r"found unexpected (end of stream|document separator)",
        ("the quote that opens here is not closed", "close it with the same quote"),
    ),
    (r"expected ',' or '\]'", ("a list in brackets lacks a comma or its ]", "add what is missing")),
    (r"expected ',' or '}'", ("keys in braces lack a comma or their }", "add what is missing")),
    (
        r"expected <block end>, but found '<scalar>'",
        (
            "a text stands behind a value that has ended",
            "put the whole value in one pair of quotes",
        ),
    ),
    (r"expected <block end>", indent),
    (r"expected the node content", ("a value is missing here", no_value)),
    (r"found undefined alias|found duplicate anchor|expected alphabetic or numeric", marked),
    (r"found unknown escape|expected escape sequence", escape),
    (
        r"found another document|document end marker|<document start>",
        ("a second document begins here", "keep one scenario in the file, without --- and ..."),
    ),
    (
        r"indentation indicator|comment or a line break",
        ("text stands behind | or >", "begin the text on the next line, or put it in quotes"),
    ),
    (r"undefined tag|expected URI", ("a value begins with !, which is not read", in_quotes)),
)
"""What the parser tells -> what is wrong, and what to do; the first that fits holds."""
of_brackets = re.compile(r"expected ',' or '[\]}]'")
told_at_beginning = re.compile("could not find expected ':'|end of stream|document separator")
"""Mistakes that the parser notices later than they begin."""


def said(problem: str) -> tuple[str, str]:
    """Return what is wrong with a line, and what to do about it."""
    return next((told for found, told in said_of_parser if re.search(found, problem)), unknown)
