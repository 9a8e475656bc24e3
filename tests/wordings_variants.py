"""Wordings that leave out a word or put it elsewhere, in both languages."""

from wordings_limits import PERSON, SETTLED

ONE_OFF = "benefit b (待遇甲) of person: yuan, one-off"
TEST = "define c (条件甲) of household: yes or no"
OF_PERSON = "define c (条件甲) of person: yes or no"
FIGURE = "define f (数值甲) of household: yuan per month"
DATED = "parameter s (甲标准): yuan per person per month"
CITED = "benefit b (待遇甲) of person: yuan per month"

VARIANTS: list[tuple[str, str, str]] = [
    # a payment as documents write it
    (PERSON, "pays twice the dibao standard", "按低保标准的2倍给予"),
    (PERSON, "pays twice the dibao standard", "给予 按低保标准的2倍发给"),
    (PERSON, "pays 30% of the dibao standard up to 200", "按照低保标准的30%发放，最高不超过200"),
    (
        PERSON,
        "case tekun: 90% of the dibao standard\notherwise nothing",
        "情形 特困人员：按低保标准的90%给予\n其余 不予发放",
    ),
    (PERSON, "pays the difference between wage and 90", "给予 按工资与90的差额发放"),
    (ONE_OFF, "pays 500 yuan to 2000 yuan", "给予 500元以上2000元以下"),
    (ONE_OFF, "pays at least 500 yuan, up to 2000 yuan", "给予 不低于500元，最高不超过2000元"),
    (ONE_OFF, "pays at least 500 and at most 2000 yuan", "给予 500以上2000元以下"),
    (ONE_OFF, "pays at most 2000 yuan", "给予 最高不超过2000元"),
    (ONE_OFF, "pays up to 2000 yuan", "给予 2000元以内"),
    (ONE_OFF, "case tekun: up to 2000 yuan", "情形 特困人员：最高不超过2000元"),
    (PERSON, "pays at least 2 times the dibao standard", "给予 低保标准的2倍以上"),
    (PERSON, "pays at most 2 times the dibao standard", "给予 低保标准的2倍以内"),
    (PERSON, "pays at least 25% of the dibao standard", "给予 低保标准的25%以上"),
    (PERSON, "pays 1 to 1.5 times the dibao standard", "给予 在低保标准1倍以上1.5倍以下"),
    (
        PERSON,
        "pays 500 yuan per month\ntop-up of 10% of the dibao standard, highest only",
        "给予 500元/月\n按低保标准的10%增发，只取最高一项",
    ),
    (
        PERSON,
        "pays 500 yuan per month\ntop-up tekun: 10% of the dibao standard",
        "给予 500元/月\n增发 特困人员：按低保标准的10%",
    ),
    (
        SETTLED,
        "base cost\ncase tekun: in full\notherwise 90%",
        "基数 政策范围内个人自付费用\n情形 特困人员：全额资助\n其余 90%",
    ),
    (SETTLED, "base cost\npays 100%", "基数 政策范围内个人自付费用\n给予 全额"),
    # amounts
    (FIGURE, "income + rent", "家庭月收入与房租之和"),
    (FIGURE, "income + rent + allowed rent", "家庭月收入、房租与限定房租之和"),
    (FIGURE, "the difference between income and rent", "家庭月收入与房租的补差"),
    (FIGURE, "the higher of income and rent", "家庭月收入与房租两者中就高"),
    (FIGURE, "the higher of income, rent and allowed rent", "家庭月收入、房租与限定房租取高值"),
    (FIGURE, "the lower of income and rent", "家庭月收入与房租取低值"),
    (FIGURE, "income counted at 70%", "家庭月收入按70%计入"),
    (FIGURE, "income counted at 70%", "家庭月收入按70%计算"),
    (FIGURE, "income\nrent is disregarded", "家庭月收入\n房租豁免"),
    (FIGURE, "income; rent is disregarded up to 300", "家庭月收入；核减房租，最高不超过300"),
    # ends of a range
    (
        TEST,
        (
            "income per head is at least 1 times the dibao standard "
            "and at most 1.5 times the dibao standard"
        ),
        "家庭人均收入在低保标准1倍以上1.5倍以下",
    ),
    (
        TEST,
        (
            "income per head is more than 1 times the dibao standard "
            "and at most 1.5 times the dibao standard"
        ),
        "家庭人均收入在低保标准1倍以上（不含）1.5倍以下",
    ),
    (
        TEST,
        (
            "income per head is more than 1 times the dibao standard "
            "and at most 1.5 times the dibao standard"
        ),
        "家庭人均收入在低保标准的1倍（不含）至1.5倍（含）",
    ),
    (TEST, "income is at least 900 and less than 1200", "家庭月收入在900（含）至1200（不含）"),
    (TEST, "income is not less than 900 yuan per month", "家庭月收入不低于900元/月"),
    (TEST, "income is above 900 yuan per month", "家庭月收入超过900元/月"),
    (TEST, "income below 900 yuan per month", "家庭月收入低于900元/月"),
    # ages standing alone
    (OF_PERSON, "under 18", "不满18"),
    (OF_PERSON, "under 18 years of age", "不满18周岁"),
    (OF_PERSON, "under 18 years of age", "未满18周岁"),
    (OF_PERSON, "age is 60 or above", "年龄不低于60"),
    (
        OF_PERSON,
        "any of: tekun, age is 60 or older",
        "有下列情形之一：特困人员、年龄不低于60",
    ),
    (OF_PERSON, "under 18", "未满18"),
    (TEST, "income is less than 900 yuan per month", "家庭月收入未达到900元/月"),
    (TEST, "any of: sudden hardship, urgent hardship", "符合下列情形之一：突发性困难、紧迫性困难"),
    (TEST, "all of: sudden hardship, urgent hardship", "同时满足以下条件：突发性困难、紧迫性困难"),
    (OF_PERSON, "age is at least 18 and less than 60", "满18不满60"),
    (OF_PERSON, "aged at least 18 and under 60", "年满18不满60"),
    (
        OF_PERSON,
        "age is less than 18 years of age or age is at least 60 years of age",
        "年龄不满18周岁或者60周岁以上",
    ),
    (
        OF_PERSON,
        "under 18 years of age or aged at least 60 years of age",
        "不满18周岁或者年满60周岁",
    ),
    (OF_PERSON, "age is at most 18 years of age", "18周岁以下"),
    (
        OF_PERSON,
        "age is at least 16 years of age and less than 18 years of age",
        "16周岁以上不满18周岁",
    ),
    (OF_PERSON, "tekun and under 18", "特困人员且不满18"),
    (TEST, "every member is aged at least 18 years of age", "家庭成员均年满18周岁"),
    (TEST, "any member is (age under 18 years of age)", "任一家庭成员不满18周岁"),
    (
        TEST,
        "number of members who are under 18 years of age is at least 2",
        "家庭成员中不满18周岁的人数不低于2",
    ),
    # a list of classes
    (OF_PERSON, "tekun, dibao recipient or minor", "特困人员、低保对象或者未成年人"),
    (
        PERSON,
        "case tekun or dibao recipient or minor: 500\notherwise nothing",
        "情形 特困人员、低保对象或者未成年人：500\n其余 不予发放",
    ),
    # the reading chosen, dates in digits of Chinese
    (PERSON, 'pays wage\nreading "one" / "甲"', "给予 工资\n按“甲”/“one”理解"),
    (DATED, "from 2023-01-01: 700", "自二〇二三年一月一日起：700"),
    (DATED, "from 2022-12-21: 700", "自二○二二年十二月二十一日起：700"),
    (
        DATED,
        "from 2020-01-01 to 2020-12-31: 700\nfrom 2021-01-01: not stated",
        "自2020年1月1日至2020年12月31日：700\n自2021年1月1日起：未载明",
    ),
    (
        DATED,
        "from 2020-01 to 2020-12: 700\nfrom 2021-01-01: 800",
        "自2020年1月起至2020年12月：700\n自2021年1月1日起：800",
    ),
    # what a document leaves open
    (ONE_OFF, "pays at least 500, up to 2000", "给予 500以上2000以下"),
    (SETTLED, "base cost\npays 10% to 20%", "基数 政策范围内个人自付费用\n给予 10%至20%"),
    (
        SETTLED,
        "base cost\npays the higher of 50% and 100 yuan",
        "基数 政策范围内个人自付费用\n给予 50%与100元中较高者",
    ),
    (
        SETTLED,
        "base cost\npays (50% up to 300 yuan) + 100 yuan",
        "基数 政策范围内个人自付费用\n给予 （50%，最高不超过300元）加上100元",
    ),
    (PERSON, "pays not stated", "给予 未载明"),
    (
        PERSON,
        "case tekun: not stated\notherwise 500 yuan per month",
        "情形 特困人员：未载明\n其余 500元/月",
    ),
]
