"""The interview in the terminal, or from a pipe: a question a line, the result at the end."""

from __future__ import annotations

import json
import sys
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from attrs import frozen

from policyrules.cli_case import read_case_file
from policyrules.diagnostics import Diagnostic, InputError, visible
from policyrules.interview import Interview, spoken
from policyrules.questions import Question
from policyrules.ruleset import Ruleset
from policyrules.source import Language, Text
from policyrules.wording_files import reason_not_written

LONGEST_ANSWER = 10_000
_WHY = frozenset({"?", "？", "why", "为什么", "为何"})
_DECLINE = frozenset({"-", "－", "don't know", "i don't know", "dont know", "不知道", "不清楚"})
_BACK = frozenset({"back", "返回", "上一题"})
_END = frozenset({"end", "结束"})
_HELP = Text(
    "Answer in words, or by the number before an answer. ? why it is asked, - don't know, "
    "back to the question before, end of the interview.",
    "请直接作答，或者输入答案前的序号。输入“?”查看询问的理由，“-”表示不知道，“返回”回到上一题，“结束”结束询问。",
)
_NO_WAY_BACK = Text("this is the first question", "这是第一个问题")
_NOTHING = Text("answer, or write - if you don't know", "请作答；不知道的，请输入“-”")
_NOTHING_LEFT = Text(
    "No answer can change the result any more.", "已无须再问，结果不会再因回答而改变。"
)
_ENDED = Text(
    "The interview was ended; further answers could change the result.",
    "询问已提前结束，继续回答可能改变结果。",
)
_LEFT_OPEN = Text(
    "Nothing else can be asked; what is not known leaves the result open.",
    "没有其他可问的事项；未能回答的事项可能影响结果。",
)
_CASE = Text("The case:", "个案：")
_WRITTEN = Text("The case is in {}", "个案已写入{}")
_THEN = Text("; ", "；")


@frozen
class Wishes:
    """What was asked for on the command line."""

    lang: Language
    benefits: tuple[str, ...] = ()
    on: str | None = None
    case: str | None = None
    out: str | None = None


def ask(ruleset: Ruleset, wishes: Wishes) -> None:
    """Lead an interview on the standard input and output.

    Without a date it is about today. Raises `InputError` for a case, a name, a date or a file to
    write that will not do, before anything is asked.
    """
    lang, out = wishes.lang, wishes.out
    if out is not None:
        _write(out, "")  # so that no interview is led whose case cannot be kept
        Path(out).unlink()
    start = "{}" if wishes.case is None else _decoded(read_case_file(wishes.case))
    interview = Interview(ruleset, _day(wishes.on, start), wishes.benefits or None, start)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stdin else "backslashreplace")
    print(f"{ruleset.program.title.of(lang)}\n{_HELP.of(lang)}\n")
    ended = _asked(interview, lang)
    _tell(interview, ended, out, lang)


def _day(on: str | None, start: str) -> str | date:
    """The day of the question: as given, as in the case, else today."""
    if on is not None:
        return on
    try:
        found = json.loads(start.removeprefix("\ufeff"))
    except ValueError:
        found = None  # the case is refused where it is read
    written = found.get("on") if isinstance(found, dict) else None
    return date.today() if written is None else str(written)  # noqa: DTZ011 - of whoever asks


def _decoded(case: bytes) -> str:
    """The text of a case; what is not UTF-8 is refused where it is read."""
    return case.decode("utf-8-sig", errors="surrogateescape")


def _asked(interview: Interview, lang: Language) -> Text:
    """Ask until nothing is left, or nobody answers; why it ended."""
    number = 1
    while (question := interview.question) is not None:
        print(f"{number}. {_line(question, lang)}")
        answer = _answer()
        word = "" if answer is None else spoken(answer).casefold()
        if answer is None or word in _END:
            return _ENDED
        if word in _WHY:
            print("   " + question.why(lang))
        elif word in _BACK:
            if interview.back():
                number -= 1
            else:
                print("   " + _NO_WAY_BACK.of(lang))
        elif not word:
            print("   " + _NOTHING.of(lang))
        elif word in _DECLINE:
            interview.decline()
            number += 1
        elif _taken(interview, answer, lang):
            number += 1
    return _NOTHING_LEFT if interview.settled else _LEFT_OPEN


def _taken(interview: Interview, answer: str, lang: Language) -> bool:
    """Hand in an answer; False where it is refused, with what is wrong."""
    try:
        interview.answer(answer)
    except InputError as error:
        for found in error.diagnostics:
            remedy = found.remedy(lang)
            said = found.message(lang)
            print("   " + visible(f"{said}{_THEN.of(lang)}{remedy}" if remedy else said))
        return False
    return True


def _line(question: Question, lang: Language) -> str:
    """The question with its permitted answers, numbered where they can be listed."""
    if question.answers:
        listed = (f"{place} {text.of(lang)}" for place, (_, text) in enumerate(question.answers, 1))
        permitted = "  ".join(listed)
    else:
        permitted = question.permitted(lang)
    return f"{question.text(lang)}  [{permitted}]"


def _answer() -> str | None:
    """A line of the standard input; None at its end."""
    print("> ", end="", flush=True)
    # A program that is started without a standard input has none to read.
    line = sys.stdin.readline(LONGEST_ANSWER) if sys.stdin else ""
    if sys.stdin and not sys.stdin.isatty():
        print(visible(line.strip()))  # so that what comes from a pipe reads like a conversation
    return line.strip() if line else None


def _tell(interview: Interview, ended: Text, out: str | None, lang: Language) -> None:
    """The result, its reasons and the case."""
    print(f"\n{ended.of(lang)}\n\n{interview.result.to_text(lang)}")
    for explanation in interview.explanations():
        print(f"\n{explanation.text(lang)}")
    if out is None:
        _show(interview, lang)
        return
    try:
        _write(out, json.dumps(interview.case, ensure_ascii=False, indent=2) + "\n")
    except InputError:
        _show(interview, lang)  # what was answered is not lost
        raise
    print(f"\n{_WRITTEN.of(lang).format(visible(out))}")


def _show(interview: Interview, lang: Language) -> None:
    """Print the case."""
    unicode = sys.stdout.encoding.lower().startswith("utf")
    text = json.dumps(interview.case, ensure_ascii=not unicode, indent=2)
    print(f"\n{_CASE.of(lang)}\n{text}", flush=True)


def _write(name: str, text: str) -> None:
    """Write a new file; raises `InputError` where that cannot be done."""
    try:
        with Path(name).open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError([Diagnostic("PR661", name)]) from error
    except OSError as error:
        facts = {"reason": reason_not_written(error)}
        raise InputError([Diagnostic("PR662", name, facts)]) from error
