"""README.md and README.zh.md say the same: sections, commands, pictures, links, rows of tables."""

import re
from pathlib import Path

import pytest

project = Path(__file__).parents[1]
texts = {
    name: (project / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")
}
fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
link = re.compile(r"\]\(([^)]+)\)")
code = re.compile(r"`[^`\n]+`")


def levels(text):
    """Return the level of each heading, in order, and how many blocks of code each section has."""
    parts = re.split(r"^(#+) ", fence.sub("⟦code⟧", text), flags=re.MULTILINE)[1:]
    return [(len(m), body.count("⟦code⟧")) for m, body in zip(parts[::2], parts[1::2], strict=True)]


def commands(text):
    """Return the lines of each block without comments, and without the language of the reader."""
    blocks = []
    for language, block in fence.findall(text):
        lines = (re.sub(r"\s+#.*", "", line).rstrip() for line in block.splitlines())
        same = [line.replace(" --lang en", "") for line in lines]
        blocks.append((language, [re.sub(r'lang="\w+"', "lang", line) for line in same]))
    return blocks


def targets(text):
    """Return where links and pictures point, apart from the README in the other language."""
    same = {"_zh.png": "_en.png", ".zh.md": ".md"}
    found = link.findall(text)
    for chinese, english in same.items():
        found = [target.replace(chinese, english) for target in found]
    return [target for target in found if not target.startswith("README")]


def tables(text):
    """Return the number of cells in each row of each table."""
    rows = re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
    return [[line.count("|") for line in rows_of.splitlines()] for rows_of in rows]


def inline_code(text):
    """Return the words in code that are neither blocks nor commands with a title of their own."""
    words = code.findall(fence.sub("", text))
    return sorted({re.sub(r' --lang en| --title "[^"]*"', "", word) for word in words})


@pytest.mark.parametrize("part", [levels, commands, targets, tables])
def test_both_have_the_same(part):
    english, chinese = (part(text) for text in texts.values())
    assert len(english) > 3
    assert english == chinese


def test_both_name_the_same_commands_files_and_keys():
    english, chinese = (set(inline_code(text)) for text in texts.values())
    only_chinese = {"`--lang`"}
    assert english - chinese == set()
    assert chinese - english <= only_chinese


def test_the_chinese_one_is_chinese():
    prose = re.sub(r"[`*\[][^`*\]]*[`*\]]|\([^)]*\)", "", fence.sub("", texts["README.zh.md"]))
    for line in prose.splitlines():
        if len(line) > 60 and not line.startswith(("| |", "|--")):
            assert len(re.findall("[一-鿿]", line)) > len(re.findall("[A-Za-z]{4,}", line)), line
