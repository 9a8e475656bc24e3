"""Cases of every bundled ruleset whose letters were read: granted, refused, a range, missing."""

from __future__ import annotations

from typing import Any

Case = tuple[str, str, dict[str, Any]]


def household(*members: dict[str, Any], parameters: Any = None, **facts: Any) -> dict[str, Any]:
    """A household whose facts have blanks in their names where underscores stand."""
    named = {name.replace("_", " "): value for name, value in facts.items()}
    case: dict[str, Any] = {"household": {**named, "members": list(members)}}
    return case | ({"parameters": parameters} if parameters else {})


NO_CLASS = {"tekun": False, "dibao recipient": False, "patient impoverished by illness": False}
UNNAMED = {
    "sudden_hardship": True,
    "basic_living_in_distress": True,
    "beyond_own_means": True,
    "out_of_reach_of_other_assistance": True,
}

CASES: dict[str, Case] = {
    "river_city_granted": (
        "example.river_city",
        "2023-08-01",
        household(
            {"tekun": True}
            | {"out-of-pocket cost": 40000, "medical assistance paid this year, case 1": 12000},
            NO_CLASS | {"patient impoverished by illness": True, "out-of-pocket cost": "333.33"},
            NO_CLASS,
            income="1200.50 yuan per month",
            sudden_hardship=True,
            disaster_hardship=False,
        ),
    ),
    "river_city_flood": (
        "example.river_city",
        "2023-08-01",
        household(
            {"tekun": True, "out-of-pocket cost": 100}
            | {"medical assistance paid this year, case 1": 0},
            {"tekun": True, "out-of-pocket cost": 60000}
            | {"medical assistance paid this year, case 1": 0},
            income=2100,
            disaster_hardship=True,
        ),
    ),
    "river_city_open": (
        "example.river_city",
        "2023-08-01",
        household(
            {"tekun": False, "dibao recipient": True, "out-of-pocket cost": 60000}
            | {"medical assistance paid this year": 0},
            sudden_hardship=False,
            urgent_hardship=False,
            disaster_hardship=None,
        ),
    ),
    "river_city_early": ("example.river_city", "2021-08-01", household({}, income=100)),
    "qingyang": (
        "cn.gansu.qingyang",
        "2023-08-01",
        household(
            {"tekun": False, "dibao recipient": True, "tier": "second"},
            {"tekun": True, "dibao recipient": False, "form of support": "home-based"},
            {"tekun": False, "dibao recipient": True},
            {"tekun": False, "dibao recipient": False, "orphan": False}
            | {"de facto unattended child": False, "child with HIV": False},
            area="rural",
            price_linkage_in_operation=True,
        ),
    ),
    "yiwu": (
        "cn.zhejiang.yiwu",
        "2013-06-01",
        household(
            {"dibao recipient": True, "disease": "lung cancer", "medical cost in scope": 50000}
            | {"government insurance": 20000, "commercial insurance": 0, "employer aid": 1000}
            | {"medical aid paid this year": 0, "orphan": False, "age": 44},
            {
                "dibao recipient": False,
                "age": 16,
                "orphan": True,
                "form of care": "living in society",
            },
            area="urban",
            income=944,
            medical_spending=0,
            parameters={"urban dibao standard": 525, "rural dibao standard": 420},
        ),
    ),
    "chongqing": (
        "cn.chongqing",
        "2019-03-01",
        household(
            {"tekun": False, "dibao recipient": True, "disabled person": True, "age": 40}
            | {"stay in a county hospital of the own district": True}
            | {"covered by residents' insurance": True, "policy-range cost": 10000}
            | {"regular inpatient rate": "75%", "regular deductible": 800}
            | {"inpatient cost": 12000, "off-catalogue cost": 500},
            {"tekun": True, "dibao recipient": False, "age": 70}
            | {"covered by residents' insurance": False},
            area="urban",
            fire=True,
            basic_living_in_serious_difficulty_for_the_moment=True,
            immediate_measures_needed=True,
            in_major_hardship=True,
            meets_the_property_rules=True,
            parameters={"key-person supplement rate": 60},
        ),
    ),
    "taizhou": (
        "cn.zhejiang.taizhou",
        "2025-06-01",
        household(
            {"tekun": True, "dibao recipient": False},
            {"tekun": False, "dibao recipient": True},
            {"tekun": False, "dibao recipient": True},
            income=1000,
        ),
    ),
    "taizhou_refused": (
        "cn.zhejiang.taizhou",
        "2025-06-01",
        household({"tekun": False}, income=1235),
    ),
    "taizhou_silent": ("cn.zhejiang.taizhou", "2022-06-01", household({"tekun": None}, income=10)),
    "wenling": (
        "cn.zhejiang.taizhou.wenling",
        "2025-06-01",
        household(
            {"tekun": False, "happiness-post wage": 2500},
            {"tekun": False, "happiness-post wage": 0},
            income=2760,
            parameters={"minimum wage": 2260},
        ),
    ),
    "unnamed_city": (
        "cn.unnamed_city",
        "2025-07-09",
        household(
            {"tekun": False, "dibao recipient": True, "kind of cost": "hospital stay"}
            | {"cost in scope": 30000, "basic medical insurance": 18000}
            | {"major illness insurance": 2000, "medical assistance paid this year": 0},
            {"tekun": True, "kind of cost": "other outpatient care"},
            **UNNAMED,
            parameters={"dibao standard": 700},
        ),
    ),
    "unnamed_city_beyond_the_list": (
        "cn.unnamed_city",
        "2025-07-09",
        household(
            {},
            **{**UNNAMED, "sudden_hardship": False},
            urgent_hardship=False,
            disaster_hardship=False,
            parameters={"dibao standard": 700},
        ),
    ),
    "zongyang": (
        "cn.unnamed_city.zongyang",
        "2025-07-09",
        household(
            {},
            **UNNAMED,
            kind_of_relief="illness",
            first_class_household=False,
            **{"self-paid medical cost": 30000},
            parameters={"dibao standard": 700},
        ),
    ),
}
