"""Mistakes that authors make, and what they are told: `diagnostics/PRnnn_….rules` with its text.

A line of a rule file that is wrong names the codes that it gets in a comment; the text beside the
file is the rendering in English, then in Chinese. `pytest --update-golden` writes the texts anew.
"""

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from policyrules.catalogue import CATALOGUE
from policyrules.checks import examine
from policyrules.cli import main
from policyrules.compiler import compile_source
from policyrules.diagnostics import CompileError, Diagnostic, InputError
from policyrules.files import read_source
from policyrules.library import locate
from policyrules.render import render, render_all, width
from policyrules.source import Source, Span

FOLDER = Path(__file__).parent / "diagnostics"
PACKAGE = Path(__file__).parents[1] / "src" / "policyrules"
FILES = sorted(FOLDER.glob("PR*.rules"))
EXPECTED = re.compile(r"PR\d{3}")
# These are about files and folders, not about what stands in a file.
OF_FILES = {"PR212", "PR213", "PR214", "PR248", "PR249"}
# These are about files that are too long to be read as a golden text: `test_hostile_rules.py`,
# `test_conflicts.py`.
OF_SIZE = {"PR141", "PR142", "PR143", "PR144", "PR245", "PR250", "PR588", "PR592", "PR594", "PR903"}
# This one is about what is installed beside policyrules.
OF_THE_MACHINE = {"PR570"}
# This one is about what is asked of a ruleset.
OF_A_CALL = {"PR564"}

names = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are named as from within the folder, wherever the checkout is."""
    monkeypatch.chdir(FOLDER)


def findings(file: Path) -> tuple[Diagnostic, ...]:
    """Everything that is found in a rule file, its checks and examples included."""
    source = Source(file.name, file.read_text(encoding="utf-8"))
    try:
        return examine(compile_source(source, Path()), examples=True).diagnostics
    except CompileError as error:
        return error.diagnostics


def span(found: Diagnostic) -> Span:
    """The place of a finding in a rule file."""
    assert isinstance(found.place, Span)
    return found.place


def expected(file: Path) -> list[tuple[int, str]]:
    """The lines that are wrong with the codes that their comments name."""
    return sorted(
        (number, code)
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        for code in EXPECTED.findall(line.rpartition("#")[2])
    )


@names
def test_each_mistake_is_found_once(file: Path) -> None:
    """The planted mistakes are found, each once and in its line, and nothing else is."""
    found = sorted(
        (item.place.source.position(item.place.start)[0], item.code)
        for item in findings(file)
        if isinstance(item.place, Span)
    )

    assert found == expected(file)


@names
def test_wording(file: Path, update_golden: bool) -> None:
    """A finding reads as the text beside the rule file has it, in both languages."""
    found = findings(file)
    text = f"{render_all(found, 'en')}\n\n{render_all(found, 'zh')}\n"
    golden = file.with_suffix(".txt")
    if update_golden:
        golden.write_text(text, encoding="utf-8")

    assert text == golden.read_text(encoding="utf-8")


@names
def test_file_is_named_after_its_code(file: Path) -> None:
    """The code in a file's name is among those that its comments name."""
    assert file.name[:5] in {code for _, code in expected(file)}


@names
def test_carets_stand_under_the_words(file: Path) -> None:
    """The carets are as far right and as wide, in display columns, as the words they mean."""
    for item in findings(file):
        place = span(item)
        number, column = place.source.position(place.start)
        line = place.source.line(number)
        words = line[column - 1 : column - 1 + place.end - place.start].replace("\u200b", "\ufffd")
        shown = render(item, "zh").split("\n")
        carets = next(row for row in shown if re.match(r" +\| +\^|  *\| \^", row))
        gutter = carets.index("|") + 2

        assert carets.index("^") - gutter == width(line[: column - 1].replace("\u200b", "\ufffd"))
        assert carets.count("^") == max(1, width(words))


def test_every_code_has_a_file() -> None:
    """Each code about rule files is provoked by a file here."""
    codes = {code for code in CATALOGUE if code[2] in "123459"}

    assert {
        file.name[:5] for file in FILES
    } == codes - OF_FILES - OF_SIZE - OF_THE_MACHINE - OF_A_CALL


def test_every_text_has_a_file() -> None:
    """No text is left over from a rule file that is gone."""
    assert {text.stem for text in FOLDER.glob("*.txt")} == {file.stem for file in FILES}


def test_texts_are_in_both_languages() -> None:
    """Wording in English has no Chinese in it outside what it quotes; Chinese wording has some."""
    quoted = re.compile(r"`[^`]*`|“[^”]*”|\{\w+\}")
    for code, entry in CATALOGUE.items():
        for text in (entry.title, entry.message, entry.label, entry.hint):
            assert not re.search("[一-鿿]", quoted.sub("", text.of("en"))), code
            assert bool(text.en) == bool(text.zh), code


def reports() -> Iterator[tuple[str, set[str]]]:
    """Each code that a module reports, with the facts that stand in the call; `…` for others."""
    for module in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                code = node.args[0] if node.args else None
                if isinstance(code, ast.Constant) and EXPECTED.fullmatch(str(code.value)):
                    names = {keyword.arg or "…" for keyword in node.keywords}
                    written = [each for each in node.args if isinstance(each, ast.Dict)]
                    keys = {ast.literal_eval(key) for each in written for key in each.keys if key}
                    named = {"…" for each in node.args[2:] if isinstance(each, ast.Name)}
                    found = names | keys | named
                    yield str(code.value), {"…" if name == "facts" else name for name in found}


def test_reports_fill_their_wording() -> None:
    """A report gives every fact that the wording of its code asks for."""
    for code, given in reports():
        entry = CATALOGUE[code]
        texts = [entry.message, entry.label, *([] if "hint" in given else [entry.hint])]
        asked = {
            name
            for text in texts
            for half in (text.of("en"), text.of("zh"))
            for _, name, _, _ in Formatter().parse(half)
            if name
        }

        assert asked <= given or "…" in given, code


def test_no_such_ruleset() -> None:
    """A name that is neither a file nor a bundled ruleset lists the bundled ones."""
    with pytest.raises(CompileError) as caught:
        locate("cn.nowhere")

    (found,) = caught.value.diagnostics
    assert found.code == "PR212"
    assert "cn.common" in found.remedy("zh")
    assert render(found, "zh").startswith("错误[PR212]：cn.nowhere：没有名为“cn.nowhere”的")


def test_file_that_is_no_text(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused as such."""
    file = tmp_path / "a.rules"
    file.write_bytes("规则集 a".encode("gb18030"))
    with pytest.raises(CompileError) as caught:
        read_source(file)

    (found,) = caught.value.diagnostics
    assert found.code == "PR213"
    assert found.message("zh").endswith("不是UTF-8文本")


def test_folder_with_two_rulesets(tmp_path: Path) -> None:
    """A folder in which no single ruleset is the main one names those it might be."""
    (tmp_path / "a.rules").write_text("ruleset a\n", encoding="utf-8")
    (tmp_path / "b.rules").write_text("ruleset b\n", encoding="utf-8")
    with pytest.raises(CompileError) as caught:
        locate(tmp_path)

    (found,) = caught.value.diagnostics
    assert found.code == "PR214"
    assert found.message("en").endswith("found: a.rules, b.rules")


@pytest.mark.parametrize("error", [CompileError, InputError])
def test_errors_reach_another_process(error: type[CompileError | InputError]) -> None:
    """An error comes whole out of a pool of workers, which would wait for ever otherwise."""
    with pytest.raises(CompileError) as caught:
        compile_source(Source("a.rules", "ruleset test.a\ndefine sum of person: yuan\n    costs\n"))
    sent = error(caught.value.diagnostics)
    received = pickle.loads(pickle.dumps(sent))  # noqa: S301 - written two words before

    assert type(received) is error
    assert received.diagnostics == sent.diagnostics
    assert str(received) == str(sent)
    assert render(received.diagnostics[0], "zh") == render(sent.diagnostics[0], "zh")


def test_case_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A case that cannot be read is a finding with the path of its file."""
    assert main(["eval", "example.river_city", "nowhere.json", "--lang", "zh"]) == 1

    assert "错误[PR630]：nowhere.json：" in capsys.readouterr().err


def test_every_code_of_a_case_has_a_test() -> None:
    """Each code about cases is provoked by a test in this folder."""
    tests = "".join(file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py"))

    assert {code for code in CATALOGUE if code.startswith("PR6")} <= set(EXPECTED.findall(tests))
