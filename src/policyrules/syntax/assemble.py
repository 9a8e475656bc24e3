"""Puts the clauses of a block into its declaration."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from policyrules.diagnostics import Report, said_first
from policyrules.syntax import ast
from policyrules.syntax.build_amendments import with_lines
from policyrules.syntax.example_tables import TableLine, table_of
from policyrules.syntax.parts import Said
from policyrules.syntax.tables import versions_of

Made = ast.Ruleset | ast.AnyDeclaration
_OF_EXAMPLES = ("given", "expect", "because", "readings")


def assemble(
    made: Any, clauses: list[Any], heading: tuple[ast.Citation, ...], report: Report
) -> Made:
    """The declaration with its clauses, citations and the heading under which it stands."""
    said = _said(clauses, report)
    nodes = tuple(node for node in clauses if not isinstance(node, Said))
    if isinstance(made, ast.Ruleset):
        return _ruleset(made, said, clauses, _period(nodes, report))
    cited = (
        {"cites": said.pop("cites"), "heading": heading}
        if "cites" in said
        else {"heading": heading}
    )
    readings = tuple(node for node in nodes if isinstance(node, ast.Reading))
    match made:
        case ast.SourceDocument():
            issued, issuer = said.pop("issued", (None, None))
            valid = _period(nodes, report)
            return evolve(made, **cited, **said, issued=issued, issuer=issuer, valid=valid)
        case ast.Parameter():
            return evolve(
                made,
                **cited,
                versions=versions_of(nodes, made.by, report),
                readings=readings,
            )
        case ast.Input() | ast.Category() | ast.Statuses():
            asks = next((node.text for node in nodes if isinstance(node, ast.Asks)), None)
            return evolve(made, **cited, asks=asks, readings=readings)
        case ast.Group():
            return evolve(made, **cited, clauses=(*made.clauses, *readings))
        case ast.RecordList():
            return evolve(made, **cited, readings=readings)
        case ast.Definition() | ast.Benefit():
            shares = takes_shares(made, nodes)
            return evolve(
                made,
                **cited,
                clauses=tuple(based(node) if shares else node for node in nodes),
            )
        case ast.ExceptionRule():
            return evolve(
                made,
                **cited,
                clauses=tuple(based(node) for node in nodes),
                overrides=said.get("overrides", ()),
            )
        case ast.Permission():
            return evolve(made, **cited)
        case ast.Amendment():
            return evolve(with_lines(made, nodes, report), **cited)
        case ast.Deadline():
            return evolve(made, **cited, readings=readings, valid=_period(nodes, report))
        case ast.NotTogether() | ast.Cumulative() | ast.AsFor():
            return evolve(made, **cited, readings=nodes)
        case ast.Check():
            statements = tuple(
                node.value for node in clauses if isinstance(node, Said) and node.field != "cites"
            )
            return evolve(made, **cited, statements=statements, readings=nodes)
        case _:
            assert isinstance(made, ast.Example)
            return evolve(
                made,
                **cited,
                **{name: said.get(name, ()) for name in _OF_EXAMPLES},
                table=table_of([node for node in nodes if isinstance(node, TableLine)], report),
            )


def _said(clauses: list[Any], report: Report) -> dict[str, Any]:
    """The fields that clauses fill; lists are joined, a field said twice is reported."""
    found: dict[str, Any] = {}
    places: dict[str, Said] = {}
    for clause in clauses:
        if not isinstance(clause, Said) or clause.field in {"uses", "statement"}:
            continue
        if clause.field in {*_OF_EXAMPLES, "cites", "overrides"}:
            found[clause.field] = found.get(clause.field, ()) + clause.value
        elif clause.field in found:
            related = [said_first(places[clause.field].span)]
            report.add("PR108", clause.span, related=related)
        else:
            found[clause.field] = clause.value
            places[clause.field] = clause
    return found


def _period(nodes: tuple[Any, ...], report: Report) -> ast.Valid | None:
    """The period of validity; a second one is reported."""
    valid = [node for node in nodes if isinstance(node, ast.Valid)]
    for later in valid[1:]:
        report.add("PR108", later.span, related=[said_first(valid[0].span)])
    return valid[0] if valid else None


def _ruleset(
    made: ast.Ruleset, said: dict[str, Any], clauses: list[Any], valid: ast.Valid | None
) -> ast.Ruleset:
    uses = tuple(
        clause.value for clause in clauses if isinstance(clause, Said) and clause.field == "uses"
    )
    return evolve(
        made,
        jurisdiction=said.get("jurisdiction"),
        currency=said.get("currency", "yuan"),
        uses=uses,
        valid=valid,
    )


def takes_shares(rule: ast.Definition | ast.Benefit, clauses: tuple[Any, ...]) -> bool:
    """Whether a percentage without `of` is of the base; in a rate it is the rate itself."""
    if isinstance(rule, ast.Benefit):
        return True
    return rule.type.unit != "" and any(isinstance(node, ast.Base) for node in clauses)


def based(node: Any) -> Any:
    """In a payment, a percentage without `of` is a share of the benefit's base."""
    if isinstance(node, ast.Pays | ast.Case | ast.Otherwise | ast.Band):
        return evolve(node, of=_share_of_base(node.of))
    return node


def _share_of_base(of: ast.Expr) -> ast.Expr:
    match of:
        case ast.Rate(value):
            return ast.Share(value, None, span=of.span)
        case (
            ast.AtMost(inner)
            | ast.AtLeast(inner)
            | ast.InTotal(inner)
            | ast.LimitNotStated(inner)
            | ast.NoLimit(inner)
            | ast.NotPaidBelow(inner)
            | ast.PaidAs(inner)
            | ast.Rounded(inner)
            | ast.EachMember(inner)
            | ast.Bounded(of=inner)
            | ast.EachRecord(_, inner)
        ):
            return evolve(of, of=_share_of_base(inner))
        case ast.Extreme(_, items):
            return evolve(of, items=tuple(_share_of_base(item) for item in items))
        case ast.Binary("+" | "-", left, right):
            # Of 500 yuan + 10% a reader could not tell what the 10% is of.
            sides = (_share_of_base(s) if not isinstance(s, ast.Rate) else s for s in (left, right))
            return ast.Binary(of.operator, *sides, span=of.span)
        case _:
            return of
