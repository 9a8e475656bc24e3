"""How operators read in an explanation, in both languages."""

from __future__ import annotations

from policyrules.source import Text

ADDED = {
    "add_days": Text("day", "日"),
    "add_working_days": Text("working day", "个工作日"),
    "add_months": Text("month", "个月"),
}
INFIX = {"add": " + ", "subtract": " − ", "remaining": " − "}
INFIX |= {"multiply": " × ", "divide": " ÷ ", **dict.fromkeys(ADDED, " + ")}
BINDING = {" + ": 1, " − ": 1, " × ": 2, " ÷ ": 2}
SCALED = {"convert", "counted"}
# The same of the records of a list.
OF_RECORDS = {
    "any member": (
        Text("none of the {} meets it", "没有符合的{}"),
        Text("one of the {} meets it", "有符合的{}"),
    ),
    "every member": (
        Text("not all of the {} meet it", "{}不都符合"),
        Text("all of the {} meet it", "{}都符合"),
    ),
    "counted": (
        Text("none of the {} counts", "没有可计的{}"),
        Text("one of the {} counts", "有可计的{}"),
    ),
}
# Of members of whom nothing is known: that it is not so, and that it is.
OF_MEMBERS = {
    "any member": (
        Text("no member meets it", "没有家庭成员符合"),
        Text("a member meets it", "有家庭成员符合"),
    ),
    "every member": (
        Text("not every member meets it", "家庭成员不都符合"),
        Text("every member meets it", "家庭成员都符合"),
    ),
    "counted": (
        Text("no member counts", "没有计入的家庭成员"),
        Text("a member counts", "有计入的家庭成员"),
    ),
}
OTHERS = {
    None: Text("what the list leaves open is to be decided", "列举以外的情形有待认定"),
    True: Text("something beyond the list is accepted", "属于列举以外的情形"),
    False: Text("nothing beyond the list is accepted", "不属于列举以外的情形"),
}
EQUAL = " = "
COMPARED = {
    "<": Text("is less than", "低于"),
    "<=": Text("is at most", "不超过"),
    ">": Text("is more than", "超过"),
    ">=": Text("is at least", "不低于"),
    "=": Text("equals", "等于"),
    "!=": Text("does not equal", "不等于"),
}
DATED = {
    "<": Text("is before", "早于"),
    "<=": Text("is not after", "不晚于"),
    ">": Text("is after", "晚于"),
    ">=": Text("is not before", "不早于"),
    "=": Text("is", "为"),
    "!=": Text("is not", "不为"),
}
ROUNDED = {
    "round_half_up": Text("half up to {step}", "四舍五入到{step}"),
    "round_up": Text("upward to {step}", "进位到{step}"),
    "round_down": Text("downward to {step}", "舍去尾数到{step}"),
    "round_half_even": Text("half to even to {step}", "四舍六入五成双到{step}"),
    "round_jiao_up": Text("by {lower} upward to {step}", "见{lower}进{step}"),
}
ALONE = {"at least only": Text("at least ", "不低于"), "at most only": Text("at most ", "不超过")}
ADJOINED = {
    "at most": Text("at most {end}", "最高不超过{end}"),
    "at least": Text("at least {end}", "不低于{end}"),
    "not paid below": Text("less than {end} is not paid", "不足{end}的不予发放"),
    "paid as": Text("less than {end} pays {end}", "不足{end}的按{end}发放"),
}
SPANS = {
    "completed_years": Text("years", "年"),
    "completed_months": Text("months", "月"),
    "completed_days": Text("days", "日"),
}
PERIODS = {1: Text("month", "月"), 3: Text("quarter", "季度"), 12: Text("year", "年")}
