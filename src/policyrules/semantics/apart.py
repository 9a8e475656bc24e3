"""Benefits that are not paid together: which of them loses, and which are paid beside others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from attrs import evolve

from policyrules.diagnostics import Label
from policyrules.ir.build import ZERO, all_of, any_of, apply, comparison, negation
from policyrules.ir.nodes import Constant, Definition, Expr, NotStated, Rival
from policyrules.semantics.readings import doubtful
from policyrules.semantics.resolve import Symbols
from policyrules.semantics.scope import Scope
from policyrules.source import Text
from policyrules.syntax import ast

_MOST_OTHERS = 50


def apart(symbols: Symbols, rules: dict[str, Definition], scope: Scope) -> None:
    """Change the benefits that are not paid together; mistakes go into the report.

    Each line looks at what is due by itself, so that the order of several lines changes nothing.
    """
    if _too_many(symbols, scope):
        return
    _check_contradictions(symbols, scope)
    lines = [
        node
        for tree in symbols.trees
        for node in tree.declarations
        if isinstance(node, ast.NotTogether | ast.Cumulative) and _named(node, rules, scope)
    ]
    settled = [
        line for line in lines if isinstance(line, ast.NotTogether) and _is_clear(line, scope)
    ]
    for name in {name for line in settled if line.alternatives for name in line.names}:
        rules[name] = doubtful(rules[name])
    alone = dict(rules)
    for name in dict.fromkeys(name for line in settled for name in line.names):
        own = [line for line in settled if name in line.names]
        rules[name] = _against(alone[name], own, alone, scope)


def _is_clear(line: ast.NotTogether, scope: Scope) -> bool:
    """Whether a line says which of more than two benefits goes before the others."""
    if line.winner == "unclear":
        scope.mistake("PR526", line.span)
    return line.winner != "unclear"


def _too_many(symbols: Symbols, scope: Scope) -> bool:
    """Whether a benefit is not paid together with more others than can be compared in a case."""
    others: dict[str, set[str]] = {}
    declared = (node for tree in symbols.trees for node in tree.declarations)
    for node in (node for node in declared if isinstance(node, ast.NotTogether)):
        for name in node.names:
            found = others.setdefault(name, set())
            found.update(other for other in node.names if other != name)
            if len(found) > _MOST_OTHERS and name in symbols.table:
                shown = symbols.table[name].name.text
                scope.mistake("PR592", node.span, name=shown, most=str(_MOST_OTHERS))
                return True
    return False


def _check_contradictions(symbols: Symbols, scope: Scope) -> None:
    """Report two benefits of which two lines say whether, or which of them, is paid."""
    lines = [node for tree in symbols.trees for node in tree.declarations]
    against = [
        line for line in lines if isinstance(line, ast.NotTogether) and line.winner != "unclear"
    ]
    for side in (line for line in lines if isinstance(line, ast.Cumulative)):
        for line in against:
            _report_both("PR590", side, line, symbols, scope)
    for first, second in combinations(against, 2):
        _report_both("PR591", second, first, symbols, scope)


def _report_both(
    code: str,
    line: ast.Cumulative | ast.NotTogether,
    other: ast.NotTogether,
    symbols: Symbols,
    scope: Scope,
) -> None:
    """Report the first two benefits that both lines name."""
    shared = dict.fromkeys(name for name in line.names if name in other.names)
    both = [name for name in shared if name in symbols.table]
    if len(both) > 1:
        names = [symbols.table[name].name.text for name in both[:2]]
        related = [Label(other.span, _APART)]
        facts = dict(zip(("one", "other"), names, strict=True))
        scope.report.add(code, line.span, related=related, facts=facts)


_APART = Text("not paid together by this line", "此处规定不重复享受")
_PAID_BY_OTHERS = Text(
    "whether somebody draws a payment from elsewhere is a fact: declare "
    "`statuses of person: pensioner` and write `when not pensioner` in the benefit",
    "是否领取本规则集以外的待遇是个案信息：请声明“身份，以个人为单位：退休人员”，"
    "并在待遇中写“条件 非退休人员”",
)


def _named(
    node: ast.NotTogether | ast.Cumulative, rules: dict[str, Definition], scope: Scope
) -> bool:
    """Whether all names are benefits, each once, of one subject in one unit."""
    named = True
    for name, count in Counter(node.names).items():
        symbol = scope.symbols.table.get(name)
        if symbol is None or symbol.kind != "benefit":
            known = symbol.name.text if symbol else name
            hint = _PAID_BY_OTHERS if symbol and symbol.kind in {"input", "status"} else None
            wanted = Text("a benefit", "待遇")
            scope.mistake("PR208", node.span, hint=hint, name=known, wanted=wanted)
            named = False
        elif count > 1:
            scope.mistake("PR593", node.span, name=symbol.name.text)
            named = False
        elif name not in rules:
            named = False  # it has a mistake of its own
    if not named:
        return False
    found = [rules[name] for name in node.names]
    alike = len({(rule.subject, rule.unit) for rule in found}) == 1
    if isinstance(node, ast.NotTogether) and not alike:
        scope.mistake("PR521", node.span)
        return False
    return True


def _against(
    rule: Definition, lines: list[ast.NotTogether], alone: dict[str, Definition], scope: Scope
) -> Definition:
    """A benefit beside those with which it is not paid together, each as it is by itself."""
    assert rule.holds is not None
    assert rule.amount is not None
    rivals: list[Rival] = []
    amount = rule.amount
    # What is not stated is asked line by line, so the first line comes to stand outermost.
    for line in reversed(lines):
        if line.winner == "not stated":
            silent = Constant(NotStated(payment=True), "number")
            origin = scope.origin("not together", line.span, rule.label)
            both = any_of(*(_holds(alone[other]) for other in line.names if other != rule.name))
            amount = apply("select", "number", both, silent, amount, origin=origin)
        else:
            rivals = [*_rivals(rule, line, alone), *rivals]
    holds = rule.holds
    if rivals:
        first = next(line for line in lines if line.winner != "not stated")
        origin = scope.origin("not together", first.span, rule.label)
        holds = all_of(holds, negation(any_of(*(rival.beats for rival in rivals))), origin=origin)
    value = apply("select", "number", holds, amount, ZERO)
    return evolve(rule, holds=holds, amount=amount, value=value, rivals=tuple(rivals))


def _rivals(
    rule: Definition, line: ast.NotTogether, alone: dict[str, Definition]
) -> Iterator[Rival]:
    """Those of a line that may be paid instead; of equal ones, the first named."""
    assert rule.amount is not None
    place = line.names.index(rule.name)
    for turn, name in enumerate(line.names):
        other = alone[name]
        holds, amount = _holds(other), other.amount
        assert amount is not None
        if line.winner == "first" and turn < place:
            yield Rival(rule.name, name, holds, amount, holds)
        elif line.winner != "first" and turn != place:
            higher = comparison(">=" if turn < place else ">", amount, rule.amount)
            yield Rival(rule.name, name, holds, amount, all_of(holds, higher), higher)


def _holds(rule: Definition) -> Expr:
    assert rule.holds is not None
    return rule.holds
