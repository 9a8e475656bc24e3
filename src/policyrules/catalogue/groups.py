"""Groups of members: mistakes in what is said of them."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

GROUPS: dict[str, Entry] = {
    "PR220": entry(
        ("group of a person", "以个人为单位的人群"),
        (
            "`{name}` is a group of the members of a household, not of a person",
            "“{name}”是家庭成员中的人群，应以家庭为单位",
        ),
        hint=(
            "write `group {name} of household: members who are (…)`",
            "请写“人群 {name}，以家庭为单位：家庭成员中（…）的人员”",
        ),
    ),
    "PR221": entry(
        ("field without its list", "明细项目未指明明细"),
        (
            "`{name}` is said of each record of `{list}`, not of a person or a household",
            "“{name}”属于“{list}”的各条记录，不是个人或者家庭的信息",
        ),
        hint=(
            "write for example `the sum of {name} over {list}`, or `for each of {list}: …`",
            "请写成例如“{list}{name}的合计”，或者“按{list}逐条计算：…”",
        ),
    ),
    "PR222": entry(
        ("list of another subject", "明细的对象不同"),
        (
            "`{name}` is a list of {whose}, this rule is of {own}",
            "“{name}”以{whose}为单位，本规则以{own}为单位",
        ),
        hint=(
            "define a figure of the subject whose list it is, and use that here",
            "请先以明细所属的对象为单位定义数额，再在此使用",
        ),
    ),
    "PR223": entry(
        ("period of a list", "明细的期间"),
        (
            "which records of `{name}` lie in the period cannot be told",
            "无法确定“{name}”中哪些记录在该期间内",
        ),
        hint=(
            "the list needs exactly one date, and the period whole years, such as 12 months",
            "明细须恰有一项日期，期间须为整年，例如12个月",
        ),
    ),
    "PR224": entry(
        ("list inside a record", "明细之内的明细"),
        ("`{name}` cannot be read for each record", "不能在各条记录之内读取“{name}”"),
        hint=("define the figure apart, and use it here", "请另行定义该数额，再在此使用"),
    ),
    "PR640": entry(
        ("no field of the list", "明细中没有该项目"),
        (
            "`{name}` is no field of the records of `{list}`",
            "“{list}”的记录中没有“{name}”一项",
        ),
    ),
}
