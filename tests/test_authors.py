"""What authors write who know documents rather than this language: it means what they mean."""

from pathlib import Path

import pytest
from test_wordings import declaration
from wordings import PRELUDE
from wordings_author import AUTHORS, CITING, LISTED, PERIODS, SOURCE, TWO

from policyrules.checks import examine
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError
from policyrules.ruleset import Ruleset
from policyrules.source import Language, Source

RULESETS = Path(__file__).parent / "rulesets"


def ruleset(text: str) -> Ruleset:
    """The ruleset of a text."""
    return Ruleset(compile_source(Source("", text)).program)


@pytest.mark.parametrize(("header", "english", "chinese"), AUTHORS)
def test_both_languages_make_the_same_tree(header: str, english: str, chinese: str) -> None:
    """The English and the Chinese wording of a clause are equal trees."""
    assert declaration(header, english) == declaration(header, chinese)


@pytest.mark.parametrize(("english", "chinese"), PERIODS)
@pytest.mark.parametrize("header", [SOURCE, "benefit b (待遇甲) of household: yuan"])
def test_periods_are_read_alike(header: str, english: str, chinese: str) -> None:
    """A period of validity is the same in both languages, of a document and of a rule."""
    assert declaration(header, english) == declaration(header, chinese)


@pytest.mark.parametrize(("english", "chinese"), LISTED)
def test_lists_of_benefits_are_read_alike(english: str, chinese: str) -> None:
    """与, 和, 及 and `and` part benefits as 、 and the comma do."""
    assert declaration(TWO + english, "") == declaration(TWO + chinese, "")


def test_each_place_of_a_document_is_cited() -> None:
    """A range is each of its places; what stands behind a comma is of the same document."""
    cites = "依据 办法 第二条第一款、第二款，第四条至第六条；通知 三"
    found = declaration(CITING, f"{cites}\n给予 房租").cites

    act = [(2, 1), (2, 2), (4,), (5,), (6,)]
    assert [(c.source, c.levels) for c in found] == [*(("act", p) for p in act), ("notice", (3,))]


def test_a_heading_names_several_places() -> None:
    """All places of a heading are cited by what stands under it."""
    found = declaration(f"{SOURCE}\n[act 1, 3]\nbenefit b of household: yuan", "pays 1 yuan")

    assert [place.levels for place in found.places] == [(1,), (3,)]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", "办法 第二条第一款；办法 二（一）；办法 第十条第三项；办法 附件1第二条"),
        ("en", "act 2(1); act 2(1); act 10(3); act annex 1 2"),
    ],
)
def test_places_are_shown_as_the_document_calls_them(lang: Language, expected: str) -> None:
    """The words 条 and 款 stay where the author wrote them; English has the numbers."""
    cites = "依据 办法 第二条第一款；办法 二（一）；办法 第十条第三项；办法 附件1第二条"
    text = f"{PRELUDE}{CITING}\n    {cites}\n    给予 房租\n"

    assert expected in ruleset(text).describe_text(lang)


def test_the_period_of_a_document_is_described() -> None:
    """Each rule and document is listed with the days on which it is valid."""
    rules = ruleset((RULESETS / "document_validity.rules").read_text(encoding="utf-8"))
    shown = rules.describe_text("en").split("\n")
    books = next(line for line in shown if "school books" in line)
    described = rules.describe()
    assert isinstance(described["sources"], list)

    assert books.endswith("measures 1; measures 2  valid from 2024-01-01 until 2028-12-31")
    assert "  own " in "\n".join(line for line in shown if line.endswith("valid until 2030-12-31"))
    assert described["sources"][0]["valid"] == {"from": "2024-01-01", "to": "2028-12-31"}


def test_readings_of_facts_are_described() -> None:
    """What is said of an input, a status or a category is listed with it."""
    described = ruleset(
        PRELUDE
        + 'input savings of household: yuan\n    reading "at the end"\n    cites act 1\n'
        + 'source act\nstatuses of person: orphan\n    note "by proof"\n    widow\n'
        + 'list bills of person:\n    amount in yuan\n    reading "each"\n    billed in date\n'
    ).describe()
    facts = [*_entries(described["inputs"]), *_entries(described["statuses"])]
    readings = {item["name"]: [text["en"] for text in item["readings"]] for item in facts}

    assert readings["savings"] == ["at the end"]
    assert readings["orphan"] == readings["widow"] == ["by proof"]
    assert readings["amount"] == readings["billed"] == ["each"]
    assert readings["rent"] == []


def _entries(described: object) -> list[dict[str, object]]:
    assert isinstance(described, list)
    return described


FACTS = """\
规则集 test.facts
信息项 收入（income），以家庭为单位：元/月，不低于0
待遇 津贴（allowance），以个人为单位：元/月
    条件 所在家庭的收入低于100且年龄不低于80
    给予 5
"""


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        (
            "    已知 家庭成员2人；成员2：出生日期2025年1月1日\n    结果 成员1的津贴5\n",
            "“一”：成员2的出生日期：出生日期晚于个案日期（2024年1月1日）",
        ),
        (
            "    已知 家庭成员1人；收入5\n    结果 成员1的津贴5\n",
            "“一”：成员1的津贴应为5，实际为待定0元/月至5元/月\n尚需年龄",
        ),
        (
            "    已知 家庭成员1人；收入5\n    结果 成员1的年龄81\n",
            "“一”：成员1的年龄应为81，实际为个案信息，应写在“已知”中，不能作为结果",
        ),
    ],
)
def test_messages_of_examples_call_facts_by_their_names(example: str, expected: str) -> None:
    """Neither a path of JSON nor an English name stands in a Chinese message of an example."""
    compiled = compile_source(Source("", f"{FACTS}实例 “一”，2024年1月1日\n{example}"))
    (found,) = examine(compiled, examples=True).diagnostics
    hint = f"\n{found.hint.of('zh')}" if found.hint else ""

    assert found.message("zh") + hint == expected


def test_problems_of_a_case_are_told_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In Chinese a problem of a case stands under what its place is called; JSON keeps the path."""
    rules, case = tmp_path / "facts.rules", tmp_path / "case.json"
    rules.write_text(FACTS.replace("test.facts", "facts"), encoding="utf-8")
    case.write_text('{"household": {"members": [{"birth date": "2025-01-01"}]}}', encoding="utf-8")
    asked = ["eval", str(rules), str(case), "--on", "2024-01-01"]

    assert main([*asked, "--lang", "zh"]) == 1
    assert "成员1的出生日期：出生日期晚于个案日期（2024年1月1日）" in capsys.readouterr().err
    assert main([*asked, "--json"]) == 1
    assert '"household.members[0].birth date"' in capsys.readouterr().out


def test_no_example_is_suggested_for_a_ruleset_that_is_not_found() -> None:
    """Where a ruleset is looked for is told; a bundled example is not what an author means."""
    with pytest.raises(CompileError) as caught:
        compile_source(Source("", "ruleset example.river\n    uses example.city\n"))

    (found,) = caught.value.diagnostics
    assert found.code == "PR206"
    assert found.hint is None


def test_a_payment_is_never_below_zero() -> None:
    """A negative amount pays 0, known or bounded, and stays eligible."""
    rules = ruleset(
        f"""ruleset test.negative
{SOURCE}
[act 1]
input income (收入) of household: yuan, at least 0
benefit aid (补助) of household: yuan, one-off
    pays 700 yuan - income
"""
    )
    known = rules.evaluate({"household": {"income": 900}}, "2023-08-01")["aid"]
    open_end = rules.evaluate({"household": {}}, "2023-08-01")["aid"]

    assert (known.status, known.amount.exact) == ("eligible", 0)
    assert (open_end.amount.low, open_end.amount.high) == (0, 700)


def test_a_standard_may_pass_a_fixed_end() -> None:
    """A floor written as a standard may come to lie above a cap; the later end then holds."""
    rules = ruleset(
        f"""ruleset test.ends
{SOURCE}
[act 1]
parameter base rate (救助基准): yuan per month
    from 2022-01-01: 680
input income (收入) of household: yuan per month, at least 0
benefit aid (补助) of household: yuan per month
    pays income, but at least base rate on 2022-06-01, up to 350 yuan per month
"""
    )
    found = rules.evaluate({"household": {"income": 900}}, "2023-08-01")["aid"]

    assert found.amount.exact == 350
