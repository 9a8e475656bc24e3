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
    ),
}
