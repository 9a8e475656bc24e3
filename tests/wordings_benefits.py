"""Wordings around benefits, in both languages: whether one is due, counted limits, number words."""

HOUSEHOLD_TEST = "define c (条件甲) of household: yes or no"
PERSON_TEST = "define c (条件甲) of person: yes or no"
COUNT = "define n (数目) of household: person per household"

TWO = "benefit b (待遇甲) of person: yuan, each settlement\n    pays 1 yuan\n"

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
]
