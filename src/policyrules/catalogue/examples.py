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
    "PR576": entry(
        ("total that is not the sum", "合计不符"),
        (
            "`{title}`: the total of {name} is printed as {expected}, the rows come to {found}",
            "“{title}”：{name}合计为{expected}，各行相加{found}",
        ),
    ),
}
