"""PR127 and PR236–PR238: numbers of lists, comparisons with nothing, conditions that never hold."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

WORDINGS: dict[str, Entry] = {
    "PR127": entry(
        ("number of an item missing", "列举缺项"),
        (
            "item {found} stands where item {wanted} belongs",
            "此处应为第{wanted}项，现为第{found}项",
        ),
        hint=(
            "write the missing item, or number the items without a gap",
            "请补写缺少的项，或者连续编号",
        ),
    ),
    "PR236": entry(
        ("comparison of nothing", "比较没有写明项目"),
        ("this does not say what is compared", "此处没有写明比较的是什么"),
        hint=(
            "write what is compared first, for example `income is less than 500 yuan per month`",
            "请先写被比较的项目，例如“家庭月收入低于500元/月”",
        ),
    ),
    "PR237": entry(
        ("condition that never holds", "条件不可能成立"),
        ("no figure lies between these two ends", "没有数值同时符合这两端"),
        hint=(
            "write the smaller figure first; if one of the two is enough, write `or`",
            "请把较小的数写在前面；符合其一即可的，请用“或者”连接",
        ),
    ),
    "PR238": entry(
        ("limit on a part of a time or month", "次数、月数限额不是整数"),
        ("how often something is paid is a whole number", "次数、月数限额须为整数"),
    ),
}
