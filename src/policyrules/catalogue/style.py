"""PR9xx: warnings, for what compiles but is likely not meant."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

STYLE: dict[str, Entry] = {
    "PR901": entry(
        ("rule without a citation", "规则没有依据"),
        ("`{name}` cites no document", "“{name}”没有写明依据"),
        hint=("put it under a heading such as `[notice 2]`", "请置于“【通知 二】”之类的标题之下"),
        severity="warning",
    ),
    "PR904": entry(
        ("ruleset used twice", "重复采用规则集"),
        ("`{name}` is used above already", "上面已经采用“{name}”"),
        hint=("leave one of the two out", "请删去其中一处"),
        severity="warning",
    ),
    "PR902": entry(
        ("input that nothing reads", "未使用的信息项"),
        ("nothing reads `{name}`", "“{name}”没有任何规则使用"),
        hint=("delete it, or use it in a rule", "请删去，或者在规则中使用"),
        severity="warning",
    ),
}
