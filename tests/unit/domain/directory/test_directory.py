"""Who is responsible for a caller (A6, B9): by subject, region and name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain import pinyin
from hotline.domain.directory.directory import DirectoryPerson, RegionFit, parts, search
from hotline.domain.numbers import Number
from hotline.domain.places import Place, read_place


def person(name: str, subjects: str = "", regions: str = "", active: bool = True) -> DirectoryPerson:
    return DirectoryPerson(
        name, Number("+8613800000000"), subjects=parts(subjects), regions=parts(regions), active=active
    )


ZHAO = person("赵敏", "销售、渠道", "广东省、广西")
QIAN = person("钱伟", "销售", "深圳")
SUN = person("孙丽", "技术；售后", "")
LI = person("李芳", "销售", "北京市")
ALL = person("周总", "", "全国")
PEOPLE = [LI, SUN, ALL, ZHAO, QIAN]


def names(**query: str) -> list[str]:
    return [found.person.name for found in search(PEOPLE, **query)]


def test_the_city_comes_before_the_province_before_the_country_before_elsewhere() -> None:
    """A6: the caller's region as it stands in the ledger, with the mobile operator behind it."""
    found = search(PEOPLE, subject="销售", region="广东省深圳市 中国移动")
    assert [each.person.name for each in found] == ["钱伟", "赵敏", "李芳", "周总"]
    assert [each.fit for each in found] == [RegionFit.CITY, RegionFit.PROVINCE, RegionFit.ELSEWHERE, RegionFit.NATIONAL]


def test_whose_subject_it_is_comes_before_whoever_answers_for_everything() -> None:
    assert names(subject="售后") == ["孙丽", "周总"]
    assert names(subject="财务") == ["周总"]


def test_without_a_region_nobody_is_elsewhere() -> None:
    assert all(found.fit is None for found in search(PEOPLE))


@pytest.mark.parametrize("typed", ["赵敏", "敏", "zm", "zhaomin", "zhm", "ZhaoM", "min"])
def test_a_name_is_found_by_its_characters_and_its_sound(typed: str) -> None:
    assert names(text=typed)[0] == "赵敏"


def test_every_word_must_fit_and_department_subject_region_and_note_count() -> None:
    assert names(text="深圳") == ["钱伟"]
    assert names(text="js")[0] == "孙丽"
    assert names(text="钱 渠道") == []


def test_who_takes_no_calls_comes_last() -> None:
    assert [f.person.name for f in search([person("甲", active=False), person("乙")])] == ["乙", "甲"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("广东省深圳市 中国移动", Place("广东", "深圳")),
        ("深圳", Place("广东", "深圳")),
        ("广西壮族自治区南宁市", Place("广西", "南宁")),
        ("内蒙古自治区锡林郭勒盟", Place("内蒙古", "锡林郭勒")),
        ("吉林省吉林市", Place("吉林", "吉林")),
        ("北京市", Place("北京", "")),
        ("中国上海", Place("上海", "")),
        ("某某市", Place("", "某某")),
        ("", Place()),
        ("\u202e😀", Place()),
    ],
)
def test_a_place_is_read_however_it_is_written(text: str, place: Place) -> None:
    assert read_place(text) == place


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_nothing_that_is_typed_stops_the_search(text: str, subject: str, region: str) -> None:
    search(PEOPLE, text, subject, region)


@pytest.mark.parametrize(
    ("text", "typed", "fit"),
    [
        ("投诉", "ts", 3),
        ("客户投诉", "ts", 1),
        ("投诉处理", "ts", 2),
        ("重庆", "cq", 3),
        ("重庆", "zhongq", 3),
        ("曾国藩", "zgf", 3),
        ("绿化", "lvh", 3),
        ("VIP客户", "vipkh", 3),
        ("赵敏", "zx", 0),
        ("赵敏", "赵", 0),
        ("赵敏", "", 0),
    ],
)
def test_pinyin_fits_whole_begun_or_by_initials_with_every_reading(text: str, typed: str, fit: int) -> None:
    assert pinyin.fit(text, typed) == fit


def test_a_long_text_and_a_long_query_take_no_time_that_grows_wildly() -> None:
    """Every way on is kept at once: 行 alone has several readings, a hundred of them would have 2^100 ways."""
    assert pinyin.fit("行长重" * 3000, "xingchangzhong" * 5 + "q") == 0
