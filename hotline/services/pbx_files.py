"""Asterisk's configuration while it runs: what has changed in the settings is written into its files, and it is told to
read them anew. No call is lost by it (docs/decisions/0028)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from hotline.domain.errors import PbxError
from hotline.domain.reasons import Reason, because
from hotline.services.pbx import Pbx, PbxPart
from hotline.settings import Settings

Parts = frozenset[PbxPart]

#: As a site's own Asterisk is told by hand, on its command line.
COMMANDS = {
    PbxPart.PHONES: "module reload res_pjsip.so",
    PbxPart.QUEUES: "queue reload all",
    PbxPart.DIALPLAN: "dialplan reload",
    PbxPart.TRANSFERS: "module reload features",
}

FILES = {
    PbxPart.PHONES: "pjsip.conf",
    PbxPart.QUEUES: "queues.conf, queuerules.conf",
    PbxPart.DIALPLAN: "extensions.conf",
    PbxPart.TRANSFERS: "features.conf",
}


class PbxFiles(Protocol):
    """The files of this instance's Asterisk; hotline.asterisk.files fulfils it."""

    @property
    def folder(self) -> str:
        """Where they stand."""

    def locked(self) -> AbstractContextManager[None]:
        """Nobody else writes or reloads meanwhile, in whatever process."""

    def other_logins(self, settings: Settings) -> Sequence[str]:
        """The carriers whose login is another one with these settings than in the files. Asterisk keeps a registration
        of which nothing else changes until it is due: whether a password is right would be known minutes later."""

    def write(self, settings: Settings) -> Parts:
        """Write what these settings make of them; what Asterisk has not read yet, from earlier times too."""

    def unread(self) -> Parts:
        """What was written and Asterisk has not read yet."""

    def taken(self) -> None:
        """Asterisk has read all of it; of a site's own, its people have been told of it."""


@dataclass(frozen=True, slots=True)
class Applied:
    """`parts`: what has changed for Asterisk. `waits`: why it has not been told yet (it reads everything at its next
    start, and is told as soon as it answers); None when it has been. `by_hand`: it is the site's own, whose people copy
    the files from `folder` and reload these parts."""

    parts: Parts
    waits: Reason | None
    by_hand: bool
    folder: str


def apply(files: PbxFiles, pbx: Pbx, settings: Callable[[], Settings]) -> Applied:
    """Bring Asterisk to what is in force now. Doing it again does no harm."""
    try:
        with files.locked():
            return _apply(files, pbx, settings())
    except OSError as error:  # a full disk: what was decided stays, and is written when there is room
        return Applied(frozenset(), because("asterisk.files_not_written", why=str(error.strerror)), False, files.folder)


def _apply(files: PbxFiles, pbx: Pbx, now: Settings) -> Applied:
    registered = files.other_logins(now)
    parts = files.write(now)
    if not now.asterisk.private:
        return Applied(parts, None, True, files.folder)
    waits = _told(pbx, parts, registered)
    if waits is None:
        files.taken()
    return Applied(parts, waits, False, files.folder)


def _told(pbx: Pbx, parts: Parts, registered: Iterable[str]) -> Reason | None:
    try:
        pbx.reload(sorted(parts))
        for carrier in registered:
            pbx.register_again(carrier)
    except PbxError as error:
        return error.reason
    return None
