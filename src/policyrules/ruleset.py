"""A ruleset ready for use: described, and evaluated for one case at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, get_args

from policyrules.case_json import described, stop_if_problems
from policyrules.diagnostics import Diagnostic, InputError, Report, shown
from policyrules.results import Found, Key, Result
from policyrules.results_outcome import BENEFIT
from policyrules.source import Language, Text

if TYPE_CHECKING:
    from policyrules.award import AwardCheck
    from policyrules.backends.explain import Explainer
    from policyrules.backends.scalar import Told
    from policyrules.case import Case
    from policyrules.columns import Populated
    from policyrules.columns_frames import Frame
    from policyrules.columns_plans import Plans
    from policyrules.columns_writing import Amounts
    from policyrules.counterfactual import WhatIf
    from policyrules.difference import Difference
    from policyrules.explanation import Explanation
    from policyrules.ir.facts import Facts, Outcome
    from policyrules.ir.nodes import Program
    from policyrules.questions import Question

_RULESET = Text("a loaded ruleset", "已加载的规则集")


class Ruleset:
    """The compiled rules of one ruleset; without state of a case, so threads may share it."""

    def __init__(self, program: Program) -> None:
        # Until there are rules the package is quick to import.
        from policyrules.backends.scalar import Evaluator  # noqa: PLC0415 (see above)
        from policyrules.case import CaseReader  # noqa: PLC0415 (see above)
        from policyrules.results_names import OutcomeNames  # noqa: PLC0415 (see above)

        self._program = program
        self._reader = CaseReader(program)
        self._evaluator = Evaluator(program)
        self._names = OutcomeNames(program)
        self._plans: Plans | None = None

    def __repr__(self) -> str:
        return f"<Ruleset {self.id}>"

    @property
    def id(self) -> str:
        """The identifier, which is the path below the folder of rulesets: `cn.gansu.qingyang`."""
        return self._program.id

    @property
    def program(self) -> Program:
        """What is computed, for backends and tools."""
        return self._program

    def describe(self) -> dict[str, object]:
        """What the ruleset declares: JSON-ready lists by kind of declaration.

        The keys are `inputs`, `categories`, `statuses`, `parameters`, `statistics`, `benefits`,
        `definitions`, `deadlines`, `sources` and `checks`; entries have their names in both
        languages, units in canonical spelling and in words, exact numbers as decimal texts, dates
        as ISO texts and the clauses they cite.
        """
        from policyrules.ruleset_describe import describe  # noqa: PLC0415 (seldom needed)

        return describe(self._program)

    def describe_text(self, lang: Language = "en") -> str:
        """The declarations as aligned lists for people."""
        from policyrules.ruleset_text import describe_text  # noqa: PLC0415 (seldom needed)

        return describe_text(self._program, lang)

    def python_source(self, on: str | date | None = None) -> str:
        """The rules as one typed Python module without dependencies, for the day `on` or for any.

        Its `evaluate` says of a case what `evaluate` says here, and its `to_json` what
        `Result.to_dict` does.

        Raises `InputError` where `on` is no day.
        """
        from policyrules.case_values import read_date  # noqa: PLC0415 (seldom needed)
        from policyrules.module import python_source  # noqa: PLC0415 (the same)

        report = Report()
        day = None if on is None else read_date(on, "on", report)
        stop_if_problems(report)
        return python_source(self._program, day)

    def javascript(
        self,
        only: str | Iterable[str] | None = None,
        on: str | date | None = None,
        *,
        lang: Language = "en",
        module: bool = False,
    ) -> str:
        """The rules as one exact script for web pages without dependencies, or as a `module`.

        `only` is the name of a rule, or names; `on` a day, or None for any. Names of facts work in
        both languages; labels and problems are in `lang`. What its `evaluate` says of a case is
        what `Result.to_dict` says here, but for outcomes that it says are `untold`.

        Raises `InputError` for a name that no rule has, an unknown language, or where `on` is no
        day.
        """
        from policyrules.javascript import javascript  # noqa: PLC0415 (seldom needed)

        wanted, day = self._part(only, on, lang)
        return javascript(self._program, wanted, day, lang, module=module)

    def calculator(
        self,
        only: str | Iterable[str] | None = None,
        on: str | date | None = None,
        *,
        lang: Language = "en",
        page: bool = True,
    ) -> str:
        """A form in a web page that computes while one types: exact, and without a server.

        Shown are the rules named by `only`, else all benefits; `on` is a day, or None for a page in
        which one picks it. Texts are in `lang`. It is a whole page in one file or, without `page`,
        a part for a page that has the `calculator.assets()`.

        Raises `InputError` as `javascript` does.
        """
        from policyrules import calculator  # noqa: PLC0415 (seldom needed)

        wanted, day = self._part(only, on, lang)
        write = calculator.page if page else calculator.fragment
        return write(self._program, wanted, day, lang)

    def _part(
        self, only: str | Iterable[str] | None, on: str | date | None, lang: Language
    ) -> tuple[frozenset[str] | None, date | None]:
        """Which rules of which day are to be written, in a language that there is."""
        from policyrules.case_values import read_date  # noqa: PLC0415 (seldom needed)

        report = Report()
        if lang not in get_args(Language):
            report.add("PR633", "lang", found=shown(str(lang)))
        day = None if on is None else read_date(on, "on", report)
        stop_if_problems(report)
        return self._names.chosen([only] if isinstance(only, str) else only), day

    def evaluate(
        self, case: Case, on: str | date | None = None, *, only: Iterable[str] | None = None
    ) -> Result:
        """All outcomes of the ruleset's own rules for one case.

        `case` is JSON text or Python data with exact numbers (`int`, `Decimal`, `Fraction`, or
        text such as `1200 yuan per month`); names work in either language. The rules of the day
        `on` are applied, else of the day in the case. Facts left out are missing: outcomes are
        then bounds or undetermined and name what they need. `only` leaves out the outcomes of all
        rules but these (names in either language), which is quicker where few are wanted.

        Raises `InputError` with the problems of the case (100 and the number of the rest), or for a
        name in `only` that no rule has; evaluation itself does not fail.
        """
        wanted = self._names.chosen(only)
        facts = self._reader.read(case, on)
        return self._result(facts, wanted)

    def questions(
        self,
        case: Case,
        on: str | date | None = None,
        *,
        benefits: Iterable[str] | None = None,
        unknown: Iterable[str] = (),
    ) -> tuple[Question, ...]:
        """What to ask next about a case, what settles most first; empty when nothing can matter.

        `case` and `on` are those of `evaluate`; `benefits` names the outcomes that are of interest
        (in either language), else all benefits. `unknown` are paths of questions that nobody can
        answer, which are left out. Of every question two completions of the case are known that
        differ in an outcome. Where many members make that dear, the questions of the first ones
        are given, the others when these are answered, and those whose worth is too dear to compute
        stand behind, in the order of `needs`.

        Raises `InputError` with the problems of the case, the names and the paths.
        """
        from policyrules.questions import questions  # noqa: PLC0415 (seldom needed)

        wanted = self._names.chosen(benefits, "benefits")
        return questions(self._evaluator, self._reader.read(case, on), wanted, unknown)

    def check_award(
        self, benefit: Key, case: Case, amount: object, on: str | date | None = None
    ) -> AwardCheck:
        """Whether a benefit may be awarded with an amount, and by which bounds.

        `benefit` is a name in either language, with the path of the subject where there are
        several: `("medical assistance", "household.members[0]")`. `amount` is `3000 yuan`, or an
        exact number in the unit of the benefit; `case` and `on` are those of `evaluate`.

        Raises `InputError` with every problem of the case, the name and the amount.
        """
        from policyrules.award import AwardCheck, read_award  # noqa: PLC0415 (seldom needed)
        from policyrules.backends.awards import judge  # noqa: PLC0415 (the same)

        name = benefit[0] if isinstance(benefit, tuple) and benefit else benefit
        report = Report()
        rule = self._names.canonical.get(name) if isinstance(name, str) else None
        award = read_award(self._program, rule, amount, report)
        try:
            result = self._of_benefit(name, case, on)
        except InputError as error:
            raise InputError([*report.diagnostics, *error.diagnostics]) from error
        rule, member = result.find(benefit, BENEFIT)
        if award is None:
            raise InputError(report.diagnostics)
        judgement = judge(self._program, result.facts, rule, member, award)
        needs = self._names.needed(judgement.needs, member)
        return AwardCheck(result[benefit], award, judgement, needs)

    def what_if(self, case: Case, benefit: Key, on: str | date | None = None) -> WhatIf:
        """The smallest changes of single stated facts that would change a decision.

        `benefit` is that of `check_award`, `case` and `on` are those of `evaluate`. Of each fact
        that the case states and the benefit reads, the nearest value on either side that makes the
        benefit due or no longer due is found, and the nearest at which the amount comes about in
        another way; what is missing stays so. Each is proved to be the nearest.

        Raises `InputError` with the problems of the case, or for what is no benefit.
        """
        from policyrules.counterfactual_search import what_if  # noqa: PLC0415 (seldom needed)

        name = benefit[0] if isinstance(benefit, tuple) and benefit else benefit
        result = self._of_benefit(name, case, on)
        asked = result.find(benefit, BENEFIT)
        wanted = frozenset(asked[:1])
        return what_if(
            self._program,
            result.facts,
            asked,
            lambda facts: self._result(facts, wanted)[benefit],
        )

    def difference(
        self,
        case: Case,
        start: str | date | None = None,
        end: str | date | None = None,
        *,
        other: Ruleset | None = None,
    ) -> Difference:
        """What is another outcome for a case on the day `end` than on the day `start`, and why.

        With `other`, what is another outcome by that ruleset on the day `end`; a day left out is
        the other one, else that of the case.

        Raises `InputError` with the problems of the case on either day or by either ruleset, and
        where neither two days nor another ruleset are given.
        """
        from policyrules.difference_search import difference  # noqa: PLC0415 (seldom needed)

        if other is None and (start is None or end is None):
            raise InputError([Diagnostic("PR681", "difference", {})])
        if other is not None and not isinstance(other, Ruleset):
            facts = {"expected": _RULESET, "found": described(other)}
            raise InputError([Diagnostic("PR602", "other", facts)])
        start, end = end if start is None else start, start if end is None else end
        after = other or self
        results = self.evaluate(case, start), after.evaluate(case, end)
        return difference(self._program, after.program, results)

    def columns(
        self,
        persons: Frame = None,
        households: Frame = None,
        *,
        key: str = "household",
        on: str | date | None = None,
        only: Iterable[str] | None = None,
        amounts: Amounts = "decimal",
        errors: Literal["raise", "null"] = "raise",
    ) -> Populated:
        """The outcomes of a population, in columns beside those given.

        `persons` has a row for each person, `households` one for each household, both with the
        `key` of the household; they are Polars frames, pandas frames or Arrow tables. Of lazy
        frames the results are lazy, too, and evaluated in blocks when they are collected. A column
        is an input if it has the name of one in either language. Whole numbers of money are fen;
        other numbers are in the declared unit: integers, Decimal or text. A null is missing. `on`
        is a day or the name of a column of days, `only` that of `evaluate`.

        Numbers come back as `decimal` (six places), money as whole `fen`, as exact `text`, or as
        numerator and denominator (`parts`). Rows that cannot be evaluated are all listed in an
        `InputError`; with `errors="null"` they have nulls and are listed in the result.
        """
        from policyrules.columns import Asked, populate  # noqa: PLC0415 (an extra)
        from policyrules.columns_plans import Plans  # noqa: PLC0415 (the same)

        wanted = self._names.chosen(only)
        asked = Asked(key=key, on=on, wanted=wanted, amounts=amounts, keep=errors == "null")

        def evaluate(
            case: Case, day: str | date | None, names: frozenset[str] | None
        ) -> Mapping[Found, Outcome]:
            return self._evaluator.outcomes(self._reader.read(case, day), names)

        frames = persons, households
        if self._plans is None:
            self._plans = Plans(self._program)
        return populate(self._plans, evaluate, self._names.need_path, frames, asked)

    def sql(  # noqa: PLR0913 - what a table is like has this many sides
        self,
        benefit: str,
        dialect: str = "duckdb",
        on: str | date | None = None,
        *,
        persons: str = "persons",
        households: str = "households",
        key: str = "household",
        person_key: str = "person",
        lang: Language = "en",
        money: str = "fen",
        scales: Mapping[str, int] | None = None,
        absent: Iterable[str] = (),
        largest: int = 10**12,
    ) -> str:
        """A benefit as one exact query of SQL over tables of persons and households.

        `dialect` is `duckdb`, `postgres`, `spark` or `sqlite`; `on` is a day, or the name of a
        column of days. The tables have these names (with the schema before a point) and keys, and a
        column for every input that the benefit reads, under its name in `lang`; those in `absent`
        have none. Amounts are whole numbers of hundredths (`fen`) or, with `money="decimal"`,
        numbers with two decimals; `scales` says how many decimals other numbers have. No number
        may be beyond `largest`, which keeps all that is computed small enough for the engine.

        Every row gets its `status`, the ends of its amount in hundredths, what it `needs` where
        that is open, and the column that is the `problem` where its status is `error`.

        Raises `InputError` for what is no benefit, a rule that has no query, and numbers that the
        engine does not hold.
        """
        from policyrules.sql import Wishes, query  # noqa: PLC0415 (seldom needed)

        wishes = Wishes(
            persons=persons,
            households=households,
            key=key,
            person_key=person_key,
            lang=lang,
            money=money,
            scales=scales or {},
            absent=absent,
            largest=largest,
        )
        return query(self._names, benefit, dialect, on, wishes)

    def _of_benefit(self, name: str, case: Case, on: str | date | None) -> Result:
        """The outcomes of one benefit; a name that no rule has is a problem of `benefit`."""
        wanted = self._names.chosen([name], BENEFIT)
        return self._result(self._reader.read(case, on), wanted)

    def _result(self, facts: Facts, wanted: frozenset[str] | None) -> Result:
        told = self._evaluator.told(facts, wanted)
        outcomes = {found: outcome for found, (outcome, _) in told.items()}
        return Result(self._names, facts, outcomes, partial(self._explain, facts, told), wanted)

    def _explain(
        self,
        facts: Facts,
        told: Mapping[tuple[str, int | None], Told],
        name: str,
        member: int | None,
        lang: Language,
    ) -> Explanation:
        """The reasons of one outcome, worked out when they are asked for."""
        from policyrules.explanation import Explanation  # noqa: PLC0415 (seldom needed, and large)

        root = self._explainer.explain(facts, name, member, told[name, member])
        return Explanation(self._program, root, lang)

    @cached_property
    def _explainer(self) -> Explainer:
        """What explanations need of the rules alone."""
        from policyrules.backends.explain import Explainer  # noqa: PLC0415 (seldom needed)

        return Explainer(self._evaluator)
