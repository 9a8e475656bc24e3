"""What is wrong with populations: frames of persons and households."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

POPULATIONS: dict[str, Entry] = {
    "PR653": entry(
        ("households not told apart", "无法区分家庭"),
        (
            "the column `{name}` is of the kind {found}, by which households are not told apart",
            "“{name}”列为{found}类型，不能用来区分家庭",
        ),
        hint=("cast it to text or to whole numbers", "请转换为文本或者整数"),
    ),
    "PR654": entry(
        ("keys of two kinds", "家庭标识类型不一致"),
        (
            "`{name}` is of the kind {persons} among persons and {households} among households",
            "“{name}”列在人员表中为{persons}类型，在家庭表中为{households}类型",
        ),
        hint=("cast both to the same kind, such as text", "请将两列转换为同一类型，例如文本"),
    ),
    "PR655": entry(
        ("a frame that cannot be taken over", "数据表无法转换"),
        ("this frame cannot be taken over: {reason}", "无法转换该数据表：{reason}"),
        hint=(
            "give each column a name of its own and cells of one kind, such as text",
            "各列名称不得重复，同一列的单元格应为同一类型，例如文本",
        ),
    ),
    "PR656": entry(
        ("a column in the wrong table", "列所在的表不对"),
        (
            "`{name}` is a fact of {table}: here it is kept and not read",
            "“{name}”是{table}的信息项，在此原样保留而不读取",
        ),
        hint=("give it in the table of {table}", "请写入{table}表"),
        severity="warning",
    ),
    "PR688": entry(
        ("no column of days", "不是日期列"),
        (
            "the column `{name}` holds no days; the rules of which day apply is read from it",
            "“{name}”列不是日期，无法据以确定适用何日的规定",
        ),
        hint=("cast it to dates, or give one day for all", "请转换为日期，或者为全体指定同一日期"),
    ),
    "PR689": entry(
        ("unknown form of numbers", "没有这种数字格式"),
        (
            "numbers are given back as {forms}; found {found}",
            "数字的输出格式只有{forms}，实为{found}",
        ),
    ),
    "PR690": entry(
        ("a column of floats", "浮点数列"),
        (
            "the column `{name}` holds floating-point numbers, which are not exact",
            "“{name}”列是浮点数，不是精确的数",
        ),
        hint=(
            "cast it to Decimal, to text, or (money) to integers of fen",
            "请转换为十进制数（Decimal）、文本，金额也可转换为以分为单位的整数",
        ),
    ),
    "PR691": entry(
        ("a column that nothing reads", "未被读取的列"),
        (
            "nothing is called `{name}`: the column is kept and not read",
            "没有名为“{name}”的信息项，该列原样保留而不读取",
        ),
        severity="warning",
    ),
    "PR692": entry(
        ("Polars is not installed", "未安装 Polars"),
        ("populations need Polars", "处理人群数据需要 Polars"),
        hint=("pip install 'policyrules[columns]'", "请运行 pip install 'policyrules[columns]'"),
    ),
    "PR693": entry(
        ("no data frame", "不是数据表"),
        (
            "expected a frame of Polars or pandas or an Arrow table, found {found}",
            "应为 Polars、pandas 数据表或 Arrow 表，实为{found}",
        ),
    ),
    "PR694": entry(
        ("no column of households", "没有家庭标识列"),
        (
            "there is no column `{name}`, which tells who belongs to which household",
            "没有“{name}”列，无法确定何人属于哪个家庭",
        ),
        hint=("name it with `key`", "请用 key 写明该列的名称"),
    ),
    "PR695": entry(
        ("no household", "没有家庭标识"),
        ("`{name}` is missing in this row", "本行缺少“{name}”"),
    ),
    "PR696": entry(
        ("a household twice", "家庭重复"),
        (
            "a row before this one has the same `{name}`: {found}",
            "前面已有一行的“{name}”同为{found}",
        ),
    ),
    "PR697": entry(
        ("an unknown household", "没有该家庭"),
        (
            "no household has the `{name}` of this person: {found}",
            "没有“{name}”为{found}的家庭",
        ),
    ),
    "PR698": entry(
        ("frames of something else", "数据表不合适"),
        ("this ruleset is about {about}", "本规则集适用于{about}"),
    ),
    "PR699": entry(
        ("more exact than the form of numbers", "超出输出格式的精度"),
        (
            "{name} is more exact than this form of numbers: the rule does not round it",
            "{name}的精度超出该输出格式：规定未要求取整",
        ),
        hint=('ask for `amounts="text"` or `"parts"`', '请用 amounts="text" 或 "parts"'),
    ),
}
