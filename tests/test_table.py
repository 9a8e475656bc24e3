"""Files of populations: what is written is what `Ruleset.columns` gives, however rows stand."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import policyrules
from policyrules.cli import main
from policyrules.ir.serial import checksum

ON = "2023-08-01"
CITY = "example.river_city"
MEDICAL, DIBAO = "medical assistance", "dibao payment"
STAY = {
    "tekun": "no",
    "dibao recipient": "yes",
    "patient impoverished by illness": "no",
    "cause of stay": "major illness",
    "out-of-pocket cost": "60000",
    "medical assistance paid this year": "0",
}
HOME = {"income": "300", "disaster hardship": "no"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of a test are in a folder of their own; the locale is English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def saved(name: str, rows: list[dict[str, Any]], encoding: str = "utf-8") -> str:
    """The name of a new CSV file with rows; nothing is an empty cell."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    with Path(name).open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)
    return name


def drawn(households: int, seed: int = 1) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Persons in any order, some with gaps and mistakes, and their households in another."""
    draw = random.Random(seed)  # noqa: S311 - nothing is secret
    persons: list[dict[str, Any]] = []
    homes = []
    for number in range(households):
        key = f"H{number:03}"
        homes.append({"household": key, **HOME, "income": draw.choice(["300", "900", "", "1e9"])})
        for _ in range(draw.randint(0, 3)):
            changed = {
                "cause of stay": draw.choice(["重特大疾病", "other illness", "", "flu"]),
                "out-of-pocket cost": draw.choice(["123.45", "6万元", "60000", "", "-1"]),
                "tekun": draw.choice(["是", "否", "TRUE", "false", "no", "", "maybe"]),
            }
            wide = draw.random() < 0.5
            persons.append({"household": key, **STAY, **(changed if wide else {})})
    persons += [{"household": "", **STAY}, {"household": "nobody", **STAY}]
    draw.shuffle(persons)
    draw.shuffle(homes)
    return [{"id": str(place), **row} for place, row in enumerate(persons)], homes


def ran(*more: str, table: str = "persons.csv", out: str = "out.csv", expected: int = 0) -> None:
    """The command, with the day and the output."""
    assert main(["table", CITY, table, "--on", ON, "--out", out, *more]) == expected


def as_evaluated(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of CSV as `Ruleset.columns` takes them."""
    words = {"true": "yes", "false": "no"}
    return pl.DataFrame(
        [
            {
                name: (words.get(cell.lower(), cell) or None if name != "id" else cell)
                for name, cell in row.items()
            }
            for row in rows
        ]
    )


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with Path(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def outcomes(name: str) -> pl.DataFrame:
    """The columns of outcomes in a Parquet file."""
    frame = pl.read_parquet(name)
    return frame.select(
        head for head in frame.columns if head.startswith((f"{MEDICAL}: ", f"{DIBAO}: "))
    )


@pytest.mark.parametrize("block", ["9", "1000"])
def test_what_is_written_is_what_columns_gives(
    block: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asserts every outcome and error of rows in any order, by blocks of any size."""
    persons, homes = drawn(40)
    saved("persons.csv", persons)
    saved("homes.csv", homes)
    asked = ["--only", MEDICAL, DIBAO, "--households", "homes.csv", "--block", block, "--json"]

    ran(*asked, "--out-households", "homes.parquet", out="out.parquet", expected=1)

    frames = as_evaluated(persons), as_evaluated(homes)
    found = policyrules.load(CITY).columns(*frames, on=ON, only=[MEDICAL, DIBAO], errors="null")
    assert outcomes("out.parquet").equals(found.persons.drop(frames[0].columns))
    assert outcomes("homes.parquet").equals(found.households.drop(frames[1].columns))
    assert pl.read_parquet("out.parquet")["id"].to_list() == [row["id"] for row in persons]
    told = rows_of("out.parquet.errors.csv")
    assert sorted((row["table"], int(row["row"]), row["code"]) for row in told) == sorted(
        (bad.table, bad.row + 1, bad.problem.code) for bad in found.bad
    )
    data = json.loads(capsys.readouterr().out)
    assert data["rows"] == {"person": len(persons), "household": len(homes)}
    assert data["in_error"] == len({(bad.table, bad.row) for bad in found.bad})
    statuses = found.persons[f"{MEDICAL}: status"].fill_null("not evaluated").to_list()
    by_name = {each["benefit"]: each for each in data["benefits"]}
    assert by_name[MEDICAL]["statuses"] == {name: statuses.count(name) for name in set(statuses)}
    paid = found.households.filter(pl.col(f"{DIBAO}: status").is_in(["eligible", "undetermined"]))
    for end in ("low", "high"):
        ends, told_end = paid[f"{DIBAO}: {end}"], by_name[DIBAO]["cost"][end]
        assert (None if ends.null_count() else sum(ends.to_list())) == (
            told_end and Decimal(told_end)
        )
    assert not Path("out.parquet.parts").exists()
    assert not list(Path().glob("*.part"))


def test_chinese_headers_quotes_and_encodings(folder: Path) -> None:
    """Asserts one result with and without mark of the byte order, in UTF-8, UTF-16 and GB 18030."""
    rows = [
        {
            "户": "甲",
            "备注": '张三，"老张",\n住院',
            "特困人员": "否",
            "低保对象": "是",
            "因病致贫重病患者": "否",
            "住院原因": "重特大疾病",
            "政策范围内个人自付费用": "6万元",
            "medical assistance paid this year": "0",
        }
    ]
    asked = ["--key", "户", "--only", "医疗救助"]
    written = []
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        saved("persons.csv", rows, encoding)
        given = [] if encoding == "utf-8" else ["--encoding", encoding]
        ran(*asked, *given)
        written.append(Path("out.csv").read_bytes())

    assert rows_of("out.csv")[0] == {
        **rows[0],
        f"{MEDICAL}: status": "eligible",
        f"{MEDICAL}: low": "30000.000000",
        f"{MEDICAL}: high": "30000.000000",
        f"{MEDICAL}: needs": "",
    }
    assert written[1] == b"\xef\xbb\xbf" + written[0]
    assert written[2] == written[3] == written[0]


def test_truths_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts the words for yes and no in any capitals, with blanks, and that 1 is refused."""
    words = ["是", "yes", "TRUE", " True ", "否", "NO", "false", "False", "", "  ", "1"]
    saved("persons.csv", [{"household": "a", **STAY}])
    told = [[{"household": str(n), **STAY, "tekun": word}] for n, word in enumerate(words)]
    saved("persons.csv", [row for rows in told for row in rows])

    ran("--only", MEDICAL, "--amounts", "fen", expected=1)

    statuses = [(row[f"{MEDICAL}: low"], row[f"{MEDICAL}: needs"]) for row in rows_of("out.csv")]
    assert statuses[:8] == [("3000000", "")] * 8
    assert statuses[8] == statuses[9]
    assert statuses[10] == ("", "")
    assert [(row["row"], row["code"]) for row in rows_of("out.csv.errors.csv")] == [("11", "PR602")]


def test_parquet_keeps_the_types_of_its_columns() -> None:
    """Asserts whole numbers of fen, truths, categories and columns that nobody reads."""
    frame = pl.DataFrame(
        {
            "household": pl.Series([2, 1, 2], dtype=pl.Int32),
            "tekun": [True, False, None],
            "dibao recipient": [True, True, True],
            "cause of stay": pl.Series(["major illness"] * 3, dtype=pl.Categorical),
            "out-of-pocket cost": [6000000, 12345, 1],
            "weight": [0.5, 1.5, 2.5],
            "tags": [["a"], [], None],
        }
    )
    frame.write_parquet("persons.parquet")
    homes = pl.DataFrame({"household": ["1", "2"], "income": ["300", "400"]})
    homes.write_parquet("homes.parquet")

    ran(
        "--only", MEDICAL, "--households", "homes.parquet", table="persons.parquet", out="o.parquet"
    )

    written = pl.read_parquet("o.parquet")
    assert written.select(frame.columns).equals(frame)
    assert written.select(frame.columns).schema == frame.schema
    found = policyrules.load(CITY).columns(
        frame.with_columns(pl.col("household").cast(pl.String)), homes, on=ON, only=[MEDICAL]
    )
    assert outcomes("o.parquet").equals(found.persons.drop(frame.columns))


def test_rules_of_persons_and_of_cases(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts rulesets without households: rows are blocks as they stand."""
    for about, subject in (("person", "person"), ("case", "case")):
        text = "ruleset test.simple\n    currency yuan\n"
        text += f"input cost of {subject}: yuan, at least 0\n"
        text += f"benefit half of {subject}: yuan, one-off\n    pays cost / 2\n"
        Path("simple.rules").write_text(text, encoding="utf-8")
        saved("rows.csv", [{"cost": str(number)} for number in range(25)])
        asked = ["--on", ON, "--out", "out.csv", "--amounts", "fen", "--block", "4", "--json"]

        assert main(["table", "simple.rules", "rows.csv", *asked]) == 0

        low = [int(row["half: low"]) for row in rows_of("out.csv")]
        assert low == [50 * number for number in range(25)]
        data = json.loads(capsys.readouterr().out)
        assert data["rows"] == {about: 25}
        assert data["benefits"][0]["cost"]["low"] == "150"


@pytest.mark.parametrize("amounts", ["decimal", "fen", "text", "parts"])
def test_the_cost_is_exact_in_every_form(amounts: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts sums without rounding, of amounts whose sum no machine integer of fen holds."""
    text = "ruleset test.sums\n    currency yuan\n"
    text += "input cost of person: yuan, at least 0\n"
    text += "benefit whole of person: yuan, one-off\n    pays cost\n"
    Path("sums.rules").write_text(text, encoding="utf-8")
    saved("rows.csv", [{"cost": "99999999999.99"}, {"cost": "0.01"}] * 4)

    asked = ["--on", ON, "--out", "out.parquet", "--amounts", amounts, "--block", "3", "--json"]
    assert main(["table", "sums.rules", "rows.csv", *asked]) == 0

    data = json.loads(capsys.readouterr().out)
    assert data["benefits"][0]["cost"] == {
        "low": "400000000000",
        "high": "400000000000",
        "unit": "yuan",
        "open": 0,
    }


def _started(*more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "policyrules", "table", CITY, "persons.csv", *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_a_run_that_was_killed_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts the same bytes after a kill in the middle, and that finished blocks are kept."""
    persons, homes = drawn(40)
    saved("persons.csv", persons)
    saved("homes.csv", homes)
    asked = ["--only", MEDICAL, DIBAO, "--households", "homes.csv", "--block", "4"]
    asked += ["--out-households", "homes_out.csv", "--json"]
    ran(*asked, out="whole.csv", expected=1)
    undisturbed = json.loads(capsys.readouterr().out)
    names = {"whole.csv": "out.csv", "whole.csv.errors.csv": "out.csv.errors.csv"}
    expected = [Path(name).read_bytes() for name in (*names, "homes_out.csv")]
    Path("homes_out.csv").unlink()

    started = _started("--on", ON, "--out", "out.csv", *asked)
    parts = Path("out.csv.parts")
    while len(list(parts.glob("*.tally.json"))) < 3:
        assert started.poll() is None
        time.sleep(0.01)
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert not Path("out.csv").exists()
    before = {path: path.stat().st_mtime_ns for path in parts.glob("*.tally.json")}
    assert before
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("policyrules.table_parts.Parts.remove", lambda *_: None)
        ran(*asked, expected=1)

    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert [Path(name).read_bytes() for name in (*names.values(), "homes_out.csv")] == expected
    found = json.loads(capsys.readouterr().out)
    assert {**found, "files": None} == {**undisturbed, "files": None}


def test_an_undisturbed_run_leaves_nothing_behind() -> None:
    """Asserts that beside the result there are the errors and nothing else."""
    saved("persons.csv", [{"household": "a", **STAY}])

    ran("--only", MEDICAL)

    assert {path.name for path in Path().iterdir()} == {
        "persons.csv",
        "out.csv",
        "out.csv.errors.csv",
    }
    assert rows_of("out.csv.errors.csv") == []


def _refused(capsys: pytest.CaptureFixture[str], *argv: str) -> list[str]:
    """The codes of the problems that a command is refused with, in both languages, as text."""
    for lang in ("en", "zh"):
        assert main([*argv, "--lang", lang]) == 1
        out, err = capsys.readouterr()
        assert not out
        assert "Traceback" not in err
    assert main([*argv, "--json"]) == 1
    return [problem["code"] for problem in json.loads(capsys.readouterr().out)["problems"]]


PLAIN = "household,tekun\na,yes\n"


def test_a_header_in_another_encoding_is_told_with_the_remedy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Asserts that the names of columns may be what is not UTF-8, as in every second office."""
    Path("persons.csv").write_bytes("household,特困人员\na,是\n".encode("gb18030"))
    argv = ["table", CITY, "persons.csv", "--out", "out.csv", "--on", ON]

    assert _refused(capsys, *argv) == ["PR666"]


def test_without_a_day_nothing_is_evaluated(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts that no file of millions of rows ends with an error in each of them."""
    Path("persons.csv").write_text(PLAIN, encoding="utf-8")

    assert _refused(capsys, "table", CITY, "persons.csv", "--out", "out.csv") == ["PR627"]
    assert [path.name for path in Path().iterdir()] == ["persons.csv"]


@pytest.mark.parametrize(
    ("content", "more", "code"),
    [
        (PLAIN, ["--on", "2023-13-01"], "PR615"),
        (PLAIN, ["--on", "dya"], "PR670"),
        (PLAIN, ["--key", "home"], "PR694"),
        (PLAIN, ["--only", "medical asistance"], "PR628"),
        (PLAIN, ["--encoding", "klingon"], "PR684"),
        (PLAIN, ["--encoding", "base64"], "PR684"),
        (PLAIN, ["--block", "0"], "PR686"),
        (PLAIN, ["--out", "persons.csv"], "PR671"),
        (PLAIN, ["--out", "./persons.csv"], "PR671"),
        (PLAIN, ["--out-households", "out.csv"], "PR671"),
        (PLAIN, ["--out-households", "out.csv.errors.csv"], "PR671"),
        (PLAIN, ["--households", "persons.csv"], "PR671"),
        (PLAIN, ["--out", "out.xlsx"], "PR664"),
        (PLAIN, ["--out", "."], "PR664"),
        (PLAIN, ["--out", "folder.csv"], "PR672"),
        (PLAIN, ["--out", "nowhere/out.csv"], "PR672"),
        (PLAIN, ["--households", "homes.csv"], "PR663"),
        ("", [], "PR669"),
        ("\n\n", [], "PR669"),
        ("household,tekun\n", [], "PR669"),
        ("household,tekun,tekun\na,yes,no\n", [], "PR668"),
        ("household,tekun\na,yes,no\n", [], "PR667"),
        ("household,tekun\na,yes\nb\n", [], "PR667"),
        ('household,tekun\na,"yes\nb,no\n', [], "PR679"),
        ('household,tekun\na,"' + "x" * 9_000_000 + '"\n', [], "PR679"),
        ("household,medical assistance: status\na,yes\n", [], "PR677"),
        ("household,特困人员,tekun\na,yes,no\n", [], "PR606"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_in_words(
    content: str, more: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asserts the code of each mistake, and that nothing is left behind."""
    Path("persons.csv").write_text(content, encoding="utf-8")
    Path("folder.csv").mkdir()
    argv = ["table", CITY, "persons.csv", "--out", "out.csv", "--on", ON, *more]

    assert _refused(capsys, *argv) == [code]
    assert {path.name for path in Path().iterdir()} <= {
        "persons.csv",
        "folder.csv",
        "out.csv.parts",
    }


@pytest.mark.parametrize("name", ["nothing.csv", ".", "persons.xlsx", "text.parquet", "a\0b.csv"])
def test_files_that_are_no_tables(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts one message for a missing file, a folder, a sheet and a file of another kind."""
    Path("persons.xlsx").write_bytes(b"PK")
    Path("text.parquet").write_bytes(b"household")

    codes = _refused(capsys, "table", CITY, name, "--out", "out.csv", "--on", ON)

    assert codes == [{"persons.xlsx": "PR664", "text.parquet": "PR665"}.get(name, "PR663")]


def test_another_encoding_is_told_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts the line of the first wrong byte and the option that reads it, far into a file."""
    rows = [{"household": str(number), "note": "x" * 50} for number in range(100_000)]
    saved("persons.csv", [*rows, {"household": "张"}], "gb18030")

    assert main(["table", CITY, "persons.csv", "--out", "out.csv", "--on", ON]) == 1

    told = capsys.readouterr().err
    assert "PR666" in told
    assert "line 100,002 is not text in utf-8" in told
    assert "--encoding gb18030" in told


def test_floats_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts that inputs and keys of floats are refused with the remedy; others are kept."""
    frame = pl.DataFrame({"household": ["a"], "out-of-pocket cost": [0.1]})
    frame.write_parquet("cost.parquet")
    pl.DataFrame({"household": [1.0]}).write_parquet("key.parquet")

    for name in ("cost.parquet", "key.parquet"):
        argv = ["table", CITY, name, "--out", "out.csv", "--on", ON]
        assert _refused(capsys, *argv) == ["PR690"]


def test_csv_cannot_hold_lists(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts that a column of lists is refused before anything is computed."""
    pl.DataFrame({"household": ["a"], "tags": [["b"]]}).write_parquet("tags.parquet")

    argv = ["table", CITY, "tags.parquet", "--out", "out.csv", "--on", ON]
    assert _refused(capsys, *argv) == ["PR678"]


def test_options_that_rules_without_households_do_not_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Asserts that tables of households are refused where rules are about persons."""
    text = "ruleset test.simple\n    currency yuan\ninput cost of person: yuan\n"
    text += "benefit half of person: yuan, one-off\n    pays cost / 2\n"
    Path("simple.rules").write_text(text, encoding="utf-8")
    saved("rows.csv", [{"cost": "1"}])
    argv = ["table", "simple.rules", "rows.csv", "--out", "out.csv", "--on", ON]

    for option in ("--households", "--out-households"):
        assert _refused(capsys, *argv, option, "homes.csv") == ["PR687"]


def test_parts_of_something_else_are_not_used(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts that other options, inputs or rules are told; no folder is overwritten."""
    saved("persons.csv", [{"household": "a", **STAY}])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("policyrules.table_parts.Parts.remove", lambda *_: None)
        ran("--only", MEDICAL)
    capsys.readouterr()
    argv = ["table", CITY, "persons.csv", "--out", "out.csv", "--on", ON, "--only", MEDICAL]

    assert _refused(capsys, *argv, "--amounts", "fen") == ["PR673"]
    saved("persons.csv", [{"household": "abc", **STAY}])
    assert main([*argv, "--lang", "en"]) == 1
    assert "since then other: table of persons" in capsys.readouterr().err
    ran("--only", MEDICAL, "--fresh")
    capsys.readouterr()
    assert rows_of("out.csv")[0]["household"] == "abc"

    Path("out.csv.parts").mkdir()
    Path("out.csv.parts/letters.txt").write_text("mine", encoding="utf-8")
    assert _refused(capsys, *argv, "--fresh") == ["PR674"]


def test_a_table_that_changes_meanwhile_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts that no result is made of two states of a file."""
    saved("persons.csv", [{"household": "a", **STAY}])

    def changing(self: object, *_: object) -> None:
        saved("persons.csv", [{"household": "bc", **STAY}])

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("policyrules.cli_progress.Silent.begin", changing)
        assert main(["table", CITY, "persons.csv", "--out", "out.csv", "--on", ON]) == 1

    assert "PR683" in capsys.readouterr().err
    assert not Path("out.csv").exists()


def test_two_runs_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts that a second run of the same result is refused while the first is at work."""
    from policyrules.table_parts import Parts

    saved("persons.csv", [{"household": "a", **STAY}])
    parts = Parts(Path("out.csv.parts"))
    parts.open({}, fresh=False)

    argv = ["table", CITY, "persons.csv", "--out", "out.csv", "--on", ON]
    assert _refused(capsys, *argv) == ["PR685"]
    parts.close()


def test_the_summary_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts what is printed for people."""
    saved("persons.csv", [{"household": "a", **STAY}, {"household": "b", **STAY, "tekun": "x"}])

    ran("--only", MEDICAL, DIBAO, "--lang", "en", expected=1)
    english = capsys.readouterr().out
    ran("--only", MEDICAL, DIBAO, "--lang", "zh", expected=1)

    assert (
        english
        == """\
2 persons, 2 households
rows in error: 1

dibao payment (households)
  undetermined   1
  not evaluated  1
  cost           0 to 700 yuan per month

medical assistance (persons)
  eligible       1
  not evaluated  1
  cost           30,000 yuan

written: out.csv
errors by row: out.csv.errors.csv
outcomes of households are not written; --out-households FILE writes them
"""
    )
    assert (
        capsys.readouterr().out
        == """\
2人，2户
有误的行：1

低保金（户）
  待定      1
  未能计算  1
  金额合计  0元/月至700元/月

医疗救助（人）
  符合条件  1
  未能计算  1
  金额合计  30,000元

已写入：out.csv
各行的错误：out.csv.errors.csv
未写出家庭的结果；如需写出，请加 --out-households 文件名
"""
    )


def test_columns_that_are_nearly_inputs_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Asserts a warning on standard error, and that the column is kept."""
    saved("persons.csv", [{"household": "a", **STAY, "tekunn": "yes"}])

    ran("--only", MEDICAL)

    assert "PR691" in capsys.readouterr().err
    assert rows_of("out.csv")[0]["tekunn"] == "yes"


def test_equal_rules_have_one_checksum() -> None:
    """Asserts that it does not depend on how the program was come by, and tells rules apart."""
    first, second = (policyrules.load(CITY, cache=cached).program for cached in (True, False))
    other = policyrules.load("cn.gansu.qingyang").program

    assert checksum(first) == checksum(second) != checksum(other)
