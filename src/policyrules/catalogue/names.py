"""PR2xx: names that are unknown, taken or circular."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

NAMES: dict[str, Entry] = {
    "PR201": entry(
        ("unknown name", "未声明的名称"),
        ("unknown name `{name}`", "未声明的名称“{name}”"),
        ("not declared in this ruleset or in one it uses", "本规则集及其采用的规则集均未声明"),
    ),
    "PR202": entry(
        ("name declared twice", "名称重复声明"),
        ("`{name}` is declared a second time", "“{name}”重复声明"),
        hint=(
            "a name stands for one thing, in this ruleset and in those it uses",
            "一个名称在本规则集及其采用的规则集中只能指一项内容",
        ),
    ),
    "PR203": entry(
        ("circle of rules", "规则循环引用"),
        ("these rules need each other: {circle}", "下列规则互相引用：{circle}"),
        hint=(
            "let one of them be worked out without the others",
            "请将其中一项改为不依赖其他各项",
        ),
    ),
    "PR204": entry(
        ("word of the language as a name", "用词与保留用语冲突"),
        (
            "`{name}` means something in the language and cannot be a name",
            "“{name}”在语言中另有含义，不能作名称",
        ),
        hint=("choose a longer name", "请另取较长的名称"),
    ),
    "PR205": entry(
        ("unknown document", "未声明的文件"),
        ("no document is declared as `{name}`", "没有声明名为“{name}”的文件"),
        hint=("declare it with `source {name}`", "请用“文件 {name}”声明"),
    ),
    "PR206": entry(
        ("unknown ruleset", "找不到规则集"),
        ("there is no ruleset `{name}`", "找不到规则集“{name}”"),
        hint=(
            "its path under the folder of this file, or in the bundle, must be its id",
            "其路径须与标识一致，放在本文件所在文件夹下或者随附的规则集中",
        ),
    ),
    "PR207": entry(
        ("unknown value", "类别中没有该取值"),
        ("`{name}` is no value of this category", "“{name}”不是该类别的取值"),
    ),
    "PR208": entry(
        ("name of another kind", "名称种类不符"),
        (
            "`{name}` cannot stand here: {wanted} is needed",
            "“{name}”不能用在此处，此处应为{wanted}",
        ),
    ),
    "PR209": entry(
        ("table read with other categories", "表的类别不符"),
        (
            "the values here are not one for each category of `{name}`",
            "此处的取值与“{name}”的类别不相对应",
        ),
    ),
    "PR210": entry(
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
    "PR211": entry(
        ("no subject", "没有写明以谁为单位"),
        ("`{name}` does not say whose it is", "“{name}”没有写明以谁为单位"),
        hint=(
            "add `of household`, `of person` or `of case` before the colon",
            "请在冒号前写明“，以家庭为单位”、“，以个人为单位”或者“，以件为单位”",
        ),
    ),
    "PR212": entry(
        ("no such ruleset", "没有该规则集"),
        (
            "there is no file, folder or bundled ruleset `{name}`",
            "没有名为“{name}”的文件、文件夹或者随附规则集",
        ),
        hint=("bundled: {known}", "随附的规则集：{known}"),
    ),
    "PR213": entry(
        ("unreadable file", "文件无法读取"),
        ("cannot read `{name}`: {reason}", "无法读取“{name}”：{reason}"),
    ),
    "PR214": entry(
        ("which ruleset of a folder", "文件夹中的主规则集不明"),
        (
            (
                "the folder `{name}` must hold exactly one ruleset that no other in it uses; "
                "found: {files}"
            ),
            "文件夹“{name}”中须有且只有一个未被其他规则集采用的规则集；现有：{files}",
        ),
    ),
    "PR215": entry(
        ("name that reads as a phrase", "名称易被读作语句"),
        ("`{name}` reads as a phrase, not as a name", "“{name}”会被读作语句，不能作名称"),
        hint=(
            "choose a name that does not begin or end with, or consist of, words of the language",
            "请另取名称：名称不得由语言的用词组成，也不得以其开头或者结尾",
        ),
    ),
    "PR216": entry(
        ("sign inside a name", "名称中含有符号"),
        ("a name cannot hold {found}", "名称中不能含有{found}"),
        hint=(
            "leave it out; brackets behind a name hold the same name in the other language, once",
            "请删去；名称后的括号只用于另一种文字的同一名称，且只能有一处",
        ),
    ),
    "PR217": entry(
        ("circle of rulesets", "规则集循环采用"),
        ("these rulesets use each other: {circle}", "下列规则集互相采用：{circle}"),
        hint=(
            "put what they share into a ruleset of its own",
            "请将共用的内容移入另一个规则集",
        ),
    ),
    "PR218": entry(
        ("name in brackets", "括号内的名称"),
        (
            "brackets behind a name hold the same name in the other language",
            "名称后的括号应为另一种文字的同一名称",
        ),
        hint=("write for example `income (家庭月收入)`", "请写成例如“家庭月收入（income）”"),
    ),
    "PR225": entry(
        ("amendment of a ruleset that is not used", "所修改的规则集未采用"),
        ("`{name}` is not among the rulesets used here", "未采用规则集“{name}”"),
    ),
    "PR226": entry(
        ("amendment of an unknown rule", "所修改的规则不存在"),
        (
            "`{ruleset}` has no benefit, definition or parameter `{name}`",
            "“{ruleset}”没有名为“{name}”的待遇、定义或者标准",
        ),
    ),
    "PR227": entry(
        ("amendment of an unknown line", "所修改的行不存在"),
        ("no line of `{name}` has the label `{label}`", "“{name}”没有标签为“{label}”的行"),
        hint=(
            'a line gets its label behind its first word: `pays "multiple" …`',
            "标签写在该行首词之后，例如“给予 ‘倍数’ …”",
        ),
    ),
    "PR228": entry(
        ("two amendments of one line", "同一行修改两次"),
        ("this is changed twice", "同一处修改了两次"),
        hint=(
            "keep one of the two; a ruleset that uses the other may change it further",
            "请只保留一处；采用对方的规则集可以在其基础上再修改",
        ),
    ),
    "PR229": entry(
        ("amendment of another kind", "修改的内容与原规则不是一类"),
        (
            "this cannot stand in place of what `{name}` says there",
            "这里的内容不能替换“{name}”的相应规定",
        ),
        hint=(
            "a line is replaced by a line that begins with the same word, values by values",
            "一行只能换成首词相同的行，数值只能换成数值",
        ),
    ),
    "PR230": entry(
        ("value of several categories", "属于多个类别的取值"),
        (
            "`{name}` is a value of several categories: {categories}",
            "“{name}”是多个类别的取值：{categories}",
        ),
        hint=(
            "write the category in front: `CATEGORY is VALUE`, in an example `CATEGORY VALUE`",
            "请写明类别，例如“类别为取值”，实例中写“类别取值”",
        ),
    ),
    "PR219": entry(
        ("ruleset under another id", "规则集标识不符"),
        (
            "the file found for `{name}` says that it is `{found}`",
            "按“{name}”找到的文件，其标识为“{found}”",
        ),
        hint=(
            "the id in the header must be the path under the folder",
            "规则集名称中的标识须与其在文件夹下的路径一致",
        ),
    ),
}
