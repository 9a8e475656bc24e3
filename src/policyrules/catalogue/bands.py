"""PR335 to PR344, PR550 and PR556: bands, brackets, tables by a count, quotients."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

BANDS: dict[str, Entry] = {
    "PR335": entry(
        ("gap between bands", "分档之间有空档"),
        (
            "{figure} falls between {first} and {second}, into neither band",
            "{figure}在{first}与{second}之间，不属于任何一档",
        ),
        hint=(
            "let the one band begin where the other one ends: `less than 20000`, `at least 20000`",
            "请使两档首尾相接，例如“不满2万元”“2万元以上”",
        ),
    ),
    "PR336": entry(
        ("overlapping bands", "分档重叠"),
        (
            "{figure} falls into both {first} and {second}",
            "{figure}同时属于{first}与{second}",
        ),
        hint=(
            "let the one band begin where the other one ends: `less than 20000`, `at least 20000`",
            "请使两档首尾相接，例如“不满2万元”“2万元以上”",
        ),
    ),
    "PR337": entry(
        ("ends that bound nothing", "两端不构成区间"),
        (
            "{band} is no band: a band has a lower end, an upper end above it, or both",
            "{band}不构成一档：一档可有下端、上端，两端都有的，上端须高于下端",
        ),
        hint=(
            "write the lower end first: `at least 10000 and less than 20000 yuan`",
            "请先写下端，再写上端，例如“1万元以上不满2万元”",
        ),
    ),
    "PR338": entry(
        ("bands that cannot be compared", "分档能否衔接无法判断"),
        (
            "it cannot be told whether {second} begins where {first} ends",
            "无法判断{second}是否与{first}首尾相接",
        ),
        hint=(
            "write both ends as figures, or in the same words",
            "两端请都写数额，或者用同样的词语",
        ),
    ),
    "PR339": entry(
        ("band without a base", "分档没有基数"),
        ("nothing says which figure lies in this band", "没有写明分档所依据的基数"),
        hint=("add a line `base …` above it", "请在上面加一行“基数 …”"),
    ),
    "PR340": entry(
        ("number without a row", "表中缺少人数"),
        ("`{name}` has no row for {row}", "“{name}”没有{row}的数值"),
        hint=(
            (
                "add the row, end with `each further person +85` or `3 or more persons 610`, "
                "or declare what the number can be, such as `at least 1`"
            ),
            "请补充该行，或者以“每增加1人 +85”“3人以上610”结尾，或者声明人数的范围，例如“不低于1”",
        ),
    ),
    "PR341": entry(
        ("row that is no number of the table", "表中的行与人数不符"),
        (
            "a row of this table is for a whole number of `{name}` ({unit})",
            "该表的每一行须为“{name}”的整数（{unit}）",
        ),
        hint=(
            "write for example `1 person 400, 2 persons 520, each further person +85`",
            "请写成例如“1人400、2人520、每增加1人 +85”",
        ),
    ),
    "PR342": entry(
        ("nothing to add to", "没有可以增加的基数"),
        (
            "`each further` in `{name}` has no number before it to which it adds",
            "“{name}”的“每增加”之前没有人数",
        ),
        hint=(
            "write for example `1 person 400, each further person +85`",
            "请写成例如“1人400、每增加1人 +85”",
        ),
    ),
    "PR343": entry(
        ("line of an amount for a category", "类别不适用数额条目"),
        ("a value of a category has no such line", "类别的取值没有此类条目"),
        hint=("write `case …: VALUE`, `band …: VALUE`", "请写“情形 …：取值”“分档 …：取值”"),
    ),
    "PR344": entry(
        ("several values of one category", "一个类别有多个来源"),
        (
            "several inputs or definitions say which value of `{name}` a subject has",
            "“{name}”的取值由多个信息项或者定义分别确定，无法取舍",
        ),
        hint=(
            "declare a category of its own for each of them",
            "请为每一个分别声明类别",
        ),
    ),
    "PR550": entry(
        ("no divisor", "没有除数"),
        (
            "`otherwise` stands beside a division, for where its divisor is zero",
            "“除数为零的按…计”只能写在除法之后",
        ),
        hint=(
            "write for example `income / earners, otherwise 0 yuan per month`",
            "请写成例如“家庭月收入除以就业人数，除数为零的按0元/月计”",
        ),
    ),
    "PR556": entry(
        ("rounded before it is multiplied", "先取整后计算"),
        (
            "a quotient is rounded here, and then `{name}` multiplies it or adds several up",
            "此处先对商取整，再在“{name}”中相乘或者逐人相加，误差随之放大",
        ),
        hint=(
            "round the payment instead; where the document wants it so, leave it",
            "请改为对发放金额取整；文件确有此规定的，可不改",
        ),
        severity="warning",
    ),
}
