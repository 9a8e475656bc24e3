"""Names that pass for others: letters of another script, or another form of the same character.

A rule of thumb in the manner of Unicode's report 39: Chinese characters stand beside letters of any
one script, but the alphabets whose letters are taken for each other are not mixed in a name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from policyrules.diagnostics import Report
from policyrules.source import Span, Text
from policyrules.syntax.names import Names, Outline

_ALPHABETS = {
    "LATIN": Text("Latin", "拉丁字母"),
    "CYRILLIC": Text("Cyrillic", "西里尔字母"),
    "GREEK": Text("Greek", "希腊字母"),
    "ARMENIAN": Text("Armenian", "亚美尼亚字母"),
    "CHEROKEE": Text("Cherokee", "切罗基字母"),
    "COPTIC": Text("Coptic", "科普特字母"),
}
_FOREIGN = "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅοναρικτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
_LATIN = "aeopcyxijshdqwABEKMHOPCTYXIJSovapiktuxABEZHIKMNOPTYX"
# Of Unicode's confusables.txt, what is easily typed in place of another sign.
_TYPED = {"ı": "i", "○": "〇", "ー": "一", "—": "一", "’": "'"}
_SAME = str.maketrans("IO", "l0")  # also of letters that only look like these
_LOOKS = str.maketrans(_FOREIGN, _LATIN) | str.maketrans({**_TYPED, **dict.fromkeys("‐‑‒–", "-")})


def mixed_alphabets(name: str) -> Text | None:
    """The alphabets of a name that mixes several; else none."""
    if name.isascii():
        return None
    known = (unicodedata.name(character, "").split(" ")[0] for character in _plain(name))
    found = [_ALPHABETS[script] for script in dict.fromkeys(known) if script in _ALPHABETS]
    if len(found) < 2:
        return None
    return Text(", ".join(text.of("en") for text in found), "、".join(t.of("zh") for t in found))


def check_look_alikes(scanned: Outline, visible: Names, report: Report) -> None:
    """Report the names that look like one declared before, or in a ruleset that is used."""
    known = {
        looks(spelling): spelling
        for spelling in visible.entries
        if spelling not in scanned.names.entries
    }
    for _, item in sorted(scanned.declared.items()):
        for spelling in filter(None, (item.name.en, item.name.zh)):
            other = known.setdefault(looks(spelling), spelling)
            if other != spelling:
                report.add("PR247", item.name.span, name=spelling, other=other)


def check_used(used: Sequence[tuple[Span, Names]], report: Report) -> None:
    """Report, where the later one is used, names of two rulesets that look like each other."""
    known: dict[str, tuple[str, Names]] = {}
    told: list[str] = []
    for place, names in used:
        own: dict[str, tuple[str, Names]] = {}
        for spelling in names.entries:
            shape = looks(spelling)
            own.setdefault(shape, (spelling, names))
            other, earlier = known.get(shape, (spelling, names))
            # Where one of the two rulesets has both names, it has been told of them itself.
            apart = other not in names.entries and spelling not in earlier.entries
            if apart and not any(name in spelling for name in told):
                told.append(spelling)  # and so of the names made of it: last year's, the number of
                report.add("PR247", place, name=spelling, other=other)
        known = own | known


def looks(name: str) -> str:
    """The same text for all names that look like this one."""
    return _plain(name).translate(_LOOKS).translate(_SAME)


def _plain(name: str) -> str:
    """Without the forms of a character that are wide, narrow, or kept for other encodings."""
    return unicodedata.normalize("NFKC", name)
