"""PR345–PR349, PR560–PR569: lists, soft rules, readings, and who is treated as whom."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

HONESTY: dict[str, Entry] = {
    "PR345": entry(
        ("number outside a list", "编号不在列举之内"),
        (
            "the list does not say whether one of its items is enough",
            "没有写明各项是符合其一还是同时符合",
        ),
        ("an item of no list above", "上文没有此编号所属的列举"),
        hint=(
            "write `any of:` or `all of:` in front of its first item",
            "请在第一项之前写“有下列情形之一：”或者“同时符合下列条件：”",
        ),
    ),
    "PR560": entry(
        ("status of another subject", "两种身份不以同一对象为单位"),
        (
            "`{status}` is of {whose}, `{other}` of {others}",
            "“{status}”以{whose}为单位，“{other}”以{others}为单位",
        ),
        hint=(
            "one can only be treated as having a status that one could have",
            "比照的两种身份须同以家庭、个人或者件为单位",
        ),
    ),
    "PR561": entry(
        ("benefit that does not ask for the status", "待遇不涉及该身份"),
        (
            "`{benefit}` does not ask for `{status}`, so nobody can be treated as it there",
            "“{benefit}”没有用到“{status}”，无从比照",
        ),
        hint=(
            "leave the benefit out, or name the status in one of its lines",
            "请删去该待遇，或者在该待遇的条目中写明该身份",
        ),
    ),
    "PR562": entry(
        ("said twice", "重复比照"),
        ("this status is treated so already", "该身份已作同样的比照"),
        hint=("leave it out", "请删去"),
    ),
    "PR563": entry(
        ("other reading of nothing", "另解没有对象"),
        (
            "no line of the same kind stands above, of which this could be the other reading",
            "上面没有同类的条目，不知是哪一条的另解",
        ),
        hint=(
            (
                "write it under the line that can be read in two ways, and as a whole line: "
                '`alternatively "…": pays …`'
            ),
            "请写在有两种理解的条目之下，并写成完整的条目：“另解 ‘……’：给予 …”",
        ),
    ),
    "PR564": entry(
        ("unknown reading", "没有该另解"),
        ("`{name}` has no other reading {number}", "“{name}”没有另解{number}"),
    ),
}
