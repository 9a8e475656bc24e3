"""The documentation site: its search finds Chinese wordings and English words."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from test_calculator_browser import CHROMIUM, differences

import policyrules
from policyrules.library import bundled_ids

ROOT = Path(__file__).parents[1]
DOCS, SITE = ROOT / "docs", ROOT / "site"
TEXTS = [
    "低保标准的2至10倍",
    "the Dibao standard, 90% up to 30000 yuan",
    "年度限额3万元 snake_case PR101",
    "救",
    "",
]


ON = "2023-08-01"
BARRED = ("serious", "critical")
# The page that a search puts first.
BEST = {
    "低保标准的2至10倍": "reference/language/amounts.html",
    "渐退期": "reference/language/months-of-payment.html",
    "临时救助": "generated/rulesets/relief.html",
    "dibao": "generated/rulesets/dibao.html",
    "枞阳": "generated/rulesets/cn.unnamed_city.zongyang.zh.html",
}


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What cuts a text into the words of the index."""
    monkeypatch.syspath_prepend(str(DOCS / "_ext"))
    import search_words

    return search_words.words


def test_chinese_is_cut_into_pairs(words: Any) -> None:
    """Asserts the words of an index: overlapping pairs of Chinese, and words in lower case."""
    assert words(TEXTS[0]) == ["低保", "保标", "标准", "准的", "2", "至", "10", "倍"]
    assert words("Dibao 临时救助") == ["dibao", "临时", "时救", "救助"]
    assert words(TEXTS[3]) == ["救"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is called
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of the site that `make docs` has built, served on this machine alone."""
    assert (SITE / "index.html").exists(), "run make docs before"
    handler = functools.partial(Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def page() -> Iterator[Page]:
    """A page of Chromium, of which nothing may be heard on the console."""
    heard: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = browser.new_page()
        found.on("console", lambda message: heard.append(message.text))
        found.on("pageerror", lambda error: heard.append(str(error)))
        yield found
        browser.close()
    assert heard == []


def found(page: Page, site: str, query: str) -> list[str]:
    """The pages that a search finds, best first."""
    page.goto(f"{site}/search.html?q={query}")
    page.wait_for_selector("#search-results ul.search li")
    links = page.locator("#search-results ul.search > li > a").all()
    return [re.split("[?#]", str(link.get_attribute("href")))[0] for link in links]


@pytest.mark.slow
def test_the_right_page_is_found_first(page: Page, site: str, words: Any) -> None:
    """Asserts which page a search puts first, and that queries are cut as the index is."""
    best = {query: found(page, site, query)[0] for query in BEST}

    assert best == BEST
    for text in TEXTS:
        assert page.evaluate("text => splitQuery(text)", text) == words(text), text


@pytest.mark.slow
def test_the_calculators_of_jurisdictions_say_what_their_rules_say(page: Page, site: str) -> None:
    """Asserts the outcomes of empty forms on the pages of all rulesets, in both languages."""
    case = {"on": ON, "household": {"members": [{}]}}
    for name in bundled_ids():
        rules = policyrules.load(name)
        for lang, ending in (("en", ""), ("zh", ".zh")):
            page.goto(f"{site}/generated/rulesets/{name}{ending}.html")
            days = page.locator("input[type=date]")
            assert (days.count() > 0) == bool(rules.describe()["benefits"])
            if days.count():
                days.first.fill(ON)
                assert differences(page, rules, case, lang) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["index", "generated/rulesets/example.river_city.zh"])
def test_everybody_can_read_the_site(page: Page, site: str, name: str) -> None:
    """Asserts that axe finds nothing serious."""
    page.goto(f"{site}/{name}.html")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]

    assert [each["id"] for each in found if each["impact"] in BARRED] == []
