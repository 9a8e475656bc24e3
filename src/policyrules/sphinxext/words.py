"""The fixed words of pages, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from policyrules.source import Language, Text

TYPES: Mapping[str, Text] = {
    "ruleset": Text("ruleset", "规则集"),
    "benefit": Text("benefit", "待遇"),
    "definition": Text("definition", "定义"),
    "deadline": Text("deadline", "时限"),
    "parameter": Text("parameter", "标准"),
    "input": Text("input", "信息项"),
    "source": Text("source", "文件"),
    "example": Text("example", "示例"),
}
WORDS: Mapping[str, Text] = {
    "of": Text("Whose", "对象"),
    "unit": Text("Unit", "单位"),
    "under": Text("Under", "依据"),
    "reading": Text("Reading", "解读"),
    "from": Text("From", "起始日期"),
    "to": Text("Until", "截止日期"),
    "value": Text("Value", "数额"),
    "always": Text("always", "始终"),
    "rule": Text("Rule", "规则原文"),
    "sources": Text("Documents", "文件"),
    "inputs": Text("Inputs", "信息项"),
    "benefits": Text("Benefits", "待遇"),
    "parameters": Text("Parameters", "标准"),
    "definitions": Text("Definitions", "定义"),
    "deadlines": Text("Deadlines", "时限"),
    "title": Text("Title", "标题"),
    "number": Text("Number", "文号"),
    "issuer": Text("Issued by", "发文机关"),
    "issued": Text("Issued", "发文日期"),
    "reads": Text("Depends on", "取决于"),
    "read by": Text("Used by", "用于"),
    "case": Text("Case", "个案"),
    "outcome": Text("Outcome", "结果"),
    "why": Text("Why", "理由"),
    "holds": Text(
        "The rules compile; {} checks and {} examples hold.",
        "规则编译通过，{}项核对、{}个示例均符合。",
    ),
    "household": Text("household", "家庭"),
    "person": Text("person", "个人"),
    "matter": Text("case", "件"),
    "plot": Text("{} from {} to {}", "{}：{}至{}"),
    "unknown": Text("{} `{}` is not declared in {}", "{1}不是{2}中的{0}"),
    "no ruleset": Text(
        "no ruleset is named: state `:ruleset:` or `policyrules_rulesets` in conf.py",
        "未指明规则集：请使用“:ruleset:”，或者在conf.py中设置policyrules_rulesets",
    ),
    "no language": Text("`:lang:` is en, zh or both", "“:lang:”只能是en、zh或者both"),
    "fails": Text("the rules were to fail with {}; found: {}", "规则应报告{}；实际报告：{}"),
    "dependencies": Text("What {} depends on", "{}取决于什么"),
    "as list": Text("The same as a list", "以列表显示"),
    "none": Text("nothing", "无"),
}


def word(name: str, lang: Language) -> str:
    """A fixed word."""
    return WORDS[name].of(lang)


def title(objtype: str, lang: Language) -> str:
    """What a type of object is called."""
    return TYPES[objtype].of(lang)


def language(code: str) -> Language:
    """The language of the product for one of Sphinx: Chinese for any Chinese, else English."""
    return "zh" if code.startswith("zh") else "en"
