"""Normal forms, cores and readings: what names and queries are reduced to."""

import pytest

from app.search.normal import Core, core, normal_query, normalise
from app.search.sound import initials, joined, loose, sounds, spell


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("ＴＥＤＡ", "teda"),
        ("渤龍湖 科技園", "渤龙湖科技园"),
        ("“枢纽+孵化+引育”创新核", "枢纽孵化引育创新核"),
        ("RISC-Ⅴ开源芯片", "riscv开源芯片"),
        ("Bó lóng hú", "bolonghu"),
        ("Bo\u0301", "bo"),
        ("lǜ", "lv"),
        ("%_\\'\x00;😀", ""),
    ],
)
def test_normal_forms(written: str, normal: str) -> None:
    assert normal_query(written) == normal


def test_each_character_keeps_its_place() -> None:
    name = "滨海-中关村"
    normal = normalise(name)
    assert normal.text == "滨海中关村"
    assert [normal.text[a:b] for a, b in zip(normal.offsets, normal.offsets[1:], strict=False)] == [
        "滨", "海", "", "中", "关", "村",
    ]  # fmt: skip
    assert normalise("TEDA East 5G专网").starts == (0, 4, 8, 10, 11)


@pytest.mark.parametrize(
    ("normal", "expected"),
    [
        ("天津中塘工业园", Core("中塘", "park")),
        ("大港石化产业园区", Core("大港石化", "park")),
        ("东丽经济技术开发区", Core("东丽", "development")),
        ("天津钢铁集团有限公司", Core("钢铁", "company")),
        ("天津智谷", Core("智谷", "")),
        ("渤龙湖", None),
        ("开发区", None),
        ("天津港", None),
    ],
)
def test_cores(normal: str, expected: Core | None) -> None:
    assert core(normal) == expected


@pytest.mark.parametrize(
    ("name", "pinyin", "short"),
    [
        ("渤龙湖", "bolonghu", "blh"),
        ("蓟州区", "jizhouqu", "jzq"),
        ("宝坻", "baodi", "bd"),
        ("重型装备", "zhongxingzhuangbei", "zxzb"),
        ("重组蛋白", "chongzudanbai", "czdb"),
        ("行业应用软件", "hangyeyingyongruanjian", "hyyyrj"),
        ("滨海新区培育新赛道 打造未来产业创新高地行动方案"[-4:], "xingdongfangan", "xdfa"),
        ("卷烟厂", "juanyanchang", "jyc"),
        ("氢能供给", "qingnenggongji", "qngj"),
        ("5G基带芯片", "5gjidaixinpian", "5gjdxp"),
    ],
)
def test_readings_of_the_dictionary(name: str, pinyin: str, short: str) -> None:
    [syllables] = spell(name, {})
    assert (joined(name, syllables).text, initials(name, syllables).text) == (pinyin, short)


def test_given_readings_come_before_the_dictionary() -> None:
    ways = spell("于家堡站", {"于家堡": [["yu", "jia", "pu"], ["yu", "jia", "bao"]]})
    assert [joined("于家堡站", way).text for way in ways] == ["yujiapuzhan", "yujiabaozhan"]


def test_syllables_cut_short() -> None:
    import re

    pattern = loose(joined("渤龙湖", ["bo", "long", "hu"]))
    assert pattern is not None
    assert all(re.search(pattern, typed) for typed in ("blh", "bolh", "blhu", "bolon", "bolonghu"))
    assert not any(re.search(pattern, typed) for typed in ("b", "bh", "blhk", "bolongu"))


def test_a_query_sounds_as_its_characters_do() -> None:
    assert sounds("渤龙胡") == ("bolonghu",)
    assert sounds("bolonghu") == ("bolonghu",)
    assert {"le", "yue"} <= set(sounds("乐"))
