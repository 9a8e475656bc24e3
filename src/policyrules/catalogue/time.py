"""Findings about spans of time: PR35x figures, PR41x and PR42x periods, PR57x working days."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

TIME: dict[str, Entry] = {
    "PR350": entry(
        ("unclear what is added each time", "每满一次增加多少不明"),
        (
            "it is not clear whether what follows is added each time or once",
            "无法判断其后的数额是每满一次都加，还是只加一次",
        ),
        hint=(
            "write `(for each completed year …: A) + B`, or `for each completed year …: (A + B)`",
            "请加括号，写“（…每满1年：甲）加上乙”，或者“…每满1年：（甲加上乙）”",
        ),
    ),
    "PR351": entry(
        ("step in another unit", "每满的单位不符"),
        (
            "a step in {step} cannot be counted in a figure in {found}",
            "以{step}为单位的步长不能用于以{found}为单位的数",
        ),
    ),
    "PR410": entry(
        ("no value for an earlier period", "没有以前期间的数值"),
        (
            "`{base}` has no `{name}`: only parameters, statistics and inputs have",
            "“{base}”没有“{name}”：只有标准、统计数和信息项才有以前期间的数值",
        ),
        hint=(
            "declare an input of that name; of a parameter, write `last year's` or `last month's`",
            "请将其声明为信息项；对于标准，请写“上年度”或者“上月”",
        ),
    ),
    "PR411": entry(
        ("period that ends before it begins", "有效期的终点早于起点"),
        ("the period of validity ends before it begins", "有效期的终止日早于起始日"),
    ),
    "PR412": entry(
        ("looking back from what is no date", "回溯的起点不是日期"),
        (
            "months are counted back from a date, and `{name}` is none",
            "“前几个月”须自某一日期回溯，“{name}”不是日期",
        ),
        hint=(
            "declare its day as an input: `input …: date`",
            "请将其日期声明为信息项：“信息项 …：日期”",
        ),
    ),
    "PR414": entry(
        ("values that end before others begin", "数值的终止日与下一版本不相接"),
        (
            "it is not said what `{name}` is from the day after this end on",
            "没有写明“{name}”自此终止日的次日起是多少",
        ),
        hint=(
            "let the next dated value begin on the day after; write `not stated` if there is none",
            "请将下一个数值的起始日写为次日；文件未载明的写“未载明”",
        ),
    ),
    "PR415": entry(
        ("day without its year", "没有写明年份的期限"),
        ("{found} names no year", "{found}没有写明是哪一年"),
        hint=(
            "write `by the end of June of each year`, or the date with its year",
            "每年都有的期限请写成例如“每年6月底前”，否则请写明年份",
        ),
    ),
    "PR579": entry(
        ("so long ago", "若干时间以前的数值"),
        ("a value of so long ago is not known", "不能写若干时间以前的数值"),
        hint=(
            "write `last year's X`, `last month's X` or `X on 2023-01-01`",
            "请写“上年度…”“上月…”或者“2023年1月1日的…”",
        ),
    ),
    "PR420": entry(
        ("not an age", "不是年龄"),
        (
            "the age to be reached is given in years of age, to the month at most",
            "年满的年龄须以周岁写明，最多精确到月",
        ),
        hint=("write for example `80 years of age`", "请写成例如“80周岁”"),
    ),
    "PR421": entry(
        ("no age to be reached", "没有须年满的年龄"),
        (
            "no line of this benefit asks for `age`, so there is none to be reached",
            "本待遇没有条目涉及“年龄”，无从确定自何月起发放",
        ),
        hint=(
            "write the age in the benefit itself: an age in a definition is that of the date",
            "请将年龄直接写在本待遇中：定义中的年龄为评估日期当日的年龄",
        ),
    ),
    "PR570": entry(
        ("calendar of working days not installed", "未安装工作日历"),
        (
            "a deadline in working days needs the calendar of China's public holidays",
            "以工作日计的时限需要法定节假日日历",
        ),
        hint=(
            'install it: `pip install "policyrules[workdays]"`',
            '请安装：`pip install "policyrules[workdays]"`',
        ),
    ),
    "PR571": entry(
        ("grace period in another unit", "渐退期的单位不符"),
        ("a grace period lasts whole months", "渐退期须为整月"),
    ),
    "PR572": entry(
        ("grace period without a condition", "渐退期没有条件"),
        (
            "`{name}` has no condition that could fail, so no grace period begins",
            "“{name}”没有可能不再成立的条件，不会进入渐退期",
        ),
    ),
    "PR573": entry(
        ("no previous payment here", "此处没有原发放金额"),
        (
            "the previous payment is known in the lines of a grace period only",
            "原发放金额只能写在渐退期中",
        ),
        hint=("write `grace 6 months: …`", "请写“渐退期 6个月：…”"),
    ),
    "PR352": entry(
        ("step of nothing", "每满的数量为零"),
        ("what is to be completed must be more than zero", "“每满”之后的数量须大于零"),
    ),
}
