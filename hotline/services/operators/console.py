"""What the console shows beside its calls, and whether the phone in its browser may stay connected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.operators.presence import BUSY
from hotline.services.accounts import sessions
from hotline.services.accounts.let_in_no_more import extensions_let_in_no_more
from hotline.services.line.routing import LineShown, read_lines
from hotline.services.operators.presence import OperatorView, operator_view, operator_views
from hotline.services.shown import line_number
from hotline.settings import Settings
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage


def operator_now(storage: Storage, settings: Settings, extension: str) -> OperatorView:
    """As last heard from Asterisk. Raises NotFound when the settings have no such operator."""
    with storage.reading() as tx:
        return operator_view(tx, settings, extension)


def operators_now(storage: Storage, settings: Settings) -> list[OperatorView]:
    """Every operator of the settings, by extension."""
    with storage.reading() as tx:
        return operator_views(tx, settings)


def colleagues_of(storage: Storage, settings: Settings, extension: str, now: datetime) -> list[OperatorView]:
    """The other operators, without those whom no phone rings any more since their account lets them in no more."""
    with storage.reading() as tx:
        out = extensions_let_in_no_more(tx, now)
        return [each for each in operator_views(tx, settings) if each.extension not in {extension, *out}]


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """A line on which no call comes now. `declared`: the reason of who declared it closed, None where its hours say so;
    `until`: when that is over, None when nobody can say."""

    number_shown: str
    until: datetime | None
    declared: str | None = None


@dataclass(frozen=True, slots=True)
class ConsoleCounts:
    """What stands beside the calls: how many calls we owe, and why none may come (A1)."""

    callbacks: int
    closed: Sequence[ClosedLine]
    all_closed: bool


def console_counts(storage: Storage, settings: Settings, now: datetime) -> ConsoleCounts:
    with storage.reading() as tx:
        owed = len(CallbackStore(tx).list())
        lines = read_lines(tx, settings, now)
    closed = [_closed(settings, each) for each in lines if not each.state.open]
    return ConsoleCounts(owed, closed, len(closed) == len(lines))


def _closed(settings: Settings, line: LineShown) -> ClosedLine:
    number, declared = line_number(settings, line.line), line.declared
    return ClosedLine(number, declared.ends_at, declared.reason) if declared else ClosedLine(number, line.state.until)


def phone_may_stay(storage: Storage, settings: Settings, session_id: int | None, extension: str, now: datetime) -> bool:
    """Whether the session goes on, or the call that was begun in it does: that is nobody's to cut. Raises
    StorageError."""
    with storage.reading() as tx:
        presence = PresenceStore(tx).get(extension)
        live = session_id is not None and sessions.is_live(tx, session_id, now, settings.web.session_hours)
    return live or (presence is not None and presence.activity in BUSY and bool(presence.linkedid))
