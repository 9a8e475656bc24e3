"""Wordings of the language: how an English and a Chinese document say the same thing."""

from wordings_limits import LIMITS

PRELUDE = """\
ruleset test.wordings
category cause of stay (住院原因) of person:
    major illness (重特大疾病), other illness (其他疾病), other (其他)
category area (城乡) of household: urban (城市), rural (农村)
category tier (档次) of person: first (一类), second (二类)
statuses of person: tekun (特困人员), dibao recipient (低保对象), minor (未成年人)
statuses of household: sudden hardship (突发性困难), urgent hardship (紧迫性困难)
parameter dibao standard (低保标准): yuan per person per month
    from 2022-01-01: 680
    from 2023-01-01: 700
parameter tier amount (分档补助) by tier: yuan per person per month
    from 2023-01-01: first 465, second 442
parameter area standard (城乡标准) by area: yuan per person per month
    from 2023-01-01: urban 700, rural 465
input income (家庭月收入) of household: yuan per month, at least 0
input rent (房租) of household: yuan per month, at least 0
input allowed rent (限定房租) of household: yuan per month, at least 0
input wage (工资) of person: yuan per month, at least 0
input yearly wage (年工资) of person: yuan per year, at least 0
input cost (政策范围内个人自付费用) of person: yuan, at least 0
input allowance (补贴) of person: yuan, at least 0
input alert date (预警日期) of household: date
list claims (报销记录) of person:
    fee (报销费用) in yuan; visited (就诊日期) in date; inpatient (住院) in yes or no
group children (子女) of household: members who are minor
input start (开始日) of person: date
input end (结束日) of person: date
input contribution years (缴费年限) of person: years, at least 0
input visits (就诊次数) of person: times, at least 0
define income per head (家庭人均收入) of household: yuan per person per month
    income / number of members
benefit relief (临时救助) of household: yuan, one-off
    pays 500 yuan
benefit medical assistance (医疗救助) of person: yuan, each settlement
    base cost
    pays 90%, in total up to 30000 yuan per year
"""

# (block header in English, what precedes the clause, English clauses, Chinese clauses)
AMOUNT = "benefit b (待遇甲) of household: yuan per month"
PERSON = "benefit b (待遇甲) of person: yuan per month"
SETTLED = "benefit b (待遇甲) of person: yuan, each settlement"
STATISTIC = "statistic spending (支出): yuan"
TEST = "define c (条件甲) of household: yes or no"
OF_PERSON = "define c (条件甲) of person: yes or no"

RECORDS = "define n (数目) of person: number"
PER_CLAIM = "benefit b (待遇甲) of person: yuan"
GROUP_COUNT = "define n (数目) of household: person per household"
PAIRS: list[tuple[str, str, str]] = [
    *LIMITS,
    # amounts
    (PERSON, "pays 1.5 times the dibao standard", "给予 低保标准的1.5倍"),
    (PERSON, "pays twice the dibao standard", "给予 低保标准的两倍"),
    (PERSON, "pays 2 to 10 times the dibao standard", "给予 低保标准的2至10倍"),
    (PERSON, "pays 2 to 10 times the dibao standard", "给予 低保标准的二倍以上十倍以下"),
    (PERSON, "pays 2 to 10 times the dibao standard", "给予 低保标准的2-10倍"),
    (PERSON, "pays 2 to 10 times the dibao standard", "给予 低保标准的２—１０倍"),
    (PERSON, "pays 1.5 times the dibao standard", "给予 低保标准的一倍半"),
    (PERSON, "pays 90% of the dibao standard", "给予 低保标准的90%"),
    (PERSON, "pays 90% of the dibao standard", "给予 低保标准的百分之九十"),
    (PERSON, "pays 90% of the dibao standard", "给予 低保标准的９０％"),
    (PERSON, "pays 90% of the dibao standard", "给予 低保标准的九成"),
    (PERSON, "pays 5 per mille of wage", "给予 工资的5‰"),
    (PERSON, "pays 5 per mille of wage", "给予 工资的千分之五"),
    (PERSON, "pays 0.05% of wage", "给予 工资的万分之五"),
    (PERSON, "pays 1/3 of wage", "给予 工资的三分之一"),
    (PERSON, "pays half of wage", "给予 工资的1/2"),
    (PERSON, "pays 10% to 20% of wage", "给予 工资的10%至20%"),
    (SETTLED, "pays cost in full", "给予 政策范围内个人自付费用全额"),
    (SETTLED, "pays 30000 yuan", "给予 3万元"),
    (SETTLED, "pays 1.5 million yuan", "给予 150万元"),
    (AMOUNT, "pays income + rent", "给予 家庭月收入加上房租"),
    (AMOUNT, "pays income - rent", "给予 家庭月收入减去房租"),
    (AMOUNT, "pays income + rent * 2 - rent / 4", "给予 家庭月收入 + 房租 × 2 － 房租 ÷ 4"),
    (AMOUNT, "pays income * 2", "给予 家庭月收入乘以2"),
    (AMOUNT, "pays (income - rent) / 2", "给予 （家庭月收入减去房租）除以2"),
    (
        PERSON,
        "pays the difference between the dibao standard and the household's income per head",
        "给予 低保标准与所在家庭的家庭人均收入的差额",
    ),
    (AMOUNT, "pays the lower of rent and allowed rent", "给予 房租与限定房租中较低者"),
    (
        AMOUNT,
        "pays the higher of rent, allowed rent and income",
        "给予 房租、限定房租与家庭月收入中较高者",
    ),
    (PERSON, "pays yearly wage per month + wage", "给予 年工资按月计加上工资"),
    # adjuncts
    (
        SETTLED,
        "base cost\npays 90% up to 30000 yuan",
        "基数 政策范围内个人自付费用\n给予 90%，最高不超过30000元",
    ),
    (
        SETTLED,
        "pays 90% of cost up to 30000 yuan",
        "给予 政策范围内个人自付费用的90%，最高不超过3万元",
    ),
    (SETTLED, "pays 90% of cost up to 30000 yuan", "给予 政策范围内个人自付费用的90%，不超过3万元"),
    (
        SETTLED,
        "pays 90% of cost, but at least 100 yuan",
        "给予 政策范围内个人自付费用的90%，但不低于100元",
    ),
    (
        SETTLED,
        "pays 90% of cost, but at least 100 yuan",
        "给予 政策范围内个人自付费用的90%，不得低于100元",
    ),
    (
        SETTLED,
        "pays 90% of cost, but at least 100 yuan, up to 300 yuan",
        "给予 政策范围内个人自付费用的90%，不低于100元，最高不超过300元",
    ),
    (
        SETTLED,
        "base cost\npays 90%, in total up to 30000 yuan per year",
        "基数 政策范围内个人自付费用\n给予 90%，年度限额3万元",
    ),
    (
        SETTLED,
        "base cost\npays 90%, in total up to 3000 yuan per month",
        "基数 政策范围内个人自付费用\n给予 90%，每月累计不超过3000元",
    ),
    (
        SETTLED,
        "base cost\npays 50%, limit not stated",
        "基数 政策范围内个人自付费用\n给予 50%，限额未载明",
    ),
    (AMOUNT, "pays for each member: tier amount", "给予 逐人计算：分档补助"),
    (
        AMOUNT,
        "pays for each member: area standard - income per head, but at least 40% of area standard",
        "给予 逐人计算：城乡标准减去家庭人均收入，但不低于城乡标准的40%",
    ),
    (PERSON, "pays tier amount of first", "给予 分档补助（一类）"),
    # rounding
    (AMOUNT, "pays rent\nrounded upward to the yuan", "给予 房租\n尾数 进位到元"),
    (AMOUNT, "pays rent\nrounded upward to the yuan", "给予 房租\n尾数 向上取整到元"),
    (AMOUNT, "pays rent\nrounded downward to the jiao", "给予 房租\n尾数 舍去尾数到角"),
    (AMOUNT, "pays rent\nrounded to the nearest yuan, half up", "给予 房租\n尾数 四舍五入到元"),
    (AMOUNT, "pays rent\nrounded half up to the yuan", "给予 房租\n尾数 元以下四舍五入"),
    (AMOUNT, "pays rent\nrounded half up to 10 yuan", "给予 房租\n尾数 四舍五入到十元"),
    (AMOUNT, "pays rent\nrounded half up to the fen", "给予 房租\n尾数 保留两位小数"),
    (AMOUNT, "pays rent\nrounded to even to the fen", "给予 房租\n尾数 四舍六入五成双到分"),
    (AMOUNT, "pays rent\nrounded by the jiao upward to the yuan", "给予 房租\n尾数 见角进元"),
    (AMOUNT, "pays rent\nrounded by the fen upward to the jiao", "给予 房租\n尾数 见分进角"),
    (AMOUNT, "pays rent\nrounded up to the yuan", "给予 房租\n尾数 进位到元"),
    # conditions
    (TEST, "income per head is less than the dibao standard", "家庭人均收入低于低保标准"),
    (TEST, "income per head is more than the dibao standard", "家庭人均收入超过低保标准"),
    (TEST, "income per head is at least the dibao standard", "家庭人均收入不低于低保标准"),
    (TEST, "income per head is at least the dibao standard", "家庭人均收入达到或者超过低保标准"),
    (
        TEST,
        "income per head is at most 1.5 times the dibao standard",
        "家庭人均收入不超过低保标准的1.5倍",
    ),
    (
        TEST,
        "income per head is at most 1.5 times the dibao standard",
        "家庭人均收入在低保标准1.5倍以内",
    ),
    (TEST, "rent equals allowed rent", "房租等于限定房租"),
    (TEST, "income is at least 900 yuan per month", "家庭月收入在900元/月以上"),
    (TEST, "income is at least 900 yuan per month (excl.)", "家庭月收入在900元/月以上（不含）"),
    (TEST, "income is at least 900 yuan per month (incl.)", "家庭月收入在900元/月（含）以上"),
    (
        TEST,
        "income is at least 900 and less than 1200 yuan per month",
        "家庭月收入900以上不满1200元/月",
    ),
    (OF_PERSON, "age is at least 60", "年龄60以上"),
    (OF_PERSON, "age is at least 60 years of age", "年龄60周岁以上"),
    (OF_PERSON, "age under 18", "年龄不满18"),
    (OF_PERSON, "age is at least 70 and less than 80", "年龄满70不满80"),
    (OF_PERSON, "age is at least 7 and at most 10", "年龄在7以上10以下"),
    (TEST, "alert date is less than 2018-01-01", "预警日期低于2018年1月1日"),
    (
        TEST,
        "alert date is at least 2018-01-01 and at most 2020-12-31",
        "预警日期在2018年1月1日以上2020年12月31日以下",
    ),
    (
        OF_PERSON,
        "age is at least 7 years of age (excl.) and at most 10 years of age",
        "年龄在7周岁以上（不含）10周岁以下",
    ),
    (OF_PERSON, "cause of stay is major illness", "住院原因为重特大疾病"),
    (OF_PERSON, "cause of stay is major illness or other", "住院原因为重特大疾病或者其他"),
    (OF_PERSON, "cause of stay is not major illness or other", "住院原因不为重特大疾病、其他"),
    (OF_PERSON, "tekun or dibao recipient", "特困人员或者低保对象"),
    (OF_PERSON, "tekun and dibao recipient", "特困人员且低保对象"),
    (OF_PERSON, "not dibao recipient", "非低保对象"),
    (OF_PERSON, "not minor and tekun", "非未成年人并且特困人员"),
    (OF_PERSON, "cause of stay is major illness or tekun", "住院原因为重特大疾病或特困人员"),
    (TEST, "any of: sudden hardship, urgent hardship", "有下列情形之一：突发性困难、紧迫性困难"),
    (
        TEST,
        "all of: (1) sudden hardship; (2) income is less than 5000 yuan per month",
        "同时符合下列条件：（一）突发性困难；（二）家庭月收入低于5000元/月",
    ),
    (TEST, "the date is in 2023", "日期在2023年"),
    (TEST, "the household's sudden hardship", "所在家庭的突发性困难"),
    # people
    (TEST, "number of members is at least 3", "家庭成员人数不低于3"),
    (TEST, "number of members is at least 3 persons", "家庭人口数在3人以上"),
    (TEST, "number of members who are tekun is more than 1", "家庭成员中特困人员的人数超过1"),
    (
        TEST,
        "number of members who are (age is at least 60) is more than 1",
        "家庭成员中（年龄60以上）的人数超过1",
    ),
    (TEST, "any member is tekun", "任一家庭成员为特困人员"),
    (TEST, "every member is not tekun", "家庭成员均为非特困人员"),
    (AMOUNT, "pays the sum of wage over members", "给予 家庭成员工资的合计"),
    (
        AMOUNT,
        "pays the sum of wage over members who are (age is at least 60)",
        "给予 家庭成员中（年龄60以上）的工资的合计",
    ),
    (PERSON, "pays the highest wage over members", "给予 家庭成员工资的最高值"),
    # clauses
    (
        SETTLED,
        "who tekun or dibao recipient\nwhen the household's sudden hardship\npays 500 yuan",
        "对象 特困人员或者低保对象\n条件 所在家庭的突发性困难\n给予 500元",
    ),
    (
        SETTLED,
        (
            "base cost\ncase tekun: 90%, in total up to 30000 yuan per year\n"
            "case dibao recipient and cause of stay is other illness: 75%\notherwise nothing"
        ),
        (
            "基数 政策范围内个人自付费用\n情形 特困人员：90%，年度限额3万元\n"
            "情形 低保对象，住院原因为其他疾病：75%\n其余 不予救助"
        ),
    ),
    (
        "benefit b (待遇甲) of household: yuan, one-off",
        "pays 2 to 10 times the dibao standard\ncounted for 1 person, 1 month",
        "给予 低保标准的2至10倍\n口径 按1人1个月计",
    ),
    (OF_PERSON, "aged at least 60 years of age", "年满60周岁"),
    (OF_PERSON, "age is at least 60 years of age", "年满60周岁"),
    (OF_PERSON, "aged at least 60 years of age under 70 years of age", "年满60周岁不满70周岁"),
    # parts and changes of amounts
    (
        SETTLED,
        "pays what remains of cost after 100 yuan, 200 yuan and 300 yuan",
        "给予 政策范围内个人自付费用扣除100元、200元、300元后的余额",
    ),
    (
        AMOUNT,
        "pays 30% of (the part of income above 900 yuan per month)",
        "给予 （家庭月收入中超过900元/月的部分）的30%",
    ),
    (
        AMOUNT,
        "pays the part of income above 900 yuan per month",
        "给予 家庭月收入中900元/月以上的部分",
    ),
    (AMOUNT, "pays the part of income below rent", "给予 家庭月收入中低于房租的部分"),
    (AMOUNT, "pays the part of income below rent", "给予 家庭月收入中不超过房租的部分"),
    (PERSON, "pays top up to the dibao standard from wage", "给予 由工资补足到低保标准"),
    (PERSON, "pays the dibao standard increased by 3%", "给予 低保标准提高3%"),
    (PERSON, "pays the dibao standard reduced by 50%", "给予 低保标准减半"),
    (PERSON, "pays wage counted at 70%", "给予 工资减按70%计算"),
    (PERSON, "pays at least 25% of the dibao standard", "给予 不低于低保标准的25%"),
    (TEST, "alert date is by 2023-05-31 (incl.)", "预警日期在2023年5月31日前（含当日）"),
    (TEST, "alert date is by 2023-05-31 (excl.)", "预警日期在2023年5月31日前（不含当日）"),
    (
        SETTLED,
        "base cost\npays 90%, in total up to 30000 yuan per year\nlimits counted together",
        "基数 政策范围内个人自付费用\n给予 90%，年度限额3万元\n限额 合并累计",
    ),
    (STATISTIC, "in 2023: more than 9 million yuan", "2023年：900余万元"),
    (STATISTIC, "in 2023: more than 9 million yuan", "2023年：900万余元"),
    (STATISTIC, "in 2023: less than 20000 yuan", "2023年：近2万元"),
    (STATISTIC, "in 2023: less than 20000 yuan", "2023年：不足2万元"),
    (PERSON, "pays at most 8 times the dibao standard", "给予 不超过低保标准的8倍"),
    (
        "define r (报销比例) of person: rate",
        "10% increased by 5 percentage points",
        "10%提高5个百分点",
    ),
    ("define r (报销比例) of person: rate", "10% raised to 95%", "10%提高到95%"),
    (
        SETTLED,
        "base cost\ndeductible 3000 yuan\npays 70%",
        "基数 政策范围内个人自付费用\n起付标准 3000元\n给予 70%",
    ),
    # readings not chosen
    (
        PERSON,
        'pays 5\nreading "once"\nalternatively "twice": pays 10\nalternatively pays 15',
        "给予 5\n解读 “once”\n另解 “twice”：给予 10\n另一种理解 给予 15",
    ),
    (
        "deadline d (时限甲) of household: within 5 days of alert date",
        "alternatively within 3 days of the alert date",
        "另解 自预警日期之日起3日内",
    ),
    # soft rules, and what a person decides
    (PERSON, "pays case by case", "给予 一事一议"),
    (
        SETTLED,
        "base cost\ncase tekun: case by case\notherwise 50%",
        "基数 政策范围内个人自付费用\n情形 特困人员：酌情确定\n其余 50%",
    ),
    (PERSON, "case tekun: 5\notherwise case by case", "情形 特困人员：5\n其余 视情"),
    (
        PERSON,
        "when as a rule, wage is less than 500\npays 5\nlimits as a rule, for at most 12 months",
        "条件 原则上工资低于500\n给予 5\n限额 原则上累计不超过12个月",
    ),
    (
        PERSON,
        "pays 5\nlimits as a rule, at most 12 months",
        "给予 5\n限额 原则上不超过12个月",
    ),
    # lists inside lists, open lists, except, neither
    (
        OF_PERSON,
        (
            "any of: (1) tekun; (2) not dibao recipient and any of: (a) minor; (b) age is at least "
            "60; (3) wage is less than 500"
        ),
        (
            "有下列情形之一：（一）特困人员；（二）非低保对象且有下列情形之一：1.未成年人；"
            "2.年龄60以上；（三）工资低于500"
        ),
    ),
    (
        OF_PERSON,
        "any of: (1) tekun; (2) not dibao recipient and any of: (a) minor; (b) age is at least 60",
        "有下列情形之一：（一）特困人员；（二）非低保对象的下列人员：1.未成年人；2.年龄60以上。",
    ),
    (
        OF_PERSON,
        "any of:\n(1) all of:\n(a) tekun; (b) any of: (i) minor; (ii) dibao recipient;\n(2) minor",
        (
            "有下列情形之一：\n（一）同时符合下列条件：\n1.特困人员；2.有下列情形之一："
            "（1）未成年人；（2）低保对象；\n（二）未成年人"
        ),
    ),
    (
        OF_PERSON,
        "any of: (1) tekun or dibao recipient; (2) minor",
        "有下列情形之一：（一）特困人员、低保对象；（二）未成年人的；",
    ),
    (
        OF_PERSON,
        "any of: (1) any of: tekun, minor and others; (2) dibao recipient",
        "有下列情形之一的：（一）下列人员：特困人员、未成年人等；（二）低保对象",
    ),
    (
        OF_PERSON,
        "tekun and any of: minor, dibao recipient",
        "特困人员且有下列情形之一：未成年人、低保对象",
    ),
    (OF_PERSON, "any of: tekun, minor and others", "有下列情形之一：特困人员、未成年人等情形"),
    (
        OF_PERSON,
        "all of: (1) tekun; (2) minor and others",
        "同时符合下列条件：（一）特困人员；（二）未成年人等",
    ),
    (OF_PERSON, "cause of stay is major illness or others", "住院原因为重特大疾病等"),
    (OF_PERSON, "minor, except tekun", "未成年人，除特困人员外"),
    (OF_PERSON, "minor except tekun or dibao recipient", "除特困人员、低保对象外的未成年人"),
    (
        OF_PERSON,
        "minor, except tekun, dibao recipient or cause of stay is other illness",
        "未成年人，除特困人员、低保对象或者住院原因为其他疾病以外",
    ),
    (OF_PERSON, "not tekun or dibao recipient", "不属于特困人员、低保对象"),
    (OF_PERSON, "neither tekun nor dibao recipient", "非特困人员或者低保对象"),
    (
        OF_PERSON,
        "neither tekun, dibao recipient nor minor but wage is less than 500",
        "不符合特困人员、低保对象或者未成年人认定条件，但工资低于500",
    ),
    (OF_PERSON, "not tekun but dibao recipient", "不属于特困人员但低保对象"),
    (
        SETTLED,
        "base cost\ncase any of: (1) tekun; (2) minor: 90%\notherwise nothing",
        (
            "基数 政策范围内个人自付费用\n情形 有下列情形之一：（一）特困人员；（二）未成年人：90%"
            "\n其余 不予救助"
        ),
    ),
    # figures that follow another one
    (
        "define s (照料标准) of person: yuan per month",
        "dibao standard in step with dibao standard",
        "低保标准与低保标准同步调整",
    ),
    (
        "define s (户型系数) of household: persons",
        "number of members, 1 person counts as 1.5 persons, 2 persons count as 2.5 persons",
        "家庭成员人数，1人按1.5人计算、2人按2.5人计算",
    ),
    (
        "define s (户型系数) of household: persons",
        "number of members, 1 person counts as 1.5 persons",
        "家庭成员人数，1人折算为1.5人",
    ),
    (
        "define s (可计收入) of household: yuan per month",
        "income; rent is disregarded",
        "家庭月收入；房租不计入",
    ),
    (
        "define s (可计收入) of household: yuan per month",
        "income\nrent is disregarded, up to 100 yuan per month\nallowed rent is disregarded",
        "家庭月收入\n房租不计入家庭收入，最高不超过100元/月\n限定房租不计入",
    ),
    (
        'check "growth" / "增幅"',
        "dibao standard in 2023 is 3% more than dibao standard in 2022, to the nearest 1%",
        "2023年低保标准比2022年的低保标准提高3%，精确到1%",
    ),
    (
        'check "order" / "先后"',
        "dibao standard in 2022 is less than dibao standard in 2023",
        "2022年的低保标准低于2023年的低保标准",
    ),
    (
        'check "no change" / "不变"',
        "dibao standard in 2022 equals dibao standard in 2022",
        "2022年低保标准等于2022年低保标准",
    ),
    (
        'check "fall" / "降幅"',
        "dibao standard in 2022 is 20/700 less than dibao standard in 2023",
        "2022年低保标准较2023年低保标准降低20/700",
    ),
    (RECORDS, "number of claims", "报销记录条数"),
    (RECORDS, "the number of the claims", "报销记录的笔数"),
    (RECORDS, "number of claims which are inpatient", "报销记录中住院的条数"),
    (RECORDS, "number of claims of this year", "本年度报销记录条数"),
    (RECORDS, "number of claims in the 12 months before application", "申请前12个月报销记录笔数"),
    (RECORDS, "number of claims in the 2 years before the date", "申请前2年的报销记录条数"),
    (PER_CLAIM, "pays the sum of fee over claims", "给予 报销记录报销费用的合计"),
    (PER_CLAIM, "pays the sum of fee over this year's claims", "给予 本年度报销记录报销费用之和"),
    (
        PER_CLAIM,
        "pays sum of fee over claims in the 12 months before application which are inpatient",
        "给予 申请前12个月的报销记录中住院的报销费用之和",
    ),
    (PER_CLAIM, "pays highest fee over the claims", "给予 报销记录的报销费用的最高值"),
    (PER_CLAIM, "pays for each of claims: 80% of fee", "给予 按报销记录逐笔计算：报销费用的80%"),
    (
        PER_CLAIM,
        "pays for each of this year's claims: 80% of fee up to 500 yuan",
        "给予 按本年度报销记录逐条计算：报销费用的80%，最高不超过500元",
    ),
    (OF_PERSON, "any of the claims is inpatient", "报销记录中任一笔为住院"),
    (OF_PERSON, "all of the claims are inpatient", "报销记录均为住院"),
    (OF_PERSON, "any of claims of this year is not inpatient", "本年度报销记录中任一条非住院"),
    (
        OF_PERSON,
        "any of claims is (fee is more than 5 yuan)",
        "报销记录中任一条（报销费用超过5元）",
    ),
    (GROUP_COUNT, "number of children", "子女人数"),
    (GROUP_COUNT, "the number of the children", "子女的人数"),
    (GROUP_COUNT, "number of children who are tekun", "子女中特困人员的人数"),
    (GROUP_COUNT, "number of children who are not tekun", "子女中非特困人员的人数"),
    (GROUP_COUNT, "number of children who are (age is at least 6)", "子女中（年龄6以上）的人数"),
    (GROUP_COUNT, "number of members who are children", "家庭成员中子女的人数"),
    (GROUP_COUNT, "number of members who are not children", "家庭成员中非子女的人数"),
    (AMOUNT, "pays the sum of wage over children", "给予 子女工资的合计"),
    (AMOUNT, "pays the sum of wage over the children", "给予 子女的工资之和"),
    (AMOUNT, "pays sum of wage over children who are tekun", "给予 子女中特困人员的工资的合计"),
    (AMOUNT, "pays for each of the children: 50% of wage", "给予 按子女逐人计算：工资的50%"),
    (
        AMOUNT,
        "when any of the children is tekun\npays rent",
        "条件 子女中任一人为特困人员\n给予 房租",
    ),
    (AMOUNT, "when all of the children are tekun\npays rent", "条件 子女均为特困人员\n给予 房租"),
    (
        AMOUNT,
        "when every one of the children is not tekun\npays rent",
        "条件 子女均非特困人员\n给予 房租",
    ),
    (
        AMOUNT,
        "when any of the children is (age is at least 6 years of age)\npays rent",
        "条件 子女中任一人（年龄6周岁以上）\n给予 房租",
    ),
    (PERSON, "when is one of children\npays wage", "条件 为子女\n给予 工资"),
    (
        PERSON,
        "when is one of the children and tekun\npays wage",
        "条件 属于子女且特困人员\n给予 工资",
    ),
    (OF_PERSON, "is not one of the children", "不属于子女"),
    # order
    (
        SETTLED,
        "base cost\nafter 100 yuan, then 200 yuan\npays 70%",
        "基数 政策范围内个人自付费用\n顺序 经100元、200元后\n给予 70%",
    ),
    (
        SETTLED,
        "base cost\nafter 30% of cost, then medical assistance\npays 70%",
        "基数 政策范围内个人自付费用\n顺序 经政策范围内个人自付费用的30%、医疗救助支付后\n给予 70%",
    ),
    # labels
    (SETTLED, 'pays "flat" / "定额" 500 yuan', "给予 “定额”/“flat” 500元"),
    # tables by a number
    (
        "parameter t (表甲) by number of members: yuan per household per month",
        "from 2023-01-01: 1 person 400, 2 persons 520, each further person +85",
        "自2023年1月1日起：1人400、2人520、每增加1人 +85",
    ),
    (
        "parameter t (表甲) by number of members: yuan per household per month",
        "1 person 400, 2 persons 520, each further person +85",
        "1人400、2人520、每增加一人增加85",
    ),
    (
        "parameter t (表甲) by number of members: yuan per household per month",
        "1 person 400, 2 persons 520, 3 or more persons 610",
        "1人400、2人520、3人以上610",
    ),
    (
        "parameter t (表甲) by area, number of members: yuan per household per month",
        (
            "urban ｜ 1 person ｜ 400\n"
            "urban ｜ each further member ｜ +85\nrural ｜ 1 or more persons ｜ 50"
        ),
        "城市｜1人｜400\n城市｜每增加1人｜+85\n农村｜1人及以上｜50",
    ),
    # definitions of a category
    (
        "define k (类甲) of person: tier",
        "case tekun: first\notherwise second",
        "情形 特困人员：一类\n其余 二类",
    ),
    (
        "define k (类甲) of person: area",
        "base age\nband at most 6: urban\nband at least 7: rural",
        "基数 年龄\n分档 6以下：城市\n分档 7以上：农村",
    ),
    # bands and brackets
    (
        SETTLED,
        "base cost\nband above 3000 yuan up to 10000 yuan: 50%",
        "基数 政策范围内个人自付费用\n分档 3000元以上（不含）10000元以下：50%",
    ),
    (
        SETTLED,
        "base cost\nband at least 3000 yuan and less than 10000 yuan: 50%",
        "基数 政策范围内个人自付费用\n分档 3000元以上10000元以下（不含）：50%",
    ),
    (
        SETTLED,
        "base cost\nband 3000 yuan (incl.) to 10000 yuan (excl.): 50%",
        "基数 政策范围内个人自付费用\n分档 3000元（含）至1万元（不含）：50%",
    ),
    (
        SETTLED,
        "base cost\nband above 3000 yuan up to 10000 yuan: 50%",
        "基数 政策范围内个人自付费用\n分档 超过3000元至1万元：50%",
    ),
    (
        SETTLED,
        "base cost\nband above 3000 yuan, up to 10000 yuan: 50%",
        "基数 政策范围内个人自付费用\n分档 在3000元（不含）以上1万元（含）以下：50%",
    ),
    (
        PERSON,
        (
            "base wage\nband at most the dibao standard: 90%\n"
            "band more than the dibao standard and at most 1.5 times the dibao standard: 50%"
        ),
        "基数 工资\n分档 低保标准以下：90%\n分档 超过低保标准不超过低保标准的1.5倍：50%",
    ),
    (
        PERSON,
        (
            "base age\nband tekun, at least 60 years of age and less than 70 years of age: 50\n"
            "otherwise nothing"
        ),
        "基数 年龄\n分档 特困人员，年满60周岁不满70周岁：50\n其余 不予发放",
    ),
    (
        PERSON,
        "base age\nband tekun and minor, under 7: 50",
        "基数 年龄\n分档 特困人员且未成年人，不满7：50",
    ),
    (PERSON, "base age\nband equals 100: 50", "基数 年龄\n分档 等于100：50"),
    (
        SETTLED,
        (
            "base cost\nthe part up to 3000 yuan: 0%\n"
            "the part above 3000 yuan up to 10000 yuan: 50%\nthe part above 10000 yuan: 60%"
        ),
        (
            "基数 政策范围内个人自付费用\n不超过3000元的部分：0%\n"
            "超过3000元至10000元的部分：50%\n超过1万元的部分：60%"
        ),
    ),
    (
        SETTLED,
        (
            "base cost\nthe part above 3000 yuan to 10000 yuan: 50%\n"
            "the part above 10000 yuan: nothing"
        ),
        "基数 政策范围内个人自付费用\n3000元以上10000元以下部分：50%\n1万元以上部分：不予补助",
    ),
    # quotients
    (
        "define q (就业人均) of person: rate",
        "wage / yearly wage per month, otherwise 0",
        "工资除以年工资按月计，除数为零的按0计",
    ),
    (
        "define q (就业人均) of household: yuan per person per month",
        "income / number of members who are tekun, otherwise 0 yuan per person per month",
        "家庭月收入除以家庭成员中特困人员的人数，除数为零的按0元/人·月计算",
    ),
    (TEST, "the date is in 2018 to 2020", "日期在2018—2020年"),
    (TEST, "the date is in 2018 to 2020", "日期在2018年至2020年"),
    (TEST, "the date is in 2018 to 2020", "日期在2018-2020年"),
    (SETTLED, "base cost\npays 50%", "基数 政策范围内个人自付费用\n给予 达到50%"),
    (
        SETTLED,
        "base cost\ncase tekun: reaches 50%",
        "基数 政策范围内个人自付费用\n情形 特困人员：达到50%",
    ),
    (TEST, "income reaches 900 yuan per month", "家庭月收入达到900元/月"),
    (TEST, "income is at least 900 yuan per month", "家庭月收入达到900元/月"),
    (
        "benefit b (待遇甲) of household: yuan, one-off",
        "pays 2 times the dibao standard\ncounted for number of members, 3 months",
        "给予 低保标准的2倍\n口径 按家庭成员人数、3个月计",
    ),
    (
        SETTLED,
        "base cost\ncase tekun: reaches 50%, limit not stated",
        "基数 政策范围内个人自付费用\n情形 特困人员：达到50%，限额未载明",
    ),
    (
        "benefit b (待遇甲) of household: yuan, one-off",
        "pays 500 yuan to 2000 yuan",
        "给予 500元至2000元",
    ),
    (
        "benefit b (待遇甲) of household: yuan, one-off",
        "pays 500 to 2000 yuan",
        "给予 500-2000元",
    ),
]
