"""PR1xx: a line that cannot be read."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

SYNTAX: dict[str, Entry] = {
    "PR101": entry(
        ("unreadable line", "无法识别的语句"),
        ("cannot read {found} here", "此处不能出现{found}"),
        ("expected {expected}", "此处应为{expected}"),
    ),
    "PR102": entry(
        ("line outside a declaration", "语句不属于任何声明"),
        ("no declaration begins with `{found}`", "没有以“{found}”开头的声明"),
        hint=(
            (
                "declarations start in column 1 with a word such as `parameter`, `define` or "
                "`benefit`; their clauses are indented under them"
            ),
            "声明从第一列写起，以“标准”“定义”“待遇”等词开头；其各行缩进写在下面",
        ),
    ),
    "PR103": entry(
        ("no ruleset header", "缺少规则集名称"),
        ("the file does not say which ruleset it is", "文件没有写明是哪个规则集"),
        hint=(
            "begin with `ruleset example.river_city (title)`",
            "请以“规则集 example.river_city（标题）”开头",
        ),
    ),
    "PR104": entry(
        ("second ruleset header", "规则集名称重复"),
        ("a file holds one ruleset", "一个文件只能写一个规则集"),
    ),
    "PR105": entry(
        ("unknown clause", "无法识别的条目"),
        (
            "no clause of this declaration begins with `{found}`",
            "该声明中没有以“{found}”开头的条目",
        ),
        hint=(
            "indent the line more deeply if it continues the clause above",
            "如系续写上一条目，请再缩进一层",
        ),
    ),
    "PR106": entry(
        ("line breaks off", "语句不完整"),
        ("the line breaks off", "语句没有写完"),
        ("expected {expected}", "此处应为{expected}"),
    ),
    "PR107": entry(
        ("unreadable heading", "无法识别的标题"),
        ("a heading names a document and a place in it", "标题应写明文件及其条款"),
        hint=("write for example `[notice 2(3)]`", "例如【通知 二（三）】"),
    ),
    "PR108": entry(
        ("said twice", "重复条目"),
        ("this is said a second time", "此项重复"),
        hint=("keep one of the two", "请只保留其中一处"),
    ),
    "PR109": entry(
        ("missing colon", "缺少冒号"),
        ("a colon is missing", "缺少冒号"),
        ("expected a colon before this", "此处之前应有冒号"),
    ),
    "PR110": entry(
        ("and mixed with or", "“且”与“或者”混用"),
        (
            "`and` and `or` are mixed: it is not said which of them binds first",
            "“且”与“或者”混用，先后关系不明",
        ),
        hint=(
            "put brackets round one part, `(A and B) or C`, or write a list, `any of: …`",
            "请加括号，例如“（甲且乙）或者丙”，或者分项列出：“有下列情形之一：…”",
        ),
    ),
    "PR111": entry(
        ("floor or cap in a condition", "条件中写了上限或者下限"),
        (
            "{found} sets a floor or a cap of an amount; a condition has none",
            "{found}用于限定给予的数额，不能用在条件中",
        ),
        hint=(
            (
                "write `is at least 500 and less than 900 yuan per month`, or put brackets round "
                "the amount that it limits"
            ),
            "请写“在500元/月以上不满900元/月”；如限定的是某一数额，请给该数额加括号",
        ),
    ),
    "PR112": entry(
        ("quote that is not closed", "引号没有配对"),
        ("this quote is not closed", "引号没有配对"),
        hint=(
            'close it on the same line: `"…"`; two languages are `"…" / "…"`',
            "请在同一行内写完引号，例如“…”；两种文字写作“…”/“…”",
        ),
    ),
    "PR113": entry(
        ("minus without blanks", "减号两边没有空格"),
        ("a minus sign stands between blanks", "减号两边须有空格"),
        hint=("write ` - `, or `minus`", "请写“减去”，或者在减号两边各留一个空格"),
    ),
    "PR114": entry(
        ("declaration not in column 1", "声明没有从第一列写起"),
        (
            "a declaration starts in column 1; this line belongs to the one above",
            "声明应从第一列写起，本行现属于上面的声明",
        ),
        hint=("remove the blanks before `{found}`", "请删去“{found}”前面的空格"),
    ),
    "PR115": entry(
        ("invisible character", "不可见字符"),
        ("there is an invisible character here ({found})", "此处有不可见字符（{found}）"),
        hint=(
            "put an ordinary blank in its place, or delete it; texts and comments count too",
            "请删去，或者改为普通空格；引文和注释中也不得使用",
        ),
    ),
    "PR116": entry(
        ("too many parts in one line", "一条语句过于复杂"),
        (
            "this line has more parts inside each other than can be followed ({most})",
            "本语句层次过多，超过{most}层",
        ),
        hint=("define a part of it under a name of its own", "请把其中一部分另行定义"),
    ),
    "PR117": entry(
        ("number too long", "数字过长"),
        ("a number has at most {most} digits", "数字不得超过{most}位"),
    ),
    "PR118": entry(
        ("joint inside a list", "列举项目之间的连接词"),
        (
            "{found} inside a list is not clear: one more item, or one item of two parts",
            "列举中的{found}含义不明：可以是另一项，也可以是同一项的两个部分",
        ),
        hint=(
            "part the items by commas; put an item of two parts in brackets, `(A and B)`",
            "各项之间请用顿号；由两部分组成的一项请加括号，例如“（甲且乙）”",
        ),
    ),
    "PR578": entry(
        ("comma between conditions", "条件之间的逗号、顿号"),
        (
            "a comma does not say whether both conditions must hold, or one of them",
            "逗号、顿号不能表明各项条件须同时符合，还是符合其一",
        ),
        hint=("write `and` or `or`", "请写“且”或者“或者”"),
    ),
    "PR122": entry(
        ("condition behind the ends of a band", "分档的条件写在数额之后"),
        (
            "the condition of a band stands before its ends",
            "分档的条件应写在起止数额之前",
        ),
        hint=(
            "write `band CONDITION, A to B: …`",
            "请写成“分档 条件，甲至乙：…”",
        ),
    ),
    "PR123": entry(
        ("joint that can mean any or all", "连接词含义不明"),
        (
            "`{name}` does not say whether one of them is enough, or all must hold",
            "“{name}”不能表明须同时符合，还是符合其一",
        ),
    ),
    "PR124": entry(
        ("two names side by side", "两个名称之间缺少用语"),
        (
            "nothing says how this name belongs to the one before it",
            "此名称与前一名称之间没有写明关系",
        ),
        hint=(
            "write what joins them, for example `plus`, `minus`, `is less than`, `and`",
            "请写明两者的关系，例如“加上”“减去”“低于”“且”",
        ),
    ),
    "PR119": entry(
        ("unknown sign", "无法识别的符号"),
        ("{found} is no sign of the language", "无法识别的符号{found}"),
    ),
    "PR120": entry(
        ("row of another length", "行的格数不符"),
        (
            "this row has {found} cells, the table needs {wanted}",
            "本行有{found}格，表应有{wanted}格",
        ),
        hint=(
            "write the values of the categories first, then one value for each column",
            "先写各类别的取值，再按各列写数值",
        ),
    ),
    "PR121": entry(
        ("cell of another kind", "格内内容不符"),
        ("this cell does not belong here", "该格内容不应在此处"),
        hint=(
            "the first cells are values of categories or `any`, the others figures or `not stated`",
            "前面各格写类别的取值或者“不限”，其余各格写数值或者“未载明”",
        ),
    ),
    "PR125": entry(
        ("empty cell", "空白格"),
        ("cell {number} of this row is empty", "本行第{number}格空白"),
        hint=(
            "write `any` for every value of a category, `not stated` for a missing figure",
            "类别不限的写“不限”，数值没有载明的写“未载明”",
        ),
    ),
}
