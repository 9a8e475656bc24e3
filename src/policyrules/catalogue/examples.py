"""Tables of examples: what is wrong with them, and what comes out differently."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

EXAMPLES: dict[str, Entry] = {
    "PR575": entry(
        ("table of an example", "实例的表"),
        ("the table of this example is not clear: {reason}", "实例的表不明：{reason}"),
        hint=(
            "write names in the first row, such as `income | dibao payment`, and cases below",
            "首行写名称，例如“家庭月收入｜低保金”，其下每行写一个个案",
        ),
    ),
    "PR413": entry(
        ("reading that nothing states", "没有载明的另解"),
        (
            "`{name}` has no such other reading, or has several and it is not said which",
            "“{name}”没有这一另解，或者有几种另解而未写明是哪一种",
        ),
    ),
    "PR577": entry(
        ("records of an example", "实例中的明细"),
        (
            "the records of a list are numbered from 1, and are at most {most}",
            "明细各条从1起编号，最多{most}条",
        ),
        hint=(
            "write for example `claims 1: cost 500`, or `number of claims 0`",
            "请写成例如“报销记录1：费用500”，或者“报销记录条数0”",
        ),
    ),
    "PR576": entry(
        ("total that is not the sum", "合计不符"),
        (
            "`{title}`: the total of {name} is printed as {expected}, the rows come to {found}",
            "“{title}”：{name}合计为{expected}，各行相加为{found}",
        ),
    ),
}
