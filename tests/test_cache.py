"""Compiled programs that are kept: the same as compiled anew, or not used."""

import errno
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any

import attrs
import pytest

import policyrules
from policyrules import cache, loading
from policyrules.cache import entry_of, recall, remember
from policyrules.cli import main
from policyrules.files import Files
from policyrules.ir.nodes import Program
from policyrules.ir.serial import from_rows, to_rows
from policyrules.library import bundled_ids, find
from policyrules.loading import compile_named, load
from policyrules.results import Result
from policyrules.source import Source

RULESETS = sorted((Path(__file__).parent / "rulesets").rglob("*.rules"))
LATER = 2**62  # nanoseconds: as if the code had been imported long after it was written
TEXT = """\
ruleset {name}
    currency yuan
{uses}
source act (办法)
[act 1]
benefit {benefit} (补助) of household: yuan per month
    pays {pays} yuan per month
"""
PART = """\
ruleset {name}
    currency yuan
source order (规定)
[order 2]
parameter local rate (分项金额): yuan per household per month
    from 2020-01-01: {rate}
"""
CASE = {"on": "2023-08-01", "household": {"members": [{}]}}


@pytest.fixture(autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of one test; the code counts as imported long after it was written."""
    folder = tmp_path_factory.mktemp("cache") / "kept"
    monkeypatch.setenv("POLICYRULES_CACHE", str(folder))
    monkeypatch.setattr(loading, "_IMPORTED", LATER)
    return folder


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was compiled, as it happens."""
    names: list[str] = []

    def counted(name: Any, *rest: Any) -> Any:
        names.append(str(name))
        return compile_named(name, *rest)

    monkeypatch.setattr(loading, "compile_named", counted)
    return names


def written(path: Path, text: str) -> Path:
    """A file with this text, in folders that are made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ruleset(path: Path, pays: str = "100", uses: str = "", benefit: str = "aid") -> Path:
    """A small rule file that pays so many yuan."""
    name = path.stem
    return written(path, TEXT.format(name=name, pays=pays, uses=uses, benefit=benefit))


def paid(rules: policyrules.Ruleset) -> Fraction | None:
    """What the small rule file pays."""
    amount = rules.evaluate(CASE)["aid"].amount
    assert amount is not None
    return amount.exact


def entries(folder: Path) -> list[Path]:
    """The files in the cache, oldest first."""
    return sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)


def differences(one: Any, other: Any) -> Iterator[str]:
    """Where two programs differ in any field, or in which of their parts are one thing."""
    pairs: dict[int, int] = {}
    pending = [(one, other, "program")]
    while pending:
        left, right, place = pending.pop()
        if type(left) is not type(right):
            yield f"{place}: {type(left)} {type(right)}"
        elif attrs.has(type(left)) or isinstance(left, tuple):
            if left == () or isinstance(left, Source):
                if left != right:
                    yield place
                continue
            if id(left) in pairs:
                if pairs[id(left)] != id(right):
                    yield f"{place}: shared in one only"
                continue
            pairs[id(left)] = id(right)
            if isinstance(left, tuple):
                if len(left) != len(right):
                    yield place
                pending += [
                    (a, b, f"{place}[{n}]")
                    for n, (a, b) in enumerate(zip(left, right, strict=False))
                ]
            else:
                names = [field.name for field in attrs.fields(type(left))]
                pending += [
                    (getattr(left, name), getattr(right, name), f"{place}.{name}") for name in names
                ]
        elif left != right:
            yield f"{place}: {left} {right}"
    if len(pairs) != len(set(pairs.values())):
        yield "shared in the other only"


def told(result: Result) -> list[str]:
    """All that is said of a result, in both languages."""
    return [json.dumps(result.to_dict())] + [
        text
        for lang in ("zh", "en")
        for text in (result.to_text(lang), *(str(o.explain(lang)) for o in result.values()))
    ]


def some_case(program: Program) -> dict[str, Any]:
    """A case with nothing but its date and members."""
    about: dict[str, Any] = {"household": {"members": [{"age": 70}, {}]}, "person": {}, "case": {}}
    return {"on": "2024-08-01", program.about: about[program.about]}


@pytest.mark.parametrize(
    "name", [*bundled_ids(), *RULESETS], ids=lambda name: getattr(name, "stem", name)
)
def test_a_kept_program_is_the_compiled_one(name: str | Path) -> None:
    """In every field, with the same parts shared; so are its descriptions."""
    files = Files()
    program = compile_named(name, None, files).program
    entry = entry_of(find(name), {}, LATER)
    assert entry is not None
    assert recall(entry) is None
    remember(entry, program, files)
    found = recall(entry)

    assert found is not None
    assert found is not program
    assert list(differences(program, found)) == []
    one, other = policyrules.Ruleset(program), policyrules.Ruleset(found)
    assert one.describe() == other.describe()
    assert one.describe_text("zh") == other.describe_text("zh")


@pytest.mark.parametrize(
    "name",
    ["example.river_city", "cn.gansu.qingyang", *RULESETS],
    ids=lambda name: getattr(name, "stem", name),
)
def test_a_kept_program_says_the_same(name: str | Path) -> None:
    """Outcomes, and their reasons in both languages, are the same texts."""
    compiled = load(name, cache=False)
    load(name)
    case = some_case(compiled.program)
    assert told(load(name).evaluate(case)) == told(compiled.evaluate(case))


def test_differences_are_seen() -> None:
    """The comparison of these tests sees origins, and what is shared."""
    one = compile_named("example.river_city").program
    other = compile_named("example.river_city").program
    assert list(differences(one, other)) == []
    moved = attrs.evolve(one.definitions[0], span=one.definitions[1].span)
    assert list(differences(one, attrs.evolve(one, definitions=(moved, *one.definitions[1:]))))


def test_the_second_load_compiles_nothing(tmp_path: Path, compilations: list[str]) -> None:
    """A file, a folder and a bundled ruleset are compiled once."""
    file = ruleset(tmp_path / "city.rules")
    for name in (file, tmp_path, "example.river_city"):
        load(name)
        load(name)
    assert len(compilations) == 3
    load(file, cache=False)
    assert len(compilations) == 4


def test_a_load_from_the_cache_brings_no_parser(tmp_path: Path) -> None:
    """In a new process, loading and evaluating bring neither the parser nor its library."""
    program = (
        "import policyrules, sys\n"
        f"policyrules.load('example.river_city').evaluate({CASE!r})\n"
        "print(*sys.modules)"
    )
    parts = {"lark", "pint", "policyrules.compiler", "policyrules.semantics", "policyrules.syntax"}
    parts |= {"policyrules.types.currencies"}  # these rules are in yuan
    assert "policyrules.syntax.parse" in run(program).split()
    assert not parts & set(run(program).split())


def run(program: str, **environment: str) -> str:
    """What a program prints, in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    return done.stdout


def test_an_edit_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    """Rule files are compared by what is in them."""
    file = ruleset(tmp_path / "city.rules", "100")
    times = file.stat()
    assert paid(load(file)) == 100
    ruleset(file, "200")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert file.stat().st_size == times.st_size
    assert paid(load(file)) == 200
    ruleset(file, "100")
    assert paid(load(file)) == 100


def use(tmp_path: Path, rate: int = 100) -> Path:
    """A ruleset that pays by the rate of another one in the same folder."""
    written(tmp_path / "part.rules", PART.format(name="part", rate=rate))
    return written(
        tmp_path / "city.rules",
        TEXT.format(name="city", pays="", uses="    uses part", benefit="aid").replace(
            "pays  yuan per month", "pays the local rate"
        ),
    )


@pytest.mark.parametrize("folder", [False, True])
def test_an_edit_of_a_used_ruleset_is_seen(tmp_path: Path, *, folder: bool) -> None:
    """What a ruleset uses decides with it; so does that it is gone."""
    file = use(tmp_path)
    name = tmp_path if folder else file
    assert paid(load(name)) == 100
    use(tmp_path, rate=300)
    assert paid(load(name)) == 300
    (tmp_path / "part.rules").unlink()
    with pytest.raises(policyrules.CompileError):
        load(name)


def test_a_ruleset_that_is_found_earlier_is_seen(tmp_path: Path) -> None:
    """A file that now stands where one was looked for first is used, and no longer when gone."""
    file = written(
        tmp_path / "a" / "city.rules",
        TEXT.format(name="a.city", pays="", uses="    uses a.part", benefit="aid").replace(
            "pays  yuan per month", "pays the local rate"
        ),
    )
    first, second = tmp_path / "a" / "part.rules", tmp_path / "a" / "a" / "part.rules"
    text = PART.format(name="a.part", rate=100)
    earlier, later = sorted((first, second), key=lambda path: len(path.parts))
    written(later, text)
    assert paid(load(file)) == 100
    written(earlier, text.replace("100", "200"))
    assert paid(load(file)) == 200
    earlier.unlink()
    assert paid(load(file)) == 100


@pytest.mark.parametrize("folder", [False, True])
@pytest.mark.parametrize("through", ["file", "folder"])
def test_a_link_that_leads_out_is_seen(tmp_path: Path, through: str, *, folder: bool) -> None:
    """A used ruleset that has moved out of the folder is refused, though its text is the same."""
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    text = TEXT.format(name="city", pays="", uses="    uses deep.part", benefit="aid")
    file = written(
        inside / "city.rules", text.replace("pays  yuan per month", "pays the local rate")
    )
    part = written(inside / "deep" / "part.rules", PART.format(name="deep.part", rate=100))
    name = inside if folder else file
    assert paid(load(name)) == 100
    moved = part if through == "file" else part.parent
    moved.rename(outside)
    moved.symlink_to(outside)
    for cache_used in (True, False):
        with pytest.raises(policyrules.CompileError) as caught:
            load(name, cache=cache_used)
        assert "PR248" in {found.code for found in caught.value.diagnostics}
    moved.unlink()
    outside.rename(moved)
    assert paid(load(name)) == 100


def test_a_new_file_in_a_folder_is_seen(tmp_path: Path) -> None:
    """A folder with a second main ruleset has no one to load."""
    ruleset(tmp_path / "city.rules")
    assert paid(load(tmp_path)) == 100
    other = ruleset(tmp_path / "deep" / "town.rules", "5")
    with pytest.raises(policyrules.CompileError) as caught:
        load(tmp_path)
    assert [found.code for found in caught.value.diagnostics] == ["PR214"]
    other.unlink()
    assert paid(load(tmp_path)) == 100


def test_an_edit_while_compiling_is_not_kept_as_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read is compared, not what stands there when the entry is written."""
    file = ruleset(tmp_path / "city.rules", "100")

    def edited(name: Any, *rest: Any) -> Any:
        made = compile_named(name, *rest)
        ruleset(file, "200")
        return made

    monkeypatch.setattr(loading, "compile_named", edited)
    assert paid(load(file)) == 100
    monkeypatch.undo()
    assert paid(load(file)) == 200


def test_a_relative_path_means_another_file_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words in another folder are another ruleset."""
    for name, pays in (("one", "100"), ("two", "200"), ("one", "100")):
        ruleset(tmp_path / name / "city.rules", pays)
        monkeypatch.chdir(tmp_path / name)
        assert paid(load("city.rules")) == Fraction(pays)


def test_readings_are_kept_apart() -> None:
    """A ruleset by another reading is another program."""
    file = Path(__file__).parent / "rulesets" / "readings.rules"
    chosen: dict[str, int] = {}
    for definition in compile_named(file).program.definitions:
        if definition.alternatives:
            chosen = {definition.name: 1}
    assert chosen
    plain, other = load(file), load(file, chosen)
    again = load(file, chosen)
    assert list(differences(plain.program, other.program))
    assert not list(differences(other.program, again.program))
    assert not list(differences(load(file).program, plain.program))


@pytest.mark.parametrize("part", ["package_folder", "grammar_folder"])
def test_another_compiler_has_entries_of_its_own(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed file of the package or of the grammar, of the same size and time too."""
    file = written(tmp_path / "deep" / "code.py", "a")
    monkeypatch.setattr(cache, part, lambda: tmp_path)
    places = [entry_of(find("cn.common"), {}, LATER)]
    times = file.stat()
    for text in ("b", "ab"):
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
        places.append(entry_of(find("cn.common"), {}, LATER))
    assert None not in places
    assert len(set(places)) == 3
    # What was imported before the edit must not be kept under the name of what stands there now.
    assert entry_of(find("cn.common"), {}, file.stat().st_ctime_ns - 1) is None


def entry_with(change: Callable[[bytes], bytes], kept: Path) -> None:
    """Change the one entry."""
    (file,) = entries(kept)
    file.write_bytes(change(file.read_bytes()))


def sealed(content: bytes) -> bytes:
    """A content with its right checksum."""
    return sha256(content).hexdigest().encode() + content


def test_a_broken_entry_is_not_used(tmp_path: Path, kept: Path, compilations: list[str]) -> None:
    """Flipped bytes, cut at any place, empty, too much: compiled anew, and kept anew."""
    file = ruleset(tmp_path / "city.rules")
    load(file)
    whole = entries(kept)[0].read_bytes()
    broken = [whole[:size] for size in range(0, len(whole), 211)]
    broken += [
        whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]
        for at, bit in zip(range(0, len(whole), 97), [1, 32, 128] * len(whole), strict=False)
    ]
    broken += [whole + b" ", b"\0" * 500, b"\xff" * 500, whole.upper()]
    for number, data in enumerate(broken, 1):
        entries(kept)[0].write_bytes(data)
        assert paid(load(file)) == 100
        assert len(compilations) == number + 1
    assert entries(kept)[0].read_bytes() == whole


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"text"',
        b"NaN",
        b"1e999",
        b"9" * 5000,
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"key": NaN}',
        b"\xff\xfe",
        b"\xed\xa0\x80",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_another_content_with_its_checksum_is_not_used(
    content: bytes, tmp_path: Path, kept: Path
) -> None:
    """What is no entry is none, even where nothing is broken."""
    file = ruleset(tmp_path / "city.rules")
    load(file)
    entry_with(lambda _: sealed(content), kept)
    assert paid(load(file)) == 100
    assert entries(kept)[0].read_bytes() != sealed(content)


@pytest.mark.parametrize("part", ["key", "currency", "files", "folders", "inside", "program"])
@pytest.mark.parametrize("value", [None, 1, 0.5, "x", {}, [[]], [None], [["x", None, 1]]])
def test_an_entry_of_another_shape_is_not_used(
    part: str, value: object, tmp_path: Path, kept: Path, compilations: list[str]
) -> None:
    """Each part of an entry must be what is written there."""
    use(tmp_path)
    load(tmp_path)

    def change(data: bytes) -> bytes:
        return sealed(json.dumps({**json.loads(data[64:]), part: value}).encode())

    entry_with(change, kept)
    assert paid(load(tmp_path)) == 100
    assert len(compilations) == 2


def changed_row(of: str, place: int, value: object) -> Callable[[list[Any]], None]:
    """Another value in a row of the first thing of a class."""

    def change(rows: list[Any]) -> None:
        next(row for row in rows if row[0] == of)[place] = value

    return change


def grown(width: int, levels: int) -> Callable[[list[Any]], None]:
    """So many sums inside each other in place of a figure, each with so many equal parts."""

    def change(rows: list[Any]) -> None:
        program = rows.pop()
        rule = next(row for row in rows if row[0] == "Definition")
        operator = {1: "minimum", 2: "add"}[width]
        rows += [["Fraction", 1, 1], ["Constant", [len(rows)], "number", None]]
        for _ in range(levels):
            last = len(rows) - 1
            rows += [["tuple", *([[last]] * width)]]
            rows += [["Apply", operator, [len(rows) - 1], "number", None]]
        figure = len(rows) - 1
        rows += [[*rule[:6], [figure], None, [figure], *rule[9:]]]
        rows += [["tuple", [len(rows) - 1]]]
        rows += [[*program[:6], [len(rows) - 1], *program[7:]]]

    return change


@pytest.mark.parametrize(
    "change",
    [
        changed_row("Apply", 1, "evil"),
        changed_row("Apply", 1, "not"),
        changed_row("Apply", 1, "add_days"),
        changed_row("Parameter", 3, "barrels"),
        changed_row("Definition", 10, "barrels"),
        changed_row("Origin", 3, "barrels"),
        changed_row("Version", 1, 10**12),
        changed_row("Version", 1, -5),
        changed_row("Constant", 2, "truth"),
        grown(2, 60),
        grown(1, 5000),
    ],
    ids=range(11),
)
def test_an_entry_that_cannot_be_computed_is_not_used(
    change: Callable[[list[Any]], None], tmp_path: Path, kept: Path, compilations: list[str]
) -> None:
    """What no compiling gives: unknown operators and units, days without a date, endless sums."""
    text = PART.format(name="city", rate=100)
    text += "benefit aid of household: yuan per month\n    when number of members is more than 0\n"
    file = written(tmp_path / "city.rules", text + "    pays the local rate\n")
    assert paid(load(file)) == 100

    def with_rows(data: bytes) -> bytes:
        entry = json.loads(data[64:])
        change(entry["program"])
        return sealed(json.dumps(entry).encode())

    entry_with(with_rows, kept)
    assert paid(load(file)) == 100
    assert len(compilations) == 2


@pytest.mark.parametrize("levels", [1, 4])
def test_an_entry_of_a_larger_program_is_used(
    levels: int, tmp_path: Path, kept: Path, compilations: list[str]
) -> None:
    """The changes above are refused for what they make, not for how they are made."""
    file = ruleset(tmp_path / "city.rules")
    load(file)

    def with_rows(data: bytes) -> bytes:
        entry = json.loads(data[64:])
        grown(2, levels)(entry["program"])
        return sealed(json.dumps(entry).encode())

    entry_with(with_rows, kept)
    assert paid(load(file)) == 2**levels
    assert len(compilations) == 1


def test_an_entry_of_another_name_is_not_used(tmp_path: Path, kept: Path) -> None:
    """An entry that was moved to the place of another one."""
    one, two = ruleset(tmp_path / "one.rules", "100"), ruleset(tmp_path / "two.rules", "200")
    load(one)
    place = entries(kept)[0]
    load(two)
    (other,) = set(entries(kept)) - {place}
    place.write_bytes(other.read_bytes())
    assert paid(load(one)) == 100


def test_rows_of_any_other_shape_are_refused() -> None:
    """Each part of each row replaced: refused, or a program whose parts are of their types."""
    program = compile_named("example.river_city").program
    (name,) = {item.span.source.name for item in program.definitions if item.span}
    sources = [Source(name, "")]
    rows = json.loads(json.dumps(to_rows(program, [name])))
    others: list[Any] = [
        None,
        True,
        -1,
        10**30,
        "",
        "x",
        [],
        [0],
        [len(rows)],
        [-1],
        ["x"],
        {},
        [1, 2],
    ]
    for number in range(0, len(rows), 157):
        for place in range(len(rows[number])):
            for other in others:
                changed = [list(row) for row in rows]
                changed[number][place] = other
                try:
                    made = from_rows(changed, sources)
                except ValueError:
                    continue
                assert isinstance(made, Program)
                assert from_rows(json.loads(json.dumps(to_rows(made, [name]))), sources) == made
    for odd in (None, {}, "x", [], [1], [[]], [[1]], [["Program"]], rows[:-1], [*rows, []]):
        with pytest.raises(ValueError, match=r"^(not|no) "):
            from_rows(odd, sources)


def test_a_folder_in_the_place_of_an_entry(tmp_path: Path, kept: Path) -> None:
    """It is left alone."""
    file = ruleset(tmp_path / "city.rules")
    load(file)
    (entry,) = entries(kept)
    entry.unlink()
    entry.mkdir()
    assert paid(load(file)) == 100
    assert entries(kept) == [entry]


NO_FILES: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
    "circle of links": lambda path: path.symlink_to(path.name),
    "link to nothing": lambda path: path.symlink_to("nowhere"),
}


@pytest.mark.parametrize("of_folder", [False, True], ids=["entry", "folder"])
@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_not_waited_for(
    make: Callable[[Path], object], of_folder: bool, tmp_path: Path, kept: Path
) -> None:
    """A pipe or the like in the place of an entry or of the folder neither blocks nor fails."""
    file = ruleset(tmp_path / "city.rules")
    load(file)
    (entry,) = entries(kept)
    entry.unlink()
    if of_folder:
        kept.rmdir()
    make(kept if of_folder else entry)
    figures: list[object] = []
    thread = Thread(target=lambda: figures.append(paid(load(file))), daemon=True)
    thread.start()
    thread.join(60)

    assert figures == [100]


def test_an_entry_that_may_not_be_read(
    tmp_path: Path, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules are compiled."""
    file = ruleset(tmp_path / "city.rules")
    load(file)

    opened = Path.open

    def refused(self: Path, *rest: Any, **more: Any) -> Any:
        if self.suffix == ".json":
            raise PermissionError(errno.EACCES, "no", str(self))
        return opened(self, *rest, **more)

    monkeypatch.setattr(Path, "open", refused)
    assert paid(load(file)) == 100
    assert len(compilations) == 2


@pytest.mark.parametrize("mode", [0o777, 0o702, 0o770, 0o720])
def test_a_folder_in_which_others_may_write_is_not_used(
    mode: int, tmp_path: Path, kept: Path
) -> None:
    """What others may have written is not believed, and nothing is put there."""
    file = ruleset(tmp_path / "city.rules")
    kept.mkdir()
    kept.chmod(mode)
    assert paid(load(file)) == 100
    assert entries(kept) == []


def test_the_folder_is_the_users_own(tmp_path: Path, kept: Path) -> None:
    """Folder and entries are for their owner only."""
    load(ruleset(tmp_path / "city.rules"))
    assert kept.stat().st_mode & 0o777 == 0o700
    assert entries(kept)[0].stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "environment",
    [
        {"POLICYRULES_CACHE": ""},
        {"POLICYRULES_CACHE": "/dev/null/kept"},
        {"HOME": "/dev/null", "XDG_CACHE_HOME": ""},
        {"HOME": "/dev/null", "XDG_CACHE_HOME": "relative"},
    ],
    ids=str,
)
def test_where_nothing_can_be_kept(environment: dict[str, str], tmp_path: Path) -> None:
    """No folder, a file in its place, no home: the rules are compiled each time."""
    file = ruleset(tmp_path / "city.rules")
    program = (
        "import os\n"
        + ("" if "POLICYRULES_CACHE" in environment else "del os.environ['POLICYRULES_CACHE']\n")
        + "from policyrules import load\n"
        f"os.chdir({str(tmp_path)!r})\n"
        f"for _ in range(2): print(load({str(file)!r}).evaluate({CASE!r})['aid'].amount)"
    )
    assert run(program, **environment) == "100 yuan per month\n" * 2
    assert list(tmp_path.iterdir()) == [file]


def test_a_full_disk(tmp_path: Path, kept: Path) -> None:
    """What cannot be written to its end is not left there."""
    file = ruleset(tmp_path / "city.rules")
    program = (
        "import resource\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (1000, {resource.RLIM_INFINITY}))\n"
        "from policyrules import load\n"
        f"print(load({str(file)!r}).evaluate({CASE!r})['aid'].amount)"
    )
    assert run(program, PYTHONDONTWRITEBYTECODE="1") == "100 yuan per month\n"
    assert entries(kept) == []


def test_several_processes_at_once(tmp_path: Path, kept: Path) -> None:
    """Readers and writers of one entry, while its rules change, agree with what stands there."""
    file = ruleset(tmp_path / "city.rules", "100")
    program = (
        "import sys\n"
        "from policyrules import load\n"
        f"for _ in range(12): print(load({str(file)!r}).evaluate({CASE!r})['aid'].amount)"
    )
    for pays in ("100", "200"):
        ruleset(file, pays)
        started = [
            subprocess.Popen(
                [sys.executable, "-c", program],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            for _ in range(3)
        ]
        for process in started:
            printed, _ = process.communicate()
            assert printed == f"{pays} yuan per month\n" * 12
    assert [entry.suffix for entry in entries(kept)] == [".json"]


@pytest.mark.parametrize("measure", ["MOST_ENTRIES", "MOST_BYTES"])
def test_the_oldest_entries_go(
    measure: str, tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many entries, and of only so many bytes, are kept."""
    load(ruleset(tmp_path / "city.rules"))
    size = entries(kept)[0].stat().st_size
    monkeypatch.setattr(cache, measure, 3 if measure == "MOST_ENTRIES" else size * 7 // 2)
    for number in range(6):
        load(ruleset(tmp_path / f"city{number}.rules"))
        for age, entry in enumerate(reversed(entries(kept))):
            os.utime(entry, ns=(0, LATER // 8 - age * 10**9))
    found = [entry for entry in entries(kept) if entry.suffix == ".json"]
    assert 1 < len(found) <= 3
    newest = entry_of(tmp_path / "city5.rules", {}, LATER)
    assert newest is not None
    assert newest.path in found


def test_files_of_the_user_are_left_alone(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of the user's own, what bears other names is neither counted nor removed."""
    monkeypatch.setattr(cache, "MOST_ENTRIES", 2)
    own = [f"family{number}.json" for number in range(5)]
    own += ["download.part", "abcd_123.part", f"{'A' * 64}.json", f"{'a' * 63}.json", "notes.txt"]
    for name in own:
        os.utime(written(kept / name, "{}"), ns=(0, 0))
    for number in range(4):
        load(ruleset(tmp_path / f"city{number}.rules"))
    found = {entry.name for entry in kept.iterdir()}
    assert set(own) <= found
    assert len(found) == len(own) + 2


def test_a_folder_in_the_home_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`~` is the user's home, as in a shell."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("POLICYRULES_CACHE", "~/kept")
    assert cache.cache_folder() == tmp_path / "kept"
    monkeypatch.setenv("POLICYRULES_CACHE", "~nobody of that name/kept")
    assert entry_of(tmp_path / "city.rules", {}, LATER) is None


def test_what_a_broken_run_has_left_goes(tmp_path: Path, kept: Path) -> None:
    """An entry that nobody finished is removed by the next that is kept; one begun now is not."""
    kept.mkdir(mode=0o700)
    left, begun = (written(kept / f"{'0' * 64}.{name}_1.part", "") for name in ("broken", "begun_"))
    os.utime(left, ns=(0, 0))
    load(ruleset(tmp_path / "city.rules"))
    assert not left.exists()
    assert begun.exists()


def test_an_entry_that_is_too_large_is_not_kept(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One ruleset does not push all others out."""
    monkeypatch.setattr(cache, "LARGEST", 500)
    assert paid(load(ruleset(tmp_path / "city.rules"))) == 100
    assert not kept.exists()


MONEY = """\
ruleset {name}
    currency {currency}
source act
[act 1]
input wage of household: pennies per month, at least 0
benefit aid of household: crowns per month
    pays 1/8 of wage
    rounded upward to the penny
"""
WAGE = {"on": "2023-08-01", "household": {"wage": 1001, "members": [{}]}}
WORDED = {"on": "2023-08-01", "household": {"wage": "10 crowns per month", "members": [{}]}}


def test_a_declared_currency_is_known_from_the_cache(tmp_path: Path) -> None:
    """In a new process, with the words of its units; beside another one of its name too."""
    file = written(
        tmp_path / "city.rules", MONEY.format(name="city", currency="crown, 100 pennies")
    )
    program = (
        "import sys, policyrules\n"
        "from policyrules.types.currencies import read_currency\n"
        "read_currency('BEFORE')\n"
        f"rules = policyrules.load({str(file)!r})\n"
        "print('lark' in sys.modules)\n"
        f"found = rules.evaluate({WAGE!r})['aid']\n"
        "print(found.amount.text('en'), found.amount.text('zh'), found.explain())\n"
        f"print(rules.evaluate({WORDED!r})['aid'].amount)\n"
        "print(rules.describe())"
    )
    compiled = run(program.replace("BEFORE", "yuan"))
    assert compiled.startswith("True\n1.26 crowns per month")
    assert "1.25 crowns per month" in compiled.splitlines()
    assert run(program.replace("BEFORE", "yuan")) == compiled.replace("True", "False", 1)
    # Where a penny or a crown was something else before, the units have other spellings.
    for before in ("pound, 100 pennies", "crown, 20 shillings"):
        other = run(program.replace("BEFORE", before))
        assert other.startswith("True\n1.26 crowns per month")
        assert "1.25 crowns per month" in other.splitlines()


def test_the_command_line_can_do_without(
    tmp_path: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--no-cache` neither reads nor keeps anything; the figures are the same."""
    file = str(ruleset(tmp_path / "city.rules"))
    case = str(written(tmp_path / "case.json", json.dumps(CASE)))
    assert main(["eval", "--no-cache", file, case]) == 0
    assert main(["describe", "--no-cache", file]) == 0
    assert main(["check", file]) == 0
    assert not kept.exists()
    printed = capsys.readouterr().out
    assert main(["eval", file, case]) == 0
    assert printed.startswith(capsys.readouterr().out)
    assert len(entries(kept)) == 1
    entry_with(lambda _: b"odd", kept)
    assert main(["eval", "--no-cache", file, case]) == 0
    assert entries(kept)[0].read_bytes() == b"odd"
    for lang, words in (("en", "keep nothing"), ("zh", "编译缓存")):
        with pytest.raises(SystemExit):
            main(["eval", "--help", "--lang", lang])
        assert words in capsys.readouterr().out


def test_the_tests_keep_nothing_in_the_users_folder() -> None:
    """The folder of a test run is its own."""
    folder = cache.cache_folder()
    assert folder is not None
    assert folder.is_relative_to(tempfile.gettempdir())
