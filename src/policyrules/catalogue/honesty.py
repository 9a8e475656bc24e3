"""PR345–PR349, PR551–PR569: lists, soft rules, who decides, readings, who is treated as whom."""

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
    "PR551": entry(
        ("steps in another unit", "档次单位不符"),
        (
            "a step of an award in {found} is an amount of money above zero",
            "以{found}计的数额，每一档须为大于零的金额",
        ),
        hint=(
            "write for example `decided in steps of 100 yuan`",
            "请写成例如“裁量 以100元为一档”",
        ),
    ),
    "PR552": entry(
        ("level that begins at no amount", "审批层级的起点不明"),
        (
            "a level of approval is of the awards above an amount, or from it on",
            "审批层级从超过或者达到某一数额起算",
        ),
        hint=(
            'write `above AMOUNT decided by "…"`, or `at least AMOUNT decided by "…"`',
            "请写“裁量 超过……的，由‘……’审批”或者“裁量 ……以上的，由‘……’审批”",
        ),
    ),
    "PR553": entry(
        ("level that begins at a range", "审批层级的起点是幅度"),
        (
            "a level of approval begins above one amount, not above a range",
            "审批层级从超过一个确定的数额起算，不能从幅度起算",
        ),
        hint=(
            "write the amount above which somebody else decides: `above 5 times …`",
            "请写明超过多少由另一级审批，例如“超过……的5倍”",
        ),
    ),
    "PR554": entry(
        ("levels that do not rise", "审批层级未逐级提高"),
        (
            "`{level}` is not more than `{before}`, above which the level before it begins",
            "“{level}”不高于上一审批层级的起点“{before}”",
        ),
        hint=("write the levels from the lowest amount up", "请按数额从低到高逐级书写"),
    ),
    "PR555": entry(
        ("level outside the range", "审批层级不在幅度之内"),
        (
            "`{level}` is {where}: one of the levels never decides",
            "“{level}”{where}，必有一级审批不起作用",
        ),
        hint=(
            "compare it with the amount that is granted, or leave the line out",
            "请与给予的幅度核对，或者删去本条",
        ),
        severity="warning",
    ),
}
