"""The words of the command line in both languages, its own and those of argparse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from policyrules.source import Language, Text

DESCRIPTION = Text(
    "Exact, unit-checked, dated and cited rules of social policy.",
    "精确、核验单位、注明日期和依据的社会政策规则。",
)
INTERRUPTED = Text("interrupted", "已中断")
CLOSED = Text("standard output is closed", "标准输出已关闭")
NO_DATA = Text("nothing was written to this pipe", "该管道没有写入任何内容")
COMMANDS: Mapping[str, Text] = {
    "check": Text(
        "compile rulesets and run the checks written in them", "编译规则集，并运行其中的核对"
    ),
    "test": Text(
        "compile rulesets, run their checks and their examples",
        "编译规则集，并运行其中的核对和实例",
    ),
    "eval": Text("evaluate a case with a ruleset", "按规则集评估个案"),
    "explain": Text(
        "say why a case comes out as it does, clause by clause",
        "逐条说明个案结果的理由和依据",
    ),
    "award": Text(
        "check an amount that an official wants to award; exit status 1 if it is not lawful",
        "核验拟给予的数额是否在规定范围之内；不符合规定的，退出码为1",
    ),
    "what-if": Text(
        "find the smallest change of each stated fact that would change a decision",
        "查找使决定改变的最小变化：每次只变动一项已载明的信息",
    ),
    "ask": Text(
        "ask what is not known of a case, one question after the other; then the result",
        "逐项询问个案情况，最后给出结果和理由",
    ),
    "diff": Text(
        "say what changed for a case between two dates or two rulesets, and through what",
        "比较个案在两个日期或者按两个规则集的结果，说明变化及其原因",
    ),
    "describe": Text(
        "list what a ruleset declares: inputs, parameters, benefits",
        "列出规则集的信息项、标准、待遇等",
    ),
    "build": Text(
        "write a ruleset as a Python module; into a .js or .mjs file, a script for web pages; into "
        "an .html file, a page that computes",
        "将规则集写成Python模块；文件名以.js或者.mjs结尾的，写成网页脚本，以.html结尾的，写成计算网页",
    ),
    "sql": Text(
        "write a benefit as one exact query of SQL over whole tables",
        "把一项待遇写成对整张数据表的精确SQL查询语句",
    ),
    "table": Text(
        "evaluate files of persons and households, of any length; a run cut off goes on",
        "按规则集计算人员表和家庭表，行数不限；中断后再次运行即继续",
    ),
}
ARGUMENTS: Mapping[str, Text] = {
    "path": Text("a bundled ruleset, a file or a folder", "内置规则集、文件或者文件夹"),
    "case": Text("a case as JSON; - reads standard input", "JSON格式的个案文件；- 表示标准输入"),
    "benefit": Text("the benefit, by its name in either language", "待遇的中文或者英文名称"),
    "benefits": Text(
        "the benefit or other result, by its name in either language; all benefits without it",
        "待遇或者其他结果的中文或者英文名称；不写的说明全部待遇",
    ),
    "--benefit": Text(
        "ask only for this benefit, and others named so; all benefits without it",
        "只询问这项待遇所需的信息，可写多项；不写即为全部待遇",
    ),
    "--case": Text("a case to start from, as JSON", "以此JSON个案为起点"),
    "out": Text(
        "write the case to this new file instead of printing it",
        "把个案写入这个新文件，不再显示",
    ),
    "module": Text(
        "write it to this file, whose ending decides what it is",
        "写入这个文件，文件名的结尾决定种类；不写即显示",
    ),
    "day": Text(
        "write the rules of this date only, such as 2023-08-01",
        "只写这一日期的规则，例如2023-08-01",
    ),
    "amount": Text("the amount, such as 3000 or '3000 yuan'", "拟给予的数额，例如3000或者“3000元”"),
    "of": Text(
        "for whom, where each member has an outcome: household.members[0]",
        "每名成员各有结果的，写明是谁：household.members[0]",
    ),
    "on": Text(
        "the date of the question, such as 2023-08-01; wins over the case",
        "评估日期，例如2023-08-01；优先于个案中的日期",
    ),
    "day or column": Text(
        "the date of the question, such as 2023-08-01, or a column of dates",
        "评估日期（例如2023-08-01）或者日期列的名称",
    ),
    "dialect": Text("the engine that runs the query", "运行查询语句的数据库"),
    "persons": Text("the table of persons", "个人表"),
    "households": Text("the table of households", "家庭表"),
    "key": Text("the column of both tables that names the household", "两张表中标明家庭的列"),
    "person-key": Text("the column that names the person", "标明个人的列"),
    "money": Text(
        "how amounts are held: whole numbers of fen, or decimals",
        "金额的保存方式：以分为单位的整数，或者小数",
    ),
    "scale": Text(
        "a number with so many decimals, as INPUT=2", "有几位小数的信息项，写成 信息项=2"
    ),
    "absent": Text("an input that the tables have no column for", "数据表中没有对应列的信息项"),
    "largest": Text(
        "no number may be larger, so that all is computed in whole numbers of the engine",
        "任何数字不得超过该值，以便全部用数据库的整数计算",
    ),
    "from": Text("the earlier date", "较早的日期"),
    "to": Text("the later date", "较晚的日期"),
    "with": Text(
        "the ruleset to compare with, instead of two dates", "用于比较的另一规则集，代替两个日期"
    ),
    "table": Text(
        "the table of persons, .csv or .parquet (of cases, where rules are about these)",
        "人员表，.csv 或者 .parquet 文件（规则集适用于个案的，为个案表）",
    ),
    "table-households": Text(
        "the table of households; without it, of these nothing is known but who belongs to them",
        "家庭表；不提供的，家庭信息一律视为未提供",
    ),
    "table-out": Text(
        "write the rows of the table to this file, with the outcomes beside them",
        "把表中各行连同结果写入这个文件",
    ),
    "table-out-households": Text(
        "write the households to this file, with their outcomes",
        "把家庭连同其结果写入这个文件",
    ),
    "only": Text("only these benefits or other results", "只计算这些待遇或者其他结果"),
    "amounts": Text(
        "how numbers are written: decimals, money as whole fen, exact text, numerator and "
        "denominator",
        "数字的格式：小数、金额以分为单位的整数、精确的文本、分子和分母",
    ),
    "encoding": Text(
        "the encoding of the CSV files, such as gb18030; utf-8 without it",
        "CSV文件的编码，例如gb18030；不写的为utf-8",
    ),
    "block": Text(
        "how many rows are evaluated at once; fewer need less memory",
        "一次计算的行数；行数越少，所需内存越少",
    ),
    "fresh": Text(
        "begin anew, though finished parts of an earlier run are there",
        "不使用上次运行的部分结果，重新开始",
    ),
    "lang": Text("the language of messages and results", "信息和结果所用的语言"),
    "reading": Text(
        "compute a rule by another reading that the ruleset states; NAME=2 for the second",
        "按规则集载明的另解计算某项规则；NAME=2表示第二个另解",
    ),
    "no-cache": Text(
        "compile the rules anew, and keep nothing for the next time",
        "重新编译规则，不使用也不保存编译缓存",
    ),
    "explain": Text("also say why, with the clauses", "同时说明理由和依据"),
    "format": Text(
        "how the reasons are written; html is a whole page, letter a letter to whoever applied, "
        "letter-html one to be printed",
        "理由的输出格式；html为完整的网页，letter为告知书，letter-html为供打印的告知书",
    ),
    "json": Text("print JSON for other programs", "输出JSON，供其他程序使用"),
    "help": Text("show this help and exit", "显示本帮助后退出"),
    "version": Text("show the version and exit", "显示版本后退出"),
    "command": Text("command", "命令"),
}

POSITIONAL = Text("arguments", "参数")
OPTIONS = Text("options", "选项")
USAGE = Text("usage: ", "用法：")
WRONG = Text("error: ", "错误：")
JSON = "json"
FORMATS = ("text", "markdown", "html", JSON, "letter", "letter-html")
# As `policyrules.sql` has them, which brings the rules with it.
DIALECTS = ("duckdb", "postgres", "spark", "sqlite")
MONIES = ("fen", "decimal")
FORMS = ("decimal", "fen", "text", "parts")  # as `Ruleset.columns` has them
LANGUAGES: tuple[Language, ...] = get_args(Language)

# What argparse says, in the versions of Python from 3.11 on, and how it is said in Chinese.
_ARGPARSE_ZH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"the following arguments are required: (.*)", r"缺少必需的参数：\1"),
        (r"unrecognized arguments: (.*)", r"无法识别的参数：\1"),
        (r"ambiguous option: (\S+) could match (.*)", r"选项 \1 不明确，可能是：\2"),
        (
            r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)",
            r"参数 \1 的值“\2”无效，可用的值有：\3",
        ),
        (r"argument (\S+): expected at least one argument", r"参数 \1 之后应至少有一个值"),
        (r"argument (\S+): invalid int value: '(.*)'", r"参数 \1 的值“\2”不是整数"),
        (r"argument (\S+): expected one argument", r"参数 \1 之后应有一个值"),
        (r"argument (\S+): ignored explicit argument (.*)", r"参数 \1 不带值，不应有 \2"),
        (r"argument (\S+): not allowed with argument (.*)", r"参数 \1 不能与参数 \2 同时使用"),
    )
)


def in_chinese(message: str) -> str:
    """A message of argparse in Chinese; one that is not known stays as it is."""
    for pattern, words in _ARGPARSE_ZH:
        if pattern.fullmatch(message):
            return pattern.sub(words, message)
    return message


def not_written(why: Text) -> Text:
    """That the output is lost, or a part of it."""
    return Text(f"the output cannot be written: {why.of('en')}", f"无法输出结果：{why.of('zh')}")


def summary(rulesets: int, checks: int, examples: int, errors: int, warnings: int) -> Text:
    """What was looked at, and how much was found."""
    looked = [_counted(rulesets, "ruleset", "个规则集")]
    looked += [_counted(checks, "check", "项核对")] if checks else []
    looked += [_counted(examples, "example", "个实例")] if examples else []
    found = [_counted(errors, "error", "处错误")]
    found += [_counted(warnings, "warning", "处警告")] if warnings else []
    en = (", ".join(text.of("en") for text in texts) for texts in (looked, found))
    zh = (
        "、".join(text.of("zh") for text in looked),
        "，".join(text.of("zh") for text in found),
    )
    return Text(": ".join(en), "：".join(zh))


def _counted(count: int, en: str, zh: str) -> Text:
    plural = "" if count == 1 else "s"
    return Text(f"{count or 'no'} {en}{plural}", f"{count}{zh}" if count else f"没有{zh[1:]}")
