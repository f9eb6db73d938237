"""A17, A3: where a number leads, whatever it is written like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.dialling.destination import (
    NEVER,
    Destination,
    Ours,
    area_of,
    dialled_digits,
    home_of,
    is_near,
    read_target,
    with_distance,
)
from hotline.domain.dialling.patterns import PLAIN_PATTERNS, SATELLITE_PATTERNS, is_plain, matches
from hotline.domain.numbers import NO_NUMBER, Number, normalise

OURS = Ours(frozenset({"+864001234567", "+861088886666", "88886666"}), frozenset({"1001", "80086"}))


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "１３８００１３８０００",
        " 138-0013 8000 ",
        "+86 138 0013 8000",
        "＋8613800138000",
        "008613800138000",
        "8613800138000",
        "013800138000",
        "17951 13800138000",
        "17911013800138000",
        "12593 13800138000",
        "(138) 0013.8000",
        "138\u200b0013\u20608000",
    ],
)
def test_a17_every_writing_of_a_mobile_leads_to_the_same_digits(written: str) -> None:
    target = read_target(written, OURS)
    assert (target.destination, target.number, target.dialled) == (Destination.PLAIN, "+8613800138000", "13800138000")


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0755-26001234", "075526001234"),
        ("+86 (0)10 6666 8888", "01066668888"),
        ("0991 2345678", "09912345678"),
        ("0909 6234567", "09096234567"),
        ("0660 3345678", "06603345678"),
    ],
)
def test_a17_fixed_lines_are_dialled_behind_their_area_code(written: str, dialled: str) -> None:
    target = read_target(written, OURS)
    assert (target.destination, target.dialled) == (Destination.PLAIN, dialled)


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("00442079460000", Destination.ABROAD),
        ("17951 00442079460000", Destination.ABROAD),
        ("+85223456789", Destination.ABROAD),
        ("+85328345678", Destination.ABROAD),
        ("00886223456789", Destination.ABROAD),
        ("+881612345678", Destination.ABROAD),
        ("+870773123456", Destination.ABROAD),
        ("13491234567", Destination.SATELLITE),
        ("+8617401234567", Destination.SATELLITE),
        ("10086", Destination.SERVICE),
        ("12345", Destination.SERVICE),
        ("021 12345", Destination.SERVICE),
        ("95588", Destination.SERVICE),
        ("010 95588", Destination.SERVICE),
        ("96110", Destination.SERVICE),
        ("4008123456", Destination.SERVICE),
        ("04008123456", Destination.SERVICE),
        ("8008201234", Destination.SERVICE),
        ("16812345", Destination.SERVICE),
        ("01016812345", Destination.SERVICE),
    ],
)
def test_a17_what_is_no_line_in_mainland_china_needs_an_approval(written: str, leads: Destination) -> None:
    assert read_target(written, OURS).destination is leads


@pytest.mark.parametrize(
    "written",
    [
        "110",
        "119",
        "120",
        "122",
        "1 1 0",
        "１１０",
        "+86110",
        "0086 110",
        "86119",
        "010110",
        "0755-120",
        "+86 10 110",
        "0086010122",
        "9110",
        "0110",
        "17951110",
        "112",
        "911",
        "12110",
        "+8612395",
    ],
)
def test_a17_emergency_numbers_are_never_dialled(written: str) -> None:
    target = read_target(written, OURS)
    assert target.destination is Destination.EMERGENCY
    assert target.destination in NEVER
    assert target.dialled == ""


@pytest.mark.parametrize(
    "written",
    ["4001234567", "400-123-4567", "+86 400 123 4567", "0400 1234567", "010-88886666", "88886666", "17951 01088886666"],
)
def test_a3_our_own_numbers_are_never_dialled(written: str) -> None:
    assert read_target(written, OURS).destination is Destination.OURS


@pytest.mark.parametrize("written", ["1001", " 80086", "1-0-0-1"])
def test_a17_an_extension_is_no_customer(written: str) -> None:
    assert read_target(written, OURS).destination is Destination.EXTENSION


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "+",
        "((",
        "1002",
        "88888888",
        "13800138000,110",
        "13800138000;110",
        "13800138000;phone-context=+44",
        "13800138000@sip.example.com",
        "sip:13800138000",
        "tel:13800138000",
        "*7213800138000",
        "#3113800138000",
        "13800138000#1",
        "13800138000&1001",
        "13800138000|1001",
        "13800138000/n",
        "13800138000w110",
        "13800138000转110",
        "１３８００１３８０００，１１０",
        "${EXTEN}",
        "13800138000\n",
        "13800138000\r\nAction: Originate",
        "++8613800138000",
        "+8613800138000+44",
        "17951004420794600000",
        "1" * 21,
        "0" * 300,
        "138001380001",
        "anonymous",
    ],
)
def test_a17_what_could_be_read_otherwise_is_not_dialled(written: str) -> None:
    target = read_target(written, OURS)
    if written == "13800138000\n":
        assert target.dialled == "13800138000"
    else:
        assert (target.destination, target.number, target.dialled) == (Destination.UNREADABLE, NO_NUMBER, "")


@given(st.text(max_size=60) | st.text("0123456789+ -()*#,;@&１２３", max_size=40))
def test_a17_whatever_is_written_only_digits_are_dialled(written: str) -> None:
    target = read_target(written, OURS)
    assert target.dialled == "" or (target.dialled.isascii() and target.dialled.isdigit())
    assert len(target.dialled) <= 20
    assert (target.destination is Destination.PLAIN) == (target.dialled != "" and is_plain(target.dialled)) or (
        target.destination in NEVER
    )


@given(st.sampled_from(PLAIN_PATTERNS), st.data())
def test_a17_the_dialplans_pattern_and_the_pages_answer_agree(pattern: str, data: st.DataObject) -> None:
    """What a pattern lets pass and is a number at all is plain for us too, and is dialled with these very digits."""
    digits = data.draw(st.from_regex(pattern.replace("X", "[0-9]"), fullmatch=True))
    number = normalise(digits)
    target = read_target(digits, Ours())
    if number:
        assert (target.destination, target.dialled) == (Destination.PLAIN, digits)
    else:
        assert target.destination is Destination.UNREADABLE


@given(st.integers(min_value=0, max_value=10**13))
def test_a17_what_is_plain_for_us_passes_one_pattern_of_the_dialplan(any_number: int) -> None:
    target = read_target(str(any_number), Ours())
    passes = [pattern for pattern in PLAIN_PATTERNS if matches(pattern, target.dialled)]
    assert len(passes) == (target.destination is Destination.PLAIN)


@pytest.mark.parametrize(
    "digits", ["110", "12345", "95588", "4001234567", "08001234567", "04002345678", "00442079460000", "1001", "0110"]
)
def test_a17_the_dialplans_patterns_let_nothing_else_pass(digits: str) -> None:
    assert not is_plain(digits)
    assert not any(matches(pattern, digits) for pattern in SATELLITE_PATTERNS)


@given(st.integers(0, 9_999_999))
def test_a17_satellite_phones_pass_no_pattern(last: int) -> None:
    assert not is_plain(f"1349{last:07}")
    assert not is_plain(f"174{last:08}")


def test_a17_a_number_that_was_stored_reads_as_it_was_written() -> None:
    for written in ("13800138000", "+442079460000", "95588", "0755-26001234"):
        stored = normalise(written)
        assert read_target(stored, OURS) == read_target(written, OURS)
    assert read_target(Number.stored("13800138000@evil"), OURS).destination is Destination.UNREADABLE


def test_a17_an_exchanges_prefix_is_not_dialled_along() -> None:
    assert read_target("9 13800138000", OURS, ("9",)).dialled == "13800138000"
    assert read_target("9 13800138000", OURS).destination is Destination.UNREADABLE


def test_abroad_is_dialled_with_00() -> None:
    assert dialled_digits(normalise("+44 20 7946 0000")) == "00442079460000"
    assert dialled_digits(NO_NUMBER) == ""


def test_a17_long_distance_is_another_area_or_a_mobile_of_another_place() -> None:
    home = home_of(["010"])
    far = {
        written: with_distance(read_target(written, OURS), home).destination is Destination.LONG_DISTANCE
        for written in ("01066668888", "13800138000", "0755-26001234", "13510001000")
    }
    assert far == {"01066668888": False, "13800138000": False, "0755-26001234": True, "13510001000": True}


def test_a17_of_whom_nobody_knows_where_they_are_is_long_distance() -> None:
    unknown = normalise("19912345678")
    assert not is_near(unknown, home_of(["010"]))
    assert not is_near(normalise("13800138000"), home_of([]))


def test_home_is_where_the_shown_numbers_are() -> None:
    home = home_of(["0755"], ["021-66668888", "4001234567", ""])
    assert home.areas == {"0755", "021"}
    assert home.places == {"广东省深圳市", "上海市"}


def test_a17_an_approval_is_needed_abroad_near_or_far() -> None:
    target = read_target("+85223456789", OURS)
    assert with_distance(target, home_of(["010"])) == target
    assert area_of(target.number) == ""
