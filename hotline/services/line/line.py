"""The lines as supervisors set them: declared open or closed until a time, nuisance callers blocked (A15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from hotline.domain import numbers
from hotline.domain.errors import NotFound, Refused
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.line.override import Override
from hotline.domain.line.routing import BY_CALENDAR
from hotline.domain.outbox import OutboxEntry
from hotline.domain.time import minute_text
from hotline.services.line.names import line_part
from hotline.services.outbox_topics import LINE
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.line.overrides import OverrideStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage, Transaction

#: A longer override is a slip of the pen; what lasts longer belongs into the calendar's own list.
LONGEST = timedelta(days=60)


def declare(
    storage: Storage,
    mode: Literal["open", "closed"],
    until: datetime,
    by: str,
    reason: str,
    now: datetime,
    line: str = "",
) -> Override:
    """The line, or with "" every line, is open or closed from now until then, whatever the calendar says; what was
    declared for it before is cancelled. Raises Refused when `until` is not ahead, or further than 60 days."""
    if until <= now:
        raise Refused("line.until_ahead", until=until, now=now, field="until")
    if until - now > LONGEST:
        raise Refused("line.until_too_far", days=LONGEST.days, until=until, field="until")
    override = Override(mode, now, until, require_words("by", by), reason.strip(), line=line)
    with storage.writing() as tx:
        _cancel(tx, line, now)
        declared = OverrideStore(tx).declare(override)
        _tell(tx, now, line, mode == "open", until)
        said = f"{line_part(line)}until {minute_text(until)}: {reason.strip()}"
        AuditLog(tx).add(now, by, f"line.{mode}", "line", said)
    return declared


def go_by_calendar(storage: Storage, by: str, now: datetime, line: str = "") -> bool:
    """Cancel what was declared for this line or, with "", for any; a line that was declared with all others goes by
    the calendar alone. False when nothing was declared."""
    with storage.writing() as tx:
        before = OverrideStore(tx).covering(now, line)
        cancelled = _cancel(tx, line, now)
        for_all = OverrideStore(tx).covering(now, line)
        if for_all:
            alone = Override(BY_CALENDAR, now, for_all.ends_at, require_words("by", by), for_all.reason, line=line)
            OverrideStore(tx).declare(alone)
            cancelled = before is None or before.mode != BY_CALENDAR
        if cancelled:
            _tell(tx, now, line)
            AuditLog(tx).add(now, by, "line.auto", "line", line_part(line).rstrip(": "))
    return bool(cancelled)


def _cancel(tx: Transaction, line: str, now: datetime) -> int:
    return OverrideStore(tx).cancel(line, now) if line else OverrideStore(tx).cancel_all(now)


def _tell(
    tx: Transaction, now: datetime, line: str, is_open: bool | None = None, until: datetime | None = None
) -> None:
    told = {"open": is_open, "until": until.isoformat() if until else None} | ({"line": line} if line else {})
    Outbox(tx).add([OutboxEntry(LINE, told, now)])


def block(
    storage: Storage,
    settings: Settings,
    number: str,
    reason: str,
    by: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> BlockedNumber:
    """Turn this caller away from now on, until `expires_at` or until lifted (A15); an older block of the same number
    gives way. Raises Refused for a number that cannot be read, our own, no reason, or an expiry not ahead."""
    plain = numbers.normalise(number, settings.numbers.outside_prefixes)
    if not plain:
        raise Refused("line.number", got=number[:60], field="number")
    if any(numbers.same_number(plain, own) for own in own_numbers(settings)):
        raise Refused("line.own_number", number=plain, field="number")
    require_ahead(expires_at, now)
    blocked = BlockedNumber(plain, require_words("reason", reason), require_words("by", by), now, expires_at)
    with storage.writing() as tx:
        BlocklistStore(tx).lift(plain, now)
        added = BlocklistStore(tx).add(blocked)
        AuditLog(tx).add(now, by, "blocklist.add", plain, blocked.reason)
    return added


def unblock(storage: Storage, number: str, by: str, now: datetime) -> str:
    """Let this caller through again; the number as it stood in the list. Raises NotFound when it is not blocked."""
    plain = numbers.normalise(number)
    with storage.writing() as tx:
        if not plain or not BlocklistStore(tx).lift(plain, now):
            raise NotFound("line.not_blocked", number=number[:60])
        AuditLog(tx).add(now, by, "blocklist.remove", plain)
    return plain


def blocked_numbers(storage: Storage, now: datetime) -> list[BlockedNumber]:
    """Who is blocked now, newest first."""
    with storage.reading() as tx:
        return BlocklistStore(tx).list(now)


def require_ahead(expires_at: datetime | None, now: datetime) -> None:
    """Raises Refused for an expiry that is not ahead."""
    if expires_at is not None and expires_at <= now:
        raise Refused("line.expiry_ahead", until=expires_at, now=now, field="expires_at")


def own_numbers(settings: Settings) -> list[str]:
    """Those of our lines and duty mobiles, as they are written."""
    lines = [number for line in settings.lines.values() for number in (line.number, *line.aliases)]
    duties = (settings.duty, *(settings.duty_of(line) for line in settings.lines))
    return [*lines, *(entry.number for duty in duties for entry in duty.always)]


def require_words(what: str, text: str) -> str:
    """Raises Refused for none."""
    plain = text.strip()
    if not plain:
        raise Refused("line.reason", field="reason")
    return plain
