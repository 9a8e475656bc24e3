"""PR330–PR334, PR540–PR549 and PR595: limits, small amounts and top-ups."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

LIMITS: dict[str, Entry] = {
    "PR330": entry(
        ("two figures for a small amount", "零星数额前后不一"),
        (
            "an amount below one figure is paid as that same figure",
            "不足某数额的，只能按同一数额发放",
        ),
        hint=(
            "write for example `less than 10 yuan pays 10 yuan`",
            "请写成例如“不足10元的按10元发放”",
        ),
    ),
    "PR540": entry(
        ("times without a period", "次数没有周期"),
        ("this limit does not say in which period", "次数限额没有写明周期"),
        hint=("write `at most 2 times per year`", "请写“全年不超过2次”"),
    ),
    "PR528": entry(
        ("limit on months or times by another figure", "月数、次数限额的单位不符"),
        (
            "this limit needs {wanted}, not {found}",
            "本限额应为{wanted}，实为{found}",
        ),
    ),
    "PR529": entry(
        ("limit of a figure that is no payment", "数额不是待遇，没有此类限额"),
        (
            "`{name}` is no payment: nothing was paid of it that could be counted",
            "“{name}”不是待遇，不能累计已享受的金额、次数或者月数，也没有增发",
        ),
        hint=(
            (
                "write this line in the benefit that pays the figure; a figure takes `limits up to "
                "…`, `limits but at least …` and `limits less than … is not paid`"
            ),
            (
                "请将本条写在给予该数额的待遇中；定义中可以写“限额 最高不超过…”“限额 但不低于…”"
                "和“限额 不足…的不予发放”"
            ),
        ),
    ),
    "PR595": entry(
        ("running limit of a member's part", "累计限额写在逐人计算之内"),
        (
            "what a household was paid is not known by member: no part of it has a limit by itself",
            "已享受的金额按家庭记录，不能对每名成员分别累计",
        ),
        hint=(
            "write the line `limits in total up to … per year`, or make it a benefit `of person`",
            "请另起一行写“限额 年度限额…”（按家庭累计），或者将待遇改为“以个人为单位”",
        ),
    ),
    "PR541": entry(
        ("limit shared with itself", "与自身共用限额"),
        ("a benefit shares a limit with other benefits", "限额只能与其他待遇共用"),
    ),
    "PR542": entry(
        ("no limit to share", "没有可共用的限额"),
        ("there is no running limit to share", "没有可供共用的累计限额"),
        hint=(
            "add a line `limits in total up to … per year`, or leave this one out",
            "请加一行“限额 年度限额…”，或者删去本条",
        ),
    ),
    "PR543": entry(
        ("limits both shared and separate", "限额既共用又分别累计"),
        (
            "limits counted separately by case cannot be shared with another benefit",
            "各情形分别累计的限额不能与其他待遇共用",
        ),
    ),
    "PR548": entry(
        ("limit to no payment at all", "限额为零"),
        ("this limit allows no payment at all", "按本限额一次也不能发放"),
        hint=(
            "write the figure of the document; what is not paid in some case is `case …: nothing`",
            "请写文件载明的次数或者月数；某种情形不予救助的，请写“情形 …：不予救助”",
        ),
    ),
    "PR549": entry(
        ("floor above the cap", "下限高于上限"),
        (
            "the floor lies above the cap, so that the amount would always be the same",
            "下限高于上限，数额将始终不变",
        ),
        hint=(
            "put the lower figure after `at least` and the higher one after `up to`",
            "请将较低的数写在“不低于”之后，较高的数写在“不超过”之后",
        ),
    ),
    "PR545": entry(
        ("top-ups apart", "增发条目分开"),
        ("the top-ups of a benefit stand together", "一项待遇的各项增发须写在一起"),
        hint=(
            "put this line under the other top-ups",
            "请将本条移到其他增发条目之下",
        ),
    ),
    "PR546": entry(
        ("top-ups with different marks", "增发的取法不一"),
        (
            "of several top-ups, all are `highest only` or all are `cumulative`",
            "有多项增发的，须一律写明“只取最高一项”或者一律写明“可叠加”",
        ),
    ),
    "PR547": entry(
        ("top-up for members outside a household", "不以家庭为单位的待遇按成员增发"),
        (
            "only a benefit of a household has top-ups for its members",
            "只有以家庭为单位的待遇才能按家庭成员增发",
        ),
        hint=("write the condition of the person itself", "请直接写本人的条件"),
    ),
    "PR544": entry(
        ("limit beside `no limit`", "限额与不设封顶线并存"),
        (
            "this says that there is no limit, but a limit is stated",
            "本条写明不设封顶线，但另有限额",
        ),
        hint=("leave one of the two lines out", "请删去其中一条"),
    ),
}
