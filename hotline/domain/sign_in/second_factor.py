"""Codes of a second factor (TOTP, RFC 6238): six digits, another every 30 seconds."""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection
from datetime import date, datetime

import pyotp

from hotline.domain.calendar import local_day
from hotline.domain.people import Role

STEP_SECONDS = 30
#: A phone's clock may be wrong by so many steps.
_DRIFT = 1

RECOVERY_CODES = 10


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def matching_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The step that this code belongs to, later than the step `after`; None when it fits none. All that may fit are
    compared, so that the time taken tells nothing."""
    made = pyotp.TOTP(secret)
    found = None
    for step in range(step_at(now) - _DRIFT, step_at(now) + _DRIFT + 1):
        fits = hmac.compare_digest(made.generate_otp(step).encode(), code.encode())
        if fits and step > after:
            found = step
    return found


def plain_code(typed: str) -> str:
    """As codes are compared: without blanks, small."""
    return re.sub(r"\s", "", typed).lower()[:64]


def is_from_phone(code: str) -> bool:
    """Six digits; everything else can only be a recovery code."""
    return re.fullmatch(r"[0-9]{6}", code) is not None


def phone_address(secret: str, username: str, company: str) -> str:
    """What the picture says that a phone reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=company)


def is_demanded(roles: Collection[str], demanded_of: Collection[str], since: date, now: datetime) -> bool:
    """Whether whoever has these roles must have a second factor by now."""
    return local_day(now) >= since and any(Role(role) in roles for role in demanded_of)
