"""Diagnostics of what a query of SQL is asked for."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

QUERIES: dict[str, Entry] = {
    "PR641": entry(
        ("unknown dialect of SQL", "未知的SQL方言"),
        (
            "there is no dialect `{found}`; there are {known}",
            "没有名为“{found}”的SQL方言，只有{known}",
        ),
    ),
    "PR642": entry(
        ("no benefit to query", "不是待遇"),
        (
            "`{name}` is no benefit; a query answers who is due one, and how much",
            "“{name}”不是待遇，查询语句只给出待遇是否给予以及数额",
        ),
        hint=("name one of its benefits: {known}", "请写其中一项待遇：{known}"),
    ),
    "PR643": entry(
        ("no query for a rule", "规则无法写成查询语句"),
        (
            "`{name}` cannot be written as a query: {reason}",
            "“{name}”无法写成查询语句：{reason}",
        ),
        hint=(
            "`evaluate` answers single cases of every rule",
            "任何规则都可以用 evaluate 逐个评估个案",
        ),
    ),
    "PR644": entry(
        ("numbers too large for the engine", "数字超出数据库的整数范围"),
        (
            "`{name}` needs larger whole numbers than {dialect} has, because of {inputs}",
            "“{name}”所需的整数超出{dialect}的范围，原因是{inputs}没有足够小的上下限",
        ),
        hint=(
            "declare bounds such as `at most 1000000`, or give a smaller `largest`",
            "请在规则中写明上下限（例如“至多1000000”），或者减小 largest",
        ),
    ),
    "PR645": entry(
        ("no exact decimals", "没有精确小数"),
        (
            "SQLite holds decimals as binary fractions, which are not exact",
            "SQLite以二进制小数保存小数，并不精确",
        ),
        hint=(
            'keep whole numbers of fen there: `money="fen"`',
            '请以分为单位保存整数：money="fen"',
        ),
    ),
    "PR646": entry(
        ("sqlglot is not installed", "未安装sqlglot"),
        (
            "queries are written with sqlglot, which is not installed",
            "编写查询语句需要sqlglot，但尚未安装",
        ),
        hint=(
            'install it: `pip install "policyrules[sql]"`',
            '请安装：`pip install "policyrules[sql]"`',
        ),
    ),
}
