"""PR5xx: rules, tables, checks and examples that are not whole."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

LAW: dict[str, Entry] = {
    "PR501": entry(
        ("statistic in a rule", "统计数不得用于规则"),
        (
            "`{name}` is a statistic: checks may use it, rules may not",
            "“{name}”是统计数，只能用于核对，不得用于给予",
        ),
    ),
    "PR502": entry(
        ("table with gaps", "表中缺少数值"),
        ("`{name}` has no value for {missing}", "“{name}”缺少{missing}的数值"),
        hint=("write `not stated` where the document gives none", "文件没有规定的，请写“未载明”"),
    ),
    "PR503": entry(
        ("rule without a result", "规则没有结果"),
        ("`{name}` does not say what comes out", "“{name}”没有写明结果"),
        hint=(
            "a benefit needs `pays …` or `case …: …`, a definition a line that says what it is",
            "待遇须有“给予”或者“情形”，定义须有一行写明内容",
        ),
    ),
    "PR504": entry(
        ("cases without a rest", "缺少“其余”"),
        ("`{name}` does not say what it is where no case holds", "“{name}”没有写明其余情形"),
        hint=("add a line `otherwise …`", "请加一行“其余 …”"),
    ),
    "PR505": entry(
        ("percentage without a base", "百分比没有基数"),
        ("this percentage has no base", "此处百分比没有基数"),
        hint=(
            "add a line `base …` before it, or write `90% of …`",
            "请在前面加一行“基数 …”，或者写“…的90%”",
        ),
    ),
    "PR506": entry(
        ("running limit without a period", "累计限额没有周期"),
        ("this running limit does not say per which period", "累计限额没有写明周期"),
        hint=("write `in total up to 30000 yuan per year`", "请写“年度限额3万元”"),
    ),
    "PR507": entry(
        ("limits that are not there", "没有限额"),
        ("there is no running limit to count separately", "没有需要分别累计的限额"),
        hint=(
            "leave the line out, or write `in total up to … per year` in the cases",
            "请删去本条，或者在各情形中写明“年度限额…”",
        ),
    ),
    "PR508": entry(
        ("parameter without a value", "标准没有数值"),
        ("`{name}` has no value", "“{name}”没有数值"),
        hint=(
            "write `from DATE: VALUE`, or `not stated`",
            "请写“自某年某月某日起：数值”，或者“未载明”",
        ),
    ),
    "PR509": entry(
        ("running limit outside a benefit", "累计限额不在待遇中"),
        ("only a benefit has a running limit", "只有待遇才有累计限额"),
    ),
    "PR510": entry(
        ("line that never applies", "永不适用的条目"),
        ("a line above always applies, so this one never does", "上面的条目总是适用，本条永不适用"),
        hint=(
            "put it above that line, or write that line as `case …: …`",
            "请移到该条目之前，或者将该条目写成“情形 …：…”",
        ),
    ),
    "PR511": entry(
        ("empty check", "核对没有内容"),
        ("this check states nothing", "本核对没有写明内容"),
        hint=(
            "state under it what must hold, such as `A is at least B`",
            "请在下面写明应当成立的内容，例如“甲不低于乙”",
        ),
    ),
    "PR512": entry(
        ("check that does not hold", "核对不符"),
        ("`{title}` does not hold{when}", "“{title}”不成立{when}"),
        ("{values}", "{values}"),
    ),
    "PR513": entry(
        ("example that comes out differently", "实例结果不符"),
        (
            "`{title}`: {name} is expected to be {expected}, comes out as {found}",
            "“{title}”：{name}应为{expected}，实际为{found}",
        ),
    ),
    "PR514": entry(
        ("example that cannot be evaluated", "实例无法计算"),
        ("`{title}`: {problem}", "“{title}”：{problem}"),
    ),
    "PR515": entry(
        ("line without effect", "不起作用的条目"),
        ("this line has no effect: {reason}", "本条不起作用：{reason}"),
        hint=("{remedy}", "{remedy}"),
    ),
    "PR516": entry(
        ("general amount outside an exception", "一般规定金额用在例外之外"),
        ("only an exception has a general amount", "只有例外才有一般规定金额"),
    ),
    "PR517": entry(
        ("unknown exception", "没有该例外"),
        (
            "no exception above is called `{title}`",
            "上面没有名为“{title}”的例外",
        ),
        hint=("declare it before it is used", "请先声明，后使用"),
    ),
    "PR518": entry(
        ("exception to nothing", "例外所针对的规则不存在"),
        (
            "`{title}` must be to a benefit, a figure, or an exception above",
            "“{title}”须适用于某项待遇、某个数额或者上面的某个例外",
        ),
    ),
    "PR519": entry(
        ("exception without a condition", "例外没有条件"),
        ("`{title}` does not say when it holds", "“{title}”没有写明条件"),
        hint=("add a line `when …`", "请加一行“条件 …”"),
    ),
    "PR520": entry(
        ("exceptions that override each other", "例外互相优先"),
        (
            "`{title}` and `{other}` override each other",
            "“{title}”与“{other}”互相优先",
        ),
    ),
    "PR596": entry(
        ("exception that overrides itself", "例外优先于自身"),
        ("`{title}` cannot override itself", "“{title}”不能优先于自身"),
        hint=(
            "name another exception of this rule, or leave the line `overrides` out",
            "请写同一规则的另一例外，或者删去“优先于”一行",
        ),
    ),
    "PR597": entry(
        ("amount below zero", "金额小于零"),
        ("no standard and no payment is below zero", "标准和待遇的金额不能小于零"),
        hint=(
            "leave out the minus sign; what is taken off is written `A - B`, nothing is `nothing`",
            "请删去负号；须扣减的写成“甲 - 乙”，不予发给的写“不予救助”",
        ),
    ),
    "PR598": entry(
        ("bound without its figure", "上下限没有对应的数值"),
        (
            "among the figures of a table a bound stands in place of the figure that it is about",
            "表中的上下限应写在其所限定的数值之处",
        ),
        hint=(
            "write for example `rural at least 5`: the figure is not stated, and is 5 or more",
            "请写成例如“农村不低于5”，即该数值未载明，但不低于5",
        ),
    ),
    "PR530": entry(
        ("members of an example", "实例的家庭成员不明"),
        ("the members of this example are not clear: {reason}", "实例的家庭成员不明：{reason}"),
        hint=(
            "write for example `3 members; member 1: …`; a figure stands behind its name",
            "请写成例如“家庭成员3人；成员1：…”；数额前须写明名称",
        ),
    ),
    "PR580": entry(
        ("refined amount outside the range", "细化后的数额越出范围"),
        (
            "`{refined}` is not within `{general}`, the line `{line}` of `{name}`{when}",
            "“{refined}”不在“{name}”“{line}”行“{general}”的范围之内{when}",
        ),
        hint=(
            "keep both ends within the range; a line outside it needs `amends`",
            "请使上限、下限都在该范围之内；超出范围的，须用“修改”",
        ),
    ),
    "PR581": entry(
        ("refined amount that cannot be checked", "细化后的数额无法核对"),
        (
            "cannot tell whether `{refined}` is within `{general}`, the line `{line}` of `{name}`",
            "无法判定“{refined}”是否在“{name}”“{line}”行“{general}”的范围之内",
        ),
        hint=(
            "write it as multiples or shares of the same figure as that line",
            "请写成该行所用同一数额的倍数或者百分比",
        ),
    ),
    "PR582": entry(
        ("refinement with a gap", "细化未覆盖全部情形"),
        (
            "`{name}` does not say what holds where none of these cases does",
            "“{name}”没有写明以上情形均不符合时如何处理",
        ),
        hint=(
            "add a line `otherwise …`, for example with the range of the refined line",
            "请加一行“其余 …”，例如写明原来的范围",
        ),
    ),
    "PR583": entry(
        ("change that the ruleset above does not allow", "上级规则集不允许的改动"),
        (
            "{name} {allowed}: `{old}` becomes `{new}`{when}",
            "{name}{allowed}：“{old}”改成了“{new}”{when}",
        ),
        hint=(
            "both ends count; what stays equal is always allowed",
            "上限、下限均须符合；保持不变的总是允许",
        ),
    ),
    "PR584": entry(
        ("change that cannot be checked", "改动无法核对"),
        (
            "{name} {allowed}: cannot tell how `{new}` stands to `{old}`{when}",
            "{name}{allowed}：无法判定“{new}”与“{old}”孰高孰低{when}",
        ),
        hint=(
            "write it as multiples or shares of the same figure as that line",
            "请写成该行所用同一数额的倍数或者百分比",
        ),
    ),
    "PR585": entry(
        ("line without an amount to raise or lower", "没有可提高或者降低的数额"),
        ("the line `{label}` pays no amount", "“{label}”行没有写明给予的数额"),
        hint=("write `fixed`", "请写“不得调整”"),
    ),
    "PR586": entry(
        ("exceptions that can hold at once", "可能同时适用的例外"),
        (
            "`{one}` and `{other}` to `{rule}` can hold at once, and neither goes before the other",
            "“{rule}”的例外“{one}”与“{other}”可能同时适用，且先后未载明",
        ),
        ("for example: {case}", "例如：{case}"),
        (
            'say which goes before: `overrides "TITLE"`; until then such a case is a conflict',
            "请写明何者优先：“优先于‘标题’”；写明之前，此类个案的结果为“冲突”",
        ),
        severity="warning",
    ),
    "PR587": entry(
        ("figure that may become too long", "数值可能过长"),
        (
            "`{name}` multiplies or divides more than {most} figures by one another",
            "“{name}”连乘、连除的数值超过{most}个",
        ),
        hint=(
            (
                "write the product that is meant as one figure, or take a figure in between from "
                "the case as an `input`"
            ),
            "请将连乘的数值写成一个数，或者将中间结果改为由个案提供的“信息项”",
        ),
    ),
    "PR588": entry(
        ("exceptions not compared", "未核对的例外"),
        (
            "of the exceptions to `{rule}`, {pairs} pairs were not searched for conflicts",
            "“{rule}”的例外过多，其中{pairs}对未核对是否可能同时适用",
        ),
        hint=(
            'say of each which others it goes before: `overrides "TITLE"`',
            "请逐一写明优先于哪些例外：“优先于‘标题’”",
        ),
        severity="warning",
    ),
    "PR521": entry(
        ("benefits that cannot be compared", "待遇不能相比"),
        (
            "benefits that are not paid together need one subject and one unit",
            "不重复享受的各项待遇须同以家庭、个人或者件为单位，且数额的单位相同",
        ),
    ),
    "PR524": entry(
        ("no benefit that could apply", "不是待遇"),
        (
            "`{name}` is no benefit, so it cannot be asked whether it applies",
            "“{name}”不是待遇，不能写是否适用",
        ),
        hint=(
            "compare its figure, or name a condition of its own",
            "请将其数值与另一数值比较，或者另行定义一项条件",
        ),
    ),
    "PR525": entry(
        ("ending of `not together` that cannot be read", "“不重复享受”的结尾无法读取"),
        (
            "`{found}` does not say which of the benefits is paid",
            "“{found}”没有说明给予哪一项待遇",
        ),
        hint=(
            (
                "end the line with `; the higher`, `; the first named`, `; NAME has precedence` or "
                "`; not stated`"
            ),
            "请以“；就高”“；取前一项”“；优先享受某项待遇”或者“；未载明”结尾",
        ),
    ),
    "PR526": entry(
        ("precedence that is not complete", "优先次序不完整"),
        (
            "this does not say of all benefits of the line which goes before which",
            "本条没有写明各项待遇之间的全部优先次序",
        ),
        hint=(
            "list the benefits in their order and end with `; the first named`",
            "请按先后次序列出各项待遇，以“；取前一项”结尾",
        ),
    ),
    "PR527": entry(
        ("payments side by side", "待遇可以同时享受"),
        (
            "payments stand side by side unless the rules say otherwise, so this needs no line",
            "规则没有另行写明的，各项待遇可以同时享受，不需要写本条",
        ),
        hint=(
            (
                "leave it out, or say so with `cumulative NAME, NAME`; that only one is paid is "
                "`not together NAME, NAME; …`"
            ),
            "请删去本条，或者写“可叠加 甲、乙”；只给予其中一项的，写“不重复享受 甲、乙；…”",
        ),
    ),
    "PR590": entry(
        ("side by side and not together", "既可同时享受又不重复享受"),
        (
            "`{one}` and `{other}` are paid side by side here, and not together elsewhere",
            "此处规定“{one}”与“{other}”可同时享受，另有规定不重复享受",
        ),
        hint=(
            "leave out the line that the document does not state",
            "请按文件规定删去其中一条",
        ),
    ),
    "PR591": entry(
        ("not together twice", "重复规定不重复享受"),
        (
            "another line says already which of `{one}` and `{other}` is paid",
            "“{one}”与“{other}”不重复享受、如何取舍，另一条已有规定",
        ),
        hint=("leave out one of the two lines", "请删去其中一条"),
    ),
    "PR592": entry(
        ("too many benefits not paid together", "不重复享受的待遇过多"),
        (
            "`{name}` is not paid together with more than {most} other benefits",
            "与“{name}”不重复享受的待遇超过{most}项",
        ),
        hint=(
            "make one benefit with `case` lines of those that are alike",
            "请将同类的各项合并为一项待遇，用“情形”分列",
        ),
    ),
    "PR593": entry(
        ("named twice", "重复列举"),
        ("`{name}` is named twice in this line", "此处重复列举了“{name}”"),
        hint=("name each benefit once", "请将每项待遇各列一次"),
    ),
    "PR594": entry(
        ("too many exceptions", "例外过多"),
        ("`{name}` has more than {most} exceptions", "“{name}”的例外超过{most}项"),
        hint=(
            "write those that are alike as one exception, with a `case` line for each",
            "请将同类的各项合并为一项例外，用“情形”分列",
        ),
    ),
    "PR522": entry(
        ("check that cannot be told", "核对无法判定"),
        (
            "`{title}` depends on a value that the document does not state",
            "“{title}”取决于文件未载明的数值",
        ),
        hint=("state the value, or leave the check out", "请补充数值，或者删去该项核对"),
    ),
}
