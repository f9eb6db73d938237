"""What `hotline up --simulate` has in its database before the first call, as features tell of it: in
`hotline/services/<feature>/demo.py`, in `DEMO`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.settings import Settings
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class Stage:
    """Whom the simulation plays. `by` stands in the audit log for what is written."""

    storage: Storage
    settings: Settings
    callers: Sequence[Number]
    by: Actor


@dataclass(frozen=True, slots=True)
class Demo:
    """`write` is called at every start: what is there already must stay as it is."""

    write: Callable[[Stage, datetime], None]
