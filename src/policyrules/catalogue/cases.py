"""PR6xx: cases handed to an evaluator."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

CASES: dict[str, Entry] = {
    "PR601": entry(
        ("case is not readable JSON", "个案不是可识别的JSON"),
        ("not readable as JSON: {reason}", "无法按JSON读取：{reason}"),
    ),
    "PR602": entry(
        ("wrong kind of value", "值的种类不符"),
        ("expected {expected}, found {found}", "应为{expected}，实为{found}"),
    ),
    "PR603": entry(
        ("unknown part of a case", "个案中有未知的部分"),
        ("`{name}` is no part of a case", "个案中不应有“{name}”"),
        hint=(
            "a case has `on`, one of `household`, `person` and `case`, and `parameters`",
            "个案由 on，household、person、case 三者之一，以及 parameters 组成",
        ),
    ),
    "PR604": entry(
        ("unknown name in a case", "个案中有未知的名称"),
        ("no input is called `{name}`", "没有名为“{name}”的信息项"),
        hint=(
            "`policyrules describe` lists the inputs of the ruleset",
            "用 policyrules describe 可查看规则集的全部信息项",
        ),
    ),
    "PR605": entry(
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
    "PR606": entry(
        ("given twice", "重复给出"),
        ("`{name}` is given twice", "“{name}”重复给出"),
        hint=("keep one of the two", "请只保留其中一处"),
    ),
    "PR607": entry(
        ("binary floating-point number", "二进制浮点数"),
        ("{found} is a Python float, which is not exact", "{found}是Python浮点数，并不精确"),
        hint=(
            'write it as a text ("0.29") or as a Decimal',
            '请写成文本（"0.29"）或者Decimal',
        ),
    ),
    "PR608": entry(
        ("number out of measure", "数字过长或者过大"),
        (
            "{found} is not a number of at most {most} digits",
            "{found}不是{most}位以内的数字",
        ),
    ),
    "PR609": entry(
        ("unreadable number", "无法识别的数字"),
        ("cannot read {found} as a number with its unit", "无法将{found}识别为数字及其单位"),
    ),
    "PR610": entry(
        ("unit does not convert", "单位不能换算"),
        (
            "`{name}` is declared in {declared}; {found} does not convert into it",
            "“{name}”的单位是{declared}，不能由{found}换算",
        ),
    ),
    "PR611": entry(
        ("value outside its domain", "数值超出范围"),
        ("`{name}` must be {domain}; found {found}", "“{name}”应{domain}，实为{found}"),
    ),
    "PR612": entry(
        ("not a whole number", "不是非负整数"),
        (
            "`{name}` must be a whole number, not below zero; found {found}",
            "“{name}”应为非负整数，实为{found}",
        ),
    ),
    "PR613": entry(
        ("unknown value of a category", "未知的类别值"),
        ("`{name}` has no value {found}", "“{name}”没有{found}这一类"),
        hint=("its values are {values}", "可用的值有：{values}"),
    ),
    "PR614": entry(
        ("unreadable date", "无法识别的日期"),
        ("cannot read {found} as a date", "无法将{found}识别为日期"),
        hint=("write for example `2023-08-01`", "请写成例如2023年8月1日或者2023-08-01"),
    ),
    "PR615": entry(
        ("no such day", "日历中没有的日期"),
        ("there is no day {found} in the calendar", "日历中没有{found}这一天"),
    ),
    "PR616": entry(
        ("date out of range", "日期超出范围"),
        (
            "the year must be from {first} to {last}; found {found}",
            "年份应在{first}年至{last}年之间，实为{found}年",
        ),
    ),
    "PR617": entry(
        ("age and birth date disagree", "年龄与出生日期不符"),
        (
            "the age is given as {given}, but is {computed} by the birth date",
            "所填年龄为{given}周岁，按出生日期应为{computed}周岁",
        ),
        hint=("leave the age out", "可不填年龄"),
    ),
    "PR618": entry(
        ("born after the date", "出生日期晚于评估日期"),
        ("the birth date is after {on}, the date of the case", "出生日期晚于个案日期（{on}）"),
    ),
    "PR619": entry(
        ("household without members", "没有成员的家庭"),
        ("a household has at least one member", "一个家庭至少有一名成员"),
        hint=(
            "leave `members` out if they are not known",
            "如成员情况不明，请略去 members",
        ),
    ),
    "PR620": entry(
        ("ruleset about persons only", "只涉及个人的规则集"),
        (
            "this ruleset is about persons, not about households",
            "本规则集只涉及个人，不涉及家庭",
        ),
        hint=('write {{"person": {{…}}}}', '请写成 {{"person": {{…}}}}'),
    ),
    "PR621": entry(
        ("ruleset about households", "涉及家庭的规则集"),
        ("this ruleset is about households", "本规则集涉及家庭"),
        hint=(
            'write {{"household": {{"members": [{{…}}]}}}}',
            '请写成 {{"household": {{"members": [{{…}}]}}}}',
        ),
    ),
    "PR650": entry(
        ("ruleset about cases only", "只以件为单位的规则集"),
        (
            "this ruleset is about cases that are neither households nor persons",
            "本规则集以件为单位，不涉及家庭和个人",
        ),
        hint=('write {{"case": {{…}}}}', '请写成 {{"case": {{…}}}}'),
    ),
    "PR622": entry(
        ("unknown parameter in a case", "个案中有未知的标准"),
        ("no parameter is called `{name}`", "没有名为“{name}”的标准"),
    ),
    "PR623": entry(
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
    "PR624": entry(
        ("parameter not in force", "标准尚未施行"),
        ("`{name}` is not yet in force on {on}", "“{name}”在{on}尚未施行"),
    ),
    "PR661": entry(
        ("file exists already", "文件已存在"),
        ("there is a file of this name already", "已有同名文件"),
        hint=("choose another name, or remove it first", "请另取文件名，或者先移走该文件"),
    ),
    "PR662": entry(
        ("file not written", "文件无法写入"),
        ("the file cannot be written: {reason}", "文件无法写入：{reason}"),
        hint=("choose a folder that may be written to", "请选择有写入权限的文件夹"),
    ),
    "PR660": entry(
        ("path of no fact", "没有这一信息项的路径"),
        ("no question has the path `{found}`", "没有路径为“{found}”的问题"),
        hint=(
            "use the `path` of a question, such as `household.members[0].age`",
            "请使用问题的 path，例如“household.members[0].age”",
        ),
    ),
    "PR651": entry(
        ("too many entries", "条目过多"),
        ("here are more than {most} entries", "此处条目超过{most}个"),
        hint=(
            "evaluate several cases one by one",
            "多个个案请逐个计算",
        ),
    ),
    "PR652": entry(
        ("further problems", "其余问题"),
        ("there are {count} more problems like these", "此外还有{count}个类似的问题"),
        hint=("correct those shown first", "请先改正已列出的问题"),
    ),
    "PR625": entry(
        ("fact of the household given to a person", "家庭信息写在了个人处"),
        (
            "`{name}` is a fact of the household, not of a person",
            "“{name}”是家庭的信息，不是个人的信息",
        ),
        hint=("write it directly inside `household`", "请直接写在 household 之下"),
    ),
    "PR626": entry(
        ("amount paid to be told apart", "已享受金额需分别填写"),
        (
            "the limits are counted separately: what was paid must be given by case",
            "限额分别累计，已享受的金额应分情形填写",
        ),
        hint=("the inputs are {cases}", "应填写的信息项为：{cases}"),
    ),
    "PR627": entry(
        ("no date", "没有日期"),
        ("there is no date for which to evaluate the case", "没有给出评估个案的日期"),
        hint=(
            'give `on` in the call, `--on` on the command line, or "on" in the case',
            '请在调用中给出 on，在命令行给出 --on，或者在个案中写明 "on"',
        ),
    ),
    "PR628": entry(
        ("unknown outcome", "未知的结果"),
        ("the ruleset has no outcome `{name}`", "本规则集没有名为“{name}”的结果"),
    ),
    "PR629": entry(
        ("outcome of whom", "未指明是谁的结果"),
        ("`{name}` has no outcome at {found}", "“{name}”在{found}处没有结果"),
        hint=("it has outcomes at {known}", "有结果之处：{known}"),
    ),
    "PR630": entry(
        ("file cannot be read", "文件无法读取"),
        ("cannot read the file: {reason}", "无法读取文件：{reason}"),
    ),
    "PR631": entry(
        ("members not known", "成员情况不明"),
        (
            "`{name}` is an outcome of each member, and the members are not known",
            "“{name}”是每名成员的结果，而成员情况不明",
        ),
    ),
    "PR632": entry(
        ("outcome of several", "有多名成员的结果"),
        ("`{name}` has an outcome for each member", "“{name}”每名成员各有结果"),
        hint=("add one of the paths {known}", "请加上其中一个路径：{known}"),
    ),
    "PR633": entry(
        ("unknown language", "没有该语言"),
        (
            "there is no language `{found}`; there are `en` and `zh`",
            "没有语言“{found}”，只有en和zh",
        ),
    ),
    "PR634": entry(
        ("birth that has not happened", "尚未出生"),
        ("a birth date has always happened", "出生日期不能为“无”"),
        hint=(
            "write the date, or leave it out if it is not known",
            "请写明日期；不知道的，请不写该项",
        ),
    ),
    "PR635": entry(
        ("older than anybody", "超出可能的年龄"),
        (
            "by the birth date the age on {on} would be {found}; nobody is older than 150 years",
            "按出生日期计算，{on}时应为{found}，没有超过150周岁的人",
        ),
        hint=("check the year of birth", "请核对出生年份"),
    ),
    "PR636": entry(
        ("no benefit to award", "不是待遇"),
        (
            "`{name}` is no benefit; only the amount of a benefit is awarded",
            "“{name}”不是待遇，没有可核验的给予数额",
        ),
        hint=("name one of its benefits: {known}", "请写其中一项待遇：{known}"),
    ),
    "PR676": entry(
        ("changes of another decision", "所列变化属于另一项结果"),
        (
            "these changes are not those of this decision on `{name}`",
            "所列变化不属于“{name}”的本次审核结果",
        ),
        hint=(
            "ask `what_if` about the same case, benefit and day",
            "请就同一个案、同一待遇、同一日期查询何种变化会改变结果（what_if）",
        ),
    ),
    "PR675": entry(
        ("no benefit to write a letter on", "不是待遇"),
        (
            "`{name}` is no benefit; a letter tells what was decided on one",
            "“{name}”不是待遇，没有可告知的审核结果",
        ),
        hint=(
            "ask for its reasons, or for the letter on a benefit",
            "请查看其说明，或者请求某项待遇的告知书",
        ),
    ),
}
