"""Who it was: by extension and moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.staff.records import Person, Tenure
from hotline.domain.staff.spans import holder_at
from hotline.settings import Settings
from hotline.storage.staff.spans import TenureStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Holders:
    """Everybody who ever had an extension. `otherwise`: names by extension where nobody is known to have had it: those
    of the settings."""

    tenures: tuple[Tenure, ...]
    people: Mapping[int, Person]
    otherwise: Mapping[str, str]

    def person(self, extension: str, at: datetime) -> Person | None:
        """Who had it then."""
        found = holder_at(self.tenures, extension, at)
        return self.people.get(found) if found is not None else None

    def name(self, extension: str, at: datetime) -> str:
        """Of who had it then; "" for an extension of nobody."""
        person = self.person(extension, at)
        return person.name if person else self.otherwise.get(extension, "")


def names_now(tx: Transaction, settings: Settings) -> dict[str, str]:
    """Of all operators, by extension."""
    return {extension: each.name for extension, each in settings.operators.items()} | TenureStore(tx).names_now()


def read_holders(storage: Storage, settings: Settings) -> Holders:
    """As `holders`, for a page: whoever looks at it may see names of operators."""
    with storage.reading() as tx:
        return holders(tx, settings)


def holders(tx: Transaction, settings: Settings) -> Holders:
    """A few hundred rows at most; read once for whatever is shown together."""
    tenures = tuple(TenureStore(tx).search())
    people = {each.id: each for each in StaffStore(tx).all(active_only=False) if each.id is not None}
    return Holders(tenures, people, {extension: each.name for extension, each in settings.operators.items()})
