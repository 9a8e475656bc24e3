"""What random rules have between them and around them, in English text.

Groups of members, bands and brackets, months of grace, exceptions, benefits side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strategies import Author

STEPS = (("100", "350"), ("350", "700"), ("680", "1400"))
AGES = ((18, 60), (6, 17))
PERIODS = (
    "from 2022-06-01 to 2022-12-31",
    "from 2022",
    "until 2022",
    "from 2022-06-02 for 2 years",
)
MODES = (
    "upward to the yuan",
    "downward to the yuan",
    "to the nearest 10 yuan, half up",
    "to the nearest 100 yuan, half up",
    "to even to the 10 yuan",
    "by the jiao upward to the yuan",
    "downward to the 1000 yuan",
)


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
        base = "age"
        rungs = (f"at most {low - 1}", f"{low} to {high}", f"at least {high + 1}")
    else:
        base = author.amount(where, unit, 1)
        first, second = (f"{figure} {unit}" for figure in author.pick(*STEPS))
        rungs = (
            f"less than {first}",
            f"at least {first} and less than {second}",
            f"at least {second}",
        )
        if author.maybe():
            parts = (f"up to {first}", f"above {first} up to {second}", f"above {second}")
            rates = ("10%", "40%", "90%", "nothing")
            lines = [f"    the part {part}: {author.pick(*rates)}\n" for part in parts]
            return f"    base {base}\n{''.join(lines)}"
    chosen = author.pick(rungs, rungs, rungs[1:], rungs[:-1])
    given = [author.pick(author.leaf(where, unit), "nothing") for _ in chosen]
    lines = [f"    band {rung}: {of}\n" for rung, of in zip(chosen, given, strict=True)]
    rest = f"    otherwise {author.leaf(where, unit)}\n" if author.maybe() else ""
    return f"    base {base}\n{''.join(lines)}{'' if chosen is rungs else rest}"


def grace(author: Author, unit: str) -> str:
    """Months in which the payment goes on, or a part of it."""
    lines = []
    for _ in range(author.pick(1, 1, 2)):
        span = author.pick("1 month", "6 months", "1 year")
        of = author.pick("", ": 40% of the previous payment", f": 100 {unit}", ": 60%")
        lines.append(f"    grace {span}{of}\n")
    return "".join(lines)


def exceptions(author: Author, name: str, where: str, amounts: tuple[str, ...]) -> str:
    """One or two exceptions to a rule, of which the second may go before the first."""
    written = []
    titles = (f"{name} in flood", f"{name} in hardship")
    for number in range(author.pick(1, 1, 2)):
        title, others = titles[number], titles[:number]
        test = author.condition(where, 1)
        if others and author.maybe(3):
            test = f'"{others[0]}" applies and ({test})'
        narrows = bool(others) and author.maybe(3)
        to = f'"{others[0]}"' if narrows else name
        lines = [f"    valid {author.pick(*PERIODS)}\n"] if author.maybe(6) else []
        lines.append(f"    when {test}\n")
        lines.append(f"    {author.pick(*amounts)}\n")
        if author.maybe(5):
            lines.append(f"    rounded {author.pick(*MODES)}\n")
        if not narrows:
            lines += [f'    overrides "{other}"\n' for other in others if author.maybe()]
        written.append(f'exception "{title}" to {to}\n{"".join(lines)}')
    return "".join(written)


def side_by_side(author: Author, names: list[str]) -> str:
    """Benefits of which only one is paid, by one line or by two."""
    endings = ("; the higher", "; the first named", "; not stated")
    if len(names) == 3 and author.maybe():
        pairs = author.pick(((0, 1), (1, 2)), ((1, 2), (0, 1)), ((2, 1), (0, 2)))
        lines = [(names[one], names[other]) for one, other in pairs]
    else:
        lines = [tuple(names)]
    return "".join(f"not together {', '.join(line)}{author.pick(*endings)}\n" for line in lines)
