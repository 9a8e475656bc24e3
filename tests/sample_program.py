"""A small program built by hand, for the tests of cases and results."""

from datetime import date
from fractions import Fraction

import attrs

from policyrules.ir.nodes import (
    Constant,
    Definition,
    Input,
    NotStated,
    Parameter,
    Program,
    Version,
)
from policyrules.source import Text

ZERO = Fraction(0)
NEW_YEAR = date(2023, 1, 1).toordinal()
CAUSES = (
    ("major illness", Text("major illness", "重特大疾病")),
    ("other illness", Text("other illness", "其他疾病")),
)
TIERS = (("first", Text("first", "一类")), ("second", Text("second", "二类")))

INPUTS = (
    Input(
        name="income",
        label=Text("income", "家庭月收入"),
        subject="household",
        kind="number",
        unit="yuan/household/month",
        low=ZERO,
    ),
    Input(
        name="sudden hardship",
        label=Text("sudden hardship", "突发性困难"),
        subject="household",
        kind="truth",
    ),
    Input(
        name="rooms",
        label=Text("rooms", "住房间数"),
        subject="household",
        kind="number",
        whole=True,
    ),
    Input(
        name="alert date", label=Text("alert date", "预警日期"), subject="household", kind="date"
    ),
    Input(
        name="wage",
        label=Text("wage", "工资"),
        subject="person",
        kind="number",
        unit="yuan/person/month",
        low=ZERO,
        high=Fraction(50000),
        high_excluded=True,
    ),
    Input(
        name="out-of-pocket cost",
        label=Text("out-of-pocket cost", "政策范围内个人自付费用"),
        subject="person",
        kind="number",
        unit="yuan/person",
        low=ZERO,
    ),
    Input(name="残疾人", label=Text(None, "残疾人"), subject="person", kind="truth"),
    Input(
        name="cause of stay",
        label=Text("cause of stay", "住院原因"),
        subject="person",
        kind="choice",
        values=CAUSES,
    ),
    Input(name="tier", label=Text("tier", "档次"), subject="person", kind="choice", values=TIERS),
    *(
        Input(
            name=f"medical assistance paid this year, case {number}",
            label=Text(
                f"medical assistance paid this year, case {number}",
                f"本年度已享受医疗救助金额，情形{number}",
            ),
            subject="person",
            kind="number",
            unit="yuan/person",
            low=ZERO,
            source="form",
        )
        for number in (1, 2)
    ),
    *(
        Input(
            name=f"本月已享受护理补贴金额，情形{number}",
            label=Text(None, f"本月已享受护理补贴金额，情形{number}"),
            subject="person",
            kind="number",
            unit="yuan/person",
            source="form",
        )
        for number in (1, 2)
    ),
)


def _parameter(name: str, zh: str, *cells: Fraction | NotStated, **more: object) -> Parameter:
    version = Version(NEW_YEAR, False, tuple(((), cell) for cell in cells), ())
    common = {"unit": "yuan/person/month", "by": (), "versions": (version,)}
    return Parameter(name=name, label=Text(name, zh), **(common | more))


PARAMETERS = (
    _parameter("dibao standard", "低保标准", Fraction(700)),
    _parameter("care standard", "照料护理标准", NotStated(Fraction(70), None, "care standard")),
    _parameter(
        "tier amount",
        "分档补助",
        by=("tier",),
        versions=(
            Version(
                NEW_YEAR, False, ((("first",), Fraction(5580)), (("second",), NotStated())), ()
            ),
        ),
    ),
    _parameter("average gap", "平均补差", Fraction(300), statistic=True),
)


def definition(name: str, zh: str | None = None, **more: object) -> Definition:
    """A definition of a household's amount per month, unless `more` says otherwise."""
    kind = more.get("kind", "number")
    values = {"number": ZERO, "truth": False, "choice": "major illness", "date": NEW_YEAR}
    common = {
        "subject": "household",
        "what": "benefit",
        "kind": "number",
        "value": Constant(values[kind], kind),
        "unit": "yuan/household/month",
    }
    return Definition(name=name, label=Text(name, zh), **(common | more))


DEFINITIONS = (
    definition("income per head", "家庭人均收入", what="definition", unit="yuan/person/month"),
    definition("dibao payment", "低保金"),
    definition(
        "temporary relief",
        "临时救助",
        unit="yuan/household",
    ),
    definition("medical assistance", "医疗救助", subject="person", unit="yuan/person"),
    definition("cause", "原因", subject="person", what="definition", kind="choice", unit=""),
    definition("in need", "困难家庭", what="definition", kind="truth", unit=""),
    definition("home visit", "入户核查", what="deadline", kind="date", unit=""),
    definition("rate", "比例", what="definition", unit=""),
    definition("imported", "引用", own=False),
)

PROGRAM = Program(
    id="example.sample",
    title=Text("Sample", "示例"),
    currency="yuan",
    inputs=INPUTS,
    parameters=PARAMETERS,
    definitions=DEFINITIONS,
    checks=(),
    about="household",
    categories=(
        ("cause of stay", tuple(value for value, _ in CAUSES)),
        ("tier", tuple(value for value, _ in TIERS)),
    ),
)
PERSONS = attrs.evolve(
    PROGRAM,
    inputs=tuple(item for item in INPUTS if item.subject == "person"),
    definitions=tuple(item for item in DEFINITIONS if item.subject == "person"),
    about="person",
)
