"""The rules of a program as Python text: a function for each, made of the parts that compilers use.

Where the rules are those of one day, what it settles is worked out here, and what it leaves out is
not written; what a path may have to decide keeps the number that it has without that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from attrs import define, field, frozen

from policyrules.backends.closures import Compiler, Numbering, payment
from policyrules.backends.combinators import NUMBERED, Piece, reaching, settled
from policyrules.backends.paths import Reach
from policyrules.backends.sharing import often_read
from policyrules.ir.fold import fold
from policyrules.ir.nodes import (
    Apply,
    Constant,
    Definition,
    Expr,
    NotInForce,
    NotStated,
    Over,
    Program,
    Reference,
    Unsettled,
    Variable,
)
from policyrules.module_data import both, called, cited, data, note

_WIDTH = 100
_INLINE = 60


@frozen(eq=False)
class Call:
    """A call of a part, with other calls or plain text between its brackets; a name has none."""

    name: str
    operands: tuple[Call | str, ...] = ()
    piece: Piece | None = None  # what it is on the one day of the rules


@define
class RuleWriter:
    """Writes the functions of the rules of a program, for one day `on` or for any (None)."""

    program: Program
    on: int | None
    facts: dict[tuple[str, str], str]
    _numbers: Numbering = field(factory=Numbering, init=False)
    _functions: dict[int, tuple[str, Expr]] = field(factory=dict, init=False)
    _pending: list[tuple[str, Expr, str]] = field(factory=list, init=False)
    _often: frozenset[int] = field(default=frozenset(), init=False)
    _compiler: Compiler | None = field(default=None, init=False)
    _definitions: dict[str, Definition] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._definitions = {rule.name: rule for rule in self.program.definitions}
        if self.on is not None:
            self._compiler = Compiler(self.program, self.on)

    def written(self) -> str:
        """The functions of all rules that are asked for, and the table of the ruleset's own."""
        rows = []
        for rule in self.program.definitions:
            if rule.own:
                row = [data(rule.name), data(rule.subject), data(rule.what), data(rule.kind)]
                if rule.what == "benefit":
                    row.append(self._function(payment(rule), f"what is paid of {_told(rule)}"))
                    if rule.holds is not None:
                        row.append(self._function(rule.holds, f"whether {rule.name} is due"))
                else:
                    row.append(self._function(rule.value, _told(rule)))
                rows.append(f"    Rule({', '.join(row)}),\n")
        functions = []
        while self._pending:
            functions.append(self._text(*self._pending.pop(0)))
        table = f"_RULES: tuple[Rule, ...] = (\n{''.join(rows)})\n"
        return "\n\n".join([*functions, table])

    def constant(self, node: Constant) -> Call:
        """A value of the document, or a way of having none."""
        match node.value:
            case NotStated() | NotInForce() | Unsettled():
                made = Call("literal", (data(node.value), data(node.kind)))
            case value:
                made = Call("settled", (data(value),))
        return self._known(made, lambda compiler: compiler.constant(node))

    def variable(self, node: Variable) -> Call:
        """The date, a fact, or a parameter that a case supplies."""
        match node.subject:
            case "date":
                made = Call("settled", ("on",))
            case "parameters":
                made = Call("supplied", (data(node.name), data(node.kind)))
            case subject:
                made = Call("fact", (self.facts[subject, node.name],))
        return self._known(made, lambda compiler: compiler.variable(node))

    def reference(self, node: Reference) -> Call:
        """The value of another rule."""
        rule = self._definitions[node.name]
        reach = Reach.PERSON if rule.subject == "person" else Reach.HOUSEHOLD
        function = self._function(rule.read_as(node.kind), f"what is read of {rule.name}")
        operands = (data(node.name), data(node.kind), _reach(reach), f"lambda: {function}(on).code")
        return self._known(Call("read", operands), lambda compiler: compiler.reference(node))

    def apply(self, node: Apply, operands: tuple[Call, ...]) -> Call:
        """An operator."""
        more = [] if node.kind == "number" else [f"kind={data(node.kind)}"]
        often = id(node) in self._often
        if often or node.operator in NUMBERED:
            more.append(f"number={self._numbers.of(node)}")
        if often:
            more.append("often=True")
        made = Call("op", (data(node.operator), *operands, *more))
        if self._compiler is None:
            return made
        pieces = tuple(operand.piece for operand in operands if operand.piece is not None)
        found = self._known(made, lambda compiler: compiler.apply(node, pieces))
        if node.operator != "select" or found.piece is None or found.piece.constant is not None:
            return found
        if pieces[0].constant is None:
            return found
        return _reaching(operands[1 if pieces[0].constant else 2], found.piece.reach)

    def over(self, node: Over, body: Call | None, condition: Call | None) -> Call:
        """An aggregate over the members or over the records of a list."""
        parts = ("None" if part is None else part for part in (body, condition))
        number = str(self._numbers.of(node))
        made = Call("aggregate", (data(node.function), data(node.collection), *parts, number))
        pieces = [None if part is None else part.piece for part in (body, condition)]
        return self._known(made, lambda compiler: compiler.over(node, pieces[0], pieces[1]))

    def _known(self, made: Call, find: Callable[[Compiler], Piece]) -> Call:
        """A call with what it is on the day of the rules; plainly its value, where it has one."""
        if self._compiler is None:
            return made
        piece = find(self._compiler)
        if piece.constant is not None:
            made = Call("settled", (data(piece.constant),), piece=settled(piece.constant))
            return _reaching(made, piece.reach)
        return Call(made.name, made.operands, piece=piece)

    def _function(self, expr: Expr, what: str) -> str:
        """The name of the function that gives an expression."""
        known = self._functions.get(id(expr))
        if known is None:
            # The expression is kept beside its name, so that its id stays its own.
            known = self._functions[id(expr)] = f"_rule_{len(self._functions)}", expr
            self._pending.append((*known, what))
        return known[0]

    def _text(self, name: str, expr: Expr, what: str) -> str:
        self._often = often_read(expr)
        lines = [*_lines(fold(expr, self))]
        head = f"@per_day\ndef {name}(on: int) -> Piece:  # {note(what)}\n"
        return head + "".join(f"    {line}\n" for line in lines)


def _reaching(call: Call, reach: Reach) -> Call:
    """What the day has chosen, which still reads the facts of all that it was chosen from."""
    if call.piece is None or call.piece.reach is reach:
        return call
    return Call("reaching", (call, _reach(reach)), piece=reaching(call.piece, reach))


def _told(rule: Definition) -> str:
    """A rule by its names, with its clauses."""
    return ", ".join([*both(rule.name, rule.label.zh), *map(cited, rule.cites)])


def _reach(reach: Reach) -> str:
    return f"Reach.{reach.name}"


def _lines(root: Call) -> Iterator[str]:
    """The lines of a function that gives a call: what is long or read twice has a line before."""
    order = _in_order(root)
    uses = Counter(id(part) for call in order for part in call.operands if isinstance(part, Call))
    texts: dict[int, str] = {}
    known: dict[str, str] = {}  # what is written alike is made once
    for call in order:
        parts = [part if isinstance(part, str) else texts[id(part)] for part in call.operands]
        text = f"{call.name}({', '.join(parts)})"
        plain = all(isinstance(part, str) for part in call.operands)
        if call is root:
            yield from called("return ", call.name, parts, _WIDTH - 4)
        elif len(text) <= _INLINE and (plain or uses[id(call)] == 1):
            texts[id(call)] = text
        else:
            if text not in known:
                known[text] = f"v{len(known)}"
                yield from called(f"{known[text]} = ", call.name, parts, _WIDTH - 4)
            texts[id(call)] = known[text]


def _in_order(root: Call) -> list[Call]:
    """A call and all below it, each once, behind those between its brackets."""
    done: dict[int, Call] = {}
    pending = [root]
    while pending:
        call = pending[-1]
        waiting = [
            part for part in call.operands if isinstance(part, Call) and id(part) not in done
        ]
        if waiting:
            pending.extend(reversed(waiting))
            continue
        pending.pop()
        done.setdefault(id(call), call)
    return [*done.values()]
