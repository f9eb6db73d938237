"""Numbers as carriers and people spell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.numbers import as_dialled, is_withheld, mask, normalise, region, same_number


@pytest.mark.parametrize("original", [
    "13800138000", "+8613800138000", "008613800138000", "8613800138000", "013800138000",
    "+86013800138000", "0086 138 0013 8000", "138-0013-8000", " 138 0013 8000 ", "１３８００１３８０００",
    "sip:13800138000@10.0.0.1",
    "<sip:+8613800138000@carrier.example;user=phone>", "tel:+86-138-0013-8000",
])  # fmt: skip
def test_every_spelling_of_a_mobile_is_one_number(original: str) -> None:
    assert normalise(original) == "+8613800138000"


@pytest.mark.parametrize("original", [
    "01088886666", "010-88886666", "(010) 8888 6666", "+861088886666", "0086-10-88886666", "861088886666",
    "010-88886666转801", "010-88886666 ext. 801", "01088886666x801", "01088886666#801", "010-88886666分机12",
])  # fmt: skip
def test_a_landline_with_area_code_is_one_number_and_its_extension_is_left_out(original: str) -> None:
    assert normalise(original) == "+861088886666"


@pytest.mark.parametrize(("original", "expected"), [
    ("4001234567", "+864001234567"),
    ("400-123-4567", "+864001234567"),
    ("0755-12345678", "+8675512345678"),
    ("19912345678", "+8619912345678"),
    ("10086", "+8610086"),
    ("95588", "+8695588"),
    ("95135555", "+8695135555"),
    ("+14155552671", "+14155552671"),
    ("0014155552671", "+14155552671"),
    ("+85291234567", "+85291234567"),
])  # fmt: skip
def test_400_numbers_services_and_foreign_numbers_are_kept(original: str, expected: str) -> None:
    assert normalise(original) == expected


@pytest.mark.parametrize("original", [
    "88886666", "110", "1", "1001", "12345678901", "138001380001", "85291234567", "+", "++8613800138000",
    "a13800138000", "13800138000'; DROP TABLE call;--", '"Robert" <13800138000>', "☎13800138000",
    "1380013\n8000",
    "138\x0000138000", "9" * 300, "1" * 49, "+" + "8" * 40, "-", "()", "转801",
])  # fmt: skip
def test_what_cannot_be_called_is_empty_and_not_withheld(original: str) -> None:
    assert normalise(original) == ""
    assert not is_withheld(original)


@pytest.mark.parametrize("original", [
    "", " ", "anonymous", "Anonymous", "ANONYMOUS", "unknown", "<unknown>", "restricted", "Unavailable",
    "0000000", "0", "+0000", "private", "anonymous@anonymous.invalid", "sip:anonymous@anonymous.invalid",
    "未知",
])  # fmt: skip
def test_the_spellings_of_a_withheld_number(original: str) -> None:
    assert is_withheld(original)
    assert normalise(original) == ""


@given(st.text(max_size=400))
def test_no_text_at_all_raises(text: str) -> None:
    assert normalise(text) == "" or normalise(text).startswith("+")
    is_withheld(text)
    mask(text)
    as_dialled(text)
    same_number(text, text)


@given(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.sampled_from(["", "+86", "0086", "86", "0", "+86 0"]))
def test_every_mobile_segment_normalises_whatever_stands_before_it(number: str, prefix: str) -> None:
    assert normalise(prefix + number) == f"+86{number}"


@given(st.text(alphabet="+0123456789 -()", max_size=20))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert not once or normalise(once) == once


def test_same_number_compares_spellings_not_texts() -> None:
    assert same_number("138 0013 8000", "+8613800138000")
    assert not same_number("13800138000", "13800138001")
    assert same_number("1001", "1001")
    assert not same_number("anonymous", "anonymous")
    assert not same_number("", "")


@pytest.mark.parametrize(("number", "expected"), [
    ("+8613800138000", "13800138000"),
    ("+861088886666", "01088886666"),
    ("+864001234567", "4001234567"),
    ("+8695588", "95588"),
    ("+14155552671", "+14155552671"),
    ("1001", "1001"),
    ("", ""),
])  # fmt: skip
def test_numbers_are_shown_as_they_are_dialled_in_china(number: str, expected: str) -> None:
    assert as_dialled(number) == expected


@pytest.mark.parametrize(("number", "expected"), [
    ("+8613800138000", "138****8000"),
    ("+861088886666", "010****6666"),
    ("+8695588", "*5588"),
    ("1001", "****"),
    ("", ""),
])  # fmt: skip
def test_a_masked_number_keeps_only_head_and_tail(number: str, expected: str) -> None:
    """A14: numbers are not given away."""
    assert mask(number) == expected


@pytest.mark.parametrize(("number", "expected"), [
    ("13800138000", "北京市 中国移动"),
    ("0755-12345678", "广东省深圳市"),
    ("19912345678", "中国电信"),
    ("4001234567", ""),
    ("anonymous", ""),
    ("1001", ""),
])  # fmt: skip
def test_the_region_of_a_number_is_known_offline(number: str, expected: str) -> None:
    assert region(number) == expected
