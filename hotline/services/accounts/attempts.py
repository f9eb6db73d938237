"""Limits how fast passwords and tokens can be guessed, and notes it in the audit log. Counted in the database, for
all web processes together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.accounts.attempts import LONGEST, SLOWED, WRONG_GUESSES, GuessCount, Guessed, Limit, network_of
from hotline.domain.errors import HotlineError
from hotline.storage.accounts.attempts import AttemptStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage, Transaction

#: A flood is counted up to here in each window: beyond it nothing is written any more.
_COUNTED = 2000


#: Refused access is noted so often, so that a flood cannot fill the log.
_REFUSED = Limit("refused", 1, 60)


class TooFast(HotlineError):
    """Too many guesses. `wait_seconds`: then the next one is looked at."""

    kind = "too_many_requests"

    def __init__(self, wait_seconds: int) -> None:
        super().__init__("accounts.too_many_attempts", seconds=wait_seconds)
        self.wait_seconds = wait_seconds


def take(storage: Storage, counted: Sequence[GuessCount], address: str, now: datetime) -> None:
    """Count a guess before it is looked at, so that many at once are no way round. Raises TooFast, and counts that."""
    try:
        with storage.writing() as tx:
            for each in counted:
                if AttemptStore(tx).add(each.limit.kind, each.subject, each.limit.window(now), 1) > each.limit.most:
                    raise TooFast(each.limit.left(now))  # and none of them is counted
    except TooFast:
        with storage.writing() as tx:
            _slowed(tx, Guessed.PASSWORD, address, now)
        raise


def give_back(storage: Storage, counted: Sequence[GuessCount], now: datetime) -> None:
    """It was right: as if it had never been counted."""
    with storage.writing() as tx:
        for each in counted:
            AttemptStore(tx).add(each.limit.kind, each.subject, each.limit.window(now), -1)


def wrong(storage: Storage, what: Guessed, address: str, now: datetime) -> None:
    """Somebody showed a token or link that there is none of. Raises TooFast when there were too many from there."""
    limit, place = WRONG_GUESSES[what], network_of(address)
    with storage.reading() as tx:
        before = AttemptStore(tx).count(limit.kind, place, limit.window(now))
    if before < limit.most:
        with storage.writing() as tx:
            before = AttemptStore(tx).add(limit.kind, place, limit.window(now), 1) - 1
    if before >= limit.most:
        with storage.writing() as tx:
            _slowed(tx, what, address, now)
        raise TooFast(limit.left(now))


def note_refused(storage: Storage, who: str, address: str, method: str, rule: str, ids: str, now: datetime) -> None:
    """A request was refused for want of a right: once a minute for each person, or address where nobody is known (""),
    and `rule` with this method. `ids`: those in the address. Raises StorageError."""
    subject = f"{who or address} {method} {rule}"
    with storage.reading() as tx:
        if AttemptStore(tx).count(_REFUSED.kind, subject, _REFUSED.window(now)):
            return
    with storage.writing() as tx:
        if AttemptStore(tx).add(_REFUSED.kind, subject, _REFUSED.window(now), 1) == _REFUSED.most:
            detail = " ".join(part for part in (method, ids, address) if part)
            AuditLog(tx).add(now, who, "access.refused", f"page:{rule}", detail)


def tell_slowed(storage: Storage, now: datetime) -> int:
    """Write what was told to wait in minutes that are over into the audit log: one entry a minute, kind and address.
    How many there were. Windows that count no more are forgotten."""
    with storage.reading() as tx:
        over = any(AttemptStore(tx).began_before(limit.window(now), limit.kind) for limit in SLOWED.values())
        if not over and not AttemptStore(tx).began_before(now - 2 * LONGEST):
            return 0
    told = 0
    with storage.writing() as tx:
        for kind, limit in SLOWED.items():
            for window in AttemptStore(tx).ended(limit.kind, limit.window(now)):
                AuditLog(tx).add(
                    now,
                    "",
                    f"{kind}.slowed",
                    f"address:{window.subject}",
                    f"{window.count} attempts told to wait in the minute of {window.began_at:%Y-%m-%dT%H:%MZ}",
                )
                told += 1
            AttemptStore(tx).forget(limit.window(now), limit.kind)
        AttemptStore(tx).forget(now - 2 * LONGEST)
    return told


def _slowed(tx: Transaction, what: Guessed, address: str, now: datetime) -> None:
    limit, place = SLOWED[what], network_of(address)
    if AttemptStore(tx).count(limit.kind, place, limit.window(now)) < _COUNTED:
        AttemptStore(tx).add(limit.kind, place, limit.window(now), 1)
