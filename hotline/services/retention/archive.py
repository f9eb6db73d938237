"""The register of discs: what is still to be archived, what was, and where a recording is (E2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.errors import NotFound
from hotline.domain.ids import parse_id
from hotline.domain.people import Actor
from hotline.domain.recordings.recording import RecordingEntry
from hotline.domain.retention.archive import Disc, DiscItem, ToArchive, WantedDiscs
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.retention.discs import DiscStore
from hotline.storage.retention.wanted_discs import WantedDiscsStore
from hotline.storage.transaction import Storage, Transaction

_WANTED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Archivable:
    """What there is to archive. `not_kept`: recordings of that time that have no final form yet and must wait."""

    recordings: tuple[ToArchive, ...]
    not_kept: int
    next_number: int


@dataclass(frozen=True, slots=True)
class SeenDiscs:
    """The register; the `recordings` of the call that was asked for, and the discs that each `is_on`, by its id.
    `wanted`: what was asked for on the page, the latest first."""

    discs: list[Disc]
    recordings: list[RecordingEntry]
    is_on: Mapping[int, list[Disc]]
    wanted: list[WantedDiscs]


def to_archive(storage: Storage, since: datetime | None, until: datetime, again: bool) -> Archivable:
    """Recordings of calls that began in [since, until); `again`: also those that are on a disc already."""
    with storage.reading() as tx:
        return Archivable(
            tuple(DiscStore(tx).to_archive(since, until, again)),
            DiscStore(tx).not_kept(since, until),
            DiscStore(tx).next_number(),
        )


def list_discs(storage: Storage) -> list[Disc]:
    with storage.reading() as tx:
        return DiscStore(tx).all()


def look_at_discs(
    storage: Storage, node: str, wanted: str, actor: Actor, now: datetime, noted: bool = True
) -> SeenDiscs:
    """`wanted` as in `recordings_of`, "" for none. `noted`: the view is written down (F8); not again each time that an
    open page asks how far a disc is. Raises Forbidden."""
    require_right(Act.READ_RETENTION, actor)
    with storage.reading() as tx:
        found = _recordings(tx, node, wanted) if wanted else []
        is_on = DiscStore(tx).holding([each.id for each in found if each.id])
        seen = SeenDiscs(DiscStore(tx).all(), found, is_on, WantedDiscsStore(tx).latest(_WANTED_SHOWN))
    if not noted:
        return seen
    note_look(storage, actor, now, "archive.view", "discs", f"call={wanted}" if wanted else "")
    return seen


def find_disc(storage: Storage, label: str) -> tuple[Disc, list[DiscItem]]:
    """Raises NotFound for a label that is not in the register."""
    with storage.reading() as tx:
        disc = DiscStore(tx).by_label(label)
        if disc is None or disc.id is None:
            raise NotFound("retention.no_disc", disc=label)
        return disc, DiscStore(tx).items(disc.id)


def discs_of(storage: Storage, recording_ids: Sequence[int]) -> Mapping[int, list[Disc]]:
    with storage.reading() as tx:
        return DiscStore(tx).holding(recording_ids)


def note_verified(storage: Storage, label: str, sound: bool, who: str, now: datetime) -> None:
    """Into the audit log; the register keeps when a disc was last found to be sound."""
    with storage.writing() as tx:
        if sound:
            DiscStore(tx).verified(label, now)
        AuditLog(tx).add(now, who, "archive.verify", f"disc:{label}", "sound" if sound else "not sound")


def recordings_of(storage: Storage, node: str, wanted: str) -> list[RecordingEntry]:
    """Those of a call ("17" or "call:17" as in its page's address, or its linkedid), or one ("recording:17").

    Raises NotFound.
    """
    with storage.reading() as tx:
        recordings = _recordings(tx, node, wanted)
    if not recordings:
        raise NotFound("retention.no_recording_of", wanted=wanted)
    return recordings


def _recordings(tx: Transaction, node: str, wanted: str) -> list[RecordingEntry]:
    kind, _, number = wanted.rpartition(":")
    row = parse_id(number)
    if kind == "recording":
        entry = RecordingStore(tx).by_id(row) if row else None
        return [entry] if entry else []
    call_id = row if row and kind in ("", "call") else CallStore(tx).id_of(node, wanted)
    stored = CallStore(tx).by_id(call_id) if call_id is not None else None
    return list(stored.recordings) if stored else []
