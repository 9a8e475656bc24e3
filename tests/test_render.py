"""Findings as text with carets and as data."""

import pytest

from policyrules.catalogue import CATALOGUE, Entry
from policyrules.diagnostics import Diagnostic, Label, visible
from policyrules.render import MOST_RELATED, pad, render, render_all, to_dict, width
from policyrules.source import Source, Span, Text


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two entries that no real check uses, so that wording may change freely."""
    error = Entry(
        Text("t", "标题"),
        Text("unknown name `{name}`", "未知的名称“{name}”"),
        Text("not declared", "未声明"),
        Text("did you mean `{near}`?", "是否为“{near}”？"),
    )
    warning = Entry(Text("t", "标题"), Text("unused", "未使用"), severity="warning")
    monkeypatch.setitem(CATALOGUE, "PR001", error)
    monkeypatch.setitem(CATALOGUE, "PR002", warning)


def found(text: str, word: str, **more: tuple[Label, ...]) -> Diagnostic:
    """A finding at the first place where `word` stands in `text`."""
    start = text.index(word)
    span = Span(Source("a.rules", text), start, start + len(word))
    return Diagnostic("PR001", span, {"name": word, "near": "income"}, **more)


def test_excerpt() -> None:
    """An error shows its code, place, line, carets, label and hint."""
    shown = render(found("rule a\n  = incme + 1\n", "incme"))

    assert shown == (
        "error[PR001]: unknown name `incme`\n"
        " --> a.rules:2:5\n"
        "  |\n"
        "2 |   = incme + 1\n"
        "  |     ^^^^^ not declared\n"
        "  = hint: did you mean `income`?"
    )


def test_excerpt_in_chinese() -> None:
    """Chinese wording; carets are as wide as the wide characters above them."""
    shown = render(found("    条件  家庭收人低于 700", "家庭收人"), "zh")

    assert shown == (
        "错误[PR001]：未知的名称“家庭收人”\n"
        " --> a.rules:1:9\n"
        "  |\n"
        "1 |     条件  家庭收人低于 700\n"
        "  |           ^^^^^^^^ 未声明\n"
        "  = 提示：是否为“income”？"
    )


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("x", 0),
        ("　x", 2),
        ("\tx", 4),
        ("ab\tx", 4),
        ("中\tx", 4),
        ("abcd\tx", 8),
        ("e\u0301x", 1),
        ("Ａ：x", 4),
        ("\x1bx", 1),
        ("“x", 1),
    ],
)
def test_caret_stands_under_its_character(line: str, column: int) -> None:
    """Tabs, full-width, combining and unprintable characters before it do not move the caret."""
    _, _, _, shown, carets, _ = render(found(line, "x")).splitlines()

    assert width(shown[: shown.index("x")]) == len("1 | ") + column
    assert carets.index("^") == len("1 | ") + column
    assert carets.count("^") == 1


def test_tab_inside_a_marked_part() -> None:
    """A tab that is itself marked gets as many carets as blanks."""
    carets = render(found("ab\tc", "b\tc")).splitlines()[4]

    assert carets.count("^") == len("b") + 2 + len("c")


def test_span_over_lines_marks_the_first() -> None:
    """A span that goes on over the line end is marked up to the end of its first line."""
    carets = render(found("define a\n  1 +\n", "a\n  1")).splitlines()[4]

    assert carets == "  |        ^ not declared"


@pytest.mark.parametrize("text", ["", "ab", "ab\n"])
def test_place_at_the_end(text: str) -> None:
    """What is missing at the end of a file is marked by one caret behind the text."""
    span = Span(Source("a.rules", text), len(text), len(text))
    lines = render(Diagnostic("PR002", span)).splitlines()

    assert lines[0] == "warning[PR002]: unused"
    assert lines[-1].count("^") == 1


def test_related_label_has_its_own_excerpt() -> None:
    """The earlier declaration is shown below, line numbers aligned to the widest."""
    text = "x = 1\n" + "\n" * 9 + "incme = 2\n"
    source = Source("a.rules", text)
    earlier = Label(Span(source, 0, 1), Text("first here", "首次出现"))
    shown = render(found(text, "incme", related=(earlier,)))

    assert shown.splitlines()[1:] == [
        "  --> a.rules:11:1",
        "   |",
        "11 | incme = 2",
        "   | ^^^^^ not declared",
        "  ::: a.rules:1:1",
        "   |",
        " 1 | x = 1",
        "   | - first here",
        "   = hint: did you mean `income`?",
    ]


def test_path_of_a_case() -> None:
    """A problem in a case names the path, and has no excerpt."""
    diagnostic = Diagnostic("PR001", "household.members[2].agee", {"name": "agee", "near": "age"})

    assert render(diagnostic) == (
        "error[PR001]: household.members[2].agee: unknown name `agee`\n"
        "  = hint: did you mean `age`?"
    )
    assert render(diagnostic, "zh").startswith("错误[PR001]：household.members[2].agee：未知的名称")


def test_colour_only_when_asked() -> None:
    """Without colour there is no escape; with it, taking the escapes out gives the same text."""
    diagnostic = found("a = incme", "incme")
    plain, coloured = render(diagnostic), render(diagnostic, colour=True)

    assert "\x1b" not in plain
    assert coloured.count("\x1b[0m") > 2
    stripped = coloured
    for code in ("[0m", "[1m", "[31m", "[34m"):
        stripped = stripped.replace("\x1b" + code, "")
    assert stripped == plain


def test_words_of_the_user_cannot_steer_the_terminal() -> None:
    """Escape characters and lone surrogates of the input are written out."""
    diagnostic = Diagnostic("PR001", "a\x1b[2J", {"name": "\ud800\u202e", "near": "b"})
    shown = render(diagnostic)

    assert shown.encode("utf-8")
    assert "\x1b" not in shown
    assert "\\u001b[2J" in shown
    assert "\\ud800\\u202e" in shown


def test_several_findings() -> None:
    """Findings with an excerpt stand apart by an empty line; those of a case do not."""
    excerpt, path = found("incme", "incme"), Diagnostic("PR002", "on")

    assert "\n\nerror" in render_all([excerpt, excerpt])
    assert render_all([path, path]) == "warning[PR002]: on: unused\nwarning[PR002]: on: unused"
    assert render_all([]) == ""


def test_data_for_editors() -> None:
    """Places count from 1 in characters, and every wording is there in both languages."""
    text = "家\n收人 = 1"
    label = Label(Span(Source("a.rules", text), 0, 1), Text("here", "此处"))

    assert to_dict(found(text, "收人", related=(label,))) == {
        "code": "PR001",
        "severity": "error",
        "message": {"en": "unknown name `收人`", "zh": "未知的名称“收人”"},
        "label": {"en": "not declared", "zh": "未声明"},
        "hint": {"en": "did you mean `income`?", "zh": "是否为“income”？"},
        "file": "a.rules",
        "line": 2,
        "column": 1,
        "end": {"line": 2, "column": 3},
        "related": [
            {
                "label": {"en": "here", "zh": "此处"},
                "file": "a.rules",
                "line": 1,
                "column": 1,
                "end": {"line": 1, "column": 2},
            }
        ],
    }
    assert to_dict(Diagnostic("PR002", "household.income"))["path"] == "household.income"


def test_width_and_padding() -> None:
    """Padding counts display columns; what is too long stays whole."""
    assert width("低保a") == 5
    assert pad("低保", 6) == "低保  "
    assert pad("低保", 3) == "低保"
    assert visible("a\u3000b 低") == "a\u3000b 低"


def test_further_places_are_counted() -> None:
    """Of many related places the first are shown, and how many follow."""
    text = "incme\n" * 30
    places = [Span(Source("a.rules", text), start, start + 5) for start in range(0, 180, 6)]
    related = tuple(Label(place, Text("also", "此处")) for place in places)

    shown = render(found(text, "incme", related=related))
    assert shown.count("::: ") == MOST_RELATED
    assert "\n   = and 10 more places\n" in shown
    assert "另有10处未列出" in render(found(text, "incme", related=related), "zh")
    assert "more places" not in render(found(text, "incme", related=related[:MOST_RELATED]))
