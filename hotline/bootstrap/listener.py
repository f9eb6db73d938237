"""What `hotline listener` is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from threading import Event
from time import monotonic

from hotline.asterisk.ami.inbox import Inbox
from hotline.asterisk.ami.session import EventSession
from hotline.asterisk.books import Books
from hotline.asterisk.cel_database import CelDatabase
from hotline.asterisk.gatekeeper import Gatekeeper
from hotline.asterisk.leg_sweeper import LegSweeper
from hotline.asterisk.listener import Listener
from hotline.asterisk.lost_phones import LostPhones
from hotline.asterisk.presence import PresenceTracker
from hotline.asterisk.presence_steward import PresenceSteward
from hotline.asterisk.process import cel_database_path, events_peer
from hotline.asterisk.recording_follower import RecordingFollower
from hotline.asterisk.sip_ear import SipEar
from hotline.asterisk.translate import USED_EVENTS, hurries
from hotline.bootstrap import Hotline
from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import Callback
from hotline.domain.calls.call import Call
from hotline.domain.calls.fold import Directory
from hotline.services.calendar import work_calendar
from hotline.services.consequences import consequences_now
from hotline.services.line.known_numbers import load_directory
from hotline.settings import Settings

#: Seconds for which names and numbers are taken as they were read: a new shift is known to the ledger by
#: then.
DIRECTORY_SECONDS = 30.0


def make_listener(hotline: Hotline) -> Listener:
    """A listener that works until its `stop`."""
    settings, home, secrets = hotline.settings, hotline.home, hotline.secrets
    storage, clock, pbx = hotline.storage, hotline.clock, hotline.pbx
    stopping, inbox = Event(), Inbox(urgent=hurries)
    recordings = RecordingFollower(storage, pbx, settings.site.node, home.incoming)
    tracker, steward = _presence(hotline, inbox.fail)
    sweeper = LegSweeper(storage, pbx, settings.site.node, settings.asterisk.private, clock, inbox.fail)
    books = Books(
        node=settings.site.node,
        storage=storage,
        cel_database=CelDatabase(cel_database_path(settings, home)),
        directory=_now_and_then(partial(_directory, hotline), hotline.in_force, DIRECTORY_SECONDS),
        owed=partial(_owed, hotline),
        clock=clock,
        pause=stopping.wait,
        told=partial(_told, recordings, tracker, sweeper),
        also=(consequences_now(lambda: hotline.settings), tracker.follow),
    )
    tracker.watch_phones(LostPhones(pbx, partial(_desk_phones, hotline)).phone)
    session = EventSession(events_peer(settings, secrets), USED_EVENTS, inbox)
    gatekeeper = Gatekeeper(storage, pbx, lambda: hotline.settings, clock, inbox.fail)
    ear = SipEar(storage, settings, secrets.sip_copies_password, clock, inbox.fail)
    helpers = (steward, sweeper, *((ear,) if settings.asterisk.private else ()))
    return Listener(books, inbox, session, pbx.channels, stopping, tracker, helpers, gatekeeper, steward.booted)


def _presence(hotline: Hotline, died: Callable[[BaseException], None]) -> tuple[PresenceTracker, PresenceSteward]:
    """Who writes down what operators do, and who does to them what the system does."""
    settings, storage, clock = hotline.settings, hotline.storage, hotline.clock
    tracker = PresenceTracker(
        storage, settings.site.node, lambda: hotline.settings.operators, partial(_waits, hotline), clock
    )
    steward = PresenceSteward(storage, hotline.pbx, hotline.in_force, clock, lambda: tracker.with_callers, died)
    tracker.tell(steward.order, steward.look)
    return tracker, steward


def _waits(hotline: Hotline) -> tuple[timedelta, timedelta]:
    console = hotline.settings.console
    return timedelta(seconds=console.wrap_up_seconds), timedelta(seconds=console.grace_seconds)


def _told(recordings: RecordingFollower, tracker: PresenceTracker, sweeper: LegSweeper, calls: Sequence[Call]) -> None:
    recordings.told(calls)
    sweeper.told(calls)
    tracker.told()


def _desk_phones(hotline: Hotline) -> frozenset[str]:
    return frozenset(each for each, operator in hotline.settings.operators.items() if operator.phone == "sip")


def _owed(hotline: Hotline, call: Call) -> Callback | None:
    settings = hotline.settings
    return callback_owed(call, work_calendar(settings, call.line), settings.callbacks.due_minutes)


def _directory(hotline: Hotline) -> Directory:
    return load_directory(hotline.storage, hotline.settings, hotline.clock())


def _now_and_then(
    load: Callable[[], Directory], settings: Callable[[], Settings], seconds: float
) -> Callable[[], Directory]:
    """`load`, its result kept for so long, or until other settings are in force."""
    kept: list[tuple[float, Settings, Directory]] = []

    def current() -> Directory:
        in_force = settings()
        if not kept or monotonic() - kept[0][0] >= seconds or kept[0][1] is not in_force:
            kept[:] = [(monotonic(), in_force, load())]
        return kept[0][2]

    return current
