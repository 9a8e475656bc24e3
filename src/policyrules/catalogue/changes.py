"""What is asked of the rules about other facts, other dates, other rules."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

CHANGES: dict[str, Entry] = {
    "PR680": entry(
        ("no benefit to become due", "不是待遇"),
        (
            "`{name}` is no benefit; only of a benefit is it asked what would change it",
            "“{name}”不是待遇，只能查询何种变化会改变待遇",
        ),
        hint=("name one of its benefits: {known}", "请写其中一项待遇：{known}"),
    ),
    "PR681": entry(
        ("nothing to compare with", "没有比较的对象"),
        (
            "two states of a case are compared: on two dates or by two rulesets",
            "应比较个案的两个状态：两个日期，或者两个规则集",
        ),
        hint=(
            "give `--from` and `--to`, or `--with` another ruleset",
            "请写明 --from 和 --to，或者用 --with 写明另一规则集",
        ),
    ),
    "PR682": entry(
        ("rules of another day", "不是该日期的规则"),
        ("here are the rules of {known} only", "此处只有{known}的规则"),
        hint=(
            "leave the date out, or build the module without `--on`",
            "请略去日期，或者生成模块时不指定 --on",
        ),
    ),
    "PR657": entry(
        ("a module has all rules", "模块包含全部规则"),
        (
            "a Python module has all rules of a ruleset; some are written as a script or a page",
            "Python模块包含规则集的全部规则；只有网页脚本和网页可以只含部分规则",
        ),
        hint=(
            "name a file ending in .js, .mjs or .html, or ask the module for `only` these",
            "请使用以.js、.mjs或者.html结尾的文件名，或者在使用模块时用 only 指定",
        ),
    ),
}
