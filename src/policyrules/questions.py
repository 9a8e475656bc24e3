"""The questions of a case: what to ask next, in words of both languages, and why it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, Literal

from attrs import field, frozen

from policyrules import wording
from policyrules.backends.inquiry import Asked, Inquiry
from policyrules.backends.paths import MEMBERS
from policyrules.backends.scalar import Evaluator
from policyrules.backends.spots import Cell, Spot, Spots
from policyrules.case_json import stop_if_problems
from policyrules.case_names import HOUSEHOLD, member_path, need_words, subject_words
from policyrules.diagnostics import Report, shown
from policyrules.explanation_places import cited
from policyrules.ir.facts import Facts, Need, field_of
from policyrules.ir.nodes import Constant as Figure
from policyrules.ir.nodes import Definition, Expr, NotStated, Over, Program, Variable
from policyrules.ir.walk import nodes
from policyrules.questions_words import (
    bounds,
    capital,
    figure_question,
    how_many_members,
    how_many_records,
    number_kind,
    of_input,
)
from policyrules.results_names import texts
from policyrules.source import Language, Text

Kind = Literal["yes or no", "category", "amount", "number", "date", "how many"]
PARAMETERS = "parameters"
UNKNOWN = "unknown"
_PATH = re.compile(
    r"(?:household\.members\[(?P<member>\d+)\]|(?P<person>person)|household|case)\.(?P<name>.+)",
    re.DOTALL,
)


@frozen
class Reader:
    """A rule that reads a fact, with the places that it cites."""

    name: str
    label: Text
    cites: Text

    def text(self, lang: Language) -> str:
        """The rule and, in brackets, its clauses."""
        label, cites = self.label.of(lang), self.cites.of(lang)
        if not cites:
            return label
        return f"{label}（{cites}）" if lang == "zh" else f"{label} ({cites})"


@frozen(kw_only=True)
class Question:
    """A fact to ask for, with the answers that a case accepts, and why it is asked.

    `path` is where its answer stands in a case (`household.members[0].cause of stay`), `of` and
    `subject` whose it is. `answers` are the permitted values of a yes/no or category with their
    names; `low` and `high` bound a number (None: open) in `unit`, a `whole` one has no fraction.
    Members, and lists of records, are asked for by `how many`. `asks` is the question as people
    ask it: the words that the ruleset declares, else a plain sentence.

    `concerns` are the outcomes that it can change, as keys of a result; outcomes of members not
    known yet stand with `household.members`. `read_by` are the rules that read it. `settles` is
    by how much its answer is expected to settle them (`docs/reference/questions.md`).
    """

    path: str
    name: str
    label: Text
    of: str
    subject: Text
    kind: Kind
    asks: Text
    unit: str = ""
    answers: tuple[tuple[str | bool, Text], ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    low_excluded: bool = False
    high_excluded: bool = False
    whole: bool = False
    concerns: tuple[tuple[str, str], ...] = ()
    concerned: tuple[Text, ...] = field(default=(), eq=False, repr=False)
    read_by: tuple[Reader, ...] = ()
    settles: Fraction = Fraction(0)

    def text(self, lang: Language = "en") -> str:
        """The question in one line."""
        return self.asks.of(lang)

    def __str__(self) -> str:
        return self.text()

    def permitted(self, lang: Language = "en") -> str:
        """What may be answered, in words; empty where any number or day may be."""
        if self.answers:
            return (" / " if lang == "en" else "／").join(text.of(lang) for _, text in self.answers)
        ends = {"low_excluded": self.low_excluded, "high_excluded": self.high_excluded}
        if self.kind == "date":
            return "2023-08-01" if lang == "en" else "2023年8月1日"
        if self.low is None and self.high is None:
            return wording.unit_words(self.unit).of(lang)
        return wording.domain(self.low, self.high, self.unit, **ends).of(lang)

    def why(self, lang: Language = "en") -> str:
        """Which outcomes turn on the answer, and which rules read it."""
        concerned = list(dict.fromkeys(text.of(lang) for text in self.concerned))
        rules = [reader.text(lang) for reader in self.read_by]
        if lang == "zh":
            said = [f"影响：{'、'.join(concerned)}"]
            return "；".join(said + ([f"依据：{'、'.join(rules)}"] if rules else []))
        said = [f"it can change: {', '.join(concerned)}"]
        return "; ".join(said + ([f"read by: {', '.join(rules)}"] if rules else []))

    def to_dict(self) -> dict[str, object]:
        """The question as JSON-ready data."""
        return {
            "path": self.path,
            "name": self.name,
            "label": _both(self.label),
            "of": self.of,
            "kind": self.kind,
            "unit": self.unit,
            "asks": _both(self.asks),
            "answers": [{"value": value, "text": _both(text)} for value, text in self.answers],
            "low": None if self.low is None else wording.decimal_text(self.low),
            "high": None if self.high is None else wording.decimal_text(self.high),
            "low excluded": self.low_excluded,
            "high excluded": self.high_excluded,
            "whole": self.whole,
            "concerns": [{"name": name, "of": of} for name, of in self.concerns],
            "read by": [
                {"name": rule.name, "label": _both(rule.label), "cites": _both(rule.cites)}
                for rule in self.read_by
            ],
            "settles": wording.decimal_text(self.settles),
        }


def questions(
    evaluator: Evaluator,
    facts: Facts,
    wanted: frozenset[str] | None,
    unknown: Iterable[str],
) -> tuple[Question, ...]:
    """What to ask about the wanted outcomes, the benefits if there is no wish; best first."""
    program = evaluator.program
    own = [rule for rule in program.definitions if rule.own]
    if wanted is not None:
        rules = [rule for rule in own if rule.name in wanted]
    else:
        rules = [rule for rule in own if rule.what == "benefit"] or own
    spots = Spots(program, facts.on)
    declined = _declined(spots, unknown)
    words = _Words(program, spots, rules)
    asked = Inquiry(evaluator, facts, spots, declined).asked(rules)
    return tuple(words.question(found) for found in asked)


def _declined(spots: Spots, paths: Iterable[str]) -> frozenset[Spot]:
    """The spots that paths name; raises `InputError` for what is no path of a fact."""
    report = Report()
    found = {path: _spot(spots, path) for path in texts(paths, UNKNOWN)}
    for path, spot in found.items():
        if spot is None:
            report.add("PR660", UNKNOWN, found=shown(path))
    stop_if_problems(report, UNKNOWN)
    return frozenset(spot for spot in found.values() if spot is not None)


def _spot(spots: Spots, path: str) -> Spot | None:
    """The spot at a path; None if there is none."""
    cells = [cell for group in spots.cells.values() for cell in group]
    for cell in cells:
        if path == cell_path(cell):
            return cell
    if path == f"{HOUSEHOLD}.{MEMBERS[1]}":
        return MEMBERS
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    member, person, name = match.group("member", "person", "name")
    spot: Need = (int(member) if member else 0 if person else None, name)
    return spot if spots.declared(spot) or spots.listed(spot) else None


def cell_path(cell: Cell) -> str:
    """Where a case supplies a value that is not stated."""
    return ".".join((PARAMETERS, cell.name, *cell.keys))


@frozen
class _Words:
    """Puts what is asked into words."""

    program: Program
    spots: Spots
    rules: list[Definition]
    _read_by: dict[Spot, tuple[Reader, ...]] = field(factory=dict)

    def question(self, asked: Asked) -> Question:
        """One question, with what it is asked for."""
        spot = asked.spot
        made = self._of_cell(spot) if isinstance(spot, Cell) else self._of_fact(spot)
        labels = {rule.name: rule.label for rule in self.rules}
        concerns = tuple(
            (name, self._concerned_path(name, member)) for name, member in asked.concerns
        )
        return Question(
            **made,
            concerns=concerns,
            concerned=tuple(labels[name] for name, _ in asked.concerns),
            read_by=self._read_by_rules(spot),
            settles=asked.gain,
        )

    def _concerned_path(self, name: str, member: int | None) -> str:
        rule = next(rule for rule in self.rules if rule.name == name)
        if rule.subject == "person" and member is None:
            return f"{HOUSEHOLD}.{MEMBERS[1]}"
        return member_path(self.program, member)

    # --- the question itself --------------------------------------------------------------------

    def _of_fact(self, need: Need) -> dict[str, Any]:
        owner = need[0]
        assert not isinstance(owner, str)
        whose, subject = member_path(self.program, owner), subject_words(self.program, owner)
        common: dict[str, Any] = {
            "path": f"{whose}.{need[1]}",
            "name": need[1],
            "of": whose,
            "subject": subject,
        }
        if need == MEMBERS:
            return common | how_many_members(need_words(self.program, need, None))
        before = Text("", "")
        if owner is not None and not self.program.persons_only:
            before = Text(f"{capital(subject.of('en'))}: ", f"{subject.of('zh')}：")
        listed = self.spots.listed(need)
        if listed is not None:
            return common | how_many_records(listed.label, before)
        entry = self.spots.declared(need)
        assert entry is not None
        record = field_of(need[1])
        if entry.collection is not None and record is not None:
            of, number = entry.collection.label, record[1] + 1
            before = Text(
                f"{before.of('en')}{of.of('en')} {number}: ",
                f"{before.of('zh')}{of.of('zh')}第{number}条：",
            )
        alike = [item for item in self.program.inputs if item.asks == entry.asks]
        if entry.asks is not None and len(alike) > 1:  # one sentence for several statuses
            en, zh = entry.label.of("en"), entry.label.of("zh")
            before = Text(f"{before.of('en')}{en}: ", f"{before.of('zh')}{zh}：")
        return common | of_input(entry, before)

    def _of_cell(self, cell: Cell) -> dict[str, Any]:
        parameter = next(item for item in self.program.parameters if item.name == cell.name)
        silent = self.spots.silent(cell)
        label = parameter.label
        labels = dict(self.program.labels)
        labels |= dict(row for counted in parameter.counted for row in counted.rows)
        if cell.keys:
            keys = [labels.get(key, Text(key, key)) for key in cell.keys]
            label = Text(
                f"{label.of('en')} ({', '.join(key.of('en') for key in keys)})",
                f"{label.of('zh')}（{'、'.join(key.of('zh') for key in keys)}）",
            )
        return {
            "path": cell_path(cell),
            "name": cell.name,
            "label": label,
            "of": PARAMETERS,
            "subject": Text("a figure that the document does not state", "文件未载明的标准"),
            "kind": number_kind(parameter.unit),
            "asks": figure_question(label, parameter.unit),
            "unit": parameter.unit,
            **bounds(silent),
        }

    # --- who reads it ---------------------------------------------------------------------------

    def _read_by_rules(self, spot: Spot) -> tuple[Reader, ...]:
        """The rules that read a fact, the same for every member and record."""
        alike = spot
        entry = self.spots.declared(spot)
        if not isinstance(spot, Cell):
            alike = None if spot[0] is None else 0, spot[1] if entry is None else entry.name
        if alike not in self._read_by:
            self._read_by[alike] = tuple(self._readers(spot))
        return self._read_by[alike]

    def _readers(self, spot: Spot) -> Iterator[Reader]:
        """The rules that read a fact directly, among those asked for and those they rest on.

        Those of persons are there once for each member.
        """
        for rule in self.spots.rules_below(self.rules):
            exprs = [expr for expr in (rule.value, rule.holds, rule.amount) if expr is not None]
            of_each = spot == MEMBERS and rule in self.rules and rule.subject == "person"
            if of_each or any(self._reads(node, spot) for expr in exprs for node in nodes(expr)):
                cites = tuple(dict.fromkeys(rule.cites))
                yield Reader(
                    rule.name,
                    rule.label,
                    Text(
                        ", ".join(cited(place, "en") for place in cites),
                        "、".join(cited(place, "zh") for place in cites),
                    ),
                )

    def _reads(self, node: Expr, spot: Spot) -> bool:
        match node, spot:
            case Figure(NotStated(name=name, keys=keys)), Cell():
                return (name, keys) == (spot.name, spot.keys)
            case Variable(name=name, subject="parameters"), Cell():
                return name == spot.name
            case _, Cell():
                return False
            case Over(collection=None), (None, "members"):
                return True
            case Over(collection=of), _ if of is not None:
                return of.name == spot[1]
            case Variable(name=name, subject=subject), (owner, _):
                entry = self.spots.declared(spot)
                same = subject == ("household" if owner is None else "person")
                return entry is not None and name == entry.name and same
            case _:
                return False


def _both(text: Text) -> dict[str, str]:
    return {"en": text.of("en"), "zh": text.of("zh")}
