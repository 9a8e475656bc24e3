"""PR3xx: units and kinds of values that do not fit."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

TYPES: dict[str, Entry] = {
    "PR301": entry(
        ("unit does not fit the declared one", "单位与声明不符"),
        (
            "this is in {found}, but {declared} is declared",
            "此处单位为{found}，与声明的单位{declared}不符",
        ),
    ),
    "PR302": entry(
        ("wrong kind of value", "值的种类不符"),
        ("expected {expected}, found {found}", "应为{expected}，实为{found}"),
    ),
    "PR303": entry(
        ("different periods", "计算周期不同"),
        (
            "one side is in {left}, the other in {right}",
            "一项单位为{left}，另一项单位为{right}",
        ),
    ),
    "PR304": entry(
        ("percentage of nothing", "百分比没有基数"),
        ("this percentage does not say of what", "此处百分比没有写明以什么为基数"),
        hint=(
            "write for example `90% of the cost` or `the cost increased by 10%`",
            "请写明基数，例如“费用的90%”或者“费用提高10%”",
        ),
    ),
    "PR305": entry(
        ("fact of a person in a rule of the household", "在家庭规则中直接使用个人信息"),
        (
            "`{name}` is a fact of a person; the household has several members",
            "“{name}”是个人的信息，而一个家庭有多名成员",
        ),
        hint=(
            "say `any member is …`, `every member is …`, or `number of members who are …`",
            "请写“任一家庭成员为…”“家庭成员均为…”或者“家庭成员中…的人数”",
        ),
    ),
    "PR306": entry(
        ("household's figure added per member", "按成员重复计算家庭数额"),
        (
            (
                "this is in {found}: added over the members, the household's figure would count "
                "once for each of them"
            ),
            "此处单位为{found}，逐人相加会把家庭的数额重复计算",
        ),
        hint=("divide by `number of members` first", "请先除以家庭成员人数"),
    ),
    "PR307": entry(
        ("division by what may be zero", "除数可能为零"),
        ("this divisor may be zero", "该除数可能为零"),
        hint=(
            (
                "say what holds then, for example `A / B, otherwise 0 yuan per month`, "
                "or declare the input `more than 0`"
            ),
            "请写明除数为零时如何计算，例如“甲除以乙，除数为零的按0元/月计”，或者声明该信息项“大于0”",
        ),
    ),
    "PR308": entry(
        ("fact of a case outside a rule", "在规则之外使用个案信息"),
        (
            "`{name}` differs from case to case; only parameters and statistics can stand here",
            "“{name}”因个案而异，此处只能使用标准和统计数",
        ),
    ),
    "PR309": entry(
        ("rounding to another unit", "取整单位不符"),
        ("cannot round {found} to {step}", "以{found}计的数不能以{step}为单位取整"),
        hint=(
            "write for example `upward to the yuan`, or `half up to 1%` for a rate",
            "请写成例如“进位到元”；比例写成例如“四舍五入到1%”",
        ),
    ),
    "PR310": entry(
        ("unknown unit", "无法识别的单位"),
        ("`{name}` is no unit", "“{name}”不是可用的单位"),
        hint=(
            "units are for example `yuan`, `yuan per person per month`, `persons`, `days`",
            "可用的单位例如元、元/人·月、人、日",
        ),
    ),
    "PR311": entry(
        ("rate where an amount is due", "应为一笔数额，而非按期、按人计的数额"),
        (
            "this is a rate ({found}), declared is an amount ({declared})",
            "此处为按期、按人计的数额（{found}），声明的是一笔数额（{declared}）",
        ),
    ),
    "PR312": entry(
        ("different subjects", "一方按人计，另一方按户计"),
        (
            "one side is in {left}, the other in {right}",
            "一项单位为{left}，另一项单位为{right}",
        ),
        hint=(
            "multiply or divide by `number of members`, or compute `for each member`",
            "请乘以或者除以家庭成员人数，或者逐人计算",
        ),
    ),
    "PR313": entry(
        ("units that do not go together", "单位不能相比或者相加"),
        (
            "{left} and {right} do not go together",
            "{left}与{right}不能相加、相减或者比较",
        ),
    ),
    "PR314": entry(
        ("comparison of different things", "不同种类不能比较"),
        ("{left} and {right} cannot be compared", "{left}与{right}不能比较"),
    ),
    "PR315": entry(
        ("category test of something else", "取值判断对象不符"),
        ("only a category has values; this is {found}", "只有类别才有取值，此处为{found}"),
        hint=(
            "compare a figure by words such as `equals`, `is less than`, `is at least`",
            "数值请用“等于”“低于”“不低于”等比较",
        ),
    ),
    "PR316": entry(
        ("no rate to convert", "不能换算计算周期"),
        ("{found} cannot become {declared}", "{found}不能换算为{declared}"),
        hint=(
            "only a figure per month, quarter or year converts",
            "只有按月、按季度、按年计的数才能换算",
        ),
    ),
    "PR317": entry(
        ("count that does not fit", "口径与数额不符"),
        (
            "this count does not turn {found} into an amount",
            "以{found}计的数按此口径不能得出数额",
        ),
        hint=(
            "count the persons and months that the rate is for: `counted for 1 person, 1 month`",
            "请按该数额所对应的人数和月数写明口径，例如“口径 按1人1个月计”",
        ),
    ),
    "PR353": entry(
        ("whole number that is computed", "整数须为信息项"),
        (
            "`{name}` is computed or set: only what a case states is declared as a whole number",
            "“{name}”由规则确定：只有个案的信息项才声明为整数",
        ),
        hint=(
            "declare its unit, or `number`, and round it: `rounded downward to 1`",
            "请写明单位或者“数值”，并写明取整，例如“尾数 舍去尾数到1”",
        ),
    ),
    "PR318": entry(
        ("domain that is no figure", "取值范围须为数字"),
        (
            "only a figure has a domain, and the ends of a domain are plain figures",
            "只有数值才有取值范围，其端点须为确定的数字",
        ),
    ),
    "PR319": entry(
        ("empty domain", "取值范围为空"),
        ("no figure is inside this domain", "取值范围内没有可取的数"),
    ),
    "PR320": entry(
        ("percentage of a rate", "比例的百分比变动不明"),
        (
            "a percentage change of a rate may mean points or times",
            "比例“提高百分之几”可能指百分点，也可能指倍数",
        ),
        hint=(
            "write `increased by 10 percentage points`, or `1.1 times …`",
            "请写“提高10个百分点”，或者“…的1.1倍”",
        ),
    ),
    "PR321": entry(
        ("percentage points of an amount", "数额不能按百分点变动"),
        ("only a rate changes by percentage points", "只有比例才能按百分点变动"),
        hint=("write `increased by 10%`", "请写“提高10%”"),
    ),
    "PR322": entry(
        ("payment with an open end excluded", "给予的端点须含在内"),
        ("a payment is `at least` or `at most` an amount", "给予只能“不低于”或者“不超过”某数额"),
    ),
    "PR323": entry(
        ("band around a plain figure", "区间中首先写的是数字"),
        ("what is compared stands first in a band", "区间应先写被比较的项目"),
        hint=(
            "write for example `age is at least 18 and less than 60`",
            "请写成例如“年龄在18周岁以上不满60周岁”",
        ),
    ),
    "PR365": entry(
        ("in step with what has no dates", "同步调整的对象没有施行日期"),
        ("only standards with dated values move in step", "同步调整的双方均须为有施行日期的标准"),
        hint=(
            "name two parameters of which the first has values `from` a day on",
            "请写两项标准，其中前一项须写明“自某日起”的数值",
        ),
    ),
    "PR366": entry(
        ("in step with a later standard", "同步调整的标准尚未施行"),
        (
            "this has no value on a day on which the other one was last set",
            "另一项标准确定之日，本标准尚无数值",
        ),
        hint=("state its value for that day", "请补写该日的数值"),
    ),
    "PR367": entry(
        ("period that ends before it begins", "期间的终点早于起点"),
        ("this period ends before it begins", "该期间的终点早于起点"),
        hint=("write the earlier end first", "请把较早的一端写在前面"),
    ),
    "PR360": entry(
        ("ruleset in another currency", "规则集币种不同"),
        (
            "`{name}` has amounts in {other}, this ruleset counts in {own}",
            "“{name}”中的金额以{other}计，本规则集以{own}计",
        ),
        hint=(
            "rulesets that use each other need one currency; state it with `currency …`",
            "互相采用的规则集须用同一币种；请用“币种 …”写明",
        ),
    ),
    "PR368": entry(
        ("range that begins above its end", "幅度的起点高于终点"),
        ("this range begins above its end", "该幅度的起点高于终点"),
        hint=("write the smaller figure first", "请把较小的数写在前面"),
    ),
}
