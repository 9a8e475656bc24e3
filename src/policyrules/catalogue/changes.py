"""What is asked of the rules about other facts, other dates, other rules."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

CHANGES: dict[str, Entry] = {
    "PR680": entry(
        ("no benefit to become due", "不是待遇"),
        (
            "`{name}` is no benefit; only of a benefit is it asked what would change it",
            "“{name}”不是待遇，只能查询何种变化会改变待遇",
        ),
        hint=("name one of its benefits: {known}", "请写其中一项待遇：{known}"),
    ),
}
