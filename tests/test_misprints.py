"""A figure off by a digit fails the check that ties it to the others, in every bundled ruleset."""

from __future__ import annotations

import pytest

from policyrules.checks import examine
from policyrules.compiler import compile_source
from policyrules.library import locate
from policyrules.source import Source

QINGYANG = [
    ("自2023年起：城市700", "自2023年起：城市710", "城市低保标准提高3%"),
    ("    2023年：607", "    2023年：611", "城市低保月人均补助水平提高4%"),
    ("自2023年起：一类5580", "自2023年起：一类5508", "一类补助等于农村低保标准，逐档递减"),
    ("    自2023年起：910 ", "    自2023年起：911 ", "特困标准月、年相合"),
    ("    2023年：1140", "    2023年：1104", "集中供养高于省级指导标准"),
    ("    自2022年起：884", "    自2022年起：885", "特困标准为低保标准的1.3倍"),
    ("分散供养605", "分散供养604", "特困标准为低保标准的1.3倍"),
    ("1066万元", "1067万元", "价格临时补贴每人次20.97元"),
    ("21.13万", "21.14万", "一次性生活补贴人均234.08元"),
    ("    2022年：218", "    2022年：219", "实施救助占申请的8.12%，每人次3306.42元"),
]
TAIZHOU = [
    ("    2025年：57974", "    2025年：57947", "三类对象合计为低收入群体"),
    ("    2025年：11723", "    2025年：11732", "三类对象合计为低收入群体"),
    ("    2025年：2600", "    2025年：2601", "三类对象合计为低收入群体"),
    ("    自2025年6月1日起：1190 ", "    自2025年6月1日起：1109 ", "低保标准增幅47%"),
    ("    自2020年起：810", "    自2020年起：801", "低保标准增幅47%"),
    ("    2020年：468", "    2020年：486", "2020年平均补差率57.78%"),
    ("    自2025年起：1145", "    自2025年起：1154", "2025年平均补差率86.66%，按调整前的标准计算"),
    ("    2025年：992.21", "    2025年：929.21", "2025年平均补差率86.66%，按调整前的标准计算"),
    ("    2025年：2058", "    2025年：2085", "特困人员基本生活平均标准增幅58%"),
    ("    2020年：1301", "    2020年：1031", "特困平均标准不低于低保标准的1.3倍"),
    ("1112.40万元", "1121.40万元", "服务类项目每项72234元"),
    ("    2025年：154", "    2025年：145", "服务类项目每项72234元"),
    ("    2025年：14\n", "    2025年：15\n", "联办事项从14项拓展到17项"),
    ("    2025年：17\n", "    2025年：71\n", "联办事项从14项拓展到17项"),
    ("    2025年：7.23万", "    2025年：7.32万", "监测人数与低收入群体人数相合"),
    ("    2025年：72297", "    2025年：72279", "三类对象合计为低收入群体"),
    ("    2025年：8.93万", "    2025年：9.83万", "送达清单不多于探访户次"),
]
UNNAMED_CITY = [
    ("in 2025: 439", "in 2025: 438", "each society raised 32,938.50 yuan"),
    ("14.46 million", "14.64 million", "each society raised 32,938.50 yuan"),
    ("in 2025: 2493", "in 2025: 2439", "at most 5,800.24 yuan for each assistance"),
    ("in 2025: 13292", "in 2025: 12392", "temporary relief of 1,417.73 yuan per person"),
    ("18.8445", "18.8454", "temporary relief of 1,417.73 yuan per person"),
    ("more than 9 million", "more than 8 million", "more than 3,507 yuan for each time"),
    ("in 2025: 2566", "in 2025: 2656", "more than 3,507 yuan for each time"),
    ("in 2025: 668", "in 2025: 686", "71.3% of the posts filled"),
    ("in 2025: 937", "in 2025: 397", "71.3% of the posts filled"),
    ("25 million yuan", "24 million yuan", "more than 3,359 yuan for each time"),
    ("in 2025: 7441", "in 2025: 7444", "more than 3,359 yuan for each time"),
]


@pytest.mark.parametrize(
    ("ruleset", "printed", "misprint", "check"),
    [
        *[("cn.gansu.qingyang", *row) for row in QINGYANG],
        *[("cn.zhejiang.taizhou", *row) for row in TAIZHOU],
        *[("cn.unnamed_city", *row) for row in UNNAMED_CITY],
    ],
)
def test_a_misprint_fails_its_check(ruleset: str, printed: str, misprint: str, check: str) -> None:
    """Asserts that a figure off by a digit breaks the check that ties it to the others."""
    path = locate(ruleset)
    text = path.read_text("utf-8")
    assert text.count(printed) == 1
    compiled = compile_source(Source(str(path), text.replace(printed, misprint)), path.parent)
    found = examine(compiled, examples=False).diagnostics
    said = [finding.message(lang) for finding in found for lang in ("en", "zh")]
    assert any(check in message for message in said)
