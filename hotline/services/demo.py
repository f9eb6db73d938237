"""What `hotline up --simulate` has in its database before the first call, as features tell of it: in
`hotline/services/<feature>/demo.py`, in `DEMO`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home, Settings
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class SimulatedSite:
    in_force: SettingsInForce
    home: Home


@dataclass(frozen=True, slots=True)
class Stage:
    """Whom the simulation plays. `by` stands in the audit log for what is written. `site`: what an administrator of
    the simulation may change; None where nobody plays one."""

    storage: Storage
    settings: Settings
    callers: Sequence[Number]
    by: Actor
    site: SimulatedSite | None = None

    @property
    def administrator(self) -> Actor:
        return replace(self.by, roles=(Role.ADMINISTRATOR,))


@dataclass(frozen=True, slots=True)
class Demo:
    """`write` is called at every start: what is there already must stay as it is."""

    write: Callable[[Stage, datetime], None]
