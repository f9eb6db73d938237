"""A filter of the lists of cases that somebody keeps by a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

LONGEST_NAME = 40

#: Of one person.
MOST = 30


@dataclass(frozen=True, slots=True)
class KeptFilter:
    """`owner`: a user name. `asked`: as the address of the list says it. `shared`: everybody has it among theirs;
    `unit_id`: the people of this team or department have."""

    owner: str
    name: str
    asked: Mapping[str, str] = field(hash=False)
    shared: bool
    kept_at: datetime
    unit_id: int | None = None
    id: int | None = None
