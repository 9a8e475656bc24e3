"""Groups of members: mistakes in what is said of them."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

GROUPS: dict[str, Entry] = {
    "PR220": entry(
        ("group of a person", "以个人为单位的人群"),
        (
            "`{name}` is a group of the members of a household, not of a person",
            "“{name}”是家庭成员中的人群，应以家庭为单位",
        ),
        hint=(
            "write `group {name} of household: members who are (…)`",
            "请写“人群 {name}，以家庭为单位：家庭成员中（…）的人员”",
        ),
    ),
}
