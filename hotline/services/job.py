"""Jobs, as features tell of them: in `hotline/services/<feature>/jobs.py`, where `JOBS` makes the feature's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.reasons import Reason
from hotline.domain.retention.archive import Disc, ToArchive, WantedDiscs
from hotline.domain.retention.reconciliation import StoreCheck
from hotline.domain.time import Clock, system_clock
from hotline.services.alerts import AlertKind, keep_alerts
from hotline.services.check import CheckResult
from hotline.services.gateways import Gateways, Wording
from hotline.services.notices import Notices
from hotline.services.pbx import Pbx
from hotline.services.pbx_files import PbxFiles
from hotline.services.recordings.files import RecordingFiles
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home, Settings
from hotline.settings.secrets import Secrets
from hotline.storage.transaction import Storage

#: Writes recordings on discs for who asked, from the disc's number that is given on: each disc once it is whole and
#: registered. It tells the callback of bytes written, and adds to the list why a recording was left out.
WriteDiscs = Callable[[WantedDiscs, Sequence[ToArchive], int, Callable[[int], object], list[Reason]], Iterator[Disc]]


@dataclass(frozen=True, slots=True)
class Job:
    """Runs every `seconds`, in slots counted from the epoch, and when a scheduler starts. `run` is given the moment
    and says what it did, None for nothing worth a line; doing it again at once does no harm."""

    name: str
    seconds: int
    run: Callable[[datetime], Reason | None]

    def slot(self, now: datetime) -> str:
        """The slot that `now` lies in; the same in every process."""
        return str(int(now.timestamp()) // self.seconds)


@dataclass(frozen=True)
class Parts:
    """What the jobs work with. `trim_cel_database` deletes what Asterisk's CEL database holds from before a moment and
    says how many rows; None where that database is not ours. `started_at`: when this process began. `files`: gives the
    recordings' store. `reconcile`: compares it with the ledger. `write_discs`: writes some of it on discs. `gateways`,
    `wording`: what notifications go out by. `look_over`: all that `hotline check` finds."""

    in_force: SettingsInForce
    secrets: Secrets
    home: Home
    storage: Storage
    pbx: Pbx
    pbx_files: PbxFiles
    notices: Notices
    trim_cel_database: Callable[[datetime], int] | None
    started_at: datetime
    files: Callable[[], RecordingFiles]
    reconcile: Callable[[], StoreCheck] | None = None
    write_discs: WriteDiscs | None = None
    gateways: Gateways | None = None
    wording: Wording | None = None
    clock: Clock = system_clock
    look_over: Callable[[], Iterable[CheckResult]] | None = None

    @property
    def settings(self) -> Settings:
        """What is in force now; a job asks at each run."""
        return self.in_force()


@dataclass(frozen=True, slots=True)
class Jobs:
    """A feature's jobs. `make` is asked once a process, and leaves out what does not apply to a site; what a job must
    remember from run to run it keeps in what it made there."""

    make: Callable[[Parts], Iterable[Job]]


def keep_alert(parts: Parts, kind: AlertKind, object: str, reason: Reason | None, now: datetime) -> None:
    """As `set_alert`, in a transaction of its own; written only if it stands otherwise."""
    keep_alerts(parts.storage, lambda _tx: [(kind, object, reason)], now)
