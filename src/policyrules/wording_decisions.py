"""Who decides within a range, in words: by which factors, in which steps, on what who else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from policyrules.ir.facts import Bench
from policyrules.ir.ranges import Extent, ends
from policyrules.source import Text
from policyrules.wording import interval, quantity

# Who decides, from where on, and whether that amount is included.
Levels = Iterable[tuple[Text, Extent, bool]]


def by_whom(by: Text | None, factors: tuple[Text, ...], *, open_list: bool) -> Text | None:
    """Who decides and by which factors; None where the rule does not say who."""
    if by is None or not factors:
        return None if by is None else Text(by.of("en"), f"由{by.of('zh')}确定")
    english = [factor.of("en") for factor in factors]
    last = ", " if open_list else " and "
    listed = last.join([", ".join(english[:-1]), english[-1]]) if english[1:] else english[0]
    chinese = "、".join(factor.of("zh") for factor in factors)
    others = Text(" and others", "等因素") if open_list else Text("", "")
    return Text(
        f"{by.of('en')}, by {listed}{others.of('en')}",
        f"由{by.of('zh')}根据{chinese}{others.of('zh')}确定",
    )


def decided_words(benches: Iterable[Bench], in_unit: str) -> Text | None:
    """Who decides in a case, without the factors; None where nothing is said of it."""
    texts = [
        decision(
            bench.grant.by,
            bench.grant.step,
            [
                (level.by, begins, level.included)
                for level, begins in zip(bench.grant.levels, bench.begins, strict=True)
            ],
            in_unit,
        )
        for bench in benches
    ]
    if not texts:
        return None
    return Text(
        ", or ".join(dict.fromkeys(text.of("en") for text in texts)),
        "，或者".join(dict.fromkeys(text.of("zh") for text in texts)),
    )


def decision(by: Text | None, step: Fraction | None, levels: Levels, in_unit: str) -> Text:
    """The same with the step and the levels; `by` may have its factors."""
    parts = [part for part in (by, *_further(step, levels, in_unit)) if part is not None]
    return Text(
        "; ".join(part.of("en") for part in parts), "；".join(part.of("zh") for part in parts)
    )


def _further(step: Fraction | None, levels: Levels, in_unit: str) -> Iterator[Text]:
    if step is not None:
        words = quantity(step, in_unit)
        yield Text(f"in steps of {words.of('en')}", f"以{words.of('zh')}为一档")
    for authority, begins, included in levels:
        low, high = ends(begins)
        if (low, high) == (None, None):
            words = Text("an amount that is not known", "尚不明确的数额")
        else:
            words = interval(low, high, in_unit)
        english, chinese = f"above {words.of('en')}", f"超过{words.of('zh')}"
        if included:
            english, chinese = f"from {words.of('en')} on", f"达到或者超过{words.of('zh')}"
        yield Text(f"{english}: {authority.of('en')}", f"{chinese}的，由{authority.of('zh')}审批")
