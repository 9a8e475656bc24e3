"""Calculators in a browser: what the page shows is what the rules say."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from agreement import ruleset_of
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from scripts import plainly
from search import drawn_cases

import policyrules
from policyrules import wording
from policyrules.case import AGE, BIRTH_DATE
from policyrules.diagnostics import InputError
from policyrules.library import bundled_ids
from policyrules.ruleset import Ruleset

pytestmark = pytest.mark.slow

RIVER, ON = "example.river_city", "2023-08-01"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CASES = 2
# Of cases, of persons, with days, with categories, with deciders, with what is not stated.
_FOLDER = Path(__file__).parent / "rulesets"
_NAMES = ("cases", "category_definitions", "dates_compared", "decided", "exceptions", "unstated")
OTHERS = [str(_FOLDER / f"{name}.rules") for name in _NAMES]
NEVER = date.max.isoformat()
# The outcomes that a page shows: of which rule, for whom, the status, the amount or value.
SHOWN = """() => [...document.querySelectorAll(".pc-card")].map((card) => [
    card.dataset.rule, ...["strong", ".pc-status", ".pc-value"].map((part) =>
        card.querySelector(part)?.textContent ?? "")])"""
OPEN = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
# The lines of each part that says why.
REASONS = """() => [...document.querySelectorAll(".pc-reasons details")].map((part) =>
    [...part.querySelectorAll("summary, li")].map((line) => line.textContent))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all pages."""
    with sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a telephone of which nothing may be heard on the console."""
    found = browser.new_page(viewport={"width": 360, "height": 740})
    heard: list[str] = []
    found.on("console", lambda message: heard.append(message.text))
    found.on("pageerror", lambda error: heard.append(str(error)))
    found.on("request", lambda asked: heard.extend(_beyond(asked.url)))
    yield found
    found.close()
    assert heard == []


def _beyond(url: str) -> list[str]:
    """An address that is no file of the test."""
    return [] if url.startswith(("file:", "data:")) else [url]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages are."""
    return tmp_path_factory.mktemp("pages")


def opened(page: Page, folder: Path, rules: Ruleset, lang: Any, **wishes: Any) -> str:
    """Open the calculator of some rules; the address of its file."""
    file = folder / f"{rules.id}_{lang}.html"
    file.write_text(rules.calculator(lang=lang, **wishes), "utf-8")
    page.goto(file.as_uri())
    return file.as_uri()


def settled(page: Page) -> list[list[str]]:
    """What is shown once typing has come to rest."""
    page.wait_for_timeout(200)
    return list(page.evaluate(SHOWN))


def expected(rules: Ruleset, case: Any, lang: Any) -> dict[tuple[str, str], list[str]]:
    """The same of the benefits, by the rules themselves."""
    found = {}
    for outcome in rules.evaluate(case).values():
        label, subject = outcome.words.label.of(lang), outcome.words.subject.of(lang)
        brackets = f"（{subject}）" if lang == "zh" else f" ({subject})"
        name = label + (brackets if ".members" in outcome.of else "")
        found[outcome.name, name.lower()] = [
            wording.status(outcome.status).of(lang),
            outcome.text(lang),
        ]
    return found


def differences(page: Page, rules: Ruleset, case: Any, lang: Any) -> list[Any]:
    """What a page shows otherwise than the rules say it; what it does not tell is passed over."""
    said = expected(rules, case, lang)
    untold = {"暂不能得出结果", "not told"}
    return [
        (shown, said.get((shown[0], shown[1].lower())))
        for shown in settled(page)
        if shown[2] not in untold and said.get((shown[0], shown[1].lower())) != shown[2:]
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_typed_is_answered(page: Page, folder: Path, lang: Any) -> None:
    """By the keyboard alone: a range, an amount, a member, a mistake, another day."""
    rules = policyrules.load(RIVER)
    opened(page, folder, rules, lang)
    words = {
        "en": ("income", "Add a member", "tekun"),
        "zh": ("家庭月收入", "增加成员", "特困人员"),
    }
    income, add, tekun = words[lang]
    case: dict[str, Any] = {"on": ON, "household": {"members": [{}]}}
    page.locator("input[type=date]").first.fill(ON)
    assert differences(page, rules, case, lang) == []

    field = page.get_by_label(income, exact=True)
    field.focus()
    page.keyboard.type("1,200.50")
    case["household"]["income"] = "1200.50"
    assert differences(page, rules, case, lang) == []
    page.get_by_role("button", name=add).focus()
    page.keyboard.press("Enter")
    case["household"]["members"].append({})
    assert differences(page, rules, case, lang) == []
    choice = page.get_by_role("group", name=tekun).nth(1).get_by_role("radio").first
    choice.focus()
    page.keyboard.press("ArrowDown")
    case["household"]["members"][1] = {"tekun": True}
    assert differences(page, rules, case, lang) == []

    field.fill("1,20")
    assert settled(page) == []
    assert field.get_attribute("aria-invalid") == "true"
    described = str(field.get_attribute("aria-describedby")).split()
    problem = page.locator(f"[id='{described[1]}']")
    with pytest.raises(InputError) as error:
        rules.evaluate({"household": {"income": "1,20"}}, ON)
    assert problem.text_content() == error.value.diagnostics[0].message(lang)
    field.fill("300")
    page.locator("input[type=date]").first.fill("2021-12-31")
    case |= {"on": "2021-12-31", "household": case["household"] | {"income": 300}}
    assert differences(page, rules, case, lang) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_to_ask_next_leads_to_its_field(page: Page, folder: Path) -> None:
    """A link of an outcome puts the cursor into the field that it names."""
    opened(page, folder, policyrules.load(RIVER), "en", only="dibao payment")
    page.locator(".pc-needs a").first.click()

    assert page.evaluate("document.activeElement.labels[0].textContent") == "income"


def test_a_link_carries_the_answers(page: Page, folder: Path, browser: Browser) -> None:
    """Whoever opens it sees the same form and result; what is no answer in it is passed over."""
    rules = policyrules.load(RIVER)
    address = opened(page, folder, rules, "en")
    page.locator("input[type=date]").first.fill(ON)
    page.get_by_label("income", exact=True).fill("500 & more?")
    page.get_by_label("income", exact=True).fill("12,000 yuan per year")
    page.get_by_role("button", name="Add a member").click()
    before = settled(page)
    page.get_by_role("button", name="Link with these answers").click()
    link = page.get_by_label("The link with these answers").input_value()
    assert link.startswith(f"{address}#")

    other = browser.new_page()
    other.goto(link)
    assert settled(other) == before
    assert other.get_by_label("income", exact=True).input_value() == "12,000 yuan per year"
    strange = '{"home":{"income":["x"]},"people":7}'
    for odd in ("calculator=%7B", "calculator=5", f"calculator={strange}"):
        other.goto(f"{address}#{odd}")
        other.reload()
        assert len(settled(other)) == 4
    other.close()


def test_several_on_one_page(page: Page, folder: Path) -> None:
    """Calculators of one ruleset and of two languages keep their answers apart."""
    rules = policyrules.load(RIVER)
    whole = rules.calculator("dibao payment", ON)
    parts = [
        rules.calculator(only, ON, lang=lang, page=False)
        for only, lang in (("temporary relief", "en"), ("dibao payment", "zh"))
    ]
    file = folder / "several.html"
    file.write_text(whole.replace("</main>", "".join([*parts, "</main>"])), "utf-8")
    page.goto(file.as_uri())
    page.get_by_label("家庭月收入", exact=True).fill("0")

    shown = settled(page)
    assert [each[0] for each in shown] == ["dibao payment", "temporary relief", "dibao payment"]
    assert (shown[0][3], shown[2][3]) == ("0 to 700 yuan per month", "700元/月")


def test_a_plot_tells_what_the_rules_say(page: Page, folder: Path) -> None:
    """The ends of every line of its table, with the cliff at the standard; and the drawing."""
    rules = policyrules.load(RIVER)
    opened(page, folder, rules, "en", only="dibao payment", on=ON)
    page.locator(".pc-plot summary").click()
    page.wait_for_timeout(1500)
    rows = [
        [cell.inner_text() for cell in row.locator("th, td").all()]
        for row in page.locator(".pc-told tbody tr").all()
    ]

    ends = [end for row in rows for end in zip(row[0].split(" to "), row[1:], strict=True)]
    assert ("699.99", "eligible, 280 yuan per month") in ends
    assert ("700", "not eligible") in ends
    for income, said in ends:
        case = {"household": {"income": income, "members": [{}]}}
        outcome = rules.evaluate(case, ON)["dibao payment"]
        assert said == ", ".join(filter(None, [outcome.status, outcome.text()]))
    assert page.locator(".pc-plot .pc-jump").count() > 0
    assert page.locator(".pc-plot svg").get_attribute("aria-label")


def test_what_no_document_states_can_be_filled_in(page: Page, folder: Path) -> None:
    """It counts, the reasons say whose figure it is, and a mistake is told at its field."""
    rules = policyrules.load("cn.gansu.qingyang")
    opened(page, folder, rules, "zh", only="tekun living allowance", on="2022-08-01")
    fields = page.get_by_role("group", name="文件未载明的标准").get_by_role("textbox")
    before = settled(page)
    for field in fields.all():
        field.fill("900")
    page.evaluate(OPEN.replace("'details'", "'.pc-reasons details'"))
    after = settled(page)
    reasons = "".join(line for part in page.evaluate(REASONS) for line in part)

    assert before != after
    assert "900（文件未载明，按填写的计算）" in reasons
    fields.first.fill("x")
    assert settled(page) == []
    assert fields.first.get_attribute("aria-invalid") == "true"


@pytest.mark.parametrize(("lang", "scheme"), [("en", "dark"), ("zh", "light")])
def test_everybody_can_use_it(browser: Browser, folder: Path, lang: Any, scheme: Any) -> None:
    """Axe finds nothing serious, with all parts open, answers right and wrong."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 740})
    page = context.new_page()
    opened(page, folder, policyrules.load(RIVER), lang)
    page.locator("input[inputmode=decimal]").nth(1).fill("x")
    page.locator("input[inputmode=decimal]").first.fill("400")
    page.wait_for_timeout(200)
    broken = Axe().run(page).response["violations"]
    page.locator("input[inputmode=decimal]").nth(1).fill("5")
    page.wait_for_timeout(200)
    page.evaluate(OPEN)
    page.wait_for_timeout(1500)
    found = broken + Axe().run(page).response["violations"]

    grave = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in grave] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def answers(rules: Ruleset, facts: dict[str, Any]) -> dict[str, str]:
    """Facts as a form holds them, each under its own name."""
    names = {item.name for item in (*rules.program.inputs, AGE, BIRTH_DATE)}
    texts = {True: "yes", False: "no"}
    return {
        name: texts[value] if isinstance(value, bool) else "none" if value == NEVER else str(value)
        for name, value in facts.items()
        if name in names and value is not None and not isinstance(value, list | dict)
    }


def state_of(rules: Ruleset, case: dict[str, Any], on: date) -> dict[str, Any]:
    """What the form of a page holds for a case."""
    given = plainly(case)
    home = answers(rules, given["household"])
    people = [answers(rules, each) for each in given["members"] or []]
    return {"on": on.isoformat(), "home": home, "people": people, "parameters": {}}


def case_of(rules: Ruleset, state: dict[str, Any]) -> dict[str, Any]:
    """The case that such a form tells."""
    about = rules.program.about
    if about == "person":
        return {"on": state["on"], "person": (state["people"] or [{}])[0]}
    if about == "case":
        return {"on": state["on"], "case": state["home"]}
    members = {"members": state["people"]} if state["people"] else {}
    return {"on": state["on"], "household": state["home"] | members}


def all_of(steps: list[Any]) -> Iterator[Any]:
    """Steps, and those inside them that are the rule's own."""
    for step in steps:
        yield step
        if step["role"] not in ("rule", "path"):
            yield from all_of(step["because"])


def unlike(page: Page, rules: Ruleset, case: Any) -> list[Any]:
    """Decided outcomes of which a page names another case, or another failing, than `explain`."""
    page.evaluate(OPEN.replace("'details'", "'.pc-reasons details'"))
    page.wait_for_timeout(150)
    told = {lines[0]: lines[1:] for lines in page.evaluate(REASONS)}
    found = []
    for outcome in rules.evaluate(case).values():
        if outcome.what != "benefit" or outcome.status not in ("eligible", "not eligible"):
            continue
        subject = outcome.words.subject.of("zh")
        brackets = f"（{subject}）" if ".members" in outcome.of else ""
        lines = told.get(f"理由：{outcome.words.label.of('zh')}{brackets}", [])
        steps: Any = outcome.explain("zh").to_dict()["because"]
        applied = {
            step["text"].removeprefix("适用").split("：")[0].split("（")[0].removeprefix("例外")
            for step in all_of(steps)
            if step["role"] in ("case", "exception") and not step["lost"] and step["value"]
        }
        named = {
            line.removeprefix("适用：").split("：")[0].split("（")[0]
            for line in lines
            if line.startswith("适用：") and "不重复享受" not in line
        }
        if outcome.status == "eligible" and {each.strip("“”") for each in applied} != named:
            found.append((outcome.name, applied, named, lines))
        fails = any(line.startswith("不符合：") for line in lines)
        failing = any(
            step["role"] in ("condition", "all", "any") and step["value"] is False for step in steps
        )
        if fails != (failing and outcome.status == "not eligible"):
            found.append((outcome.name, outcome.status, lines, [step["text"] for step in steps]))
    return found


@pytest.mark.parametrize("name", [*bundled_ids(), *OTHERS])
def test_written_rulesets(page: Page, folder: Path, name: str) -> None:
    """Every one loads and shows of cases with gaps what the rules say, its reasons included."""
    rules = Ruleset(ruleset_of(name)[0])
    address = opened(page, folder, rules, "zh")
    told = 0
    for case, on in drawn_cases(name, "pages", CASES):
        state = state_of(rules, case, on)
        try:
            rules.evaluate(case_of(rules, state))
        except InputError:
            continue
        page.goto(f"{address}#{urlencode({'calculator': json.dumps(state)})}")
        assert differences(page, rules, case_of(rules, state), "zh") == [], state
        assert unlike(page, rules, case_of(rules, state)) == [], state
        told += len(settled(page))
    assert told > 0 or name == "cn.common"  # which has no rules
