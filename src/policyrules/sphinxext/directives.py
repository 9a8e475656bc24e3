"""The directives of the domain `policy`; what they show comes from the compiled rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast, get_args

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.states import RSTState
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.logging import getLogger
from sphinx.util.nodes import make_id

from policyrules.diagnostics import CompileError, Diagnostic, InputError, near
from policyrules.ir.nodes import Definition
from policyrules.render import render_all
from policyrules.source import Language
from policyrules.sphinxext import cases, html_nodes, shown
from policyrules.sphinxext.shelf import Shelf, Shelved, Thing, names
from policyrules.sphinxext.words import language, title, word

if TYPE_CHECKING:
    from policyrules.sphinxext.domain import PolicyDomain

_log = getLogger(__name__)


class PolicyDirective(SphinxDirective):
    """What all have in common: the ruleset, the language, and warnings instead of errors."""

    objtype: ClassVar[str]
    option_spec: ClassVar = {
        "ruleset": directives.unchanged_required,
        "lang": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """The nodes; where something is wrong, a warning that names the page, and none."""
        if self.options.get("lang", "en") not in ("en", "zh", "both"):
            self.warn(word("no language", language(self.env.config.language)))
            return []
        try:
            return self.made()
        except (CompileError, InputError) as error:
            self.warn(render_all(error.diagnostics, self.lang))
            return []

    def made(self) -> list[nodes.Node]:
        """The nodes; `CompileError` and `InputError` are told by the caller."""
        raise NotImplementedError

    @property
    def lang(self) -> Language:
        """The language asked for, else that of the documentation."""
        asked = self.options.get("lang", "both")
        return language(self.env.config.language if asked == "both" else asked)

    def told(self, content: Callable[[Language], list[nodes.Node]]) -> list[nodes.Node]:
        """What is said in the language at hand, or in both with a switch."""
        if self.options.get("lang") != "both":
            return content(self.lang)
        switch = html_nodes.switch(self.env.new_serialno("policy"), self.lang)
        parts = [
            nodes.container("", *content(lang), classes=[f"policy-{lang}"])
            for lang in get_args(Language)
        ]
        return [nodes.container("", switch, *parts, classes=["policy-both"])]

    @property
    def domain(self) -> PolicyDomain:
        """Where objects are kept."""
        return cast("PolicyDomain", self.env.get_domain("policy"))

    @property
    def shelf(self) -> Shelf:
        """Where rulesets are kept."""
        return self.domain.shelf

    def warn(self, message: str, line: int | None = None) -> None:
        """A warning at this directive, or at a line of the page."""
        place = (self.env.docname, line) if line else self.get_location()
        _log.warning("%s", message, location=place, type="policy", subtype=self.objtype)

    def take(self, name: str) -> Shelved:
        """A ruleset by id, or by its path from the page; the page depends on its files."""
        is_path = name.endswith(".rules") or "/" in name
        place = Path(self.env.relfn2path(name)[1]) if is_path else name
        if isinstance(place, Path):
            self.env.note_dependency(str(place))
        found = self.shelf.take(str(place))
        for file in found.files:
            self.env.note_dependency(file)
        return found

    def candidates(self) -> Iterator[Shelved]:
        """The ruleset asked for, else the page's own, else those of the configuration."""
        named = self.options.get("ruleset") or self.env.ref_context.get("policy:path")
        if named:
            yield self.take(named)
            return
        for name in self.config.policyrules_rulesets:
            is_path = name.endswith(".rules") or "/" in name
            yield self.take(f"/{name}" if is_path and not name.startswith("/") else name)

    def first(self) -> Shelved | None:
        """The ruleset at hand; a warning where none is named."""
        found = next(self.candidates(), None)
        if found is None:
            self.warn(word("no ruleset", self.lang))
        return found

    def find(self, objtype: str, name: str) -> tuple[Shelved, Thing] | None:
        """What is declared by a name in either language; a warning where nothing is."""
        known: list[str] = []
        ids: list[str] = []
        for shelved in self.candidates():
            ids.append(shelved.program.id)
            for thing in shelved.things(objtype):
                if name in (thing.name, *names(thing.label)):
                    return shelved, thing
                known += names(thing.label)
        if not ids:
            self.warn(word("no ruleset", self.lang))
            return None
        kind = title(objtype, self.lang)
        said = word("unknown", self.lang).format(kind, name, ", ".join(ids))
        hint = near(name, known)
        self.warn(f"{said} ({hint.of(self.lang)})" if hint else said)
        return None

    def target(self, shelved: Shelved, called: tuple[str, ...]) -> str:
        """A new place on this page for an object, which is noted."""
        prefix = f"{self.objtype}-{shelved.program.id}"
        anchor = make_id(self.env, self.state.document, prefix, called[0])
        self.domain.note(self.objtype, shelved.program.id, called, anchor)
        return anchor

    def remarks(self) -> list[nodes.Node]:
        """What the page itself says below the directive."""
        return self.parse_content_to_nodes()

    def described(
        self, shelved: Shelved, called: tuple[str, ...], content: list[nodes.Node]
    ) -> list[nodes.Node]:
        """An object with its heading, a place to be linked to, and what is told of it."""
        anchor = self.target(shelved, called)
        ordered = sorted(called, key=str.isascii, reverse=self.lang == "en")
        signature = addnodes.desc_signature("", "", ids=[anchor])
        signature["_toc_name"] = signature["_toc_parts"] = ordered[0]
        self.set_source_info(signature)
        signature += addnodes.desc_annotation("", title(self.objtype, self.lang) + " ")
        signature += addnodes.desc_name(ordered[0], ordered[0])
        if len(ordered) > 1:
            signature += addnodes.desc_addname("", f" {ordered[1]}")
        self.state.document.note_explicit_target(signature)
        body = addnodes.desc_content("", *content, *self.remarks())
        whole = addnodes.desc("", signature, body, domain="policy", objtype=self.objtype)
        whole["desctype"] = self.objtype
        whole["classes"] += ["policy", self.objtype]
        return [whole]


class RulesetDirective(PolicyDirective):
    """A ruleset: its documents, inputs and lists of what it declares."""

    objtype = "ruleset"
    required_arguments = 1
    has_content = True

    def made(self) -> list[nodes.Node]:
        """The head of a page about a ruleset, which is that of the directives below it."""
        name = self.arguments[0]
        shelved = self.take(name)
        self.env.ref_context["policy:path"] = name
        self.env.ref_context["policy:ruleset"] = shelved.program.id
        program = shelved.program
        called = (*names(program.title), program.id)
        content = self.told(lambda lang: shown.ruleset(shelved, lang))
        return self.described(shelved, tuple(dict.fromkeys(called)), content)


class ThingDirective(PolicyDirective):
    """One declaration by name."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def made(self) -> list[nodes.Node]:
        """What is told of it."""
        found = self.find(self.objtype, self.arguments[0])
        if found is None:
            return []
        shelved, thing = found
        called = tuple(dict.fromkeys(names(thing.label))) or (thing.name,)
        content = self.told(lambda lang: shown.thing(shelved, thing, lang))
        return self.described(shelved, called, content)


class ExampleDirective(PolicyDirective):
    """An example of the ruleset by its title, or one written in the page; executed."""

    objtype = "example"
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {**PolicyDirective.option_spec, "on": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        """The case and what comes out; a warning for what was expected otherwise."""
        if self.content:
            return self.inline()
        name = self.arguments[0] if self.arguments else ""
        known: list[str] = []
        ids: list[str] = []
        for shelved in self.candidates():
            ids.append(shelved.program.id)
            for example in shelved.examples:
                if name in names(example.title):
                    run = cases.run(shelved, example)
                    self.tell(run.diagnostics, 0)
                    content = self.told(partial(cases.shown_case, run))
                    return self.described(shelved, names(example.title), content)
                known += names(example.title)
        kind, hint = title("example", self.lang), near(name, known)
        said = word("unknown", self.lang).format(kind, name, ", ".join(ids))
        self.warn(f"{said} ({hint.of(self.lang)})" if hint else said)
        return []

    def remarks(self) -> list[nodes.Node]:
        """None: the content is the case."""
        return []

    def inline(self) -> list[nodes.Node]:
        """A case in the lines of the page, under the rules of the ruleset at hand."""
        shelved = self.first()
        if shelved is None:
            return []
        called = self.arguments[0] if self.arguments else self.env.docname
        lines = list(self.content)
        try:
            run = cases.written(shelved, called, self.options.get("on"), lines)
        except CompileError as error:
            self.tell(error.diagnostics, cases.lines_of(shelved))
            return []
        self.tell(run.diagnostics, cases.lines_of(shelved))
        content = self.told(partial(cases.shown_case, run))
        if self.arguments:
            return self.described(shelved, (called,), content)
        return [nodes.container("", *content, classes=["policy", "example"])]

    @property
    def first_line(self) -> int:
        """The line of the page before the content, which MyST counts from the directive on."""
        counted = isinstance(self.state, RSTState)
        return int(self.content_offset + (0 if counted else self.lineno))

    def tell(self, diagnostics: tuple[Diagnostic, ...], before: int) -> None:
        """A warning for each finding, at its line of the page where it stands in the page."""
        for found in diagnostics:
            line = None
            if before and not isinstance(found.place, str):
                at = found.place.source.position(found.place.start)[0] - before - 1
                line = self.first_line + max(at, 1)
            self.warn(render_all([found], self.lang), line)


class RulesDirective(PolicyDirective):
    """A block of rules: compiled, run and shown, with its mistakes where it is to have some."""

    objtype = "rules"
    has_content = True
    option_spec: ClassVar = {**PolicyDirective.option_spec, "fails": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        """The text in colour, then what was found in it."""
        text = "\n".join(self.content)
        ground = self.first() if "ruleset" in self.options else None
        diagnostics, told = cases.examined(text, ground, self.lang)
        wanted = set(self.options.get("fails", "").replace(",", " ").split())
        found = {item.code for item in diagnostics if wanted or item.severity == "error"}
        if found != wanted:
            none = word("none", self.lang)
            codes = [", ".join(sorted(codes)) or none for codes in (wanted, found)]
            said = word("fails", self.lang).format(*codes) + "\n" if wanted else ""
            self.warn(said + render_all(diagnostics, self.lang))
        block = shown.code(text)
        self.set_source_info(block)
        if not diagnostics:
            return [block, nodes.paragraph("", told, classes=["policy-holds"])]
        message = render_all(diagnostics, self.lang)
        return [block, nodes.literal_block(message, message, language="none")]


class DiagramDirective(PolicyDirective):
    """What a benefit depends on."""

    objtype = "diagram"
    required_arguments = 1
    final_argument_whitespace = True

    def made(self) -> list[nodes.Node]:
        """The drawing, with the same as a list."""
        found = self.find("benefit", self.arguments[0])
        if found is None:
            return []
        shelved, rule = found
        assert isinstance(rule, Definition)
        return self.told(partial(_diagram, shelved, rule))


class CalculatorDirective(PolicyDirective):
    """A form that computes while one types."""

    objtype = "calculator"
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = {**PolicyDirective.option_spec, "on": directives.unchanged_required}

    def made(self) -> list[nodes.Node]:
        """The part of the page that `calculator.js` fills."""
        if self.arguments:
            found = self.find("benefit", self.arguments[0])
            shelved = found[0] if found else None
        else:
            shelved = self.first()
        if shelved is None:
            return []
        only = self.arguments[0] if self.arguments else None
        text = shelved.rules.calculator(only, self.options.get("on"), lang=self.lang, page=False)
        return html_nodes.placed(text, self.env.current_document)


def _diagram(shelved: Shelved, rule: Definition, lang: Language) -> list[nodes.Node]:
    return [shown.diagram(shelved, rule, lang)]


def _thing(objtype: str) -> type[ThingDirective]:
    return type(f"{objtype.title()}Directive", (ThingDirective,), {"objtype": objtype})


DIRECTIVES: dict[str, type[PolicyDirective]] = {
    "ruleset": RulesetDirective,
    "example": ExampleDirective,
    "rules": RulesDirective,
    "calculator": CalculatorDirective,
    "diagram": DiagramDirective,
    **{
        name: _thing(name)
        for name in ("benefit", "definition", "deadline", "parameter", "input", "source")
    },
}
