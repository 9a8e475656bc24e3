"""Hypothesis strategies: what stands between rules and around them, in English text.

Groups of members, bands and brackets, months of grace, exceptions, benefits side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strategies import Author

STEPS = (("100", "350"), ("350", "700"), ("680", "1400"))
AGES = (("18", "60"), ("6", "17"))


def group(author: Author) -> str:
    """The group of the elders, by what is known of a member."""
    return f"group elders of household: members who are ({author.condition('member', 1)})\n"


def crowd(author: Author) -> str:
    """Whom something is computed over: the members, the elders, or some of either."""
    which = f" who are ({author.condition('member', 0)})" if author.maybe() else ""
    return f"{author.pick('members', 'members', 'the elders')}{which}"


def counted(author: Author) -> str:
    """How many members or elders there are, or of them meet a condition."""
    which = f" who are ({author.condition('member', 1)})" if author.maybe() else ""
    return f"number of {author.pick('members', 'elders')}{which}"


def quantified(author: Author) -> str:
    """Whether any or all of them meet a condition."""
    who = author.condition("member", 1)
    whose = author.pick("any member is", "every member is", "any of the elders is")
    return f"{author.pick(whose, 'all of the elders are')} ({who})"


def bands(author: Author, where: str, unit: str) -> str:
    """Bands or brackets of an amount or of an age."""
    if where == "person" and author.maybe(3):
        low, high = author.pick(*AGES)
        base, last = "age", int(low) - 1
        rungs = (f"at most {last}", f"{low} to {high}", f"at least {int(high) + 1}")
    else:
        base = author.amount(where, unit, 1)
        low, high = (f"{figure} {unit}" for figure in author.pick(*STEPS))
        rungs = (f"less than {low}", f"at least {low} and less than {high}", f"at least {high}")
        if author.maybe():
            parts = (f"up to {low}", f"above {low} up to {high}", f"above {high}")
            lines = [f"    the part {part}: {author.pick('10%', '40%', '90%')}\n" for part in parts]
            return f"    base {base}\n" + "".join(lines)
    first = 1 if author.maybe(3) else 0
    lines = [f"    band {rung}: {author.leaf(where, unit)}\n" for rung in rungs[first:]]
    otherwise = author.pick("", f"    otherwise {author.leaf(where, unit)}\n") if first else ""
    return f"    base {base}\n" + "".join(lines) + otherwise


def grace(author: Author, unit: str) -> str:
    """A month or two in which the previous payment goes on."""
    months = author.pick("1 month", "6 months")
    amount = author.pick("", ": 40% of the previous payment", f": {author.pick('100')} {unit}")
    return f"    grace {months}{amount}\n"


def exceptions(author: Author, name: str, where: str, unit: str) -> str:
    """One or two exceptions to a benefit, of which the second may go before the first."""
    written = []
    titles = (f"{name} in flood", f"{name} in hardship")
    for number in range(author.pick(1, 1, 2)):
        title, others = titles[number], titles[:number]
        test = author.condition(where, 1)
        if others and author.maybe(3):
            test = f'"{others[0]}" applies and ({test})'
        amount = author.pick(
            f"the general amount {author.pick('increased', 'reduced')} by 40%",
            author.leaf(where, unit),
            "nothing",
            "case by case",
        )
        body = f"    when {test}\n    pays {amount}\n"
        before = [f'    overrides "{other}"\n' for other in others if author.maybe()]
        written.append(f'exception "{title}" to {name}\n{body}{"".join(before)}')
    return "".join(written)


def side_by_side(author: Author, names: list[str]) -> str:
    """Two benefits that are not paid together, or a few of them."""
    ending = author.pick("; the higher", "; the first named", "; not stated")
    return f"not together {', '.join(names)}{ending}\n"
