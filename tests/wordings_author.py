"""Wordings that authors brought from documents: places, periods of documents, lists of benefits."""

from wordings import PERSON, TEST

CITING = "source act (办法)\nsource notice (通知)\nbenefit b (待遇甲) of household: yuan per month"
SOURCE = "source act (办法)"
TWO = (
    "benefit b (待遇甲) of household: yuan, one-off\n    when urgent hardship\n    pays 1 yuan\n"
    "benefit b2 (待遇乙) of household: yuan, one-off\n    pays 1 yuan\n"
)

# (block header in English, English clauses, Chinese clauses)
AUTHORS: list[tuple[str, str, str]] = [
    # several places of one document
    (CITING, "cites act 1, 2\npays rent", "依据 办法 第一条、第二条\n给予 房租"),
    (CITING, "cites act 1; act 2\npays rent", "依据 办法 第一条；第二条\n给予 房租"),
    (CITING, "cites act 1 to 4\npays rent", "依据 办法 第一条至第四条\n给予 房租"),
    (CITING, "cites act 1, 2, 3\npays rent", "依据 办法 第一条到第三条\n给予 房租"),
    (CITING, "cites act 1, 3 to 5\npays rent", "依据 办法 第一条、第三条至第五条\n给予 房租"),
    (CITING, "cites act 1 and 2\npays rent", "依据 办法 第一条和第二条\n给予 房租"),
    (CITING, "cites act 2(1), 2(2)\npays rent", "依据 办法 第二条第一款、第二款\n给予 房租"),
    (CITING, "cites act 2(1), (2)\npays rent", "依据 办法 二（一）、（二）\n给予 房租"),
    (CITING, "cites act 2(1), 3\npays rent", "依据 办法 第二条第一款、第三条\n给予 房租"),
    (
        CITING,
        "cites act 1, 2; notice 3, 4\npays rent",
        "依据 办法 第一条、第二条；通知 三、四\n给予 房租",
    ),
    # what is left out
    (TEST, "rural and sudden hardship", "农村且突发性困难"),
    (TEST, "area is rural and sudden hardship", "农村且突发性困难"),
    (PERSON, "when not first\npays wage", "条件 非一类\n给予 工资"),
    (
        PERSON,
        "who tekun, minor or dibao recipient\npays wage",
        "对象 特困人员、未成年人、低保对象\n给予 工资",
    ),
    (
        PERSON,
        "who tekun or minor\ncase tekun or minor: 5\notherwise 4",
        "对象 特困人员、未成年人\n情形 特困人员、未成年人：5\n其余 4",
    ),
    (
        PERSON,
        "pays 5\ntop-up tekun, minor or dibao recipient: 5 yuan per month",
        "给予 5\n增发 特困人员、未成年人或者低保对象：5元/月",
    ),
    (
        PERSON,
        "base wage\nband first, at least 80: 5\nband second, at least 80: 6\nband under 80: 3",
        "基数 工资\n分档 80以上，一类：5\n分档 80以上，二类：6\n分档 不满80：3",
    ),
    # a name before 以上, 以下
    (TEST, "income is at most rent", "家庭月收入在房租以下"),
    (TEST, "income is at least rent and less than 2 times rent", "家庭月收入房租以上不满房租的2倍"),
    # reading, under what has no clauses else
    (
        "input d (余额) of household: yuan",
        'reading "at the end" / "期末"',
        "解读 “期末”/“at the end”",
    ),
    ("statuses of person: d (孤儿)", 'note "by proof" / "凭证"', "备注 “凭证”/“by proof”"),
    ("category d (类型): x (甲类), y (乙类)", 'reading "y" / "说明"', "解读 “说明”/“y”"),
    (
        "group d (儿童) of household: members who are minor",
        'reading "y" / "说明"',
        "解读 “说明”/“y”",
    ),
    ("list d (账目) of household: f (金额) in yuan", 'reading "y" / "说明"', "解读 “说明”/“y”"),
]

# Periods that a document states once.
PERIODS: list[tuple[str, str]] = [
    ("valid from 2024-01-01 for 5 years", "自2024年1月1日起施行，有效期5年"),
    ("valid from 2024-01-01 to 2028-12-31", "有效期 自2024年1月1日起施行，有效期5年"),
    ("in force from 2024-01-01", "施行 自2024年1月1日起"),
    ("valid from 2024-01-01", "有效期 自2024年1月1日起施行"),
    ("valid from 2024-01-01", "本办法自2024年1月1日起施行。"),
    ("valid from 2024-01-01 to 2025-06", "施行 自2024年1月1日起，有效期至2025年6月"),
    ("valid until 2025-06", "有效期 至2025年6月"),
]

# What names several benefits, in English and in Chinese.
LISTED: list[tuple[str, str]] = [
    ("not together relief, b; the higher", "不重复享受 临时救助与待遇甲，就高发放"),
    ("not together relief and b, the higher", "不重复享受 临时救助和待遇甲；就高"),
    ("not together relief and b, the higher", "不得同时享受 临时救助和待遇甲；就高"),
    ("not together relief, b and b2", "不重复享受 临时救助、待遇甲及待遇乙"),
    ("cumulative relief and b", "可同时享受 临时救助与待遇甲"),
    ("cumulative relief, b and b2", "可叠加 临时救助、待遇甲以及待遇乙"),
    (
        "sudden hardship as for urgent hardship: b, b2 and relief",
        "比照 突发性困难按紧迫性困难：待遇甲、待遇乙和临时救助",
    ),
]
