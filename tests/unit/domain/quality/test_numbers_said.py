"""Numbers that are said digit by digit: payment cards (G2), and those of our own people (A14)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.quality.numbers_said import card_said, digits_said, may_hold_number, one_of
from tests.support.speech import say

#: Numbers that card schemes publish for tests.
UNIONPAY, VISA, MASTERCARD, AMEX, JCB = (
    "6250941006528599",
    "4111111111111111",
    "5555555555554444",
    "378282246310005",
    "3530111333300000",
)
_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")


def runs(text: str) -> list[str]:
    return [each.digits for each in digits_said(say(text, 1.0))]


def card(text: str) -> bool | None:
    """Whether the check digit fits; None: no card."""
    found = card_said(digits_said(say(text, 1.0)))
    return found[1] if found else None


def test_a14_digits_are_understood_in_all_their_readings_and_fillers_end_no_number() -> None:
    assert runs("您 记 一下 幺三八 嗯 零零 一三八 两 洞 幺 拐 谢谢 十二 号") == ["1380013820" + "17"]
    assert runs("138 0013 8000 转 12") == ["13800138000", "12"]
    assert runs("没有 数字") == []


def test_a14_a_long_pause_ends_a_number() -> None:
    words = (*say("一三八", 1.0), *say("零零一三", 60.0))
    assert [each.digits for each in digits_said(words)] == ["138", "0013"]


def test_a14_one_of_ours_is_found_within_what_was_said_with_its_seconds() -> None:
    said = list(digits_said(say("他 手机 是 一三九 八八八八 七七七七", 10.0)))
    found = one_of(said, {"13988887777"})
    assert found is not None and (found.digits, found.start) == ("13988887777", 11.6)
    assert one_of(said, {"13988887778", "01088886666"}) is None


@pytest.mark.parametrize("number", [UNIONPAY, VISA, MASTERCARD, AMEX, JCB])
def test_g2_a_card_is_known_by_its_beginning_its_length_and_its_check_digit(number: str) -> None:
    assert card(number.translate(_CHINESE)) is True
    assert card(f"卡号 {number[:4]} {number[4:]}") is True
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert card(wrong) is False


def test_g2_what_only_looks_like_a_card_is_none() -> None:
    assert card("一三八 零零 一三八 零零零") is None
    # A resident's identity number of Gansu begins as UnionPay's cards do.
    assert card("622001199001011238") is None
    assert card("订单 202611160001234567") is None


def test_g2_a_card_among_other_digits_is_to_be_listened_to() -> None:
    assert card(f"一 {VISA}") is False
    assert card(f"2026{VISA}") is False


@given(st.text("0123456789", min_size=0, max_size=14))
def test_g2_no_shorter_number_is_ever_a_card(digits: str) -> None:
    assert card(digits) is None


@given(st.text("0123456789", min_size=2, max_size=30))
def test_a14_what_was_said_in_chinese_is_what_was_said_in_figures(digits: str) -> None:
    assert runs(digits.translate(_CHINESE)) == runs(digits) == [digits]
    assert may_hold_number(digits.translate(_CHINESE), len(digits))
    assert not may_hold_number(digits.translate(_CHINESE), len(digits) + 1)
