"""Somebody who signs in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain.people import Role
from hotline.domain.staff.records import Tenure


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in. `extension`: the operator of the settings that they are, if they are one. `expires_at`:
    from then on they are let in no more; None: there is no such moment. `tenures`: which extensions they had when,
    where that was asked for. `second_factor_at`: since when a second factor is asked for; None: they have none."""

    username: str
    display_name: str
    password_hash: str
    roles: tuple[Role, ...]
    must_change_password: bool
    active: bool
    created_at: datetime
    id: int | None = None
    extension: str | None = None
    expires_at: datetime | None = None
    tenures: tuple[Tenure, ...] | None = field(default=None, compare=False)
    second_factor_at: datetime | None = None

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and now >= self.expires_at

    def may_enter(self, now: datetime) -> bool:
        return self.active and not self.has_expired(now)
