"""A customer's number is found however it is written (section 5 of the rules' customers: any writing)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.customers.customer import (
    Customer,
    PreferredWay,
    as_written,
    checked,
    merged,
    read_number,
    split_extension,
)
from hotline.domain.customers.search import CustomerQuery, read_query
from hotline.domain.reasons import Unfit

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.builds(
    lambda area, rest: (area, rest),
    st.sampled_from(["010", "021", "0755"]),
    st.from_regex(r"[2-7][0-9]{7}", fullmatch=True),
)
EXTENSIONS = st.from_regex(r"[1-9][0-9]{0,4}", fullmatch=True)
SEPARATORS = st.sampled_from(["", " ", "-", " - ", "  "])
MARKS = st.sampled_from(["转", "转 ", " 转分机 ", "分机", " ext. ", "ext", " x", "#", "，转", ",", "-", " - "])
FULL_WIDTH = str.maketrans("0123456789+-", "０１２３４５６７８９＋－")


def written_mobile(number: str, prefix: str, separator: str) -> str:
    return f"{prefix}{number[:3]}{separator}{number[3:7]}{separator}{number[7:]}"


@given(MOBILES, st.sampled_from(["", "+86", "+86 ", "0086", "0086-", "86"]), SEPARATORS, st.booleans())
def test_a_mobile_in_any_writing_is_one_number(number: str, prefix: str, separator: str, full_width: bool) -> None:
    text = written_mobile(number, prefix, separator)
    text = text.translate(FULL_WIDTH) if full_width else text
    assert read_query(text).number == read_number(number).number == f"+86{number}"


@given(LANDLINES, SEPARATORS, st.sampled_from(["{}", "({})", "（{}）"]), MARKS, EXTENSIONS)
def test_a_landline_in_any_writing_with_an_extension(
    landline: tuple[str, str], separator: str, brackets: str, mark: str, extension: str
) -> None:
    area, rest = landline
    whole = read_number(area + rest)
    text = f"{brackets.format(area)}{separator}{rest[:4]}{separator}{rest[4:]}"
    assert read_query(text) == CustomerQuery(number=whole.number)
    assert read_query(text + mark + extension) == CustomerQuery(number=whole.number, extension=extension)
    assert read_number(text + mark + extension).extension == extension


@given(LANDLINES, MARKS, EXTENSIONS)
def test_a_landline_without_its_area_code_is_a_part_of_the_stored_number(
    landline: tuple[str, str], mark: str, extension: str
) -> None:
    area, rest = landline
    stored = read_number(area + rest).number
    for text in (rest, f"{rest[:4]}-{rest[4:]}", f"{rest[:4]} {rest[4:]}"):
        query = read_query(text)
        assert query.digits in stored, text
        assert read_query(text + mark.replace("-", "转") + extension).extension == extension


@given(MOBILES, st.integers(3, 8))
def test_the_last_digits_are_a_part_of_the_number(number: str, length: int) -> None:
    query = read_query(number[-length:])
    assert query.digits in f"+86{number}"


@given(st.text(max_size=200))
def test_nothing_that_is_typed_raises(text: str) -> None:
    query = read_query(text)
    assert query.everybody or query.number or query.digits or query.words
    split_extension(text)


@given(st.text(max_size=60))
def test_what_is_no_number_is_refused_with_what_was_expected(text: str) -> None:
    try:
        found = read_number(text)
    except Unfit as error:
        assert error.code == "customers.number"
    else:
        assert re.fullmatch(r"\+[0-9]{5,15}", found.number)


@pytest.mark.parametrize("text", ["88886666", "8001", "", "anonymous", "张伟", "1" * 60])
def test_a_customer_needs_a_whole_number(text: str) -> None:
    with pytest.raises(Unfit, match=r"^customers.number$"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("021-6666-8888", ("021-6666-8888", "")),
        ("400-123-4567-8", ("400-123-4567", "8")),
        ("王五-12", ("王五-12", "")),
        ("+1-202-555-0143", ("+1-202-555-0143", "")),
    ],
)
def test_a_dash_parts_an_extension_only_from_a_number(text: str, parts: tuple[str, str]) -> None:
    assert split_extension(text) == parts


def test_an_extension_is_shown_behind_the_number_also_when_masked() -> None:
    number = read_number("010-88886666转801")
    assert as_written(number, masked=False) == "01088886666-801"
    assert as_written(number, masked=True) == "010****6666-801"


def test_no_merge_loses_the_wish_not_to_be_called() -> None:
    """E3, E10."""
    kept = Customer(name="张伟", preferred_way=PreferredWay.SMS)
    other = Customer(name="张 伟", company="昌鑫", do_not_call=True, preferred_way=PreferredWay.NONE, note="n")
    both = merged(kept, other)
    assert (both.name, both.company, both.note) == ("张伟", "昌鑫", "n")
    assert both.do_not_call
    assert both.preferred_way is PreferredWay.NONE


@pytest.mark.parametrize(
    ("customer", "field"),
    [
        (Customer(name="长" * 10_000), "name"),
        (Customer(note="长" * 10_001), "note"),
        (Customer(mail="nobody"), "mail"),
        (Customer(name="a", preferred_way=PreferredWay.MAIL), "preferred_way"),
    ],
)
def test_what_does_not_fit_is_told_by_its_field(customer: Customer, field: str) -> None:
    with pytest.raises(Unfit) as refused:
        checked(customer)
    assert refused.value.field == field


def test_control_characters_are_taken_out_and_a_note_keeps_its_lines() -> None:
    plain = checked(Customer(name="张\x00\x1b[31m\n伟\u202e", note="a\r\nb\x07"))
    assert plain.name.isprintable()
    assert plain.note == "a\nb"
