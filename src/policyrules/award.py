"""The check of an award: an official's amount beside the range that the rules grant."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from policyrules import wording
from policyrules.backends.awards import Judgement, Position, Verdict
from policyrules.case_python import plain
from policyrules.case_values import read_number
from policyrules.diagnostics import Report
from policyrules.explanation import Explanation, Line, drawn
from policyrules.ir.nodes import Program
from policyrules.results_outcome import Outcome
from policyrules.source import Language, Text
from policyrules.types.units import json_text, unit

SCHEMA = 1
BENEFIT, AMOUNT = "benefit", "amount"
_VERDICTS = {
    "lawful": Text("lawful", "符合规定"),
    "unlawful": Text("not lawful", "不符合规定"),
    "depends": Text("lawful or not depending on what is missing", "是否符合规定，取决于尚缺的信息"),
    "open": Text("not settled by the rules", "规则未作规定"),
}
_WHATEVER = Text("whatever is missing", "无论尚缺的信息如何均如此")
_NOT_DUE = Text("the benefit is not due", "不应给予该项待遇")
_NEAREST = Text("nearest lawful amount: ", "最接近的合规数额：")
_ANYWAY = Text("lawful whatever is missing: ", "无论尚缺的信息如何均符合规定的数额：")


@frozen
class AwardCheck:
    """Whether an amount may be awarded, by which bounds, and what could be awarded instead.

    `outcome` is what the rules give: the range, who decides within it and by which factors, and
    what is missing. `amount` is the award, in the unit of the benefit. `verdict` is `lawful` or
    `unlawful`, which then holds whatever is missing, `depends` on what is missing, or `open` where
    the rules do not bound the amount. `position` says where the award lies, None if that depends
    on what is missing.
    """

    outcome: Outcome
    amount: Fraction
    judgement: Judgement

    @property
    def verdict(self) -> Verdict:
        """`lawful`, `unlawful`, `depends` or `open`."""
        return self.judgement.verdict

    @property
    def position(self) -> Position | None:
        """`within`, `below`, `above` or `not due`."""
        return self.judgement.position

    @property
    def nearest(self) -> Fraction | None:
        """The lawful amount that is nearest to the award; None if none is known to be lawful."""
        low, high = self.judgement.low, self.judgement.high
        if low is None:
            return None
        return max(low, self.amount if high is None else min(self.amount, high))

    def explain(self, lang: Language = "en") -> Explanation:
        """Where the bounds come from: clauses, standards with their dates, conditions, limits."""
        return self.outcome.explain(lang)

    def text(self, lang: Language = "en") -> str:
        """The verdict, the nearest lawful amount and the reasons for the bounds, for people."""
        reasons = self.explain(lang).tree(lang).below
        return "\n".join([self.verdict_text(lang), *drawn((*self._instead(lang), *reasons))])

    def __str__(self) -> str:
        return self.text()

    def to_dict(self, lang: Language = "en") -> dict[str, object]:
        """The check as JSON-ready data, as `policyrules award --json` prints it (schema 1)."""
        low, high = self.judgement.low, self.judgement.high
        return {
            "schema": SCHEMA,
            "benefit": self.outcome.name,
            "of": self.outcome.of,
            "award": wording.decimal_text(self.amount),
            "unit": json_text(unit(self.outcome.words.unit)),
            "verdict": self.verdict,
            "position": self.position,
            "lawful": None if low is None else {"low": _plain(low), "high": _plain(high)},
            "nearest": _plain(self.nearest),
            "outcome": self.outcome.to_dict(),
            "decided": self.outcome.words.decided and self.outcome.words.decided.of(lang),
            "text": self.verdict_text(lang),
            "explanation": self.explain(lang).to_dict(),
        }

    def verdict_text(self, lang: Language = "en") -> str:
        """The verdict in one sentence, with the bound that the award keeps or breaks."""
        label, amount = self.outcome.words.label.of(lang), self._words(self.amount, lang)
        said = [_VERDICTS[self.verdict], *self._why()]
        if lang == "zh":
            return f"{label}，拟给予{amount}：{'，'.join(text.of('zh') for text in said)}"
        return f"{label}, award of {amount}: {', '.join(text.of('en') for text in said)}"

    def _why(self) -> Iterator[Text]:
        """By which bound: that of the case, or of every case that it may turn out to be."""
        outcome, found = self.outcome, self.outcome.amount
        if self.verdict == "open":
            yield wording.status(outcome.status)
        if outcome.needs and self.verdict in ("lawful", "unlawful"):
            yield _WHATEVER
        if self.position == "not due":
            yield _NOT_DUE
        if found is None:
            return
        due = found.exact is not None
        match self.position:
            case "within" if due:
                yield Text("as due", "与应给予的数额一致")
            case "within":
                low, high = self.judgement.low, self.judgement.high
                bounds = wording.interval(low, high, outcome.words.unit)
                yield Text(f"within {bounds.of('en')}", f"在{bounds.of('zh')}范围之内")
            case "below":
                yield self._beside(found.low, "below", "低于", "下限", due=due)
            case "above":
                yield self._beside(found.high, "above", "高于", "上限", due=due)

    def _beside(self, end: Fraction | None, en: str, zh: str, bound: str, *, due: bool) -> Text:
        assert end is not None
        words = wording.quantity(end, self.outcome.words.unit)
        if due:
            return Text(f"{en} the {words.of('en')} due", f"{zh}应给予的{words.of('zh')}")
        side = {"below": "lower", "above": "upper"}[en]
        return Text(f"{en} the {side} bound of {words.of('en')}", f"{zh}{bound}{words.of('zh')}")

    def _instead(self, lang: Language) -> Iterator[Line]:
        """What could be awarded; nothing for an award that is lawful."""
        low, high, unit = self.judgement.low, self.judgement.high, self.outcome.words.unit
        if low is None or self.verdict == "lawful":
            return
        if self.outcome.needs and low != high:
            yield Line(_ANYWAY.of(lang) + wording.interval(low, high, unit).of(lang))
        yield Line(_NEAREST.of(lang) + self._words(self.nearest, lang))

    def _words(self, amount: Fraction | None, lang: Language) -> str:
        assert amount is not None
        return wording.quantity(amount, self.outcome.words.unit).of(lang)


def read_award(program: Program, name: str | None, raw: object, report: Report) -> Fraction | None:
    """An amount in the unit of a benefit; None if that is no benefit, or a problem was noted."""
    definition = next((item for item in program.definitions if item.name == name), None)
    if definition is None:
        return None  # the name is refused where the outcomes are chosen
    if definition.what != "benefit":
        benefits = [
            item.label for item in program.definitions if item.own and item.what == "benefit"
        ]
        report.add("PR636", BENEFIT, name=definition.label, known=wording.listed(benefits))
        return None
    return read_number(plain(raw), definition.label, definition.unit, AMOUNT, report)


def _plain(amount: Fraction | None) -> str | None:
    return None if amount is None else wording.decimal_text(amount)
