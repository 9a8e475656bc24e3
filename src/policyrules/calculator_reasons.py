"""The reasons that a calculator shows: conditions, cases, figures and standards, with their places.

Every condition becomes a rule of its own, so that the script says of it what it says of any rule:
that it holds, that it does not, or that this is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import define, evolve, field

from policyrules.backends.naming import names
from policyrules.backends.parts import is_clash, is_exception, items_of
from policyrules.backends.tables import is_table
from policyrules.calculator_phrases import Phrases
from policyrules.explanation_places import cited
from policyrules.ir.nodes import Apply, Cited, Definition, Expr, Program, Reference
from policyrules.ir.walk import nodes
from policyrules.javascript_data import data, record
from policyrules.ruleset_text import version_words
from policyrules.source import Language, Text

_PLACES = Text("by: {}", "依据：{}")
_READING = Text("read so: {}", "解读：{}")
_INSTEAD = Text("{} is paid instead, not both", "不重复享受，改发{}")
_IN_EFFECT = Text("what the provision in effect requires", "所适用条款规定的条件")
_NTH = Text("condition {} of the rule", "第{}项条件")
_CASE = Text("case {}", "情形{}")
_MOST_CELLS = 12


@define
class Reasons:
    """The reasons of the rules of a program, and the `tests` that the script has to answer."""

    program: Program
    lang: Language
    tests: list[Definition] = field(factory=list, init=False)
    figures: dict[str, Definition] = field(factory=dict, init=False)
    _standards: dict[str, int] = field(factory=dict, init=False)
    _phrases: Phrases = field(init=False)
    _rules: dict[str, Definition] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._phrases = Phrases(self.program, self.lang)
        self._rules = {rule.name: rule for rule in self.program.definitions}

    def places(self, rule: Definition) -> list[str]:
        """Where a rule stands and how it was read."""
        texts = [_PLACES.of(self.lang).format(self._cites(rule.cites))] if rule.cites else []
        texts += [_READING.of(self.lang).format(text.of(self.lang)) for text in rule.readings]
        return [record({"text": data(text)}) for text in texts]

    def because(self, rule: Definition) -> list[str]:
        """All reasons of a rule, in the order in which people tell them."""
        read = list(_read(self._rules, rule))
        return [
            *self.places(rule),
            *self._conditions(rule),
            *self._cases(rule),
            *(self._figure(each) for each in read),
            *self._read_standards([rule, *read]),
        ]

    def parameters(self) -> str:
        """The standards that are spoken of: name, and what each version says from when on."""
        items = {item.name: item for item in self.program.parameters}
        texts = []
        for name in self._standards:
            item = items[name]
            versions = [
                [
                    None if version.start is None else date.fromordinal(version.start).isoformat(),
                    version_words(self.program, version, item, self.lang),
                    self._cites(version.cites),
                ]
                for version in sorted(item.versions, key=lambda found: found.start or 0)
            ]
            texts.append(
                record(
                    {
                        "name": data(name),
                        "label": data(item.label.of(self.lang)),
                        "versions": data(versions),
                    }
                )
            )
        return f"[{','.join(texts)}]"

    def _conditions(self, rule: Definition) -> Iterator[str]:
        if rule.what != "benefit":
            return
        for number, item in enumerate(items_of(rule, names(self.program)), 1):
            if item.rival is not None:
                other = self._rules[item.rival.other].label.of(self.lang)
                yield self._test(rule, item.node, _INSTEAD.of(self.lang).format(other), role="case")
            elif item.branches:
                yield self._test(rule, item.node, _IN_EFFECT.of(self.lang))
            elif not item.amount:
                text = self._phrases.condition(item.node)
                unsaid = _NTH.of(self.lang).format(number)
                yield self._test(rule, item.node, unsaid if text is None else text)

    def _cases(self, rule: Definition) -> Iterator[str]:
        """Which case or exception applies; each only where none before it does."""
        amount = rule.amount or rule.value
        number = 0
        before: list[Expr] = []
        for node in _choices(amount):
            test = node.operands[0]
            said = self._phrases.condition(test)
            if is_exception(node):
                name = node.origin.name if node.origin else None
                cites = node.origin.cites if node.origin else ()
                title = name.of(self.lang) if name is not None else ""
            else:
                number += 1
                title, cites = _CASE.of(self.lang).format(number), ()
            text = title if said is None else self._phrases.titled(title, said)
            if not is_clash(node.operands[1]):
                yield self._test(rule, _after(before, test), text, cites, role="case")
            before.append(test)

    def _test(
        self,
        rule: Definition,
        node: Expr,
        text: str,
        cites: tuple[Cited, ...] = (),
        role: str = "condition",
    ) -> str:
        """A reason that the script has to answer: whether it holds."""
        name = f"#{len(self.tests)}"
        made = evolve(
            rule,
            name=name,
            label=Text(name, name),
            what="definition",
            kind="truth",
            value=node,
            holds=None,
            amount=None,
            due=None,
            unit="",
            grants=(),
            rivals=(),
            soft=(),
            own=True,
        )
        self.tests.append(made)
        return self._step(role, name, text, cites)

    def _figure(self, rule: Definition) -> str:
        self.figures[rule.name] = rule
        return self._step("figure", rule.name, None, rule.cites)

    def _step(self, role: str, name: str, text: str | None, cites: tuple[Cited, ...]) -> str:
        parts = {"role": data(role), "rule": data(name), "cites": data(self._cites(cites))}
        return record(parts if text is None else parts | {"text": data(text)})

    def _read_standards(self, rules: list[Definition]) -> Iterator[str]:
        """The standards that rules read by themselves, but for long tables."""
        short = {
            (item.label.en, item.label.zh): item.name
            for item in self.program.parameters
            if max((len(each.cells) for each in item.versions), default=0) <= _MOST_CELLS
        }
        origins = (node.origin for rule in rules for part in rule.parts() for node in nodes(part))
        read = (
            (origin.name.en, origin.name.zh)
            for origin in origins
            if origin is not None and origin.role == "parameter" and origin.name is not None
        )
        for name in dict.fromkeys(short[label] for label in read if label in short):
            place = self._standards.setdefault(name, len(self._standards))
            yield record({"parameter": data(place)})

    def _cites(self, places: tuple[Cited, ...]) -> str:
        return ("、" if self.lang == "zh" else ", ").join(
            cited(place, self.lang) for place in places
        )


def _read(rules: dict[str, Definition], rule: Definition) -> Iterator[Definition]:
    """The rules that one reads, each once, those that it reads itself first."""
    seen, waiting = {rule.name}, [rule]
    while waiting:
        current = waiting.pop(0)
        for part in current.parts():
            for node in nodes(part):
                if isinstance(node, Reference) and node.name not in seen:
                    seen.add(node.name)
                    waiting.append(rules[node.name])
                    yield rules[node.name]


def _choices(node: Expr) -> Iterator[Apply]:
    """The choices between the cases of an amount, in written order."""
    while isinstance(node, Apply) and node.operands:
        if node.operator != "select":
            inner = [each for each in node.operands if isinstance(each, Apply)]
            chosen = [each for each in inner if any(_is_choice(found) for found in nodes(each))]
            if len(chosen) != 1:
                return
            node = chosen[0]
        elif _is_choice(node):
            yield node
            node = node.operands[2]
        else:
            return


def _is_choice(node: Expr) -> bool:
    return (
        isinstance(node, Apply)
        and node.operator == "select"
        and not is_table(node)
        and (
            is_clash(node.operands[1])
            or (node.origin is not None and node.origin.role in ("case", "exception"))
        )
    )


def _after(before: list[Expr], test: Expr) -> Expr:
    """A test, where none of those before it holds."""
    if not before:
        return test
    others = tuple(Apply("not", (each,), "truth") for each in before)
    return Apply("and", (*others, test), "truth")
