"""Wordings of time: completed spans, earlier periods, validity, payment periods, deadlines."""

from wordings import AMOUNT, OF_PERSON, PERSON, SETTLED, TEST

RATE = "parameter r (规定比例): rate"
UNTIL = "{}：1.5%\n自2020年1月1日起：1.6%"
DATE = "define d (某日) of person: date"
MONTHS = "define m (领取期限) of person: months"

# (block header in English, English clauses, Chinese clauses)
TIME_PAIRS: list[tuple[str, str, str]] = [
    # completed time
    (OF_PERSON, "completed years since the start is at least 3 years", "自开始日起的整年数满3年"),
    (
        OF_PERSON,
        "completed years since start is at least 3 years",
        "自开始日之日起的整年数不低于3年",
    ),
    (
        OF_PERSON,
        "completed months from start to end is at least 1 and less than 6 months",
        "自开始日至结束日的整月数满1不满6个月",
    ),
    (
        OF_PERSON,
        "completed days since 2020-01-01 is more than 183 days",
        "自2020年1月1日起的整日数超过183日",
    ),
    (
        PERSON,
        "pays for each completed year since the start: 2 times wage",
        "给予 自开始日起每满1年：工资的2倍",
    ),
    (
        PERSON,
        "pays 50 yuan per month + for each completed half-year since the start: 10 yuan per month",
        "给予 50元/月加上自开始日起每满半年：10元/月",
    ),
    (
        MONTHS,
        "for each completed year of contribution years: 1 month, up to 24 months",
        "缴费年限每满1年：1个月，最高不超过24个月",
    ),
    (
        MONTHS,
        (
            "for each completed year of (the part of contribution years below 4 years): 1 month"
            " + for each completed half-year of (the part of contribution years above 4 years):"
            " 1 month"
        ),
        ("缴费年限中不超过4年的部分每满一年：1个月加上缴费年限中超过4年的部分每满半年：1个月"),
    ),
    (
        SETTLED,
        "pays for each completed 5000 yuan of cost: 100 yuan",
        "给予 政策范围内个人自付费用每满5000元：100元",
    ),
    (
        SETTLED,
        "pays (for each completed 2 years since the start: 100 yuan) + 50 yuan",
        "给予 （自开始日起每满2年：100元）加上50元",
    ),
    # dates beside dates
    (OF_PERSON, "the date is after start", "日期在开始日之后"),
    (OF_PERSON, "the date is later than start", "日期在开始日之后（不含当日）"),
    (OF_PERSON, "the date is before start", "日期在开始日之前"),
    (OF_PERSON, "the date is earlier than start", "日期早于开始日"),
    (OF_PERSON, "the date is by start (incl.)", "日期在开始日以前（含当日）"),
    (OF_PERSON, "not the date is by start (incl.)", "不（日期在开始日前（含当日））"),
    (OF_PERSON, "the date is by start (excl.)", "日期在开始日前（不含当日）"),
    (OF_PERSON, "the date is on or before start", "日期不晚于开始日"),
    (OF_PERSON, "the date is no later than start", "日期不迟于开始日"),
    (OF_PERSON, "the date is on or after start", "日期在开始日以后（含当日）"),
    (OF_PERSON, "the date is not before start", "日期不早于开始日"),
    (OF_PERSON, "end is after 2020", "结束日在2020年之后"),
    (OF_PERSON, "end is by 2022-10 (incl.)", "结束日在2022年10月底前"),
    (OF_PERSON, "end is before 2022-10-01", "结束日在2022年10月1日之前"),
    (OF_PERSON, "within 3 years of start", "自开始日之日起3年内"),
    (OF_PERSON, "the date is within 3 years of the start", "日期在开始日之日起3年内"),
    (OF_PERSON, "end is within 30 days after start", "结束日在开始日后30日内"),
    (OF_PERSON, "end is within 2 months of start", "结束日在自开始日起2个月内"),
    (OF_PERSON, "the date is after the end of the month of start", "日期在开始日当月末之后"),
    (OF_PERSON, "the date is by the end of the year of start", "日期不晚于开始日的当年年底"),
    (OF_PERSON, "end is before the end of the quarter of start", "结束日早于开始日当季度末"),
    # a pair of ends with one subject; conditions apart by a wide comma
    (
        TEST,
        "income is at least 900 yuan per month and less than 1200 yuan per month",
        "家庭月收入达到900元/月且不满1200元/月",
    ),
    (
        TEST,
        "income is at least 900 yuan per month and at most 1200 yuan per month",
        "家庭月收入在900元/月以上且不超过1200元/月",
    ),
    (
        TEST,
        "income is more than 900 yuan per month and less than 1200 yuan per month",
        "家庭月收入不低于900元/月（不含）且不满1200元/月",
    ),
    (
        AMOUNT,
        "base income\nband less than 100: 1\nband at least 100 and less than 200: 2\notherwise 3",
        "基数 家庭月收入\n分档 不满100：1\n分档 达到100且不满200：2\n其余 3",
    ),
    (PERSON, "when tekun and minor\npays wage", "条件 特困人员，未成年人\n给予 工资"),
    (
        PERSON,
        "when as a rule, tekun and any of: minor, dibao recipient\npays wage",
        "条件 原则上，特困人员，有下列情形之一：未成年人、低保对象\n给予 工资",
    ),
    (
        SETTLED,
        "base cost\ncase tekun: reaches 50%, limit not stated\notherwise 30%",
        "基数 政策范围内个人自付费用\n情形 特困人员：达到50%，限额未载明\n其余 30%",
    ),
    # values with an end only
    (RATE, "until 2019-12-31: 1.5%\nfrom 2020-01-01: 1.6%", UNTIL.format("至2019年12月31日")),
    (RATE, "until 2019-12-31: 1.5%\nfrom 2020-01-01: 1.6%", UNTIL.format("2019年底前")),
    (RATE, "until 2019: 1.5%\nfrom 2020-01-01: 1.6%", UNTIL.format("2019年以前（含当年）")),
    (RATE, "to 2019-12: 1.5%\nfrom 2020-01-01: 1.6%", UNTIL.format("2020年前（不含当年）")),
    # the earlier, the later, the day of an age, the same period
    (DATE, "the earlier of start and end", "开始日与结束日中较早者"),
    (DATE, "the later of start, end and birth date", "开始日、结束日与出生日期中的较晚者"),
    (
        OF_PERSON,
        "the date is after the later of start and the end of the month of end",
        "日期晚于开始日与结束日当月末中较晚者",
    ),
    (
        OF_PERSON,
        "completed years since the earlier of start and end is at least 3 years",
        "自开始日与结束日中较早者起的整年数满3年",
    ),
    (DATE, "the day of reaching 80 years of age", "年满80周岁之日"),
    (DATE, "the end of the month of reaching 80 years of age", "年满80周岁当月末"),
    (DATE, "the end of the year of reaching 80 years of age", "年满80周岁之日当年末"),
    (
        OF_PERSON,
        "the date is on or after the day of reaching 80 years of age",
        "日期不早于年满80周岁当日",
    ),
    (OF_PERSON, "within 3 years of reaching 60 years of age", "自年满60周岁之日起3年内"),
    (OF_PERSON, "the date is in the year of start", "日期在开始日当年"),
    (OF_PERSON, "end is in the month of start", "结束日在开始日的当月"),
    (OF_PERSON, "the date is in the quarter of start", "日期在开始日当季度"),
    (
        OF_PERSON,
        "the date is in the year of the day of reaching 100 years of age",
        "年满100周岁当年",
    ),
    (
        OF_PERSON,
        "the date is in the year of reaching 100 years of age",
        "日期在年满100周岁之日的当年",
    ),
    (DATE, "case tekun: start\notherwise none", "情形 特困人员：开始日\n其余 尚未发生"),
    (
        DATE,
        "case tekun: the later of start and end\notherwise 2023-01-01",
        "情形 特困人员：开始日与结束日中较晚者\n其余 2023年1月1日",
    ),
    # validity
    (AMOUNT, "valid from 2018 to 2020\npays rent", "有效期 自2018年至2020年\n给予 房租"),
    (
        AMOUNT,
        "valid from 2023-01-01 to 2023-06-30\npays rent",
        "有效期自2023年1月1日起至2023年6月30日止\n给予 房租",
    ),
    (AMOUNT, "valid from 2023-01-01\npays rent", "自2023年1月1日起施行\n给予 房租"),
    (AMOUNT, "valid from 2023-01-01\npays rent", "自2023年1月1日起执行。\n给予 房租"),
    (AMOUNT, "valid until 2023-06\npays rent", "有效期至2023年6月\n给予 房租"),
    (
        AMOUNT,
        "valid from 2023-02-01 for 5 years\npays rent",
        "自2023年2月1日起施行，有效期5年\n给予 房租",
    ),
    (
        AMOUNT,
        "valid from 2023-02-01 to 2028-01-31\npays rent",
        "有效期自2023年2月1日起5年\n给予 房租",
    ),
    # earlier periods
    (PERSON, "pays 70% of last year's dibao standard", "给予 上年度低保标准的70%"),
    (PERSON, "pays 70% of last year’s dibao standard", "给予 上一年度低保标准的70%"),
    (PERSON, "pays last month's tier amount of first", "给予 上个月分档补助（一类）"),
    (TEST, "income is less than last month's income", "家庭月收入低于上月家庭月收入"),
    (
        PERSON,
        "pays wage over the 12 months before application",
        "给予 申请前12个月的工资",
    ),
    (PERSON, "pays wage over the 3 months before application", "给予 申请前三个月工资"),
    (PERSON, "pays wage over the 12 months before the start", "给予 开始日前12个月的工资"),
    (PERSON, "pays wage over the 3 months before start", "给予 开始日之前三个月工资"),
    (PERSON, "valid from 2020-01-01\npays wage", "有效期 自2020年1月1日起施行\n给予 工资"),
    # months of payment, grace
    (PERSON, "paid from the month after the start\npays wage", "发放 自开始日的次月起\n给予 工资"),
    (PERSON, "paid from the month of start\npays wage", "计发 自开始日之日的当月起\n给予 工资"),
    (PERSON, "ends the month after the end\npays wage", "停发 自结束日次月起\n给予 工资"),
    (
        PERSON,
        "ends the month after the end or start\npays wage",
        "停发 自结束日或者开始日的次月起\n给予 工资",
    ),
    (
        PERSON,
        "ends the month of reaching 18 years of age\npays wage",
        "停发 自年满18周岁当月起\n给予 工资",
    ),
    (
        PERSON,
        "paid from the month after reaching 60 years of age\npays wage",
        "发放 自年满60周岁之日的次月起\n给予 工资",
    ),
    (
        PERSON,
        "paid from the month after reaching the age\ncase age is at least 80 years of age: wage",
        "发放 自年满相应年龄的次月起\n情形 年满80周岁：工资",
    ),
    (
        PERSON,
        "paid from the month of reaching the required age\ncase aged at least 80 years of age: 1",
        "计发 自满规定年龄当月起\n情形 年满80周岁：1",
    ),
    (
        PERSON,
        "when tekun\npays wage\ngrace 6 months",
        "条件 特困人员\n给予 工资\n渐退期 6个月",
    ),
    (
        PERSON,
        "when tekun\npays wage\ngrace 6 months: 80% of the previous payment",
        "条件 特困人员\n给予 工资\n渐退期6个月：80%",
    ),
    (
        PERSON,
        "when tekun\npays wage\ngrace 2 months: half of the previous payment up to 100",
        "条件 特困人员\n给予 工资\n渐退期 2个月：原发放金额的二分之一，最高不超过100",
    ),
]
