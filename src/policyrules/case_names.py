"""What the subjects and facts of a case are called, for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policyrules.ir.facts import Need, Record, field_of
from policyrules.source import Text

if TYPE_CHECKING:
    from policyrules.ir.nodes import Program

HOUSEHOLD, MEMBERS, PERSON, CASE = "household", "household.members", "person", "case"
_PATH = re.compile(r"(?:household(?:\.members\[(?P<number>\d+)\])?|person|case)\.(?P<name>.+)")

# What a check of an award is asked with, beside the case.
_ASKED = {"benefit": Text("benefit", "待遇"), "amount": Text("amount", "拟给予的数额")}


def member_path(program: Program, member: int | Record | None) -> str:
    """The path of a subject in the case: the household or case (None), a member, a record."""
    if isinstance(member, Record):
        return f"{member_path(program, member.owner)}.{member.collection}[{member.index}]"
    if member is None:
        return CASE if program.about == "case" else HOUSEHOLD
    return PERSON if program.persons_only else f"{MEMBERS}[{member}]"


def subject_words(program: Program, member: int | None) -> Text:
    """The household or case itself, a member by number, or the one person."""
    if member is None and program.about == "case":
        return Text("case", "本件")
    if member is None:
        return Text("household", "家庭")
    if program.persons_only:
        return Text("person", "本人")
    return Text(f"member {member + 1}", f"成员{member + 1}")


def need_words(program: Program, need: Need, own: int | None) -> Text:
    """What is needed, and whose it is unless it belongs to the subject of the outcome."""
    subject, name = need
    if subject == "parameters":
        found = [item.label for item in program.parameters if item.name == name]
        return found[0] if found else Text(name, None)
    if (subject, name) == (None, "members"):
        return Text("the members of the household", "家庭成员情况")
    label = _label(program, name)
    if subject is None or subject == own:
        return label
    who = subject_words(program, subject)
    return Text(f"{label.of('en')} ({who.of('en')})", f"{who.of('zh')}的{label.of('zh')}")


def place_words(program: Program, path: str) -> Text:
    """What a path of a case is called: `household.members[0].birth date`, 成员1的出生日期."""
    match = _PATH.fullmatch(path)
    if match is None:
        return _ASKED.get(path, Text(path, path))
    number, name = match.group("number", "name")
    label = _label(program, name)
    if label == Text(name, None):
        return Text(path, path)
    if number is None:
        return label
    who = subject_words(program, int(number))
    return Text(f"{label.of('en')} of {who.of('en')}", f"{who.of('zh')}的{label.of('zh')}")


def _label(program: Program, name: str) -> Text:
    """What an input, a list, or a field of one of its records is called."""
    labels = {item.name: item.label for item in program.inputs}
    labels |= {
        item.collection.name: item.collection.label for item in program.inputs if item.collection
    }
    record = None if name in labels else field_of(name)
    if record is None:
        return labels.get(name, Text(name, None))
    known, index, field = record
    of, label = labels.get(known, Text(known, None)), labels.get(field, Text(field, None))
    return Text(
        f"{label.of('en')} of {of.of('en')} {index + 1}",
        f"{of.of('zh')}第{index + 1}条的{label.of('zh')}",
    )
