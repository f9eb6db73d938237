"""Who it was: by extension and moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import holder_at
from hotline.settings import Settings
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True)
class Holders:
    """Everybody who ever had an extension. `names`: theirs, by the person's id. `otherwise`: by extension where nobody
    is known to have had it: those of the settings."""

    tenures: tuple[Tenure, ...]
    names: Mapping[int, str]
    otherwise: Mapping[str, str]

    @cached_property
    def by_extension(self) -> Mapping[str, Sequence[Tenure]]:
        """A page asks for each of hundreds of extensions."""
        found: dict[str, list[Tenure]] = defaultdict(list)
        for each in self.tenures:
            found[each.extension].append(each)
        return found

    def holder(self, extension: str, at: datetime) -> int | None:
        """The id of who had it then; None for nobody of whom anything is known."""
        found = holder_at(self.by_extension.get(extension, ()), extension, at)
        return found if found in self.names else None

    def name(self, extension: str, at: datetime) -> str:
        """Of who had it then; "" for an extension of nobody."""
        person_id = self.holder(extension, at)
        return self.otherwise.get(extension, "") if person_id is None else self.names[person_id]


def names_now(tx: Transaction, settings: Settings) -> dict[str, str]:
    """Of all operators, by extension."""
    return {extension: each.name for extension, each in settings.operators.items()} | TenureStore(tx).names_now()


def names_now_of(tx: Transaction, settings: Settings, extensions: Collection[str]) -> dict[str, str]:
    """As `names_now`, of these alone; whoever is none has no name."""
    configured = {each: settings.operators[each].name for each in extensions if each in settings.operators}
    return configured | TenureStore(tx).names_now(extensions)


def read_holders(storage: Storage, settings: Settings) -> Holders:
    """As `holders`, for a page: whoever looks at it may see names of operators."""
    with storage.reading() as tx:
        return holders(tx, settings)


def holders(tx: Transaction, settings: Settings) -> Holders:
    """A few hundred rows at most; read once for whatever is shown together."""
    tenures = tuple(TenureStore(tx).search())
    names = TenureStore(tx).names()
    return Holders(tenures, names, {extension: each.name for extension, each in settings.operators.items()})
