"""Why a rule has no plan in whole numbers, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from policyrules.source import Text

# Why there is no plan, as `ir/` says it, for whoever reads Chinese.
_REASONS: Mapping[str, str] = {
    "a product or quotient of two ranges": "两个区间相乘或者相除",
    "a list of records": "逐条记录的清单",
    "working days": "工作日的计算",
    "the highest or lowest of ranges or quotients": "区间或者商的最高值、最低值",
    "the first or last day of members": "成员日期中的最早或者最晚",
    "a sum of quotients by another number for each member": "各成员除数不同的商的合计",
    "a day that lies in a range": "不确定的日期",
    "a step that is not known beforehand": "事先不确定的取整单位",
    "a number of months below zero": "负的月数",
    "a period of so many months": "这样长的周期",
    "small amounts of a range": "区间中的小额",
    "rounding to a step below zero": "负的取整单位",
}


def not_planned(why: str) -> Text:
    """What stands in the way of a plan."""
    return Text(why, _REASONS.get(why))
