"""Wordings of limits, small amounts and top-ups in both languages."""

SETTLED = "benefit b (待遇甲) of person: yuan, each settlement"

PERSON = "benefit b (待遇甲) of person: yuan per month"
AMOUNT = "benefit b (待遇甲) of household: yuan per month"

LIMITS: list[tuple[str, str, str]] = [
    # limits as lines
    (
        SETTLED,
        "pays cost\nlimits up to 30000 yuan",
        "给予 政策范围内个人自付费用\n限额 最高不超过3万元",
    ),
    (
        SETTLED,
        "pays cost\nlimits at most 30000 yuan",
        "给予 政策范围内个人自付费用\n限额 不超过3万元",
    ),
    (
        SETTLED,
        "pays cost\nlimits but at least 100 yuan",
        "给予 政策范围内个人自付费用\n限额 但不低于100元",
    ),
    (
        SETTLED,
        "pays cost\nlimits in total up to 100000 yuan per year",
        "给予 政策范围内个人自付费用\n限额 年度限额10万元",
    ),
    (
        SETTLED,
        "pays cost\nlimits in total up to 100000 yuan per year",
        "给予 政策范围内个人自付费用\n限额 全年不超过10万元",
    ),
    (
        SETTLED,
        "pays cost\nlimits in total up to 3000 yuan per month",
        "给予 政策范围内个人自付费用\n限额 每月累计不超过3000元",
    ),
    (
        SETTLED,
        "pays cost\nlimits at most 2 times per year",
        "给予 政策范围内个人自付费用\n限额 全年不超过2次",
    ),
    (
        SETTLED,
        "pays cost\nlimits at most 2 times per year",
        "给予 政策范围内个人自付费用\n限额 最多2次",
    ),
    (
        SETTLED,
        "pays cost\nlimits at most 2 times per year",
        "给予 政策范围内个人自付费用\n限额 全年最多两次",
    ),
    (
        SETTLED,
        "pays cost\nlimits as a rule at most 2 times per year",
        "给予 政策范围内个人自付费用\n限额 原则上全年不超过2次",
    ),
    (
        SETTLED,
        "pays cost\nlimits at most 1 times per month",
        "给予 政策范围内个人自付费用\n限额 每月不超过1次",
    ),
    (
        SETTLED,
        "pays cost\nlimits for at most 12 months",
        "给予 政策范围内个人自付费用\n限额 累计不超过12个月",
    ),
    (
        SETTLED,
        "pays 500 yuan\nlimits with allowance at most 90% of cost",
        "给予 500元\n限额 与补贴之和占政策范围内个人自付费用的比例不超过90%",
    ),
    (
        SETTLED,
        "pays 500 yuan\nlimits with allowance at most 90% of cost",
        "给予 500元\n限额 与补贴之和占政策范围内个人自付费用的比例最高不超过百分之九十",
    ),
    (
        SETTLED,
        "pays 500 yuan\nlimits with allowance at most 2/3 of cost",
        "给予 500元\n限额 连同补贴不超过政策范围内个人自付费用的三分之二",
    ),
    (
        SETTLED,
        "pays 500 yuan\nlimits with allowance and cost at most 90% of cost",
        (
            "给予 500元\n限额 与补贴、政策范围内个人自付费用之和占政策范围内个人自付费用的"
            "比例不超过90%"
        ),
    ),
    (
        SETTLED,
        "pays 500 yuan, in total up to 900 yuan per year\nlimits shared with medical assistance",
        "给予 500元，年度限额900元\n限额 与医疗救助共用限额",
    ),
    (
        SETTLED,
        "pays 500 yuan, in total up to 900 yuan per year\nlimits shared with medical assistance",
        "给予 500元，年度限额900元\n限额 与医疗救助合并计算",
    ),
    (SETTLED, "pays cost, no limit", "给予 政策范围内个人自付费用，不设封顶线"),
    (SETTLED, "pays cost, no limit", "给予 政策范围内个人自付费用，不封顶"),
    (SETTLED, "pays cost\nlimits no limit", "给予 政策范围内个人自付费用\n限额 不设封顶线"),
    (SETTLED, "pays cost\nlimits limit not stated", "给予 政策范围内个人自付费用\n限额 未载明"),
    (
        SETTLED,
        "pays cost, less than 10 yuan is not paid",
        "给予 政策范围内个人自付费用，不足10元的不予发放",
    ),
    (
        SETTLED,
        "pays cost, less than 10 yuan pays 10 yuan",
        "给予 政策范围内个人自付费用，不足10元的按10元发放",
    ),
    (
        SETTLED,
        "pays cost, less than 10 yuan pays 10 yuan",
        "给予 政策范围内个人自付费用，不足10元按10元",
    ),
    (
        SETTLED,
        "base cost\npays 90%, less than 10 yuan is not paid",
        "基数 政策范围内个人自付费用\n给予 90%，不足10元的不予发放",
    ),
    (
        SETTLED,
        "pays cost\nlimits less than 10 yuan is not paid",
        "给予 政策范围内个人自付费用\n限额 不足10元的不予发放",
    ),
    (
        SETTLED,
        "pays cost\nlimits less than 10 yuan pays 10 yuan",
        "给予 政策范围内个人自付费用\n限额 不足10元的按10元发放",
    ),
    # top-ups
    (
        PERSON,
        "pays wage\ntop-up of 10% of the dibao standard, highest only",
        "给予 工资\n增发 低保标准的10%，只取最高一项",
    ),
    (
        PERSON,
        "pays wage\ntop-up of 10% of the dibao standard, cumulative",
        "给予 工资\n另行增加 低保标准的10%，可叠加",
    ),
    (PERSON, "pays wage\ntop-up of 50 yuan per month", "给予 工资\n加发 50元/月"),
    (
        PERSON,
        "pays wage\ntop-up tekun: 40% of the dibao standard, highest only",
        "给予 工资\n增发 特困人员：低保标准的40%，只取最高一项",
    ),
    (
        PERSON,
        "pays wage\ntop-up tekun and age is at least 70: 40% of the dibao standard",
        "给予 工资\n增发 特困人员，年龄在70以上：低保标准的40%",
    ),
    (
        AMOUNT,
        (
            "pays income\ntop-up for each member who is (aged at least 70 years of age): "
            "20% of the dibao standard"
        ),
        "给予 家庭月收入\n增发 家庭成员中（年满70周岁）的人员：低保标准的20%",
    ),
    (
        AMOUNT,
        "pays income\ntop-up for each member who is tekun: 20% of the dibao standard, highest only",
        "给予 家庭月收入\n增发 家庭成员中特困人员的人员：低保标准的20%，只取最高一项",
    ),
    (
        AMOUNT,
        "pays income\ntop-up for each member: 20% of the dibao standard",
        "给予 家庭月收入\n增发 逐人计算：低保标准的20%",
    ),
]
