"""Every diagnostic: its code, its wording in both languages, an example and the remedy.

PR1xx syntax, PR2xx names, PR3xx types and units, PR4xx dates and places, PR5xx law, PR6xx cases
handed to an evaluator, PR9xx style. A code is never used twice.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from policyrules.source import Text

Severity = Literal["error", "warning"]
NOTHING = Text("", "")


@frozen
class Entry:
    """One kind of finding; the blanks in its texts are filled from the facts of a diagnostic."""

    title: Text
    message: Text
    label: Text = NOTHING
    hint: Text = NOTHING
    severity: Severity = "error"


def _entry(
    title: tuple[str, str],
    message: tuple[str, str],
    label: tuple[str, str] = ("", ""),
    hint: tuple[str, str] = ("", ""),
    severity: Severity = "error",
) -> Entry:
    return Entry(Text(*title), Text(*message), Text(*label), Text(*hint), severity)


CATALOGUE: dict[str, Entry] = {
    "PR101": _entry(
        ("unreadable line", "无法识别的语句"),
        ("cannot read {found} here", "此处不能出现{found}"),
        ("expected {expected}", "此处应为{expected}"),
    ),
    "PR102": _entry(
        ("line outside a declaration", "语句不属于任何声明"),
        ("no declaration begins with `{found}`", "没有以“{found}”开头的声明"),
        hint=(
            "declarations start in column 1 with a word such as `parameter`, `define` or "
            "`benefit`; their clauses are indented under them",
            "声明从第一列写起，以“标准”“定义”“待遇”等词开头；其各行缩进写在下面",
        ),
    ),
    "PR103": _entry(
        ("no ruleset header", "缺少规则集名称"),
        ("the file does not say which ruleset it is", "文件没有写明是哪个规则集"),
        hint=(
            "begin with `ruleset example.river_city (title)`",
            "请以“规则集 example.river_city（标题）”开头",
        ),
    ),
    "PR104": _entry(
        ("second ruleset header", "规则集名称重复"),
        ("a file holds one ruleset", "一个文件只能写一个规则集"),
    ),
    "PR105": _entry(
        ("unknown clause", "无法识别的条目"),
        ("no clause of this declaration begins with `{found}`", "该声明中没有以“{found}”开头的条目"),
        hint=(
            "indent the line more deeply if it continues the clause above",
            "如系续写上一条目，请再缩进一层",
        ),
    ),
    "PR106": _entry(
        ("line breaks off", "语句不完整"),
        ("the line breaks off", "语句没有写完"),
        ("expected {expected}", "此处应为{expected}"),
    ),
    "PR107": _entry(
        ("unreadable heading", "无法识别的标题"),
        ("a heading names a document and a place in it", "标题应写明文件及其条款"),
        hint=("write for example `[notice 2(3)]`", "例如【通知 二（三）】"),
    ),
    "PR108": _entry(
        ("said twice", "重复条目"),
        ("this is said a second time", "此项重复"),
    ),
    "PR201": _entry(
        ("unknown name", "未声明的名称"),
        ("unknown name `{name}`", "未声明的名称“{name}”"),
        ("not declared in this ruleset or in one it uses", "本规则集及其采用的规则集均未声明"),
    ),
    "PR402": _entry(
        ("unclear end of a period", "期限是否含当日不明"),
        ("`by`/前 must say whether that day is included", "“前”须写明是否含当日"),
        hint=("add (incl.) or (excl.)", "请加注（含当日）或者（不含当日）"),
    ),
    "PR601": _entry(
        ("case is not readable JSON", "个案不是可识别的JSON"),
        ("not readable as JSON: {reason}", "无法按JSON读取：{reason}"),
    ),
    "PR602": _entry(
        ("wrong kind of value", "值的种类不符"),
        ("expected {expected}, found {found}", "应为{expected}，实为{found}"),
    ),
    "PR603": _entry(
        ("unknown part of a case", "个案中有未知的部分"),
        ("`{name}` is no part of a case", "个案中不应有“{name}”"),
        hint=(
            "a case has `on`, `household` or `person`, and `parameters`",
            "个案由 on、household 或者 person、parameters 组成",
        ),
    ),
    "PR604": _entry(
        ("unknown name in a case", "个案中有未知的名称"),
        ("no input is called `{name}`", "没有名为“{name}”的信息项"),
        hint=(
            "`policyrules describe` lists the inputs of the ruleset",
            "用 policyrules describe 可查看规则集的全部信息项",
        ),
    ),
    "PR605": _entry(
        ("fact of a person given to the household", "个人信息写在了家庭处"),
        (
            "`{name}` is a fact of a person, not of the household",
            "“{name}”是个人的信息，不是家庭的信息",
        ),
        hint=(
            "write it in the person it is about, inside `household.members`",
            "请写入 household.members 中相应成员处",
        ),
    ),
    "PR606": _entry(
        ("given twice", "重复给出"),
        ("`{name}` is given twice", "“{name}”重复给出"),
        hint=("keep one of the two", "请只保留其中一处"),
    ),
    "PR607": _entry(
        ("binary floating-point number", "二进制浮点数"),
        ("{found} is a Python float, which is not exact", "{found}是Python浮点数，并不精确"),
        hint=(
            'write it as a text ("0.29") or as a Decimal',
            '请写成文本（"0.29"）或者Decimal',
        ),
    ),
    "PR608": _entry(
        ("number out of measure", "数字过长或者过大"),
        (
            "{found} is not a number of at most 60 digits",
            "{found}不是60位以内的数字",
        ),
    ),
    "PR609": _entry(
        ("unreadable number", "无法识别的数字"),
        ("cannot read {found} as a number with its unit", "无法将{found}识别为数字及其单位"),
        hint=(
            "write for example `1200`, `1200 yuan per month` or `1200元/月`",
            "请写成例如1200、1200元/月或者3万元",
        ),
    ),
    "PR610": _entry(
        ("unit does not convert", "单位不能换算"),
        (
            "`{name}` is declared in {declared}; {found} does not convert into it",
            "“{name}”的单位是{declared}，不能由{found}换算",
        ),
    ),
    "PR611": _entry(
        ("value outside its domain", "数值超出范围"),
        ("`{name}` must be {domain}; found {found}", "“{name}”应{domain}，实为{found}"),
    ),
    "PR612": _entry(
        ("not a whole number", "不是非负整数"),
        (
            "`{name}` must be a whole number, not below zero; found {found}",
            "“{name}”应为非负整数，实为{found}",
        ),
    ),
    "PR613": _entry(
        ("unknown value of a category", "未知的类别值"),
        ("`{name}` has no value {found}", "“{name}”没有{found}这一类"),
        hint=("its values are {values}", "可用的值有：{values}"),
    ),
    "PR614": _entry(
        ("unreadable date", "无法识别的日期"),
        ("cannot read {found} as a date", "无法将{found}识别为日期"),
        hint=("write for example `2023-08-01`", "请写成例如2023年8月1日或者2023-08-01"),
    ),
    "PR615": _entry(
        ("no such day", "日历中没有的日期"),
        ("there is no day {found} in the calendar", "日历中没有{found}这一天"),
    ),
    "PR616": _entry(
        ("date out of range", "日期超出范围"),
        (
            "the year must be from {first} to {last}; found {found}",
            "年份应在{first}年至{last}年之间，实为{found}年",
        ),
    ),
    "PR617": _entry(
        ("age and birth date disagree", "年龄与出生日期不符"),
        (
            "the age is given as {given}, but is {computed} by the birth date",
            "所填年龄为{given}周岁，按出生日期应为{computed}周岁",
        ),
        hint=("leave the age out", "可不填年龄"),
    ),
    "PR618": _entry(
        ("born after the date", "出生日期晚于评估日期"),
        ("the birth date is after {on}, the date of the case", "出生日期晚于个案日期（{on}）"),
    ),
    "PR619": _entry(
        ("household without members", "没有成员的家庭"),
        ("a household has at least one member", "一个家庭至少有一名成员"),
        hint=(
            "leave `members` out if they are not known",
            "如成员情况不明，请略去 members",
        ),
    ),
    "PR620": _entry(
        ("ruleset about persons only", "只涉及个人的规则集"),
        (
            "this ruleset is about persons, not about households",
            "本规则集只涉及个人，不涉及家庭",
        ),
        hint=('write {{"person": {{…}}}}', '请写成 {{"person": {{…}}}}'),
    ),
    "PR621": _entry(
        ("ruleset about households", "涉及家庭的规则集"),
        ("this ruleset is about households", "本规则集涉及家庭"),
        hint=(
            'write {{"household": {{"members": [{{…}}]}}}}',
            '请写成 {{"household": {{"members": [{{…}}]}}}}',
        ),
    ),
    "PR622": _entry(
        ("unknown parameter in a case", "个案中有未知的标准"),
        ("no parameter is called `{name}`", "没有名为“{name}”的标准"),
    ),
    "PR623": _entry(
        ("parameter is stated", "标准已有规定"),
        (
            "`{name}` is stated: {stated} on {on}",
            "“{name}”已有规定：{on}为{stated}",
        ),
        hint=(
            "a case supplies only what the document does not state",
            "个案只可补充文件未载明的标准",
        ),
    ),
    "PR624": _entry(
        ("parameter not in force", "标准尚未施行"),
        ("`{name}` is not yet in force on {on}", "“{name}”在{on}尚未施行"),
    ),
    "PR625": _entry(
        ("fact of the household given to a person", "家庭信息写在了个人处"),
        (
            "`{name}` is a fact of the household, not of a person",
            "“{name}”是家庭的信息，不是个人的信息",
        ),
        hint=("write it directly inside `household`", "请直接写在 household 之下"),
    ),
    "PR626": _entry(
        ("amount paid to be told apart", "已享受金额需分别填写"),
        (
            "the limits are counted separately: what was paid must be given by case",
            "限额分别累计，已享受的金额应分情形填写",
        ),
        hint=("the inputs are {cases}", "应填写的信息项为：{cases}"),
    ),
    "PR627": _entry(
        ("no date", "没有日期"),
        ("there is no date for which to evaluate the case", "没有给出评估个案的日期"),
        hint=(
            'give `on` in the call, `--on` on the command line, or "on" in the case',
            '请在调用中给出 on，在命令行给出 --on，或者在个案中写明 "on"',
        ),
    ),
    "PR628": _entry(
        ("unknown outcome", "未知的结果"),
        ("the ruleset has no outcome `{name}`", "本规则集没有名为“{name}”的结果"),
    ),
    "PR629": _entry(
        ("outcome of whom", "未指明是谁的结果"),
        ("`{name}` has no outcome at {found}", "“{name}”在{found}处没有结果"),
        hint=("it has outcomes at {known}", "有结果之处：{known}"),
    ),
    "PR630": _entry(
        ("file cannot be read", "文件无法读取"),
        ("cannot read the file: {reason}", "无法读取文件：{reason}"),
    ),
    "PR631": _entry(
        ("members not known", "成员情况不明"),
        (
            "`{name}` is an outcome of each member, and the members are not known",
            "“{name}”是每名成员的结果，而成员情况不明",
        ),
    ),
    "PR632": _entry(
        ("outcome of several", "有多名成员的结果"),
        ("`{name}` has an outcome for each member", "“{name}”每名成员各有结果"),
        hint=("add one of the paths {known}", "请加上其中一个路径：{known}"),
    ),
}
