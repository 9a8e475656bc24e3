"""Cases that nobody meant to send: always a result or coded problems, in bounded time."""

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from pathlib import Path
from time import process_time, sleep
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_module import answer, written

import policyrules
from policyrules import cli_case
from policyrules.cli import main
from policyrules.diagnostics import InputError
from policyrules.render import render
from policyrules.results import Result

RULES = policyrules.load("example.river_city")
ON = "2023-08-01"
SECONDS = 2.0
MEMORY = 1_500_000_000  # bytes of addresses, of which the interpreter and the rules take a fifth
LONG = 10_000_000
MEMBER = "household.members[0]"


class Cause(StrEnum):
    """A category as some programs keep it."""

    MAJOR = "major illness"


class Size(IntEnum):
    """A number as some programs keep it."""

    ONE = 1


class Word(str):
    """A text of a class of the caller's."""

    __slots__ = ()


class Shouting(str):
    """A text whose methods fail."""

    __slots__ = ()

    def __hash__(self) -> int:
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __str__(self) -> str:
        raise RuntimeError

    def __len__(self) -> int:
        raise RuntimeError


class Whole(int):
    """A number whose methods fail."""

    def __lt__(self, other: object) -> bool:
        raise RuntimeError

    __le__ = __gt__ = __ge__ = __lt__

    def __abs__(self) -> int:
        raise RuntimeError


class Exact(Fraction):
    """A fraction whose parts fail."""

    @property
    def numerator(self) -> int:
        """It fails."""
        raise RuntimeError


class Indexed:
    """A number like the integers of NumPy."""

    def __init__(self, number: object) -> None:
        self.number = number

    def __index__(self) -> Any:
        return self.number


class Row(dict[str, object]):
    """An object of a class of the caller's."""


class Broken(Mapping[str, object]):
    """A mapping whose methods fail."""

    def __getitem__(self, key: str) -> object:
        raise RuntimeError

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError

    def __len__(self) -> int:
        raise RuntimeError


class Endless(Broken):
    """A mapping that never ends."""

    def items(self) -> Any:
        """One after another."""
        number = 0
        while True:
            number += 1
            yield f"name {number}", number


class Forever(list[object]):
    """A list that never ends."""

    def __iter__(self) -> Iterator[object]:
        while True:
            yield {}


class Liar:
    """An object that fails at whatever is asked."""

    @property
    def __class__(self) -> Any:
        raise RuntimeError

    @__class__.setter
    def __class__(self, value: object) -> None:
        raise RuntimeError

    def __repr__(self) -> str:
        raise RuntimeError


def outcome(case: Any, on: Any = ON) -> Result | list[tuple[str, str]]:
    """The result, or the codes and places of the problems, which can all be told; in good time.

    A module written from the rules says the same.
    """
    start = process_time()
    result, problems = None, ()
    try:
        result = RULES.evaluate(case, on)
    except InputError as error:
        problems, told = error.diagnostics, str(error)
    seconds = process_time() - start
    assert seconds < SECONDS
    told_by_module = answer(written(RULES.id), case, on)
    if result is not None:
        assert told_by_module == result.to_dict()
        assert result.to_text("zh")
        assert json.dumps(result.to_dict())
        return result
    assert len(problems) <= 101
    assert len(told) < 100_000
    assert all(render(item, "en").encode() and render(item, "zh").encode() for item in problems)
    found = [(item.code, str(item.place)) for item in problems]
    assert [problem[:2] for problem in told_by_module] == found
    return found


def of_person(**facts: object) -> dict[str, object]:
    """A household of one person of whom this is said."""
    return {"household": {"members": [facts]}}


def nested(depth: int, inside: Callable[[object], object]) -> object:
    """Data so deep that nothing can follow it."""
    value: object = None
    for _ in range(depth):
        value = inside(value)
    return value


def itself() -> dict[str, object]:
    """An object that contains itself everywhere."""
    data: dict[str, object] = {}
    data |= {"household": data, "members": [data], "parameters": data, "income": data, "on": data}
    return data


def called(value: object) -> str:
    """What a test with this value is called."""
    return ascii(value[:16] if type(value) in (str, bytes) else type(value).__name__)


COST = "out-of-pocket cost"
HUGE = [
    "1e10000000",
    "-1E+10000000",
    "1e-10000000",
    "9" * 5000,
    "-" + "9" * 5000,
    "0." + "1" * 5000,
    "NaN",
    "Infinity",
    "-Infinity",
]


@pytest.mark.parametrize("written", HUGE, ids=called)
def test_numbers_without_measure_in_json(written: str) -> None:
    """A number of JSON that cannot be meant is refused where it stands."""
    text = f'{{"household": {{"members": [{{"{COST}": {written}}}]}}}}'
    assert outcome(text) == [("PR608", f"{MEMBER}.{COST}")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Decimal("1e10000000"), "PR608"),
        (Decimal("1e-10000000"), "PR608"),
        (Decimal("NaN"), "PR608"),
        (Decimal("sNaN"), "PR608"),
        (Decimal("-Infinity"), "PR608"),
        (10**5000, "PR608"),
        (-(10**5000), "PR608"),
        (Fraction(1, 10**5000), "PR608"),
        (1.5, "PR607"),
        (float("nan"), "PR607"),
        (float("inf"), "PR607"),
        (True, "PR602"),
        (b"5", "PR602"),
        (bytearray(b"5"), "PR602"),
        (5j, "PR602"),
        ([5], "PR602"),
        ({"value": 5}, "PR602"),
        (date(2023, 1, 1), "PR602"),
        (datetime(2023, 1, 1), "PR602"),  # noqa: DTZ001 (as it may come in)
        ((number for number in (1, 2)), "PR602"),
        (object(), "PR602"),
        (int, "PR602"),
        (Liar(), "PR602"),
        (Exact(1, 2), "PR602"),
        (Indexed(1.5), "PR602"),
        (Indexed("x"), "PR602"),
        (Indexed(10**5000), "PR608"),
        (Whole(-1), "PR611"),
        (Shouting("x"), "PR609"),
        (Shouting("5 yuan"), ""),
        (Whole(5), ""),
        (Size.ONE, ""),
        (Indexed(5), ""),
        (Word("5 yuan"), ""),
        ("５元", ""),
        ("9" * 5000, "PR608"),
        ("9" * 100, "PR608"),
        ("1e5", "PR609"),
        ("NaN", "PR609"),
        ("1/0", "PR609"),
        ("5 yuan per month", "PR610"),
        ("5 persons", "PR610"),
        ("5 years", "PR610"),
        ("50%", "PR610"),
        ("5 dollars", "PR609"),
        ("-5 yuan", "PR611"),
        ("5\u200byuan", "PR609"),
        ("\u202e5 yuan", "PR609"),
        ("5\x00", "PR609"),
        ("\ud800", "PR609"),
        ("", "PR609"),
        ("x" * LONG, "PR609"),
        ("5 " + "x" * LONG, "PR609"),
        (" " * LONG, "PR609"),
        ("元" * LONG, "PR609"),
    ],
    ids=called,
)
def test_odd_numbers(value: object, code: str) -> None:
    """Whatever is given for an amount is read exactly or refused where it stands."""
    found = outcome(of_person(**{COST: value}))
    assert isinstance(found, Result) if not code else found == [(code, f"{MEMBER}.{COST}")]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("tekun", 1, "PR602"),
        ("tekun", 0, "PR602"),
        ("tekun", Indexed(1), "PR602"),
        ("tekun", "true", "PR602"),
        ("tekun", "y" * LONG, "PR602"),
        ("tekun", [], "PR602"),
        ("tekun", "是", ""),
        ("tekun", Word("YES"), ""),
        ("cause of stay", "major ilness", "PR613"),
        ("cause of stay", "Major illness", "PR613"),
        ("cause of stay", "m" * LONG, "PR613"),
        ("cause of stay", "\ud800", "PR613"),
        ("cause of stay", "重特大疾病\u202e", "PR613"),
        ("cause of stay", True, "PR602"),
        ("cause of stay", 1, "PR602"),
        ("cause of stay", Cause.MAJOR, ""),
        ("age", -1, "PR612"),
        ("age", Fraction(1, 2), "PR612"),
        ("age", "1.5", "PR612"),
        ("age", 10**20, "PR611"),
        ("birth date", "2023-02-30", "PR615"),
        ("birth date", "1850-01-01", "PR616"),
        ("birth date", "9999-12-31", "PR616"),
        ("birth date", "0000-00-00", "PR615"),
        ("birth date", "2024-01-01", "PR618"),
        ("birth date", 1_700_000_000, "PR602"),
        ("birth date", datetime(1990, 1, 1), "PR602"),  # noqa: DTZ001 (as it may come in)
        ("birth date", "1990-01-01T00:00:00", "PR614"),
        ("birth date", "1" * LONG, "PR614"),
        ("birth date", date(1990, 2, 28), ""),
        ("birth date", "１９９０年２月２８日", ""),
    ],
    ids=called,
)
def test_odd_facts(name: str, value: object, code: str) -> None:
    """Truths, categories, ages and days that are none are refused where they stand."""
    found = outcome(of_person(**{name: value}))
    assert isinstance(found, Result) if not code else found == [(code, f"{MEMBER}.{name}")]


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        (("tekun", "特困人员"), ["PR606"]),
        (("tekun", "Tekun"), ["PR604"]),
        (("tekun", "ｔｅｋｕｎ"), ["PR604"]),
        (("tekun\u200b",), ["PR604"]),
        (("\u202etekun",), ["PR604"]),
        (("tekun\x00",), ["PR604"]),
        (("\ud800",), ["PR604"]),
        (("",), ["PR604"]),
        (("k" * LONG,), ["PR604"]),
        (("income",), ["PR625"]),
        (("members",), ["PR604"]),
        ((1, None, ("tekun",)), ["PR602", "PR602", "PR602"]),
        ((b"tekun",), ["PR602"]),
        ((Word("tekun"), "特困人员"), ["PR606"]),
    ],
    ids=called,
)
def test_odd_names(keys: tuple[Any, ...], codes: list[str]) -> None:
    """A name that is unknown, said twice or no text is refused, and none is passed over."""
    found = outcome({"household": {"members": [dict.fromkeys(keys, False)]}})
    assert isinstance(found, list)
    assert [code for code, _ in found] == codes


@pytest.mark.parametrize(
    "name", ["Tekun", "ｔｅｋｕｎ", "TEKUN", "tekun\u200b", "tekum", "特因人员"]
)
def test_near_misses_are_suggested(name: str) -> None:
    """A name in other letters, or nearly right, gets the name that is meant."""
    with pytest.raises(InputError) as caught:
        RULES.evaluate(of_person(**{name: False}), ON)
    (found,) = caught.value.diagnostics
    assert ("tekun" if name.isascii() or "人" not in name else "特困人员") in found.remedy("en")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"household": {"income": 1, "income": 2}}', [("PR606", "household.income")]),
        ('{"household": {}, "household": {}}', [("PR606", "household")]),
        ('{"on": "2023-08-01", "on": null, "household": {}}', [("PR606", "on")]),
        ('{"household": {"members": [], "members": []}}', [("PR606", "household.members")]),
        (r'{"household": {"\ud800": 1}}', [("PR604", r"household.\ud800")]),
        ('{"household": {"\ud800": 1}}', [("PR604", r"household.\ud800")]),
        (r'{"household": {"income": "\ud800"}}', [("PR609", "household.income")]),
        ('{"household": {"in\x00come": 1}}', [("PR601", "case")]),
        (r'{"household": {"in\u0000come": 1}}', [("PR604", r"household.in\u0000come")]),
        ("[" * 100_000, [("PR601", "case")]),
        ("[" * 100_000 + "]" * 100_000, [("PR601", "case")]),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, [("PR601", "case")]),
        ("", [("PR601", "case")]),
        ("\ufeff", [("PR601", "case")]),
        ("null", [("PR602", "case")]),
        ("1", [("PR602", "case")]),
        ('"household"', [("PR602", "case")]),
        ("[]", [("PR602", "case")]),
        ("[" + "1," * 990_000 + "1]", [("PR602", "case")]),
        ('{"household": "' + "x" * 1_900_000 + '"}', [("PR602", "household")]),
        ('{"household": "' + "x" * LONG + '"}', [("PR601", "case")]),
        (b"", [("PR601", "case")]),
        (b"\xef\xbb\xbf", [("PR601", "case")]),
        (b"\xff\xfe{\x00}\x00", [("PR601", "case")]),
        ("{}".encode("utf-16-be"), [("PR601", "case")]),
        (bytes(range(256)), [("PR601", "case")]),
        (b"\x00" * 50_000_000, [("PR601", "case")]),
        (b" " * 2_000_000, [("PR601", "case")]),
        ('{"household": "' + "字" * 1_900_000 + '"}', [("PR602", "household")]),
        (('{"household": "' + "字" * 1_900_000 + '"}').encode(), [("PR602", "household")]),
        (('"' + "字" * 2_000_000 + '"').encode(), [("PR601", "case")]),
        (('"' + "𠮷" * 1_999_998 + '"').encode(), [("PR602", "case")]),
    ],
    ids=called,
)
def test_odd_json(text: str | bytes, found: list[tuple[str, str]]) -> None:
    """Repeated, broken, deep, endless and binary texts get the problem that says so."""
    assert [item for item in outcome(text) if item[0] != "PR619"] == found


@pytest.mark.parametrize(
    ("case", "found"),
    [
        (None, [("PR602", "case")]),
        (5, [("PR602", "case")]),
        ([], [("PR602", "case")]),
        (object(), [("PR602", "case")]),
        (Liar(), [("PR602", "case")]),
        (Broken(), [("PR602", "case")]),
        (Endless(), [("PR651", "case")]),
        ({"household": Broken()}, [("PR602", "household")]),
        ({"household": Endless()}, [("PR651", "household")]),
        ({"household": []}, [("PR602", "household")]),
        ({"members": [{}]}, [("PR603", "members")]),
        ({"person": {}}, [("PR621", "person")]),
        ({"household": {"members": {}}}, [("PR602", "household.members")]),
        ({"household": {"members": 3}}, [("PR602", "household.members")]),
        ({"household": {"members": "three"}}, [("PR602", "household.members")]),
        ({"household": {"members": []}}, [("PR619", "household.members")]),
        ({"household": {"members": {1, 2}}}, [("PR602", "household.members")]),
        ({"household": {"members": ({} for _ in "ab")}}, [("PR602", "household.members")]),
        ({"household": {"members": Forever()}}, [("PR651", "household.members")]),
        ({"household": {"members": [{}] * 100_000}}, [("PR651", "household.members")]),
        (
            {"household": {"members": [None, 5]}},
            [("PR602", MEMBER), ("PR602", "household.members[1]")],
        ),
        ({"household": {"members": nested(100_000, lambda it: [it])}}, [("PR602", MEMBER)]),
        (
            {"household": {"income": nested(100_000, lambda it: {"a": it})}},
            [("PR602", "household.income")],
        ),
        ({"parameters": 5}, [("PR602", "parameters")]),
        ({"parameters": []}, [("PR602", "parameters")]),
        ({"parameters": {"dibao standard": 1}}, [("PR623", "parameters.dibao standard")]),
        (
            {"parameters": {"tier amount": {"frist": 1}}},
            [("PR613", "parameters.tier amount.frist")],
        ),
        (
            {"parameters": nested(100_000, lambda it: {"tier amount": it})},
            [("PR613", "parameters.tier amount.tier amount")],
        ),
        (Row(household=Row()), []),
        ({"household": Row(members=[Row()])}, []),
    ],
    ids=called,
)
def test_odd_data(case: object, found: list[tuple[str, str]]) -> None:
    """Python data of the wrong form, of odd classes and without end is refused where it stands."""
    told = outcome(case)
    assert ([] if isinstance(told, Result) else told) == found


def test_data_that_contains_itself() -> None:
    """An object inside itself is refused like any other of the wrong kind."""
    assert isinstance(outcome(itself()), list)


def test_ten_thousand_unknown_names() -> None:
    """Names without end are told as far as they can be read, and the others counted."""
    found = outcome({"household": {f"incme {number}": 1 for number in range(10_000)}})
    assert isinstance(found, list)
    assert found[-1] == ("PR652", "case")
    assert len(found) == 101


def test_every_member_of_the_largest_household() -> None:
    """As many members as may be given, of whom nothing is known, or everything."""
    facts = {"tekun": False, "dibao recipient": True, "cause of stay": "major illness", COST: 5}
    for person in ({}, facts):
        assert isinstance(outcome({"household": {"members": [person] * 100}}), Result)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("", "PR614"),
        ("yesterday", "PR614"),
        ("2023-02-30", "PR615"),
        ("2023-13-01", "PR615"),
        ("1000-01-01", "PR616"),
        (date.max, "PR616"),
        (datetime(2023, 8, 1), "PR602"),  # noqa: DTZ001 (as it may come in)
        (20230801, "PR602"),
        (1.5, "PR602"),
        (True, "PR602"),
        (b"2023-08-01", "PR602"),
        ([], "PR602"),
        (Liar(), "PR602"),
        ("2" * LONG, "PR614"),
        ("\ud800", "PR614"),
        (None, "PR627"),
        (Word("2023-08-01"), ""),
        (Shouting("2023-08-01"), ""),
        (date(2023, 8, 1), ""),
        ("２０２３－０８－０１", ""),
    ],
    ids=called,
)
def test_odd_days_of_evaluation(on: object, code: str) -> None:
    """A day that is none is refused under `on`, whatever is given for it."""
    found = outcome({"household": {}}, on)
    assert isinstance(found, Result) if not code else found == [(code, "on")]


@pytest.mark.parametrize(
    "key",
    ["", "dibao", "\ud800", "x" * LONG, None, 5, (), ("dibao payment",), ("dibao payment", "x")],
    ids=called,
)
def test_odd_keys_of_a_result(key: Any) -> None:
    """A result asked for what it has not says so, and `in` is false."""
    result = RULES.evaluate({"household": {"members": [{}]}}, ON)
    with pytest.raises(InputError) as caught:
        result[key]
    assert all(render(item, "zh").encode() for item in caught.value.diagnostics)
    assert len(str(caught.value)) < 10_000
    assert key not in result


def evaluated(path: str) -> subprocess.CompletedProcess[str]:
    """The command on a file, with bounded memory and time."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    command = [sys.executable, "-m", "policyrules", "eval", "example.river_city", path]
    return subprocess.run(
        [*command, "--on", ON, "--lang", "en"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=bounded,
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_device_that_never_ends() -> None:
    """What never ends is read as far as a case may be long, in bounded memory."""
    done = evaluated("/dev/zero")
    assert done.returncode == 1
    assert "PR601" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("path", "code"),
    [("", "PR630"), ("nul\x00", "PR630"), ("pipe", "PR630"), ("large", "PR601"), (".", "PR630")],
)
def test_files_that_are_no_case(
    path: str,
    code: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pipes that nobody writes, folders and huge files end with a coded problem."""
    monkeypatch.setattr(cli_case, "PATIENCE", 0.1)
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(50_000_000)
    name = str(tmp_path / path) if path else ""
    assert main(["eval", "example.river_city", name, "--on", ON, "--lang", "en"]) == 1
    assert code in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_that_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case from a pipe is read to its end, whoever writes it later and however slowly."""
    path, opened = tmp_path / "pipe", os.open
    os.mkfifo(path)

    def write() -> None:
        sleep(0.3)
        with path.open("w") as pipe:
            for part in ('{"household":', " {}}"):
                sleep(0.3)
                pipe.write(part)
                pipe.flush()

    writer = threading.Thread(target=write)

    def begun(name: Any, *rest: Any) -> int:
        """Open, and only then let somebody come to write."""
        found = opened(name, *rest)
        if name == str(path):
            writer.start()
        return found

    monkeypatch.setattr(os, "open", begun)
    assert main(["eval", "example.river_city", str(path), "--on", ON, "--lang", "en"]) == 0
    writer.join()
    assert "temporary relief" in capsys.readouterr().out


NAMES = st.sampled_from(
    [
        "on", "household", "members", "person", "parameters", "income", "家庭月收入", "tekun",
        "特困人员", "age", "birth date", COST, "cause of stay", "medical assistance paid this year",
        "dibao standard", "care standard", "tier amount", "", "\ud800", "{0}", "ｉｎｃｏｍｅ",
    ]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.fractions()
    | st.text(max_size=6)
    | st.dates()
    | st.binary(max_size=3)
    | st.sampled_from(["2023-08-01", "major illness", "是", "5 yuan", "5元/月", "1/0", "yes"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=3), inner),
    max_leaves=25,
)
HOUSEHOLD = st.dictionaries(NAMES, ANYTHING, max_size=4) | st.fixed_dictionaries(
    {"members": st.lists(st.dictionaries(NAMES, SCALARS, max_size=4), max_size=3)}
)
NEARLY = st.fixed_dictionaries(
    {"household": HOUSEHOLD}, optional={"on": ANYTHING, "parameters": ANYTHING}
)


def nameless() -> object:
    """An object that stands for nothing, of a class that fails when it is named."""

    class Nameless(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]
            raise ValueError

    return Nameless("Stranger", (), {})()


def disguised() -> object:
    """An object that fails when it is asked for its class."""

    class Disguised:
        @property
        def __class__(self) -> Any:
            raise ValueError

    return Disguised()


@pytest.mark.parametrize("make", [nameless, disguised])
def test_objects_that_fail_when_they_are_named(make: Callable[[], object]) -> None:
    """They are refused like those of any other wrong kind, wherever they stand."""
    made = make()
    problems = outcome({"household": {"income": made}})
    refused = [outcome({"household": {"members": made}}), outcome(made), outcome({}, made)]

    assert [code for code, _ in problems] == ["PR602"]
    assert not any(isinstance(each, Result) for each in refused)
    with pytest.raises(InputError):
        RULES.evaluate({"household": {}}, ON, only=made)


@given(ANYTHING | NEARLY, SCALARS | st.just(ON))
def test_any_data_at_all(case: object, on: object) -> None:
    """Random data gives a result or problems that can be told in both languages."""
    outcome(case, on)
