"""Decision letters: golden ones that were read, and what holds of every letter."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from agreement import product_case
from hypothesis import given
from letter_cases import CASES
from strategies_cases import Drawn, rulesets_and_cases

import policyrules
from policyrules import InputError, Outcome, Result, Ruleset
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.counterfactual import WhatIf
from policyrules.explanation_tree import Line
from policyrules.ir.nodes import Program
from policyrules.letter import Letter
from policyrules.source import Language, Source, Text

FOLDER = Path(__file__).parent / "letters"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:/\d[\d,]*)?")
MONTHS = "January February March April May June July August September October November December"
DAY_EN = re.compile(rf"(\d{{1,2}}) ({MONTHS.replace(' ', '|')}) (\d{{4}})")
# Words of the program that nobody outside it knows.
PROGRAM_WORDS = ("outcome", "undetermined", "status", "eligible", "household.", "null")
PROGRAM_WORDS += (
    "True",
    "False",
    "由个案",
    "待定",
    "评估日期",
    "规则集",
    "supplied by the case",
)


@cache
def rules(name: str) -> Ruleset:
    """A bundled ruleset."""
    return policyrules.load(name)


@cache
def result(name: str) -> Result:
    """The result of one of the cases."""
    ruleset, on, case = CASES[name]
    return rules(ruleset).evaluate(case, on=on)


@cache
def changes(name: str, benefit: str, of: str) -> WhatIf:
    """What would change one of the decisions."""
    ruleset, on, case = CASES[name]
    return rules(ruleset).what_if(case, (benefit, of), on=on)


def benefits(found: Result) -> list[Outcome]:
    """The outcomes on which letters are written."""
    return [outcome for outcome in found.values() if outcome.what == "benefit"]


def own(text: str, case: dict[str, Any], on: str = "2023-08-01") -> Result:
    """The result of a case of a ruleset of a few lines."""
    return Ruleset(compile_source(Source("", text)).program).evaluate(case, on=on)


# --- golden texts -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, update_golden: bool) -> None:
    """The letters of a case read as they did when somebody looked at them."""
    file = FOLDER / f"{name}.txt"
    texts = [
        str(outcome.letter(lang, changes(name, outcome.name, outcome.of)))
        for lang in LANGUAGES
        for outcome in benefits(result(name))
    ]
    text = "\n\n----------------\n\n".join(texts) + "\n"
    if update_golden:
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text


STATUSES = "2023-08-01"
PERSONS: tuple[dict[str, Any], ...] = (
    {"evacuee": True, "disabled resident": True, "local resident": True}
    | {"monthly wage": 300, "damage": 1000},
    {"evacuee": True, "local resident": True, "monthly wage": 700, "damage": 100},
    {"disabled resident": True},
)


def results_of_each_status() -> list[Result]:
    """Results of a ruleset of every status that the bundled ones have no letter on."""
    program = compile_source(Source("", (FOLDER / "statuses.rules").read_text("utf-8"))).program
    return [Ruleset(program).evaluate({"person": person}, on=STATUSES) for person in PERSONS]


def test_golden_of_each_status(update_golden: bool) -> None:
    """Letters on contradicting provisions, levels of decision and benefits in competition."""
    file = FOLDER / "statuses.txt"
    found = [outcome for each in results_of_each_status() for outcome in benefits(each)]
    texts = [str(outcome.letter(lang)) for lang in LANGUAGES for outcome in found]
    text = "\n\n----------------\n\n".join(texts) + "\n"
    if update_golden:
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text
    assert {"conflict", "manual"} <= {outcome.status for outcome in found}


def test_letters_of_each_status() -> None:
    """They hold to all that holds of letters, and use no jargon."""
    for each in results_of_each_status():
        for outcome in benefits(each):
            check(outcome, each._names.program, STATUSES)
            for lang in LANGUAGES:
                text = outcome.letter(lang).text()
                assert not [word for word in PROGRAM_WORDS if word in text]


def test_every_bundled_benefit_has_its_letter() -> None:
    """Each benefit of each bundled ruleset is among the letters read."""
    for ruleset in {name for name, _, _ in CASES.values()}:
        declared = {item.name for item in rules(ruleset).program.definitions if item.own}
        of_benefits = {i.name for i in rules(ruleset).program.definitions if i.what == "benefit"}
        read = {
            outcome.name
            for name, case in CASES.items()
            if case[0] == ruleset
            for outcome in benefits(result(name))
        }
        assert read == declared & of_benefits
    statuses = {outcome.status for name in CASES for outcome in benefits(result(name))}
    assert statuses >= {"eligible", "not eligible", "undetermined", "not stated", "not in force"}
    assert "manual" in statuses


# --- what holds of every letter ---------------------------------------------------------------


def lines(letter: Letter) -> list[str]:
    """All that a letter says, line by line."""
    return letter.text().splitlines()


def declared_texts(program: Program) -> list[str]:
    """Names, titles and remarks of the ruleset, longest first: digits in them are no figures."""
    texts: set[str] = set()

    def collect(value: Any) -> None:
        if isinstance(value, Text):
            texts.update(filter(None, (value.en, value.zh)))
        elif hasattr(value, "__attrs_attrs__"):
            for attribute in value.__attrs_attrs__:
                if attribute.name not in ("value", "holds", "amount", "due", "statement"):
                    collect(getattr(value, attribute.name))
        elif isinstance(value, tuple):
            for each in value:
                collect(each)

    collect(program)
    kept = {text for text in texts if any(sign.isdigit() for sign in text)}
    kept |= {text[:1].upper() + text[1:] for text in kept}
    return sorted(kept, key=len, reverse=True)


def numbers(text: str, names: list[str]) -> set[Fraction]:
    """The figures in a text, as values; those of dates part by part."""
    for name in names:
        text = text.replace(name, " ")
    months = MONTHS.split()
    text = DAY_EN.sub(lambda m: f"{m[1]} {months.index(m[2]) + 1} {m[3]}", text)
    found: set[Fraction] = set()
    for match in NUMBER.findall(text):
        whole = match.rstrip(",").replace(",", "")
        top, _, bottom = whole.partition("/")
        found.add(Fraction(top) / (Fraction(bottom) if bottom else 1))
    return found


def told_by(outcome: Outcome, names: list[str]) -> set[Fraction]:
    """The figures in the data of an explanation: values, dates, and those in its sentences."""
    data = [outcome.explain(lang).to_dict() for lang in LANGUAGES]
    text = json.dumps(data, ensure_ascii=False)
    return numbers(text, names) | {
        Fraction(part) for day in re.findall(r"\d{4}-\d\d-\d\d", text) for part in day.split("-")
    }


def about(found: set[Fraction]) -> set[Fraction]:
    """Figures and what they are about, in the two decimals behind an endless fraction."""
    sizes = set()
    for value in found:
        for scaled in (value, value * 100):
            cents = abs(scaled) * 100
            sizes.add(
                Fraction((2 * cents.numerator + cents.denominator) // (2 * cents.denominator), 100)
            )
    return found | sizes


def check(outcome: Outcome, program: Program, on: str, found: WhatIf | None = None) -> None:
    """What holds of every letter, whatever the rules and the case."""
    names = declared_texts(program)
    zh, en = (outcome.letter(lang, found) for lang in LANGUAGES)
    data = [] if found is None else [found.to_dict(lang) for lang in LANGUAGES]
    known = numbers(json.dumps(data, ensure_ascii=False), names)
    known |= told_by(outcome, names) | {Fraction(part) for part in on.split("-")}
    for letter in (zh, en):
        numbered = [
            line.split(". ", 1)[-1] if re.match(r"\d+\. ", line) else line for line in lines(letter)
        ]
        figures = numbers("\n".join(numbered), names)
        strange = figures - about(known)
        assert not strange, f"{strange} in\n{letter}\n{outcome.explain(letter.lang)}"
        assert letter.decision
        assert all(section.items for section in letter.sections)
        assert all(text.strip() for section in letter.sections for text in texts(section.items))
        json.dumps(letter.to_dict())
        says_what_was_decided(outcome, letter)
    assert len(zh.sections) == len(en.sections)
    assert [len(section.items) for section in zh.sections] == [len(s.items) for s in en.sections]


def texts(items: tuple[Line, ...]) -> list[str]:
    """The texts of points and of those below."""
    return [text for item in items for text in (item.text, *texts(item.below))]


def says_what_was_decided(outcome: Outcome, letter: Letter) -> None:
    """The first sentences agree with what came out; no single amount where there is none."""
    told = " ".join(letter.decision)
    met = re.match(r"经审核，(?:您|您家|本件)符合|(?:You|Your household|This case) meets? ", told)
    refused = re.search(
        r"，(?:您|您家|本件)不符合|不发给|not meet the conditions|is not paid", told
    )
    assert bool(met) == (outcome.status == "eligible"), told
    assert bool(refused) == (outcome.status == "not eligible"), told
    amount = outcome.amount
    single = re.search(r"金额为|The amount is \d|it is \d", told)
    if outcome.status == "eligible" and amount is not None and amount.exact is not None:
        assert single
    else:
        assert not single, told


@pytest.mark.parametrize("name", CASES)
def test_letters_of_bundled_rulesets(name: str) -> None:
    """Letters of the bundled rulesets hold to all that holds of letters, and use no jargon."""
    ruleset, on, _ = CASES[name]
    for outcome in benefits(result(name)):
        found = changes(name, outcome.name, outcome.of)
        check(outcome, rules(ruleset).program, on, found)
        for lang in LANGUAGES:
            text = outcome.letter(lang, found).text()
            assert not [word for word in PROGRAM_WORDS if word in text]


@pytest.mark.parametrize("name", CASES)
def test_one_language_in_a_letter(name: str) -> None:
    """No Chinese in an English letter; in a Chinese one no English that has a Chinese form."""
    program = rules(CASES[name][0]).program
    untranslated = [d.label.en for d in program.documents if not d.label.zh]
    untranslated += [t.en for d in program.documents for t in (d.title, d.issuer) if t and not t.zh]
    for outcome in benefits(result(name)):
        found = changes(name, outcome.name, outcome.of)
        assert not re.search(r"[\u4e00-\u9fff]", outcome.letter("en", found).text())
        chinese = outcome.letter("zh", found).text()
        for text in filter(None, untranslated):
            chinese = chinese.replace(text, "")
        assert not re.search(r"[A-Za-z]{2,}", chinese)


@given(rulesets_and_cases())
def test_random_rulesets(drawn: Drawn) -> None:
    """Of whatever rules and case, a letter is made of every benefit, and it says what came out."""
    program = compile_source(Source("", drawn.text)).program
    found = Ruleset(program).evaluate(product_case(drawn.case, program.about), drawn.on)
    for outcome in benefits(found):
        check(outcome, program, drawn.on.isoformat())


# --- single things ----------------------------------------------------------------------------


def test_a_letter_is_on_a_benefit() -> None:
    """What is computed on the way is nobody's to be told by letter."""
    with pytest.raises(InputError) as caught:
        result("river_city_granted")["income per head"].letter()
    assert [problem.code for problem in caught.value.diagnostics] == ["PR675"]


def test_a_letter_is_in_a_language_that_there_is() -> None:
    """Another language is refused, as it is for reasons."""
    wrong: Any = "fr"
    with pytest.raises(InputError) as caught:
        result("river_city_granted")["dibao payment"].letter(wrong)
    assert [problem.code for problem in caught.value.diagnostics] == ["PR633"]


def test_an_applicant_learns_how_far_off_they_are() -> None:
    """The figure, what the rule asks for, and the distance, in both languages."""
    outcome = result("taizhou_refused")["dibao payment"]

    assert (
        "家庭人均收入：1,235元/人·月，规定要求低于低保标准（1,190元/人·月），高出45元"
        in outcome.letter("zh").text()
    )
    assert (
        "Income per head: 1,235 yuan per person per month; the rule asks for less than the dibao "
        "standard (1,190 yuan per person per month), 45 yuan above that"
        in outcome.letter("en").text()
    )


SIGNS = """ruleset t (甲)
input wage (工资) of person: yuan, at least 0
benefit aid (补助) of person: yuan, one-off
    pays wage
    reading "a <b> | *c* & [d]" / "甲<乙>|*丙*&[丁]"
"""


def test_signs_of_html_and_markdown_are_text() -> None:
    """What a ruleset writes is never markup."""
    letter = own(SIGNS, {"person": {"wage": 5}})["aid"].letter()

    assert "a &lt;b&gt; | *c* &amp; [d]" in letter.html()
    assert "<b>" not in letter.html()
    assert r"a \<b\> \| \*c\* \& \[d\]" in letter.markdown()


def test_a_page_stands_by_itself() -> None:
    """The page names its language, has no script and fetches nothing; the fragment is inside it."""
    for lang, code in (("zh", "zh-CN"), ("en", "en")):
        letter = result("qingyang")["rural dibao payment", "household.members[0]"].letter(lang)  # type: ignore[arg-type]
        page = letter.html(page=True)

        assert page.startswith("<!doctype html>")
        assert f'<html lang="{code}">' in page
        assert letter.html() in page
        assert "<script" not in page
        assert "http" not in page


def test_an_amount_of_a_range_is_left_to_who_decides() -> None:
    """The range, who fixes the amount, and by what."""
    decision = result("unnamed_city")["temporary relief"].letter("zh").decision

    assert decision == (
        "经审核，您家符合临时救助的条件，金额在1,400元至7,000元的范围之内（一次性）。",
        "具体数额由乡镇（办）根据困难类型、困难程度、刚性支出额度等因素确定。",
        "有关规定见“答复 一、操作规程”（文件全称见“依据”部分）。",
    )


CONFLICT = """ruleset t (甲)
statuses of person: early (早到), late (迟到)
benefit aid (补助) of person: yuan, one-off
    pays 100 yuan
exception "early" / "早到的" to aid
    when early
    pays 200 yuan
exception "late" / "迟到的" to aid
    when late
    pays 300 yuan
"""


def test_contradicting_provisions_are_named() -> None:
    """Where two provisions contradict, no amount is told and both are named."""
    letter = own(CONFLICT, {"person": {"early": True, "late": True}})["aid"].letter("zh")

    assert letter.decision == (
        "经审核，目前还不能就补助作出决定：同时适用的规定相互冲突，文件未载明以哪一项为准。",
    )
    assert "同时适用、先后未载明：早到的、迟到的\n   - 早到：是\n   - 迟到：是" in letter.text()
    assert "审核所依据的情况\n- 早到：是\n- 迟到：是" in letter.text()


def test_letters_on_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """`explain --format letter` prints the letters of a case, `letter-html` a page of them."""
    file = tmp_path / "case.json"
    ruleset, on, case = CASES["taizhou"]
    file.write_text(json.dumps(case), "utf-8")
    call = ["explain", ruleset, str(file), "--on", on, "--lang", "zh", "--format"]

    assert main([*call, "letter"]) == 0
    found = [
        outcome.letter("zh", changes("taizhou", outcome.name, outcome.of))
        for outcome in benefits(result("taizhou"))
    ]
    assert capsys.readouterr().out == "\n\n\n".join(map(str, found)) + "\n"
    assert main([*call, "letter-html"]) == 0
    page = capsys.readouterr().out
    assert all(letter.html() in page for letter in found)
    assert main([*call, "letter", "家庭人均收入"]) == 1
    assert "PR675" in capsys.readouterr().err


DECIDED = """ruleset t (甲)
benefit aid (补助) of person: yuan, one-off
    pays 100 to 900 yuan
    decided by "the township" / "乡镇"
    decided in steps of 100 yuan
    above 500 yuan decided by "the county bureau" / "县级民政部门"
"""


def test_who_approves_larger_amounts_is_told() -> None:
    """The steps of the amount, and above which one somebody else approves."""
    outcome = own(DECIDED, {"person": {}})["aid"]

    assert outcome.letter("zh").decision[1] == (
        "具体数额由乡镇确定。以100元为一档。超过500元的，由县级民政部门审批。"
    )
    assert outcome.letter("en").decision[1] == (
        "The amount is fixed by the township. It is fixed in steps of 100 yuan. "
        "Above 500 yuan it is approved by the county bureau."
    )


def test_an_applicant_learns_what_would_change_the_decision() -> None:
    """The smallest change of a fact that lets the benefit be due, and what it would then be."""
    outcome = result("taizhou_refused")["dibao payment"]
    found = changes("taizhou_refused", "dibao payment", "household")

    assert (
        "家庭月收入减少45.01元（1,189.99元/月，现为1,235元/月）的，应予给付，金额为0.01元/月"
        in outcome.letter("zh", found).text()
    )
    assert (
        "Income: 45.01 yuan less (1,189.99 instead of 1,235 yuan per month); then it would "
        "be due; the amount: 0.01 yuan per month" in outcome.letter("en", found).text()
    )


def test_changes_of_another_decision_are_refused() -> None:
    """A letter does not tell what would change something else, be it decided alike."""
    other = changes("taizhou", "dibao payment", "household")
    rules = policyrules.load("example.river_city")
    case = {"household": {"income": 5000, "members": [{}, {}, {}]}}
    richer = {"household": {**case["household"], "income": 6000}}
    decided = rules.evaluate(case, "2023-08-01")["dibao payment"]
    others: list[Any] = [
        rules.what_if(richer, "dibao payment", "2023-08-01"),
        rules.what_if(case, "dibao payment", "2022-08-01"),
        5,
    ]
    refused = [(result("taizhou_refused")["dibao payment"], other)]
    for outcome, what_if in [*refused, *((decided, other) for other in others)]:
        with pytest.raises(InputError) as caught:
            outcome.letter("zh", what_if)
        assert [problem.code for problem in caught.value.diagnostics] == ["PR676"]
    assert "元" in decided.letter("zh", rules.what_if(case, "dibao payment", "2023-08-01")).text()


def test_readings_of_the_rules_that_were_read_are_told() -> None:
    """How a rule further down was read decides an amount as well: it is told with its name."""
    letter = result("wenling")["dibao payment"].letter("zh")

    assert "   - 可计收入：家庭月收入含幸福岗位工资" in letter.text()
    assert "   - 免计工资：低于最低工资标准的那部分不计入，超过的部分计入" in letter.text()
    assert "条文表述不明确" not in letter.text()


OTHER_READING = """ruleset t (甲)
input wage (工资) of person: yuan, at least 0
define wage in part (可计工资) of person: yuan
    wage
    reading "the whole wage" / "全部工资"
    alternatively "half of it" / "一半工资"
        wage / 2
benefit aid (补助) of person: yuan, one-off
    pays wage in part
"""


def test_other_readings_of_the_rules_that_were_read_are_told() -> None:
    """Another reading of a rule further down is named, whether it was followed or not."""
    rules = Ruleset(compile_source(Source("", OTHER_READING)).program)
    letter = rules.evaluate({"person": {"wage": 10}}, on="2023-08-01")["aid"].letter("en")

    assert "which was not followed: wage in part: half of it" in letter.text()
    assert "An unclear sentence" not in letter.text()


def test_no_bound_of_nothing_is_told() -> None:
    """Where no answer leads to an amount, no highest amount is told."""
    outcome = result("river_city_early")["temporary relief"]

    assert outcome.amount is not None
    assert outcome.amount.high == 0
    assert "最高不超过" not in outcome.letter("zh").text()
    assert "at most" not in outcome.letter("en").text()


def test_an_applicant_learns_who_supplies_what_is_missing() -> None:
    """What is missing stands with its question and with who has to say it."""
    needed = result("unnamed_city")["start-up grant", "household.members[0]"].letter("zh").text()

    assert "- 成功创业：本人是否成功创业？（由经办机关认定）" in needed
    assert "- 曾享受创业补助：本人是否曾享受一次性创业补助？（由经办机关核对）" in needed


def test_what_an_answer_may_be_is_told() -> None:
    """What has no question of its own is asked for by its answers, or by its unit."""
    needed = result("river_city_early")["medical assistance", "household.members[0]"]

    assert "- 住院原因：重特大疾病或者其他疾病\n" in needed.letter("zh").text()
    assert "- Tekun: yes or no\n" in needed.letter("en").text()
    assert "- What is the out-of-pocket cost, in yuan?\n" in needed.letter("en").text()


def test_the_members_are_asked_for() -> None:
    """Where nobody is named, the letter asks how many persons the household has."""
    found = rules("example.river_city").evaluate({"household": {}}, "2023-08-01")

    assert "- 家庭成员情况：家庭共有几口人？" in found["dibao payment"].letter("zh").text()


def test_who_decides_is_told_while_answers_are_missing() -> None:
    """A range that may come to be decided names who decides it, before everything is known."""
    outcome = result("river_city_open")["temporary relief"]

    assert outcome.status == "undetermined"
    assert "具体数额由乡镇（街道）根据" in outcome.letter("zh").decision[2]


def test_what_is_missing_and_changes_nothing_is_told_so() -> None:
    """A refusal that stands whatever is answered does not say that it depends on the answers."""
    letter = result("river_city_open")["flood medical grant", "household.members[0]"].letter("zh")

    assert letter.sections[0].title == "一、尚缺信息不影响结果"
    assert "尚需补充" not in letter.text()
    assert [item.text for item in letter.sections[0].items] == [
        "如果灾害性困难为“否”：不符合条件",
        "如果灾害性困难为“是”，住院原因为“重特大疾病”：改发医疗救助",
        "如果灾害性困难为“是”，住院原因为“其他疾病”：改发医疗救助",
    ]


LISTS = """ruleset t (甲)
list claims (报销记录) of person: cost (费用) in yuan, at least 0
benefit aid (补助) of person: yuan, one-off
    pays the sum of cost over claims
"""


def test_records_are_told_and_asked_for_one_by_one() -> None:
    """Each record is told once; of a list that is missing, how many records it has is asked."""
    some = own(LISTS, {"person": {"claims": [{"cost": 5}, {}]}})["aid"].letter("zh").text()
    none = own(LISTS, {"person": {}})["aid"].letter("en").text()

    assert some.endswith("审核所依据的情况\n- 报销记录第1条的费用：5元")
    assert "- 报销记录第2条的费用是多少（单位：元）？" in some
    assert "- Claims: How many records are there of claims?" in none


OF_CASES = """ruleset t (甲)
input damage (损失) of case: yuan, at least 0
benefit repair (修缮补助) of case: yuan, one-off
    pays half of damage
"""


def test_a_letter_on_a_case_is_to_whoever_applied() -> None:
    """Where a case is the subject, the letter goes to nobody called *case*."""
    outcome = own(OF_CASES, {"case": {"damage": 10}})["repair"]

    assert outcome.letter("zh").blanks == ("申请人：",)
    assert outcome.letter("en").blanks == ("To: ",)
    assert "本件符合修缮补助的条件" in outcome.letter("zh").text()


def test_who_decides_case_by_case_is_told_while_answers_are_missing() -> None:
    """Where an answer may leave the matter to a person, the letter says to whom."""
    outcome = result("chongqing")["expenditure relief"]

    assert outcome.status == "undetermined"
    assert "须个案审定的，由区县审定。" in outcome.letter("zh").decision
