"""What a calculator in a web page says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from policyrules import wording
from policyrules.javascript_data import data, record
from policyrules.source import Language, Text
from policyrules.types.units import PERCENT

# Figures stand for `{0}`, `{1}` and so on.
_WORDS: Mapping[str, Text] = {
    "help": Text(
        "Fill in what you know. Where something is left open, the result is a range.",
        "请填写已知的信息。未填写的，按可能的范围显示结果。",
    ),
    "privacy": Text(
        "Everything is computed in this page; nothing is sent. The result is no decision.",
        "全部计算在本页面内完成，不上传任何信息。结果仅供参考，以主管部门的决定为准。",
    ),
    "result": Text("Result", "结果"),
    "on": Text("Date of the question", "评估日期"),
    "ofDay": Text("By the rules of {0}.", "按{0}的规定计算。"),
    "yes": Text("yes", "是"),
    "no": Text("no", "否"),
    "unknown": Text("not known", "不清楚"),
    "member": Text("Member {0}", "成员{0}"),
    "memberCount": Text("members of the household", "家庭成员"),
    "count": Text("Members of the household: {0}", "家庭成员共{0}人"),
    "add": Text("Add a member", "增加成员"),
    "remove": Text("Remove {0}", "删除{0}"),
    "silent": Text(
        "Figures that the document does not state, if you know them",
        "文件未载明的标准（如已知请填写）",
    ),
    "copy": Text("Link with these answers", "生成含所填信息的链接"),
    "copied": Text(
        "Copied. Whoever has the link sees the answers.", "已复制。持有链接者可看到所填信息。"
    ),
    "link": Text("The link with these answers", "含所填信息的链接"),
    "clear": Text("Clear the form", "清空"),
    "wrong": Text("Please correct the entries that are marked.", "请更正标明有误的内容。"),
    "needs": Text("This depends on:", "还需要以下信息："),
    "untold": Text("not told", "暂不能得出结果"),
    "refused": Text("{0} is not computed here: {1}.", "本页不计算{0}：{1}。"),
    "rateExample": Text("such as 5%", "例如5%"),
    "notHappened": wording.NOT_HAPPENED,
    "day": Text("{0}-{1}-{2}", "{0}年{3}月{4}日"),
    "about": Text("{0} (about {1})", "{0}（约{1}）"),
    "range": Text("{0} to {1}", "{0}至{1}"),
    "atLeast": Text("at least {0}", "不低于{0}"),
    "atMost": Text("at most {0}", "不超过{0}"),
    "unbounded": wording.interval(None, None, ""),
    "unboundedAbove": Text("not bounded above", "上限不明"),
    "inBrackets": Text(" ({0})", "（{0}）"),
    "comma": Text(", ", "，"),
    "stop": Text("; ", "；"),
    "gap": Text(" ", ""),
    "noUnit": wording.unit_words(""),
    "rate": wording.unit_words(PERCENT),
    "why": Text("Why: {0}", "理由：{0}"),
    "parts": Text("{0}: {1}", "{0}：{1}"),
    "since": Text("from {0}", "自{0}起"),
    "plot": Text("Plot of the benefit over one figure", "待遇随某项数值变化的图示"),
    "plotOf": Text("Result", "结果项目"),
    "plotOver": Text("Over which figure", "随哪项数值变化"),
    "plotFrom": Text("From", "起"),
    "plotTo": Text("To", "止"),
    "plotEnds": Text("Enter two numbers, the smaller one first.", "请填写两个数值，前者小于后者。"),
    "plotNone": Text(
        "There is nothing to draw with these entries.", "按目前填写的内容，不能绘制图示。"
    ),
    "plotCut": Text(
        "Only some points were computed: between the ends, amounts may differ from the line.",
        "只计算了部分数值，区间内的数额可能与直线不同。",
    ),
    "supplied": Text(
        "{0}, as filled in; the document does not state it", "{0}（文件未载明，按填写的计算）"
    ),
    "plotLabel": Text(
        "{0} over {1}; the table below has the same.", "{0}随{1}变化的图示，下表内容相同。"
    ),
    "plotAxes": Text("Across: {0}. Upward: {1}.", "横轴：{0}；纵轴：{1}。"),
    "plotTable": Text("The same as a table", "图示内容列表"),
    "plotAtStart": Text("At the start", "起点处"),
    "plotAtEnd": Text("At the end", "终点处"),
    "plotRounded": Text(
        "Amounts are rounded: the lines leave out the small steps between their ends.",
        "金额取整，图示略去区间内的细小台阶。",
    ),
}
_ABOUT: Mapping[str, Text] = {
    "household": Text("The household", "家庭情况"),
    "person": Text("The person", "个人情况"),
    "case": Text("The case", "基本情况"),
}
_BASES: Mapping[str, Text] = {
    "exact": Text("", ""),
    "discretion": Text("Decided by an official within this range.", "在此范围内酌情确定。"),
    "missing": Text("A range, since information is missing.", "信息不全，仅能得出范围。"),
    "both": Text(
        "A range, since information is missing and an official decides.",
        "信息不全，且须酌情确定，仅能得出范围。",
    ),
}
_HELD: Mapping[str, Text] = {
    "true": Text("Met: {0}", "符合：{0}"),
    "false": Text("Not met: {0}", "不符合：{0}"),
    "open": Text("Not known yet: {0}", "待定：{0}"),
}
_APPLIES: Mapping[str, Text] = {
    "true": Text("Applies: {0}", "适用：{0}"),
    "open": Text("May apply: {0}", "可能适用：{0}"),
}


def words(lang: Language) -> str:
    """All words of a calculator, as data of JavaScript."""
    statuses: dict[str, Text] = dict(wording.STATUSES.items())
    statuses["untold"] = _WORDS["untold"]
    return record(
        {name: data(text.of(lang)) for name, text in _WORDS.items()}
        | {
            "subjects": _table(_ABOUT, lang),
            "bases": _table(_BASES, lang),
            "statuses": _table(statuses, lang),
            "flags": _table(wording.FLAGS, lang),
            "held": _table(_HELD, lang),
            "applies": _table(_APPLIES, lang),
        }
    )


def _table(texts: Mapping[str, Text], lang: Language) -> str:
    return record({data(name): data(text.of(lang)) for name, text in texts.items()})
