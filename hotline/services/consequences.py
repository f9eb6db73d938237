"""What else is written when the ledger writes calls, in the same transaction: told by features, each in
`hotline/services/<feature>/consequences.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from hotline.discovery import gathered
from hotline.domain.calls.call import Call
from hotline.services.calls.consequence import Consequence, Consequences
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def consequences(settings: Settings) -> tuple[Consequence, ...]:
    """All that a site's calls have. None may count on another's having been before it."""
    told = gathered("hotline.services", "consequences", "CONSEQUENCES", Consequences)
    return tuple(each for feature in told for each in feature.make(settings))


def consequences_now(settings: Callable[[], Settings]) -> Consequence:
    """All of them as one, by the settings in force: made anew whenever these have changed."""
    made: list[tuple[Settings, tuple[Consequence, ...]]] = []

    def follow(tx: Transaction, calls: Sequence[Call], now: datetime) -> None:
        in_force = settings()
        if not made or made[0][0] is not in_force:
            made[:] = [(in_force, consequences(in_force))]
        for each in made[0][1]:
            each(tx, calls, now)

    return follow
