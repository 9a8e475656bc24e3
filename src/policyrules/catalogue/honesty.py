"""PR345–PR349, PR560–PR569: lists, soft rules, readings, and who is treated as whom."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

HONESTY: dict[str, Entry] = {
    "PR345": entry(
        ("number outside a list", "编号不在列举之内"),
        (
            "the list does not say whether one of its items is enough",
            "没有写明各项是符合其一还是同时符合",
        ),
        ("an item of no list above", "上文没有此编号所属的列举"),
        hint=(
            "write `any of:` or `all of:` in front of its first item",
            "请在第一项之前写“有下列情形之一：”或者“同时符合下列条件：”",
        ),
    ),
}
