"""The documents and clauses that a letter rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from policyrules.backends.steps import Step, Term
from policyrules.explanation_places import cited
from policyrules.explanation_tree import Line
from policyrules.ir.nodes import Cited, Document
from policyrules.letter_plain import Plain
from policyrules.source import Text

_NO_NAME = Text("", "")


@frozen
class Sources:
    """Names documents by title, number and issuer; `plain` fixes the language."""

    plain: Plain

    def basis(self, root: Step) -> Iterator[Line]:
        """Each document in the order of citing, with its clauses in their own."""
        documents = {document.name: document for document in self.plain.program.documents}
        clauses: dict[str, dict[Cited, None]] = {}
        for place in (*root.cites, *_cited(root)):
            clauses.setdefault(place.source, {})[place] = None
        for source, places in clauses.items():
            document = documents.get(source)
            name = next(iter(places)).label
            told = self.plain.of(name) if document is None else self._document(document)
            yield Line(self.plain.sentence(told) + self._clauses(sorted(places, key=_place)))

    def _document(self, document: Document) -> str:
        """A document by its title, with what identifies it in brackets."""
        plain = self.plain
        told = plain.of(document.title or document.label)
        chinese = document.title is not None and document.title.zh
        if plain.lang == "zh" and chinese and not told.startswith("《"):
            told = f"《{told}》"
        # The day of issue is not told: of many documents the rules give the year alone.
        issuer = plain.of(document.issuer)
        known = [plain.of(document.number), plain.say(issuer, issuer and f"{issuer}印发")]
        if document.quoted_in is not None:
            place = cited(document.quoted_in, plain.lang)
            known.append(plain.say(f"quoted in {place}", f"转引自{place}"))
        name = plain.of(document.label)
        if document.title is not None:
            known.append(plain.say(f"called “{name}” here", f"以下简称“{name}”"))
        listed = plain.say("; ", "，").join(text for text in known if text)
        return told + (plain.bracketed(listed) if listed else "")

    def _clauses(self, places: Iterable[Cited]) -> str:
        plain = self.plain
        texts = [cited(evolve(place, label=_NO_NAME), plain.lang).strip() for place in places]
        known = [text for text in texts if text]
        if not known:
            return ""
        called = "sections " if len(known) > 1 else "section "
        called = called if all(text[0].isdigit() for text in known) else ""
        return plain.say(f", {called}", "：") + plain.among(known)


def _place(clause: Cited) -> list[tuple[bool, int, str]]:
    """Where a clause stands: numbered levels by number, before those with a name."""
    return [
        (False, level, "") if isinstance(level, int) else (True, 0, level)
        for level in clause.levels
    ]


def _cited(step: Step) -> Iterator[Cited]:
    """The clauses cited by what a step rests on."""
    for below in step.because:
        yield from below.cites
        for term in below.terms:
            yield from _of_term(term)
        yield from _cited(below)


def _of_term(term: Term) -> Iterator[Cited]:
    yield from term.cites
    for below in term.operands:
        yield from _of_term(below)
