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
        (
            "no clause of this declaration begins with `{found}`",
            "该声明中没有以“{found}”开头的条目",
        ),
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
    "PR202": _entry(
        ("name declared twice", "名称重复声明"),
        ("`{name}` is declared a second time", "“{name}”重复声明"),
        hint=(
            "a name stands for one thing, in this ruleset and in those it uses",
            "一个名称在本规则集及其采用的规则集中只能指一项内容",
        ),
    ),
    "PR203": _entry(
        ("circle of rules", "规则循环引用"),
        ("these rules need each other: {circle}", "下列规则互相引用：{circle}"),
    ),
    "PR204": _entry(
        ("word of the language as a name", "用词与保留用语冲突"),
        ("`{name}` is a word of the language and no name", "“{name}”是语言的用词，不能作名称"),
    ),
    "PR205": _entry(
        ("unknown document", "未声明的文件"),
        ("no document is declared as `{name}`", "没有声明名为“{name}”的文件"),
        hint=("declare it with `source {name}`", "请用“文件 {name}”声明"),
    ),
    "PR206": _entry(
        ("unknown ruleset", "找不到规则集"),
        ("there is no ruleset `{name}`", "找不到规则集“{name}”"),
        hint=(
            "its path under the folder of this file, or in the bundle, must be its id",
            "其路径须与标识一致，放在本文件所在文件夹下或者随附的规则集中",
        ),
    ),
    "PR207": _entry(
        ("unknown value", "类别中没有该取值"),
        ("`{name}` is no value of this category", "“{name}”不是该类别的取值"),
    ),
    "PR208": _entry(
        ("name of another kind", "名称种类不符"),
        ("`{name}` cannot stand here", "“{name}”不能用在此处"),
    ),
    "PR209": _entry(
        ("table read with other categories", "表的类别不符"),
        (
            "`{name}` needs one value for each of its categories",
            "“{name}”须按其各个类别各给出一个取值",
        ),
    ),
    "PR210": _entry(
        ("category without a subject", "类别没有所属"),
        (
            "`{name}` is nobody's category here: say of which value",
            "此处“{name}”没有所属的家庭或者个人，须写明取值",
        ),
        hint=(
            "write `TABLE of VALUE`, or declare the category `of household` or `of person`",
            "请写“表（取值）”，或者声明该类别以家庭或者个人为单位",
        ),
    ),
    "PR211": _entry(
        ("no subject", "没有写明以谁为单位"),
        ("`{name}` does not say whose it is", "“{name}”没有写明以谁为单位"),
        hint=(
            "add `of household` or `of person` before the colon",
            "请在冒号前写明“，以家庭为单位”或者“，以个人为单位”",
        ),
    ),
    "PR212": _entry(
        ("no such ruleset", "没有该规则集"),
        (
            "there is no file, folder or bundled ruleset `{name}`",
            "没有名为“{name}”的文件、文件夹或者随附规则集",
        ),
        hint=("bundled: {known}", "随附的规则集：{known}"),
    ),
    "PR213": _entry(
        ("unreadable file", "文件无法读取"),
        ("cannot read `{name}`: {reason}", "无法读取“{name}”：{reason}"),
    ),
    "PR214": _entry(
        ("which ruleset of a folder", "文件夹中的主规则集不明"),
        (
            "the folder `{name}` must hold exactly one ruleset that no other in it uses; found: {files}",
            "文件夹“{name}”中须有且只有一个未被其他规则集采用的规则集；现有：{files}",
        ),
    ),
    "PR301": _entry(
        ("unit does not fit the declared one", "单位与声明不符"),
        ("this is in {found}, declared is {declared}", "此处单位为{found}，声明的单位为{declared}"),
    ),
    "PR302": _entry(
        ("wrong kind of value", "值的种类不符"),
        ("expected {expected}, found {found}", "应为{expected}，实为{found}"),
    ),
    "PR303": _entry(
        ("different periods", "计算周期不同"),
        (
            "one side is in {left}, the other in {right}",
            "一项单位为{left}，另一项单位为{right}",
        ),
    ),
    "PR304": _entry(
        ("percentage of nothing", "百分比没有基数"),
        ("this percentage does not say of what", "此处百分比没有写明以什么为基数"),
        hint=("write for example `90% of the cost`", "请写明基数，例如“费用的90%”"),
    ),
    "PR305": _entry(
        ("fact of a person in a rule of the household", "在家庭规则中直接使用个人信息"),
        (
            "`{name}` is a fact of a person; the household has several members",
            "“{name}”是个人的信息，而一个家庭有多名成员",
        ),
        hint=(
            "say `any member is …`, `every member is …`, `number of members who are …` or "
            "`for each member: …`",
            "请写“任一家庭成员为…”“家庭成员均为…”“家庭成员中…的人数”或者“逐人计算：…”",
        ),
    ),
    "PR306": _entry(
        ("household's figure added per member", "按成员重复计算家庭数额"),
        (
            "this is in {found}: added over the members, the household's figure would count once "
            "for each of them",
            "此处单位为{found}，逐人相加会把家庭的数额重复计算",
        ),
        hint=("divide by `number of members` first", "请先除以家庭成员人数"),
    ),
    "PR307": _entry(
        ("division by what may be zero", "除数可能为零"),
        ("this divisor may be zero", "该除数可能为零"),
        hint=(
            "declare the input `more than 0`, or divide by `number of members`",
            "请声明该信息项“大于0”，或者以家庭成员人数为除数",
        ),
    ),
    "PR308": _entry(
        ("fact of a case outside a rule", "在规则之外使用个案信息"),
        ("`{name}` is known only in a case; here there is none", "“{name}”只在个案中才有"),
    ),
    "PR309": _entry(
        ("rounding to another unit", "取整单位不符"),
        ("cannot round {found} to {step}", "不能把{found}取整到{step}"),
    ),
    "PR311": _entry(
        ("rate where an amount is due", "应为数额而非标准"),
        (
            "this is a rate ({found}), declared is an amount ({declared})",
            "此处为标准（{found}），声明的是数额（{declared}）",
        ),
    ),
    "PR312": _entry(
        ("different subjects", "计算对象不同"),
        (
            "one side is in {left}, the other in {right}",
            "一项单位为{left}，另一项单位为{right}",
        ),
        hint=(
            "multiply or divide by `number of members`, or compute `for each member`",
            "请乘以或者除以家庭成员人数，或者逐人计算",
        ),
    ),
    "PR313": _entry(
        ("units that do not go together", "单位不能相比或者相加"),
        (
            "{left} and {right} do not go together",
            "{left}与{right}不能相加、相减或者比较",
        ),
    ),
    "PR314": _entry(
        ("comparison of different things", "不同种类不能比较"),
        ("{left} and {right} cannot be compared", "{left}与{right}不能比较"),
    ),
    "PR315": _entry(
        ("category test of something else", "取值判断对象不符"),
        ("only a category has values; this is {found}", "只有类别才有取值，此处为{found}"),
    ),
    "PR316": _entry(
        ("no rate to convert", "不能换算计算周期"),
        ("{found} cannot be had as {declared}", "{found}不能换算为{declared}"),
    ),
    "PR317": _entry(
        ("count that does not fit", "口径与标准不符"),
        (
            "this count does not turn {found} into an amount",
            "按此口径不能由{found}得出数额",
        ),
    ),
    "PR318": _entry(
        ("domain that is no figure", "取值范围须为数字"),
        ("an end of a domain must be a figure", "取值范围的端点须为确定的数字"),
    ),
    "PR319": _entry(
        ("empty domain", "取值范围为空"),
        ("no figure is inside this domain", "没有数字在此取值范围之内"),
    ),
    "PR401": _entry(
        ("date of what has no versions", "只有标准才有历次版本"),
        (
            "only a parameter can be read at a date; `{name}` is none",
            "只有标准才能按日期取值，“{name}”不是标准",
        ),
    ),
    "PR402": _entry(
        ("unclear end of a period", "期限是否含当日不明"),
        ("`by`/前 must say whether that day is included", "“前”须写明是否含当日"),
        hint=("add (incl.) or (excl.)", "请加注（含当日）或者（不含当日）"),
    ),
    "PR403": _entry(
        ("deadline that is not in days", "时限须以日计"),
        ("a deadline after an event is counted in whole days", "自某日起算的时限须以整日计"),
    ),
    "PR404": _entry(
        ("two versions from one day", "同日有两个版本"),
        ("`{name}` has two versions from the same day", "“{name}”自同一日起有两个版本"),
    ),
    "PR405": _entry(
        ("value given twice", "取值重复"),
        ("the value for {name} is given twice", "{name}的数值重复给出"),
    ),
    "PR406": _entry(
        ("not in force at that date", "当日尚未生效"),
        ("`{name}` has no version in force at that date", "“{name}”当日没有生效的版本"),
    ),
    "PR501": _entry(
        ("statistic in a rule", "统计数不得用于规则"),
        (
            "`{name}` is a statistic: checks may use it, rules may not",
            "“{name}”是统计数，只能用于核对，不得用于给予",
        ),
    ),
    "PR502": _entry(
        ("table with gaps", "表中缺少数值"),
        ("`{name}` has no value for {missing}", "“{name}”缺少{missing}的数值"),
        hint=("write `not stated` where the document gives none", "文件没有规定的，请写“未载明”"),
    ),
    "PR503": _entry(
        ("rule without a result", "规则没有结果"),
        ("`{name}` does not say what comes out", "“{name}”没有写明结果"),
        hint=(
            "a benefit needs `pays …` or `case …: …`, a definition its right side",
            "待遇须有“给予”或者“情形”，定义须有右边的内容",
        ),
    ),
    "PR504": _entry(
        ("cases without a rest", "情形没有其余"),
        ("`{name}` does not say what it is where no case holds", "“{name}”没有写明其余情形"),
        hint=("add a line `otherwise …`", "请加一行“其余 …”"),
    ),
    "PR505": _entry(
        ("percentage without a base", "百分比没有基数"),
        ("this percentage has no base", "此处百分比没有基数"),
        hint=(
            "add a line `base …` before it, or write `90% of …`",
            "请在前面加一行“基数 …”，或者写“…的90%”",
        ),
    ),
    "PR506": _entry(
        ("running limit without a period", "累计限额没有周期"),
        ("this running limit does not say per which period", "累计限额没有写明周期"),
        hint=("write `in total up to 30000 yuan per year`", "请写“年度限额3万元”"),
    ),
    "PR507": _entry(
        ("limits that are not there", "没有限额"),
        ("there is no running limit to count separately", "没有需要分别累计的限额"),
    ),
    "PR508": _entry(
        ("parameter without a value", "标准没有数值"),
        ("`{name}` has no value", "“{name}”没有数值"),
        hint=(
            "write `from DATE: VALUE`, or `not stated`",
            "请写“自某年某月某日起：数值”，或者“未载明”",
        ),
    ),
    "PR509": _entry(
        ("running limit outside a benefit", "累计限额不在待遇中"),
        ("only a benefit has a running limit", "只有待遇才有累计限额"),
    ),
    "PR510": _entry(
        ("line that never applies", "永不适用的条目"),
        ("a line above always applies, so this one never does", "上面的条目总是适用，本条永不适用"),
    ),
    "PR511": _entry(
        ("empty check", "核对没有内容"),
        ("this check states nothing", "本核对没有写明内容"),
    ),
    "PR512": _entry(
        ("check that does not hold", "核对不符"),
        ("`{title}` does not hold{when}", "“{title}”不成立{when}"),
        ("{values}", "{values}"),
    ),
    "PR513": _entry(
        ("example that comes out differently", "实例结果不符"),
        (
            "`{title}`: {name} is expected to be {expected}, comes out as {found}",
            "“{title}”：{name}应为{expected}，实际为{found}",
        ),
    ),
    "PR514": _entry(
        ("example that cannot be evaluated", "实例无法计算"),
        ("`{title}`: {problem}", "“{title}”：{problem}"),
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
    "PR901": _entry(
        ("rule without a citation", "规则没有依据"),
        ("`{name}` cites no document", "“{name}”没有写明依据"),
        hint=("put it under a heading such as `[notice 2]`", "请置于“【通知 二】”之类的标题之下"),
        severity="warning",
    ),
    "PR902": _entry(
        ("input that nothing reads", "未使用的信息项"),
        ("nothing reads `{name}`", "“{name}”没有任何规则使用"),
        severity="warning",
    ),
}
