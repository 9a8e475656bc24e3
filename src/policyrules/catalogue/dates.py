"""PR4xx: dates, periods and versions."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

DATES: dict[str, Entry] = {
    "PR401": entry(
        ("date of what has no versions", "只有标准才有历次版本"),
        (
            "only a parameter can be read at a date; `{name}` is none",
            "只有标准才能按日期取值，“{name}”不是标准",
        ),
    ),
    "PR402": entry(
        ("unclear end of a period", "期限是否含当日不明"),
        (
            "`by` and `after` must say whether that day itself is included",
            "“前”“后”须写明是否含当日",
        ),
        hint=("add (incl.) or (excl.)", "请加注（含当日）或者（不含当日）"),
    ),
    "PR403": entry(
        ("deadline in another unit", "时限的单位不符"),
        (
            "a deadline is counted in whole days, months or years, a hundred years at most",
            "自某日起算的时限须以整日、月或者年计，最长一百年",
        ),
        hint=("write for example `within 30 days of`", "请写成例如“自…之日起30日内”"),
    ),
    "PR404": entry(
        ("two versions from one day", "同日有两个版本"),
        ("`{name}` has two versions from the same day", "“{name}”自同一日起有两个版本"),
        hint=(
            "leave one of the two out, or correct its date",
            "请删去其中一个版本，或者更正其起始日期",
        ),
    ),
    "PR405": entry(
        ("row given twice", "重复的行"),
        ("the value for `{name}` is given above already", "“{name}”的数值上面已经给出"),
    ),
    "PR406": entry(
        ("not in force at that date", "当日尚未生效"),
        ("`{name}` has no version in force at that date", "“{name}”当日没有生效的版本"),
    ),
    "PR407": entry(
        ("no such day", "日历中没有的日期"),
        ("there is no day {found} in the calendar", "日历中没有{found}这一天"),
    ),
    "PR408": entry(
        ("unreadable date", "无法识别的日期"),
        ("cannot read {found} as a date", "无法将{found}识别为日期"),
        hint=("write for example `2023-01-01`", "请写成例如2023年1月1日"),
    ),
}
