"""What is wrong with the words of a command."""

usage = {
    "the environment variable {name} is neither zh nor en: {found}": (
        "环境变量 {name} 应为 zh 或 en，现为 {found}"
    ),
    "not known: {words}": "未识别：{words}",
    "the following arguments are required: {words}": "缺少：{words}",
    "argument {word}: <what>": "{word}：<what>",
    "'{value}' is none of {choices}": "没有“{value}”，可用：{choices}",
    "argument {word}: a number from {least} to {most} expected, found {value}": (
        "{word}：应为{least}至{most}的数字，现为 {value}"
    ),
    "argument {word}: a number from {least} to {most} (km) expected, found {value}": (
        "{word}：应为{least}至{most}千米的数字，现为 {value}"
    ),
    "expected one argument": "后面应写一个值",
    "expected at least one argument": "后面至少应写一个值",
    "ignored explicit argument {value}": "后面不能带值 {value}",
    "invalid float value: {value}": "应为数字，现为 {value}",
    "ambiguous option: {word} could match {words}": "{word} 不明确，可能是 {words}",
}
