"""Somebody who signs in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain.people import Role
from hotline.domain.staff.records import Tenure


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in. `extension`: the operator of the settings that they are, if they are one. `tenures`: which
    extensions they had when, where that was asked for."""

    username: str
    display_name: str
    password_hash: str
    roles: tuple[Role, ...]
    must_change_password: bool
    active: bool
    created_at: datetime
    id: int | None = None
    extension: str | None = None
    tenures: tuple[Tenure, ...] | None = field(default=None, compare=False)
