"""Numbers as carriers and people spell them."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.number_text import visible
from hotline.domain.numbers import (
    Number,
    as_dialled,
    dialled_forms,
    is_withheld,
    mask,
    normalise,
    region,
    same_number,
    search_term,
)


@pytest.mark.parametrize(
    "original",
    [
        "13800138000",
        "+8613800138000",
        "008613800138000",
        "8613800138000",
        "013800138000",
        "+86013800138000",
        "0086 138 0013 8000",
        "138-0013-8000",
        " 138 0013 8000 ",
        "１３８００１３８０００",
        "sip:13800138000@10.0.0.1",
        "<sip:+8613800138000@carrier.example;user=phone>",
        "tel:+86-138-0013-8000",
    ],
)
def test_every_spelling_of_a_mobile_is_one_number(original: str) -> None:
    assert normalise(original) == "+8613800138000"


@pytest.mark.parametrize(
    "original",
    [
        "01088886666",
        "010-88886666",
        "(010) 8888 6666",
        "+861088886666",
        "0086-10-88886666",
        "861088886666",
        "010-88886666转801",
        "010-88886666 ext. 801",
        "01088886666x801",
        "01088886666#801",
        "010-88886666分机12",
    ],
)
def test_a_landline_with_area_code_is_one_number_and_its_extension_is_left_out(original: str) -> None:
    assert normalise(original) == "+861088886666"


@pytest.mark.parametrize(
    ("original", "expected"),
    [
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
    ],
)
def test_400_numbers_services_and_foreign_numbers_are_kept(original: str, expected: str) -> None:
    assert normalise(original) == expected


@pytest.mark.parametrize(
    "original",
    [
        "88886666",
        "110",
        "1",
        "1001",
        "12345678901",
        "138001380001",
        "85291234567",
        "+",
        "++8613800138000",
        "a13800138000",
        "13800138000'; DROP TABLE call;--",
        '"Robert" <13800138000>',
        "☎13800138000",
        "1380013\n8000",
        "138\x0000138000",
        "9" * 300,
        "1" * 49,
        "+" + "8" * 40,
        "-",
        "()",
        "转801",
    ],
)
def test_what_cannot_be_called_is_empty_and_not_withheld(original: str) -> None:
    assert normalise(original) == ""
    assert not is_withheld(original)


@pytest.mark.parametrize(
    "original",
    [
        "",
        " ",
        "anonymous",
        "Anonymous",
        "ANONYMOUS",
        "unknown",
        "<unknown>",
        "restricted",
        "Unavailable",
        "0000000",
        "0",
        "+0000",
        "private",
        "anonymous@anonymous.invalid",
        "sip:anonymous@anonymous.invalid",
        "未知",
    ],
)
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


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+8613800138000", "13800138000"),
        ("+861088886666", "01088886666"),
        ("+864001234567", "4001234567"),
        ("+8695588", "95588"),
        ("+14155552671", "+14155552671"),
        ("1001", "1001"),
        ("", ""),
    ],
)
def test_numbers_are_shown_as_they_are_dialled_in_china(number: str, expected: str) -> None:
    assert as_dialled(number) == expected


@pytest.mark.parametrize(
    "dialled",
    ["95012345", "95096123", "95588", "95105105", "95131234", "96110", "961234", "10086", "10010", "12345", "12306"]
    + ["11185", "116114", "118114", "4001234567", "8008101234", "4008123456", "01012345", "095112345", "02196110"],
)
def test_services_are_dialled_by_what_stands_behind_86(dialled: str) -> None:
    """950 is no area code, nor are 400, 800 and 96x: 95012345 is a service, 0951 12345 is the 12345 of Yinchuan."""
    national = dialled.removeprefix("0")
    assert as_dialled(f"+86{national}") == dialled
    assert normalise(f"+86{national}") == normalise(dialled) == f"+86{national}"


@given(st.from_regex(r"\A(?:\+86)?[0-9]{3,12}\Z"))
def test_what_is_shown_leads_to_the_number_that_it_is_shown_for(text: str) -> None:
    number = normalise(text)
    assert not number or normalise(as_dialled(number)) == number


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+8613800138000", "138****8000"),
        ("+861088886666", "010****6666"),
        ("+8695588", "*5588"),
        ("1001", "****"),
        ("", ""),
    ],
)
def test_a_masked_number_keeps_only_head_and_tail(number: str, expected: str) -> None:
    """A14: numbers are not given away."""
    assert mask(number) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("13800138000", "北京市 中国移动"),
        ("0755-12345678", "广东省深圳市"),
        ("19912345678", "中国电信"),
        ("4001234567", ""),
        ("anonymous", ""),
        ("1001", ""),
    ],
)
def test_the_region_of_a_number_is_known_offline(number: str, expected: str) -> None:
    assert region(number) == expected


@pytest.mark.parametrize(
    "original",
    [
        "+8613900000001;cpc=ordinary",
        "13900000001;phone-context=+86",
        "013900000001;phone-context=+86;cpc=ordinary",
        "+8613900000001;npdi;rn=+8613800138000",
        "sip:+8613900000001;cpc=ordinary@carrier.example;user=phone",
        "tel:13900000001;phone-context=+86",
        "<sip:13900000001;isub=1@10.0.0.1>",
    ],
)
def test_parameters_in_the_user_part_say_nothing_of_the_number(original: str) -> None:
    assert normalise(original) == "+8613900000001"


def test_a_phone_context_says_of_which_place_a_number_is() -> None:
    assert normalise("075512345678;phone-context=+86") == "+8675512345678"
    assert normalise("88886666;phone-context=+8610") == "+861088886666"
    assert normalise("4155552671;phone-context=+1") == "+14155552671"
    assert normalise("4001234568;phone-context=carrier.example") == "+864001234568"


#: What word processors, chats and web pages put around and between digits.
_UNSEEN = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2060",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\u00ad",
    "\ufe0f",
    "\ufeff",
    "\ufe0f\u20e3",
    "\U000e0100",
]
_BLANKS = [" ", "\u00a0", "\u2002", "\u2007", "\u202f", "\u3000", "\t"]
_DASHES = ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\uff0d", "\u2212", "\ufe63"]
_WIDE = str.maketrans("0123456789+-()", "０１２３４５６７８９＋－（）")

_NUMBERS = [
    "13800138000",
    "+8613800138000",
    "010-88886666",
    "0755-12345678",
    "400-123-4567",
    "95588",
    "0571-12345",
    "116114",
    "+14155552671",
]


@given(st.sampled_from(_NUMBERS), st.data())
def test_what_a_clipboard_brings_along_changes_no_number(number: str, data: st.DataObject) -> None:
    between = st.sampled_from(["", "", *_UNSEEN])
    written = "".join(data.draw(between) + character for character in number) + data.draw(between)
    written = data.draw(st.sampled_from(_BLANKS)) + written + data.draw(st.sampled_from(_BLANKS))
    written = written.replace("-", data.draw(st.sampled_from([*_DASHES, *_BLANKS])))
    if data.draw(st.booleans()):
        written = written.translate(_WIDE)
    assert normalise(written) == normalise(number) != ""
    assert same_number(written, number)
    assert search_term(written) == search_term(number)


@given(st.text(max_size=60))
def test_what_is_seen_is_seen_the_same_twice(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("116114", "+86116114"),
        ("11185", "+8611185"),
        ("95588", "+8695588"),
        ("12345", "+8612345"),
        ("800-810-1234", "+868008101234"),
        # A nationwide service is the same from every city, a city's own is not.
        ("0571-95588", "+8695588"),
        ("021-95588", "+8695588"),
        ("+8657195588", "+8695588"),
        ("010-116114", "+86116114"),
        ("0571-12345", "+8657112345"),
        ("021-12345", "+862112345"),
        ("010-12345", "+861012345"),
        ("+86 571 12345", "+8657112345"),
        ("0086-571-12345", "+8657112345"),
        ("0571 96110", "+8657196110"),
    ],
)
def test_service_numbers_with_and_without_area_code(original: str, expected: str) -> None:
    assert normalise(original) == expected
    assert normalise(as_dialled(expected)) == expected


@pytest.mark.parametrize(
    "original",
    [
        "17909 13800138000",
        "1790913800138000",
        "17951 13800138000",
        "12593-13800138000",
        "10193 13800138000",
        "17909 013800138000",
        "11808 013800138000",
    ],
)
def test_the_prefix_of_another_network_is_left_out(original: str) -> None:
    assert normalise(original) == "+8613800138000"
    assert normalise("17909 02188886666") == "+862188886666"


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("913800138000", "+8613800138000"),
        ("9013800138000", "+8613800138000"),
        ("902188886666", "+862188886666"),
        ("9,021-88886666", ""),
        ("94001234567", "+864001234567"),
        ("91790913800138000", "+8613800138000"),
        ("995588", ""),
        ("988886666", ""),
        ("95588", "+8695588"),
        ("+913800138000", "+913800138000"),
    ],
)
def test_the_prefix_of_an_exchange_is_read_where_the_site_says_so(original: str, expected: str) -> None:
    assert normalise(original, ("9",)) == expected


def test_without_such_a_setting_a_prefix_makes_no_number() -> None:
    assert normalise("913800138000") == ""
    assert normalise("9013800138000") == ""


def test_a_double_zero_is_never_silently_another_country() -> None:
    assert normalise("0013800138000") == "+8613800138000", "no such number in America: a mobile behind an exchange"
    assert normalise("0013052138000") == "", "a mobile of ours, and a number in Florida: it is not said which"
    assert normalise("+13052138000") == "+13052138000"
    assert normalise("0013052138000", ("0",)) == "+8613052138000"
    assert normalise("0014155552671") == "+14155552671"
    assert normalise("0085291234567") == "+85291234567"
    assert normalise("002188886666") == "+862188886666"


def test_only_the_parsers_spelling_is_a_number() -> None:
    assert Number("+8613800138000") == normalise("138 0013 8000")
    assert isinstance(normalise("13800138000"), Number)
    for other in ("13800138000", "008613800138000", "+86 13800138000", "anonymous", "1001", "+8657195588"):
        with pytest.raises(ValueError, match="normalise"):
            Number(other)


@pytest.mark.parametrize("number", ["+8613800138000", ""])
def test_a_number_stays_one_through_copies_and_is_text_in_json(number: str) -> None:
    made = Number(number)
    for again in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert again == made and isinstance(again, Number)
    assert json.dumps({"number": made}) == json.dumps({"number": number})


_DIGITS = st.text(alphabet="+0123456789", max_size=20)
_PREFIXED = st.from_regex(r"\A(\+86|0086|86|00|0|9|17909)?[0-9]{5,12}\Z")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("91195920", "+8695920"),
        ("95110979", "+8610979"),
        ("00980016918", "+9816918"),
        ("003590005554584", "+3595554584"),
    ],
)
def test_what_more_is_to_be_read_of_a_reading_is_read_at_once(text: str, number: str) -> None:
    assert normalise(text) == number == normalise(number)


@given(st.one_of(_DIGITS, _PREFIXED), st.sampled_from([(), ("9",), ("0", "9")]))
def test_whatever_is_read_is_a_number_for_good(text: str, outside: tuple[str, ...]) -> None:
    number = normalise(text, outside)
    assert Number(str(number)) == number
    assert normalise(str(number), outside) == number
    if number.startswith("+86"):
        assert normalise(as_dialled(number)) in (number, ""), "dialled it is that number or two could be meant"


@pytest.mark.parametrize("number", ["4001234568", "400-123-4568", "+86 400 123 4568"])
def test_every_way_in_which_a_carrier_may_write_a_line(number: str) -> None:
    assert set(dialled_forms(number)) >= {"4001234568", "864001234568", "00864001234568", "04001234568"}


def test_a_landline_is_dialled_with_and_without_its_trunk_zero() -> None:
    assert set(dialled_forms("0755-12345678")) >= {"075512345678", "75512345678", "8675512345678", "008675512345678"}
    assert dialled_forms("1001") == ("1001",)


@given(st.sampled_from(["4001234568", "075512345678", "13900000001", "95588"]))
def test_a_line_is_found_by_every_reading_of_its_number(number: str) -> None:
    for written in dialled_forms(number):
        assert normalise(written) in (normalise(number), "")
