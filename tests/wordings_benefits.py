"""Wordings around benefits, in both languages: whether one is due, counted limits, number words."""

HOUSEHOLD_TEST = "define c (条件甲) of household: yes or no"
PERSON_TEST = "define c (条件甲) of person: yes or no"
COUNT = "define n (数目) of household: person per household"

SETTLED = "benefit b (待遇甲) of person: yuan, each settlement"
FIGURE = "define n (数额甲) of person: yuan per month"
PERSON = "benefit b (待遇甲) of person: yuan per month"
TWO = "benefit b (待遇甲) of person: yuan, each settlement\n    pays 1 yuan\n"

RELIEF = "benefit b (待遇甲) of household: yuan, one-off"
RANGE = "pays 2 to 10 times the dibao standard\ncounted for 1 person, 1 month"
SPAN = "给予 低保标准的2至10倍\n口径 按1人1个月计"

# The endings of `not together`, which is a header without clauses.
ENDINGS: list[tuple[str, str]] = [
    ("; the higher", "；就高"),
    ("; the higher", "，择高"),
    ("; the first named", "；取前一项"),
    ("; b has precedence", "；优先享受待遇甲"),
    ("; b goes first", "；待遇甲优先"),
    ("; b goes first", "；优先给予待遇甲"),
    ("; not stated", "；未载明"),
    ("", ""),
]

BENEFITS: list[tuple[str, str, str]] = [
    # whether a benefit is due
    (PERSON_TEST, "medical assistance applies", "适用医疗救助"),
    (PERSON_TEST, "is eligible for medical assistance", "符合医疗救助条件"),
    (PERSON_TEST, "medical assistance does not apply", "不适用医疗救助"),
    (PERSON_TEST, "is not eligible for medical assistance", "不符合医疗救助条件"),
    (PERSON_TEST, "the household's relief applies", "适用所在家庭的临时救助"),
    (HOUSEHOLD_TEST, "eligible for relief and urgent hardship", "符合临时救助条件且紧迫性困难"),
    (HOUSEHOLD_TEST, "not relief applies", "不适用临时救助"),
    (HOUSEHOLD_TEST, "relief is eligible", "临时救助符合条件"),
    (HOUSEHOLD_TEST, "relief is not eligible", "临时救助不符合条件"),
    (
        HOUSEHOLD_TEST,
        "any member is eligible for medical assistance",
        "任一家庭成员符合医疗救助条件",
    ),
    (
        HOUSEHOLD_TEST,
        "any of: relief applies, urgent hardship",
        "下列情形之一：适用临时救助、紧迫性困难",
    ),
    (
        COUNT,
        "number of members who are eligible for medical assistance",
        "家庭成员中符合医疗救助条件的人数",
    ),
    # limits on months and times by a figure, and limits of a figure
    (
        SETTLED,
        "pays cost\nlimits for at most contribution years",
        "给予 政策范围内个人自付费用\n限额 累计不超过缴费年限",
    ),
    (
        SETTLED,
        "pays cost\nlimits in total up to 2 times per month",
        "给予 政策范围内个人自付费用\n限额 每月累计不超过2次",
    ),
    (
        SETTLED,
        "pays cost\nlimits in total up to visits per year",
        "给予 政策范围内个人自付费用\n限额 全年不超过就诊次数",
    ),
    (
        SETTLED,
        "pays cost\nlimits in total up to visits per month",
        "给予 政策范围内个人自付费用\n限额 每月不超过就诊次数",
    ),
    (
        FIGURE,
        "50% of wage\nlimits but at least 400 yuan per month\nlimits up to wage",
        "工资的50%\n限额 但不低于400元/月\n限额 最高不超过工资",
    ),
    (
        FIGURE,
        "50% of wage\nlimits less than 10 yuan per month is not paid",
        "工资的50%\n限额 不足10元/月的不予发放",
    ),
    # who decides within a range
    *(
        (RELIEF, f"{RANGE}\n{english}", f"{SPAN}\n裁量 {chinese}")
        for english, chinese in (
            ("decided in steps of 100 yuan", "以100元为一档"),
            ("in steps of 100 yuan", "按100元一档"),
            ("decided in steps of 100 yuan", "以一百元为一个档次确定"),
            ("decided in steps of 50 yuan", "每50元一档"),
            ('above 5 times the dibao standard decided by "a"', "超过低保标准5倍的，由“a”审批"),
            ('above 5 times the dibao standard decided by "a"', "高于低保标准5倍的，报“a”批准"),
            ('above 3,000 yuan decided by "a"', "超过3000元的由“a”确定"),
            ('above 3,000 yuan decided by "a"', "3000元以上（不含）的，由“a”审批"),
            ('at least 3,000 yuan decided by "a"', "3000元以上的，由“a”审批"),
            ('at least 3,000 yuan decided by "a"', "不低于3000元的，报“a”批准"),
            ('at least 5 times the dibao standard decided by "a"', "低保标准5倍以上的，由“a”审批"),
            (
                'above 3000 yuan decided by "c"\nabove 4000 yuan decided by "d"',
                "超过3000元的，由“c”审批\n裁量 超过4000元的，报“d”研究决定",
            ),
            ('decided by "b", by area\nin steps of 1 yuan', "由“b”根据area确定\n裁量 以1元为一档"),
        )
    ),
    # number words
    (PERSON, "pays three times the dibao standard", "给予 低保标准的三倍"),
    (PERSON, "pays one and a half times the dibao standard", "给予 低保标准的一倍半"),
    (PERSON, "pays two to ten times the dibao standard", "给予 低保标准的2至10倍"),
    (PERSON, "pays five yuan per month", "给予 五元/月"),
    (PERSON_TEST, "visits is at least two times", "就诊次数不低于两次"),
    (PERSON_TEST, "visits is less than 2 times and tekun", "就诊次数低于2次且特困人员"),
    (
        SETTLED,
        "pays cost\nlimits at most three times per year",
        "给予 政策范围内个人自付费用\n限额 全年不超过三次",
    ),
    (
        SETTLED,
        "pays cost\nlimits for at most six months",
        "给予 政策范围内个人自付费用\n限额 累计不超过六个月",
    ),
]
