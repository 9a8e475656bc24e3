"""PR14x and PR24x: how much a rule file may hold, and names and files that pass for others."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

FILES: dict[str, Entry] = {
    "PR145": entry(
        ("table of too many combinations", "表的组合过多"),
        (
            "`{name}` needs more than {most} figures beside those written, in all versions",
            "“{name}”各版本合计，除已写明的以外，还须有{most}个以上的数值",
        ),
        hint=(
            "leave out a category on which the figure does not turn, or make several tables",
            "请删去不影响数值的类别，或者分成几个标准",
        ),
    ),
    "PR141": entry(
        ("ruleset too long", "规则集过长"),
        (
            "a ruleset may have {most} characters, with all rulesets that it uses",
            "规则集连同其采用的全部规则集最多{most}个字符",
        ),
        hint=(
            "make several rulesets of it that do not use each other",
            "请分成互不采用的几个规则集",
        ),
    ),
    "PR142": entry(
        ("line too long", "语句过长"),
        (
            "a line may have {most} characters, with the lines that continue it",
            "一条语句连同续行最多{most}个字符",
        ),
        hint=(
            "define a part of it under a name of its own, or make a second list",
            "请把其中一部分另行定义，或者另列一项",
        ),
    ),
    "PR143": entry(
        ("too much that cannot be read", "无法识别的内容过多"),
        (
            "lines of more than {most} characters have mistakes; the rest is not read",
            "有错误的语句合计超过{most}个字符，以下未再读取",
        ),
        hint=("correct these lines first", "请先改正以上各处"),
    ),
    "PR144": entry(
        ("further mistakes", "其余错误"),
        ("{count} further mistakes are not listed", "另有{count}处错误未列出"),
        hint=("correct those above first", "请先改正以上各处"),
    ),
    "PR245": entry(
        ("name too long", "名称过长"),
        ("a name may have {most} characters", "名称最多{most}个字符"),
        hint=(
            "choose a short name, and put the full wording into a `reading` or a `title`",
            "请另取较短的名称，完整的表述可以写在“解读”或者文件的“名称”中",
        ),
    ),
    "PR246": entry(
        ("letters of two scripts in a name", "名称混用不同文字的字母"),
        (
            "`{name}` mixes letters that look alike but are not the same ({found})",
            "“{name}”混用了外形相似的不同字母（{found}）",
        ),
        hint=(
            "write the whole name in Latin letters, or none of it",
            "请统一使用拉丁字母，或者完全不用",
        ),
    ),
    "PR247": entry(
        ("names that look the same", "名称外形相同"),
        (
            "`{name}` looks like `{other}`, but other characters make it up",
            "“{name}”与“{other}”外形相同，但所用字符不同",
        ),
        hint=("write both with the same characters, or rename one", "请统一所用字符，或者另取名称"),
    ),
    "PR248": entry(
        ("ruleset outside the folder", "规则集在文件夹之外"),
        (
            "the file of `{name}` is a link that leads out of the folder of rulesets",
            "“{name}”的文件是指向规则集文件夹之外的链接",
        ),
        hint=("put the file itself into the folder", "请将文件本身放入文件夹"),
    ),
    "PR249": entry(
        ("too many rulesets", "采用的规则集过多"),
        (
            "a ruleset may use {most} others, directly or through these",
            "一个规则集最多直接或者间接采用{most}个规则集",
        ),
        hint=(
            "put what belongs together into one file, and leave out what is not read",
            "请将相关的规则集合并，并删去没有用到的“采用”",
        ),
    ),
    "PR250": entry(
        ("too many steps", "规则层次过多"),
        (
            "`{name}` rests on more steps, one upon the other, than can be followed ({most})",
            "“{name}”逐层依据的规则和运算过多，超过{most}层",
        ),
        hint=(
            (
                "write several of the steps as one, or take a figure in between from the case as "
                "an `input`"
            ),
            "请将其中几步合并为一步，或者将中间结果改为由个案提供的“信息项”",
        ),
    ),
    "PR903": entry(
        ("further warnings", "其余警告"),
        ("{count} further warnings are not listed", "另有{count}条警告未列出"),
        severity="warning",
    ),
}
