"""The parts that talk to this instance's Asterisk, put together from its settings."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic

from hotline.asterisk.ami.actions import AmiPbx
from hotline.asterisk.ami.inbox import Inbox
from hotline.asterisk.ami.session import EventSession, Peer
from hotline.asterisk.books import Books
from hotline.asterisk.cel_database import CelDatabase
from hotline.asterisk.gatekeeper import Gatekeeper
from hotline.asterisk.leg_sweeper import LegSweeper
from hotline.asterisk.listener import Listener
from hotline.asterisk.lost_phones import LostPhones
from hotline.asterisk.presence import PresenceTracker
from hotline.asterisk.presence_steward import PresenceSteward
from hotline.asterisk.recording_follower import RecordingFollower
from hotline.asterisk.sip_ear import SipEar
from hotline.asterisk.translate import USED_EVENTS
from hotline.domain.callbacks.callback import callback_owed
from hotline.domain.callbacks.owed import Callback
from hotline.domain.calls.call import Call
from hotline.domain.calls.fold import Directory
from hotline.domain.time import Clock
from hotline.services.calendar import work_calendar
from hotline.services.consequences import consequences
from hotline.services.line.known_numbers import load_directory
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets
from hotline.storage.transaction import Storage

#: Seconds for which names and numbers are taken as they were read: a new shift is known to the ledger by
#: then.
DIRECTORY_SECONDS = 30.0


def actions_peer(settings: Settings, secrets: Secrets) -> Peer:
    """The AMI user for actions."""
    return _peer(settings, secrets, settings.asterisk.ami_user)


def events_peer(settings: Settings, secrets: Secrets) -> Peer:
    """The AMI user that is sent the listener's events."""
    return _peer(settings, secrets, f"{settings.asterisk.ami_user}-events")


def make_pbx(settings: Settings, secrets: Secrets) -> AmiPbx:
    return AmiPbx(actions_peer(settings, secrets))


def cel_database_path(settings: Settings, home: Home) -> Path:
    return Path(settings.asterisk.cel_database) if settings.asterisk.cel_database else home.cel_database


def make_listener(
    settings: Settings, home: Home, secrets: Secrets, storage: Storage, clock: Clock, stopping: Event | None = None
) -> Listener:
    """A listener that works until its `stop`, or until `stopping` is set."""
    stopping = stopping or Event()
    inbox = Inbox()
    pbx = make_pbx(settings, secrets)
    recordings = RecordingFollower(storage, pbx, settings.site.node, home.incoming)
    tracker, steward = _presence(settings, storage, pbx, clock, inbox.fail)
    sweeper = LegSweeper(storage, pbx, settings.site.node, settings.asterisk.private, clock, inbox.fail)
    books = Books(
        node=settings.site.node,
        storage=storage,
        cel_database=CelDatabase(cel_database_path(settings, home)),
        directory=_now_and_then(partial(_directory, storage, settings, clock), DIRECTORY_SECONDS),
        owed=partial(_owed, settings),
        clock=clock,
        pause=stopping.wait,
        told=partial(_told, recordings, tracker, sweeper),
        also=(*consequences(settings), tracker.follow),
    )
    desk_phones = [extension for extension, operator in settings.operators.items() if operator.phone == "sip"]
    tracker.watch_phones(LostPhones(pbx, desk_phones).phone)
    session = EventSession(events_peer(settings, secrets), USED_EVENTS, inbox)
    gatekeeper = Gatekeeper(storage, pbx, settings, clock, inbox.fail)
    ear = SipEar(storage, settings, secrets.sip_copies_password, clock, inbox.fail)
    helpers = (steward, sweeper, *((ear,) if settings.asterisk.private else ()))
    return Listener(books, inbox, session, pbx.channels, stopping, tracker, helpers, gatekeeper, steward.booted)


def _presence(
    settings: Settings, storage: Storage, pbx: AmiPbx, clock: Clock, died: Callable[[BaseException], None]
) -> tuple[PresenceTracker, PresenceSteward]:
    """Who writes down what operators do, and who does to them what the system does."""
    wrap_up = timedelta(seconds=settings.console.wrap_up_seconds)
    grace = timedelta(seconds=settings.console.grace_seconds)
    tracker = PresenceTracker(storage, settings.site.node, settings.operators, wrap_up, grace, clock)
    steward = PresenceSteward(storage, pbx, settings, clock, lambda: tracker.with_callers, died)
    tracker.tell(steward.order, steward.look)
    return tracker, steward


def _told(recordings: RecordingFollower, tracker: PresenceTracker, sweeper: LegSweeper, calls: Sequence[Call]) -> None:
    recordings.told(calls)
    sweeper.told(calls)
    tracker.told()


def settle_memory() -> None:
    """For a long-running process, when all is loaded: what will never be garbage is not looked at any more by
    the collector (a tenth of the listener's time under load)."""
    gc.collect()
    gc.freeze()


def _peer(settings: Settings, secrets: Secrets, username: str) -> Peer:
    asterisk = settings.asterisk
    return Peer(asterisk.ami_host, settings.listen.ami_port, username, secrets.ami_password, asterisk.ami_tls)


def _owed(settings: Settings, call: Call) -> Callback | None:
    return callback_owed(call, work_calendar(settings), settings.callbacks.due_minutes)


def _directory(storage: Storage, settings: Settings, clock: Clock) -> Directory:
    return load_directory(storage, settings, clock())


def _now_and_then(load: Callable[[], Directory], seconds: float) -> Callable[[], Directory]:
    """`load`, its result kept for so long."""
    kept: list[tuple[float, Directory]] = []

    def current() -> Directory:
        if not kept or monotonic() - kept[0][0] >= seconds:
            kept[:] = [(monotonic(), load())]
        return kept[0][1]

    return current
