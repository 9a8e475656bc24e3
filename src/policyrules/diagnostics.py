"""What is wrong with a rule file or a case: facts first, wording at the edge.

A pass reports and goes on; it raises once, at its end, with all that it found. The wording in both
languages lives in `catalogue/`; `render.py` draws a diagnostic for a person.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Self

from attrs import field, frozen

from policyrules.source import Language, Span, Text

if TYPE_CHECKING:
    from policyrules.catalogue import Entry, Severity

Fact = str | Text
SHOWN = 60  # characters of a word


@frozen
class Label:
    """A place and, in both languages, what is to be seen there."""

    span: Span
    text: Text


def said_first(span: Span) -> Label:
    """The place of what is said a second time elsewhere."""
    return Label(span, Text("first said here", "此处已有"))


@frozen
class Diagnostic:
    """One finding: a code of the catalogue, the place, and the facts that its wording needs.

    `place` is a span of a rule file, or the path of a value in a case
    (`household.members[2].age`).
    """

    code: str
    place: Span | str
    facts: Mapping[str, Fact] = field(factory=dict)
    related: tuple[Label, ...] = ()
    hint: Text | None = None

    @property
    def severity(self) -> Severity:
        """Whether this stops the work (`error`) or only speaks (`warning`)."""
        return self._entry.severity

    def message(self, lang: Language = "en") -> str:
        """What is wrong, as one sentence without a full stop."""
        return self._fill(self._entry.message, lang)

    def label(self, lang: Language = "en") -> str:
        """The words under the caret; empty where the message says it all."""
        return self._fill(self._entry.label, lang)

    def remedy(self, lang: Language = "en") -> str:
        """What to do about it; empty where nothing better than the message is known."""
        hint = self.hint or self._entry.hint
        return self._fill(hint, lang)

    @property
    def _entry(self) -> Entry:
        # Where nothing is wrong, no wording is needed.
        from policyrules.catalogue import CATALOGUE  # noqa: PLC0415 (see above)

        return CATALOGUE[self.code]

    def _fill(self, text: Text, lang: Language) -> str:
        facts = {
            name: fact.of(lang) if isinstance(fact, Text) else fact
            for name, fact in self.facts.items()
        }
        return text.of(lang).format_map(facts)


class CompileError(Exception):
    """A rule file has errors; `diagnostics` holds them in the order of the text.

    Of more than `MOST_LISTED` the last one tells the number of the rest.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(_summary(self.diagnostics))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Diagnostic, ...]]]:
        """How it reaches another process: made again of its diagnostics."""
        return type(self), (self.diagnostics,)


class InputError(Exception):
    """A case cannot be evaluated; `diagnostics` holds the problems with their paths.

    Of more than a hundred the last one tells the number of the rest.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(_summary(self.diagnostics))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Diagnostic, ...]]]:
        """How it reaches another process: made again of its diagnostics."""
        return type(self), (self.diagnostics,)


def _summary(diagnostics: tuple[Diagnostic, ...]) -> str:
    lines = []
    for diagnostic in diagnostics:
        said = f"{place(diagnostic)}: {diagnostic.code}: {diagnostic.message()}"
        lines.append(visible(said))
        if diagnostic.remedy():
            lines.append(f"  hint: {visible(diagnostic.remedy())}")
    return "\n".join(lines)


def visible(text: str) -> str:
    """The text with what would steer a terminal, or cannot be encoded, escaped."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character in " \u3000" else _escaped(character)
        for character in text
    )


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def shown(text: str, most: int = SHOWN) -> str:
    """A word of the user's, as it may stand in a message: printable and not too long."""
    return visible(text if len(text) <= most else text[: most - 1] + "…")


def place(diagnostic: Diagnostic) -> str:
    """The place as `file:line:column`, or the path in the case."""
    if isinstance(diagnostic.place, str):
        return diagnostic.place
    line, column = diagnostic.place.source.position(diagnostic.place.start)
    return f"{diagnostic.place.source.name}:{line}:{column}"


# Nobody reads more at once; the rest is counted.
MOST_LISTED = 200
FURTHER: Mapping[Severity, str] = {"error": "PR144", "warning": "PR903"}


class Report:
    """Collects diagnostics while a pass goes on; beyond the first `most` they are only counted."""

    def __init__(self, most: int | None = None) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._noted: set[object] = set()
        self.more = 0
        self._most = most

    @property
    def full(self) -> bool:
        """Whether further findings are only counted, so that hints for them are of no use."""
        return self._most is not None and len(self.diagnostics) >= self._most

    def add(
        self,
        code: str,
        place: Span | str,
        *,
        related: Iterable[Label] = (),
        hint: Text | None = None,
        facts: Mapping[str, Fact] | None = None,
        **more: Fact,
    ) -> None:
        """Note a finding with its facts; the same finding at the same place is noted once."""
        if self.full:
            self.more += 1
            return
        self._note(Diagnostic(code, place, {**(facts or {}), **more}, tuple(related), hint))

    def add_all(self, other: Report) -> None:
        """Take over what another report has; the same finding is noted once."""
        for found in other.diagnostics:
            self._note(found)

    def _note(self, found: Diagnostic) -> None:
        same = (found.code, found.place, *found.facts.items(), found.related, found.hint)
        if same not in self._noted:
            self._noted.add(same)
            self.diagnostics.append(found)

    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop the work, in the order of the text, `MOST_LISTED` at most."""
        return self._listed("error")

    def warnings(self) -> tuple[Diagnostic, ...]:
        """The findings that only speak, in the order of the text, `MOST_LISTED` at most."""
        return self._listed("warning")

    def _listed(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """The findings of a kind; one more at the place of the first that is not among them."""
        found = in_order(found for found in self.diagnostics if found.severity == severity)
        rest = found[MOST_LISTED:]
        if not rest:
            return found
        more = Diagnostic(FURTHER[severity], rest[0].place, {"count": str(len(rest))})
        return (*found[:MOST_LISTED], more)

    def stop_if_errors(self) -> None:
        """Raise `CompileError` with every error found so far, if there is any."""
        errors = self.errors()
        if errors:
            raise CompileError(errors)


def how_many(diagnostics: Iterable[Diagnostic], severity: Severity) -> int:
    """The number of findings of a kind, those that are only counted included."""
    return sum(
        int(str(found.facts["count"])) if found.code in FURTHER.values() else 1
        for found in diagnostics
        if found.severity == severity
    )


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics by source and offset; paths of a case stay in the order found."""

    def key(diagnostic: Diagnostic) -> tuple[str, int]:
        found = diagnostic.place
        return ("", 0) if isinstance(found, str) else (found.source.name, found.start)

    return tuple(sorted(diagnostics, key=key))


def near(word: str, known: Iterable[str]) -> Text | None:
    """A hint naming the known words that look like `word`, or none; capitals do not matter."""
    word, folded = _folded(word), {_folded(other): other for other in known}
    # A word of two or three Chinese characters with one of them wrong is half right at most.
    cutoff = 0.5 if len(word) <= 3 and not word.isascii() else 0.6
    letters = set(word)
    alike = sorted(other for other in folded if not letters.isdisjoint(other))
    if len(word) > 3 * max(map(len, alike), default=0):
        return None  # Too long to look like any of them, and long to compare.
    from difflib import get_close_matches  # noqa: PLC0415 (only a mistake needs it)

    matches = get_close_matches(word, alike, n=2, cutoff=cutoff)
    if not matches:
        return None
    return Text(
        en="did you mean " + " or ".join(f"`{_plain(folded[match])}`" for match in matches) + "?",
        zh="是否为" + "或者".join(f"“{_plain(folded[match])}”" for match in matches) + "？",
    )


def _folded(word: str) -> str:
    """A word without regard to capitals and full-width letters."""
    return unicodedata.normalize("NFKC", word).casefold()


def _plain(word: str) -> str:
    """A user's word inside a template: braces stand for themselves."""
    return word.replace("{", "{{").replace("}", "}}")
