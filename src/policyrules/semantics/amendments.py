"""Amendments: what a ruleset changes in the rules of those that it uses.

The trees are changed before anything else looks at them, so that an amended rule is a rule like any
other. A labelled line is replaced, everything else of its rule stays; of a parameter, the values
from the first day that the amendment states are those of the amendment.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from policyrules.diagnostics import Label, Report, near
from policyrules.source import Span, Text
from policyrules.syntax import ast
from policyrules.syntax.assemble import based, takes_shares
from policyrules.syntax.tables import HEADS

Rule = ast.Benefit | ast.Definition
_PAYING = (ast.Pays, ast.Case, ast.Band, ast.Otherwise)
_EARLIER = Text("first changed here", "此处已有改动")
_HERE = Text(
    "it is declared in this ruleset: change it where it stands",
    "该规则就声明于本规则集，请直接修改",
)
_LINES = Text(
    'write which line: `amends RULESET RULE, line "LABEL": …`; a line gets its label behind its '
    'first word: `pays "LABEL" …`',
    "请写明修改哪一行：“修改 规则集 规则，‘标签’行：…”；标签写在该行首词之后：“给予 ‘标签’ …”",
)
_VALUES = Text(
    "write the values under it, such as `from 2024-01-01: 720`",
    "请在下面写明数值，例如“自2024年1月1日起：720”",
)
_ONLY_PAYING = Text(
    "only a line that says how much is paid can be refined; write `amends`",
    "只有写明数额的行才能细化；请写“修改”",
)
_SAY = Text(
    "write what it becomes behind a colon, or as a whole line under it",
    "请在冒号后写明改成什么，或者在下面写出完整的一行",
)


@frozen
class Change:
    """One change of a rule: the amendment, the rule before and after it, and the line."""

    node: ast.Amendment
    before: Rule | ast.Parameter
    after: Rule | ast.Parameter
    line: ast.Line | None = None
    lines: tuple[ast.Clause, ...] = ()


@frozen
class Amended:
    """The trees as amended, every change in order, and the rules that the last tree changes."""

    trees: tuple[ast.Ruleset, ...]
    changes: tuple[Change, ...] = ()
    own: frozenset[str] = field(factory=frozenset)


def amended(trees: tuple[ast.Ruleset, ...], report: Report) -> Amended:
    """The trees with every amendment carried out; what cannot be is reported and left out."""
    changes: list[Change] = []
    own: set[str] = set()
    for tree in trees:
        for node in tree.declarations:
            if isinstance(node, ast.Amendment):
                change = _Amending(trees, tuple(changes), tree, report).change(node)
                if change is not None:
                    changes.append(change)
                    trees = tuple(_replaced(each, change) for each in trees)
                    own |= {node.rule.name} if tree.id == trees[-1].id else set()
    return Amended(trees, tuple(changes), frozenset(own))


def _replaced(tree: ast.Ruleset, change: Change) -> ast.Ruleset:
    if not any(declared is change.before for declared in tree.declarations):
        return tree
    found = tuple(change.after if d is change.before else d for d in tree.declarations)
    return evolve(tree, declarations=found)


def same_label(one: Text | None, other: Text) -> bool:
    """Whether two labels have a half in common."""
    if one is None:
        return False
    return bool({one.en, one.zh} & {half for half in (other.en, other.zh) if half})


@frozen
class _Amending:
    """One ruleset that changes rules of those it uses; `done` are the changes made so far."""

    trees: tuple[ast.Ruleset, ...]
    done: tuple[Change, ...]
    tree: ast.Ruleset
    report: Report

    def change(self, node: ast.Amendment) -> Change | None:
        """What an amendment comes to; None where it has a mistake."""
        used = _reach(self.tree, self.trees)
        if node.ruleset.ruleset not in used:
            hint = near(node.ruleset.ruleset, used) or _listed(used)
            self.report.add("PR225", node.ruleset.span, hint=hint, name=node.ruleset.ruleset)
            return None
        rule = self._rule(node, used)
        if rule is None:
            return None
        if isinstance(rule, ast.Parameter):
            return self._values(node, rule)
        return self._line(node, rule)

    def _rule(
        self, node: ast.Amendment, used: Mapping[str, ast.Ruleset]
    ) -> Rule | ast.Parameter | None:
        """The rule to be changed, in the ruleset that is named or that this one has changed."""
        found: dict[str, Rule | ast.Parameter] = {}
        for tree in used.values():
            for declared in tree.declarations:
                if isinstance(declared, Rule | ast.Parameter):
                    amending = {
                        each.id
                        for each in used.values()
                        for change in self.done
                        if change.node in each.declarations
                        and change.node.rule.name == declared.name.key
                    }
                    if node.ruleset.ruleset in {tree.id, *amending}:
                        found[declared.name.key] = declared
        if node.rule.name in found:
            return found[node.rule.name]
        spelled = [half for d in found.values() for half in (d.name.en, d.name.zh) if half]
        hint = self._elsewhere(node, used) or near(node.rule.name, spelled)
        name, ruleset = node.rule.name, node.ruleset.ruleset
        self.report.add("PR226", node.rule.span, hint=hint, name=name, ruleset=ruleset)
        return None

    def _elsewhere(self, node: ast.Amendment, used: Mapping[str, ast.Ruleset]) -> Text | None:
        """The ruleset that declares the rule, where another one is named."""
        for tree in (self.tree, *used.values()):
            for declared in tree.declarations:
                match declared:
                    case ast.Benefit(name) | ast.Definition(name) | ast.Parameter(name):
                        if name.key == node.rule.name:
                            return _HERE if tree is self.tree else _declared_in(tree.id)
        return None

    def _twice(self, node: ast.Amendment, line: ast.Line | None) -> bool:
        """Report a second change of the same thing that does not build on the first."""
        used = _reach(self.tree, self.trees).values()
        for change in self.done:
            if change.node.rule.name != node.rule.name:
                continue
            if line is not None and not (
                isinstance(change.line, ast.Line)
                and line.label is not None
                and same_label(change.line.label, line.label)
            ):
                continue
            if not any(change.node in tree.declarations for tree in used):
                related = [Label(_place(change.node), _EARLIER)]
                self.report.add("PR228", _place(node), related=related)
                return True
        return False

    # --- parameters -----------------------------------------------------------------------------

    def _values(self, node: ast.Amendment, rule: ast.Parameter) -> Change | None:
        if node.line or node.refines or node.of or _lines(node) or not node.versions:
            self.report.add("PR229", _place(node), hint=_VALUES, name=rule.name.text)
            return None
        if self._twice(node, None):
            return None
        for head in node.heads:
            if rule.by[head.place : head.place + 1] not in {(), (head.name,)}:
                self.report.add("PR121", head.span, hint=HEADS)
        first = min(map(_start, node.versions))
        kept = tuple(
            evolve(version, cites=version.cites or rule.places)
            for version in rule.versions
            if _start(version) < first
        )
        new = tuple(evolve(each, cites=each.cites or node.places) for each in node.versions)
        readings = tuple(clause for clause in node.clauses if isinstance(clause, ast.Reading))
        after = evolve(rule, versions=(*kept, *new), readings=(*rule.readings, *readings))
        return Change(node, rule, after)

    # --- lines ----------------------------------------------------------------------------------

    def _line(self, node: ast.Amendment, rule: Rule) -> Change | None:
        if node.line is None:
            hint = None if node.versions else _LINES
            self.report.add("PR229", _place(node), hint=hint, name=rule.name.text)
            return None
        line = self._labelled(node.line, rule)
        if line is None or self._twice(node, line):
            return None
        lines = self._new_lines(node, rule, line)
        if not lines:
            return None
        readings = tuple(clause for clause in node.clauses if isinstance(clause, ast.Reading))
        at = rule.clauses.index(line)
        clauses = (*rule.clauses[:at], *lines, *rule.clauses[at + 1 :], *readings)
        cites = tuple(dict.fromkeys((*rule.places, *node.places)))
        return Change(node, rule, evolve(rule, clauses=clauses, cites=cites), line, lines)

    def _labelled(self, label: ast.LineLabel, rule: Rule) -> ast.Line | None:
        labels = {c: c.label for c in rule.clauses if isinstance(c, ast.Line) and c.label}
        for clause, known in labels.items():
            if same_label(known, label.text):
                return clause
        halves = [half for known in labels.values() for half in (known.en, known.zh) if half]
        hint = near(label.text.en or label.text.zh or "", halves) or _listed(halves)
        facts = {"name": rule.name.text, "label": label.text}
        self.report.add("PR227", label.span, hint=hint, facts=facts)
        return None

    def _new_lines(self, node: ast.Amendment, rule: Rule, line: ast.Line) -> tuple[ast.Clause, ...]:
        """The lines in place of the old one: of its kind, under its condition and its label."""
        base = _own_base(node, rule)
        shares = takes_shares(rule, (*rule.clauses, *base))
        if node.refines and not isinstance(line, _PAYING):
            self.report.add("PR229", _place(node), hint=_ONLY_PAYING, name=rule.name.text)
            return ()
        if node.of is not None and isinstance(line, ast.Counted | ast.RoundedClause | ast.Order):
            self.report.add("PR229", _place(node), hint=_SAY, name=rule.name.text)
            return ()
        stated = tuple(clause for clause in _lines(node) if clause not in base)
        if node.of is not None:
            stated = (_said(line, node.of, node.span), *stated)
        kinds: tuple[type[ast.Line], ...]
        kinds = _PAYING if isinstance(line, _PAYING) else (type(line),)
        if node.refines and isinstance(line, ast.Band):
            kinds = (ast.Pays, ast.Case, ast.Otherwise)
        wrong = next((c for c in stated if not isinstance(c, kinds)), None)
        several = len(stated) > 1 and (not isinstance(line, _PAYING) or node.of is not None)
        if not stated or node.versions or wrong or several:
            span = wrong.span if wrong else stated[1].span if several else _place(node)
            self.report.add("PR229", span, hint=_SAY, name=rule.name.text)
            return ()
        if node.refines and isinstance(stated[-1], ast.Case | ast.Band) and node.of is None:
            self.report.add("PR582", stated[-1].span, name=rule.name.text)
            return ()
        found: list[ast.Clause] = [*base]
        for clause in stated:
            assert isinstance(clause, ast.Line)
            made = evolve(based(clause) if shares else clause, label=clause.label or line.label)
            found.append(_under(line, made) if node.refines else made)
        return tuple(found)


def _own_base(node: ast.Amendment, rule: Rule) -> tuple[ast.Clause, ...]:
    """The base of refining bands, where the rule has none that other lines are measured by."""
    if not node.refines or any(isinstance(clause, ast.Base) for clause in rule.clauses):
        return ()
    return tuple(clause for clause in _lines(node)[:1] if isinstance(clause, ast.Base))


def _said(line: ast.Line, of: ast.Expr, span: Span) -> ast.Clause:
    """The line with another amount or condition."""
    match line:
        case ast.When():
            return evolve(line, condition=of, span=span)
        case ast.Case() | ast.Band() | ast.Pays() | ast.Otherwise() | ast.Base() | ast.Deductible():
            return evolve(line, of=of, span=span)
        case _:
            raise AssertionError(line)


def _under(line: ast.Line, made: ast.Clause) -> ast.Clause:
    """A refining line under the condition of the case or band that it refines."""
    if not isinstance(line, ast.Case | ast.Band):
        return made
    match made:
        case ast.Case(condition) | ast.Band(condition):
            both = _both(line.condition, condition)
        case ast.Pays() | ast.Otherwise():
            both = line.condition
        case _:
            return made
    if isinstance(made, ast.Band):
        return evolve(made, condition=both)
    if isinstance(line, ast.Band):
        return evolve(line, condition=both, of=made.of, label=made.label, span=made.span)
    assert both is not None
    return ast.Case(both, made.of, label=made.label, span=made.span)


def _both(one: ast.Expr | None, other: ast.Expr | None) -> ast.Expr | None:
    """Two conditions that must hold together; None is none."""
    if one is None or other is None:
        return one or other
    return ast.And((one, other), span=other.span)


def _lines(node: ast.Amendment) -> tuple[ast.Clause, ...]:
    return tuple(clause for clause in node.clauses if not isinstance(clause, ast.Reading))


def _place(node: ast.Amendment) -> Span:
    """What an amendment changes, as a place in its header."""
    return node.line.span if node.line else node.rule.span


def _start(version: ast.Version) -> int:
    return version.start.value.toordinal() if version.start else 0


def _reach(tree: ast.Ruleset, trees: tuple[ast.Ruleset, ...]) -> dict[str, ast.Ruleset]:
    """The rulesets that a ruleset uses, directly or by way of others."""
    found: dict[str, ast.Ruleset] = {}
    pending = [tree]
    while pending:
        for use in pending.pop().uses:
            for each in trees:
                if each.id == use.ruleset and each.id not in found:
                    found[each.id] = each
                    pending.append(each)
    return found


def _declared_in(ruleset: str) -> Text:
    return Text(f"it is declared in `{ruleset}`", f"该规则声明于“{ruleset}”")


def _listed(known: object) -> Text | None:
    names = list(dict.fromkeys(map(str, known))) if isinstance(known, list | dict) else []
    if not names:
        return None
    return Text(
        "there is " + ", ".join(f"`{name}`" for name in names),
        "可用的有" + "、".join(f"“{name}”" for name in names),
    )
