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


def settle_memory() -> None:
    """For a long-running process, when all is loaded: what will never be garbage is not looked at any more by
    the collector (a tenth of the listener's time under load)."""
    gc.collect()
    gc.freeze()


def _peer(settings: Settings, secrets: Secrets, username: str) -> Peer:
    asterisk = settings.asterisk
    return Peer(asterisk.ami_host, settings.listen.ami_port, username, secrets.ami_password, asterisk.ami_tls)
