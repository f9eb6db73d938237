"""The composition root: the one place where settings, clock, storage, Asterisk and all else are put together.

What every command may need is here, made when it is first used. What one process is made of stands in a module of its
own beside this (`listener`, `ivr`, `jobs`, `worker`, `transcriber`, `web`): none loads what only another needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hotline.domain.time import Clock, system_clock
from hotline.services.recordings.clips import Clips
from hotline.services.recordings.files import RecordingFiles
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home, Settings
from hotline.settings.load import read_layers
from hotline.settings.secrets import Secrets, load_or_create_secrets
from hotline.storage.engine import database_url, make_engine
from hotline.storage.transaction import Storage

if TYPE_CHECKING:
    from hotline.asterisk.ami.actions import AmiPbx
    from hotline.asterisk.files import AsteriskFiles


@dataclass(frozen=True)
class Hotline:
    """Everything a command or process of one instance is given."""

    home: Home
    in_force: SettingsInForce
    secrets: Secrets
    clock: Clock
    storage: Storage

    @property
    def settings(self) -> Settings:
        """What is in force now; whoever keeps it, keeps what was."""
        return self.in_force()

    @cached_property
    def pbx(self) -> AmiPbx:
        """This instance's Asterisk; connected to when it is first asked."""
        from hotline.asterisk.ami.actions import AmiPbx
        from hotline.asterisk.process import actions_peer

        return AmiPbx(actions_peer(self.settings, self.secrets))

    @cached_property
    def pbx_files(self) -> AsteriskFiles:
        """The files of this instance's Asterisk that change while it runs."""
        from hotline.asterisk.files import AsteriskFiles

        return AsteriskFiles(self.home, self.secrets)

    @cached_property
    def files(self) -> RecordingFiles:
        """The recordings' store; connected to when it is first used."""
        from recordings.making import FilesInForce  # what it imports would slow down every command

        return FilesInForce(lambda: self.settings.store, self.home.recordings)

    @cached_property
    def clips(self) -> Clips:
        """Parts of the store's recordings."""
        from recordings.clips import FileClips

        return FileClips(self.files)


def bootstrap(home: Home | None = None, clock: Clock = system_clock) -> Hotline:
    """Read the settings of this instance and connect to its database (which `hotline db upgrade` has made).

    Raises SettingsError on a wrong setting.
    """
    home = home or Home.from_environment()
    layers = read_layers(home)
    settings = layers.settings()
    home.create()
    secrets = load_or_create_secrets(home)
    storage = Storage(make_engine(database_url(settings, home)))
    return Hotline(home, SettingsInForce(layers, storage, clock), secrets, clock, storage)
