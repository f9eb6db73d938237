"""What processes that talk to this instance's Asterisk are told by its settings."""

from __future__ import annotations

import gc
from pathlib import Path

from hotline.asterisk.ami.session import Peer
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets


def actions_peer(settings: Settings, secrets: Secrets) -> Peer:
    """The AMI user for actions."""
    return _peer(settings, secrets, settings.asterisk.ami_user)


def events_peer(settings: Settings, secrets: Secrets) -> Peer:
    """The AMI user that is sent the listener's events."""
    return _peer(settings, secrets, f"{settings.asterisk.ami_user}-events")


def cel_database_path(settings: Settings, home: Home) -> Path:
    return Path(settings.asterisk.cel_database) if settings.asterisk.cel_database else home.cel_database


#: Objects that are made, beyond those that go, before the collector looks for cycles. What the listener makes of events
#: has none and goes by itself; by Python's own figure of 700 the collector looked through each burst of calls dozens of
#: times, in a profile a fifth of the folding.
YOUNG_OBJECTS = 20_000


def settle_memory() -> None:
    """For the listener, when all is loaded: what will never be garbage is not looked at any more by the collector (a
    tenth of its time under load), and what is new is looked at less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])


def _peer(settings: Settings, secrets: Secrets, username: str) -> Peer:
    asterisk = settings.asterisk
    return Peer(asterisk.ami_host, settings.listen.ami_port, username, secrets.ami_password, asterisk.ami_tls)
