"""How months, teams' months and cards stand in addresses: 2026-10, and 2026-10.3."""

from __future__ import annotations

import re
from datetime import date

from hotline.domain.errors import NotFound
from hotline.domain.ids import parse_id
from hotline.services.appraisal.cards import first_of, name_of_month

#: As the audit log's objects have them.
PATTERN = r"20[0-9]{2}-(?:0[1-9]|1[0-2])\.[0-9]{1,10}"


def key_of(first: date, id: int) -> str:
    return f"{name_of_month(first)}.{id}"


def read_key(key: str) -> tuple[date, int]:
    """The month's first day, and the id of the team or person; 0 of who belongs to no team. Raises NotFound."""
    month, _dot, id = key.partition(".")
    found = 0 if id == "0" else parse_id(id)
    if found is None or not re.fullmatch(PATTERN, key):
        raise NotFound("appraisal.no_month")
    return first_of(month), found
