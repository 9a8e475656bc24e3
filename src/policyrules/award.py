"""The check of an award: an official's amount beside the range that the rules grant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from attrs import field, frozen

from policyrules import wording
from policyrules.backends.awards import Judgement, Position, Verdict
from policyrules.backends.lawful import Lawful
from policyrules.case_python import plain
from policyrules.case_values import read_number
from policyrules.diagnostics import Report
from policyrules.explanation import Explanation
from policyrules.explanation_tree import Line, drawn
from policyrules.ir.nodes import Program
from policyrules.results_outcome import BENEFIT, Outcome
from policyrules.source import Language, Text
from policyrules.types.units import json_text, unit

SCHEMA = 1
AMOUNT = "amount"
_VERDICTS = {
    "lawful": Text("lawful", "符合规定"),
    "unlawful": Text("not lawful", "不符合规定"),
    "depends": Text("lawful or not depending on what is missing", "是否符合规定，取决于尚缺的信息"),
    "open": Text("not settled by the rules", "规则未作规定"),
}
_OF_PEOPLE = Text(
    "lawful or not depending on what is left to be decided", "是否符合规定，取决于尚待认定的事项"
)
_WHATEVER = Text("whatever is missing", "无论尚缺的信息如何均如此")
_NOT_DUE = Text("the benefit is not due", "不应给予该项待遇")
_NEAREST = Text("nearest lawful amount: ", "最接近的合规数额：")
_NEAREST_TWO = Text("nearest lawful amounts: ", "最接近的合规数额：")
_AND, _OR = Text(" and ", "、"), Text(" or ", "或者")
_ON_THIS = Text("this amount is decided by: ", "该数额的审批部门：")
_NEEDS = Text("also needed: ", "尚需：")
_NOT_SAID = Text("somebody whom the rules do not name", "规则未写明的部门")
_ANYWAY = Text("lawful whatever is missing: ", "无论尚缺的信息如何均符合规定的数额：")
_ANYHOW = Text("lawful whatever is decided: ", "无论如何认定均符合规定的数额：")


@frozen
class AwardCheck:
    """Whether an amount may be awarded, by which bounds, and what could be awarded instead.

    `outcome` is what the rules give: the range, who decides within it and by which factors, and
    what is missing. `amount` is the award, in the unit of the benefit. `verdict` is `lawful` or
    `unlawful`, which then holds whatever is missing, `depends` on what is missing or, if nothing
    is, on what is left to people, or `open` where the rules do not bound the amount. `position`
    says where the award lies, None if that depends on the same. `further` is what is missing to
    tell who decides and in which steps.
    """

    outcome: Outcome
    amount: Fraction
    judgement: Judgement
    further: Mapping[str, Text] = field(factory=dict, repr=False)

    @property
    def verdict(self) -> Verdict:
        """`lawful`, `unlawful`, `depends` or `open`."""
        return self.judgement.verdict

    @property
    def position(self) -> Position | None:
        """`within`, `below`, `above`, `between steps` or `not due`."""
        return self.judgement.position

    @property
    def needs(self) -> tuple[str, ...]:
        """The paths of all that is missing: for the range, for who decides and in which steps."""
        return tuple(dict.fromkeys((*self.outcome.needs, *self.further)))

    @property
    def lawful(self) -> Lawful | None:
        """The amounts that are lawful whatever is missing; None if none is known to be."""
        return self.judgement.lawful

    @property
    def nearest(self) -> Fraction | None:
        """The lawful amount that is nearest to the award; None if none is known to be lawful."""
        return None if self.lawful is None else self.lawful.nearest(self.amount)

    @property
    def deciders(self) -> tuple[Text, ...]:
        """Who decides on this amount; several where that depends on what is missing."""
        return tuple(by for by in self.judgement.deciders if by is not None)

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
        lawful = self.lawful
        return {
            "schema": SCHEMA,
            "benefit": self.outcome.name,
            "of": self.outcome.of,
            "award": wording.decimal_text(self.amount),
            "unit": json_text(unit(self.outcome.words.unit)),
            "verdict": self.verdict,
            "position": self.position,
            "lawful": None if lawful is None else _ends(lawful),
            "step": None if lawful is None else _plain(lawful.step),
            "nearest": _plain(self.nearest),
            "nearest_below": None if lawful is None else _plain(lawful.below(self.amount)),
            "nearest_above": None if lawful is None else _plain(lawful.above(self.amount)),
            "outcome": self.outcome.to_dict(),
            "decided": self.outcome.words.decided and self.outcome.words.decided.of(lang),
            "deciders": [by.of(lang) for by in self.deciders],
            "needs": list(self.needs),
            "factors": [factor.of(lang) for factor in self._factors()],
            "text": self.verdict_text(lang),
            "explanation": self.explain(lang).to_dict(),
        }

    def verdict_text(self, lang: Language = "en") -> str:
        """The verdict in one sentence, with the bound that the award keeps or breaks."""
        label, amount = self.outcome.words.label.of(lang), self._words(self.amount, lang)
        said = [self._verdict_words(), *self._why()]
        if lang == "zh":
            return f"{label}，拟给予{amount}：{'，'.join(text.of('zh') for text in said)}"
        return f"{label}, award of {amount}: {', '.join(text.of('en') for text in said)}"

    def _verdict_words(self) -> Text:
        """The verdict; no answer is asked for where only what people decide is open."""
        if self.verdict == "depends" and not self.needs:
            return _OF_PEOPLE
        return _VERDICTS[self.verdict]

    def _why(self) -> Iterator[Text]:
        """By which bound: that of the case, or of every case that it may turn out to be."""
        outcome, found = self.outcome, self.outcome.amount
        if self.verdict == "open":
            yield wording.status(outcome.status)
        if self.needs and self.verdict in ("lawful", "unlawful"):
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
                yield self._within()
            case "between steps":
                yield from self._between()
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

    def _within(self) -> Text:
        assert self.lawful is not None
        bounds = wording.interval(self.lawful.least, self.lawful.most, self.outcome.words.unit)
        return Text(f"within {bounds.of('en')}", f"在{bounds.of('zh')}范围之内")

    def _between(self) -> Iterator[Text]:
        """In which steps the award would have to be; one where no case knows another."""
        found = dict.fromkeys(bench.grant.step for bench in self.judgement.benches)
        for step in (step for step in found if step is not None):
            words = wording.quantity(step, self.outcome.words.unit)
            yield Text(f"not in steps of {words.of('en')}", f"未按{words.of('zh')}一档确定")

    def _instead(self, lang: Language) -> Iterator[Line]:
        """What could be awarded, unless the award is lawful, and who decides on it."""
        lawful, unit = self.lawful, self.outcome.words.unit
        if lawful is not None and self.verdict != "lawful":
            varies = self.needs or self.verdict == "depends"
            if varies and lawful.least != lawful.most:
                bounds = wording.interval(lawful.least, lawful.most, unit)
                steps = _steps(lawful.step, unit)
                anyway = _ANYWAY if self.needs else _ANYHOW
                yield Line(anyway.of(lang) + bounds.of(lang) + steps.of(lang))
            found = dict.fromkeys((lawful.below(self.amount), lawful.above(self.amount)))
            words = [self._words(end, lang) for end in found if end is not None]
            title = _NEAREST if len(words) == 1 else _NEAREST_TWO
            yield Line(title.of(lang) + _AND.of(lang).join(words))
        if self.verdict != "unlawful" and any(b.grant.levels for b in self.judgement.benches):
            yield Line(_ON_THIS.of(lang) + _OR.of(lang).join(self._names(lang)))
        known = self.outcome.needs
        needs = [text.of(lang) for path, text in self.further.items() if path not in known]
        if needs and (self.verdict == "depends" or len(self.judgement.deciders) > 1):
            yield Line(_NEEDS.of(lang) + wording.in_a_row(needs, lang))

    def _names(self, lang: Language) -> list[str]:
        """Who may have to decide on this very amount."""
        found = self.judgement.deciders
        return [(_NOT_SAID if by is None else by).of(lang) for by in found]

    def _factors(self) -> tuple[Text, ...]:
        """By which factors they decide."""
        benches = self.judgement.benches
        return tuple(dict.fromkeys(factor for bench in benches for factor in bench.grant.factors))

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


def _steps(step: Fraction | None, in_unit: str) -> Text:
    """In which steps amounts are lawful; nothing where all between the ends are."""
    if step is None:
        return Text("", "")
    words = wording.quantity(step, in_unit)
    return Text(f", in steps of {words.of('en')}", f"，以{words.of('zh')}为一档")


def _ends(lawful: Lawful) -> dict[str, object]:
    return {"low": _plain(lawful.least), "high": _plain(lawful.most)}


def _plain(amount: Fraction | None) -> str | None:
    return None if amount is None else wording.decimal_text(amount)
