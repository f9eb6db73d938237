"""Codes of a second factor: each counts once, around its time, and RFC 6238 says which they are (F8)."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.domain.people import Role
from hotline.domain.sign_in.second_factor import (
    STEP_SECONDS,
    is_demanded,
    is_from_phone,
    matching_step,
    phone_address,
    plain_code,
    step_at,
)

#: The secret of RFC 6238's own table.
RFC = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_f8_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert matching_step(RFC, code, now, after=0) == seconds // STEP_SECONDS
    assert matching_step(RFC, code, now, after=seconds // STEP_SECONDS) is None
    assert matching_step(RFC, str(int(code) + 1).zfill(6), now, after=0) is None


@given(st.integers(2 * 10**8, 4 * 10**9), st.integers(-100, 100))
def test_f8_a_code_fits_one_step_around_its_own_and_no_further(seconds: int, off: int) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    with_clock_wrong = now + timedelta(seconds=off)
    import pyotp

    code = pyotp.TOTP(RFC).at(with_clock_wrong)
    near = abs(step_at(with_clock_wrong) - step_at(now)) <= 1
    assert (matching_step(RFC, code, now, after=0) is not None) is near


def test_f8_what_is_typed_is_read_as_people_type_it() -> None:
    assert plain_code(" 123 456\n") == "123456" and is_from_phone("123456")
    assert plain_code("ABCD-efgh") == "abcd-efgh"
    for other in ("12345", "1234567", "１２３４５６", "12345a", "", "123456\n"):
        assert not is_from_phone(other)
    assert matching_step(RFC, "１２３４５６", datetime.fromtimestamp(59, UTC), after=0) is None


def test_f8_a_phone_reads_whose_and_where() -> None:
    address = phone_address(RFC, "zhaomin", "示例公司")
    assert address.startswith("otpauth://totp/") and f"secret={RFC}" in address and "zhaomin" in address


def test_f8_it_is_demanded_of_the_roles_from_the_day_on() -> None:
    day = date(2026, 12, 1)
    eve = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)  # a second before midnight of Shanghai
    assert not is_demanded((Role.ADMINISTRATOR,), ("administrator",), day, eve)
    assert is_demanded((Role.ADMINISTRATOR,), ("administrator",), day, eve + timedelta(seconds=1))
    assert not is_demanded((Role.OPERATOR,), ("administrator",), day, eve + timedelta(days=9))
    assert not is_demanded((Role.OPERATOR,), (), day, eve + timedelta(days=9))
