"""Write docs/reference/commands.md and commands.zh.md from the parser of the command line."""

import argparse
from pathlib import Path

from siting.arguments import parser

docs = Path(__file__).parent
head_en = """# Command line

Made from the parser (`src/siting/arguments.py`) and its texts (`src/siting/command_help.py`) by
`make docs`; [中文](commands.zh.md). `siting COMMAND --help` prints the same in the terminal, and
`siting --version` the version. `python -m siting` is the same command. `--lang` may stand before
the command too; help, and what is wrong with a command, are told in that language. The environment
variable `SITING_LANG` (`zh` or `en`) names the language of every command without `--lang`; without
it the language is Chinese.

| exit code | meaning |
|---:|---|
| 0 | a plan was found, or what was asked for was done |
| 1 | the solver cannot be believed or the memory does not suffice; a case of `doctor` is wrong |
| 2 | the scenario, a file or a word of the command is wrong |
| 3 | a hard target cannot be met: it is proven that there is no plan |
| 4 | no plan was found in the time given |
| 130 | stopped with Ctrl-C; earlier results are as they were |
"""


head_zh = """# 命令

本页由 `make docs` 按命令行的解析器（`src/siting/arguments.py`）及其说明文字
（`src/siting/command_help.py`）写成；[English](commands.md)。在终端中运行 `siting COMMAND --help`
显示同样的内容，`siting --version` 显示版本号；`python -m siting` 与 `siting` 相同。`--lang`
也可以写在命令之前；帮助和命令写错时的提示都用这种语言。环境变量 `SITING_LANG`（`zh` 或 `en`）
决定没有写 `--lang` 的命令用什么语言；没有这个变量则用中文。

| 退出码 | 含义 |
|---:|---|
| 0 | 已有方案，或已完成所要求的事 |
| 1 | 求解器不可信，或内存不足；`doctor` 的某一算例错误 |
| 2 | 方案设定、文件或命令的写法有误 |
| 3 | 约束性目标不能达到：已证明没有方案 |
| 4 | 限定时间内没有找到方案 |
| 130 | 用 Ctrl-C 中止；原有成果未改动 |
"""
heads = {"en": head_en, "zh": head_zh}
columns = {
    "en": "| word | meaning | default |\n|---|---|---|",
    "zh": "| 写法 | 含义 | 不写时 |\n|---|---|---|",
}
needed = {"en": "(needed)", "zh": "（必须写）"}
off = {"en": "off", "zh": "否"}


def text(lang: str = "en") -> str:
    """Return the page in a language."""
    whole = parser(lang)
    commands = next(
        action
        for action in whole._actions  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    sections = [section(name, command, lang) for name, command in commands.choices.items()]
    return "\n".join([heads[lang], *sections])


def text_zh() -> str:
    """Return the page in Chinese."""
    return text("zh")


def section(name: str, command: argparse.ArgumentParser, lang: str) -> str:
    """Return the section of a command."""
    actions = [
        action
        for action in command._actions  # noqa: SLF001
        if not isinstance(action, argparse._HelpAction)  # noqa: SLF001
    ]
    words = [usage(action) for action in sorted(actions, key=lambda a: bool(a.option_strings))]
    meaning = sentence(command.description or "", lang)
    lines = [f"## {name}", meaning, "", "```text", " ".join(["siting", name, *words]), "```"]
    lines += ["", columns[lang]]
    lines += [
        f"| `{spelt(action)}` | {cell(action.help or '')} | {default(action, lang)} |"
        for action in actions
    ]
    return "\n".join([*lines, ""])


def spelt(action: argparse.Action) -> str:
    """Return a word as it is written, with what follows it."""
    value = "" if action.nargs == 0 else value_of(action)
    return " ".join(filter(None, [*action.option_strings[-1:], value]))


def value_of(action: argparse.Action) -> str:
    """Return what stands for a value."""
    if action.choices:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return str(action.metavar or action.dest.upper())


def usage(action: argparse.Action) -> str:
    """Return a word as the usage of its command shows it."""
    word = spelt(action)
    if action.nargs == "+":
        word = f"{word} [{word} ...]"
    return word if action.required and action.nargs != "?" else f"[{word}]"


def default(action: argparse.Action, lang: str) -> str:
    """Return what holds where a word is left out."""
    if action.required and action.nargs != "?":
        return needed[lang]
    if action.nargs == 0:
        return off[lang]
    if action.default == argparse.SUPPRESS:  # that of the same word before the command
        return f"`{parser().get_default(action.dest)}`"
    return "" if action.default in (None, 0) else f"`{action.default}`"


def sentence(phrase: str, lang: str) -> str:
    """Return a phrase with a capital and a full stop."""
    return f"{phrase}。" if lang == "zh" else f"{phrase[:1].upper()}{phrase[1:]}."


def cell(phrase: str) -> str:
    """Return a text that stands in a cell of a table."""
    return phrase.replace("|", "\\|")


if __name__ == "__main__":
    for name, page in (("commands", text()), ("commands.zh", text_zh())):
        path = docs / "reference" / f"{name}.md"
        path.write_text(page, encoding="utf-8", newline="\n")
