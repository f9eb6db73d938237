"""What was said in recordings, and what is still to be recognised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, or_, select, update

from hotline.domain.batches import batches
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import (
    LONGEST_LENT,
    Side,
    Transcript,
    TranscriptFigures,
    TranscriptState,
    Word,
)
from hotline.storage.recordings.search_entry import keep_transcript
from hotline.storage.recordings.tables import recording, transcript
from hotline.storage.transaction import TableStore
from hotline.storage.upsert import Insert, insert_into

_SAID = transcript.c
#: A recording has two sides, a transcript each; people count recordings.
_RECORDINGS = func.count(transcript.c.recording_id.distinct())


_PENDING = _SAID.state == TranscriptState.PENDING.value
#: Also what is lent until after the longest possible time: the clock was set back since.
_FREE = or_(_SAID.lent_until.is_(None), _SAID.lent_until <= bindparam("now"), _SAID.lent_until > bindparam("beyond"))

#: What is asked and written of every recording: made once, since making it costs as much as asking.
_THIS = _SAID.id == bindparam("of")
_BY_ID = select(transcript).where(_THIS)
_DUE = (
    select(transcript)
    .where(_PENDING, _FREE)
    .order_by(_SAID.priority, _SAID.asked_at, _SAID.id)
    .limit(bindparam("most"))
)
_LEND = (
    update(transcript)
    .where(_THIS, _PENDING, or_(_FREE, _SAID.lent_to == bindparam("to")))
    .values(lent_to=bindparam("to"), lent_until=bindparam("until"))
)
_UPDATE = update(transcript).where(_THIS)
_OF = select(transcript).where(_SAID.recording_id == bindparam("of")).order_by(_SAID.channel)
_COUNT = select(func.count()).where(
    _SAID.channel.in_(bindparam("channels", expanding=True)), _SAID.recording_id.in_(bindparam("ids", expanding=True))
)


@lru_cache
def _asking(insert: Insert) -> Insert:
    """Known ones stay, pending ones get the better priority."""
    better = _PENDING & (_SAID.priority > insert.excluded.priority)
    return insert.on_conflict_do_update(
        index_elements=["recording_id", "channel"], set_={"priority": insert.excluded.priority}, where=better
    )


def transcript_of(row: Row[Any]) -> Transcript:
    return Transcript(
        recording_id=row.recording_id,
        side=Side(row.channel),
        asked_at=row.asked_at,
        state=TranscriptState(row.state),
        priority=row.priority,
        engine=row.engine,
        model=row.model,
        text=row.text,
        words=tuple(Word(*word) for word in row.words or ()),
        confidence=row.confidence,
        attempts=row.attempts,
        problem=row.problem,
        finished_at=row.finished_at,
        lent_until=row.lent_until,
        lent_to=row.lent_to,
        id=row.id,
    )


def _moment(now: datetime) -> dict[str, datetime]:
    """What `_FREE` is asked with."""
    return {"now": now, "beyond": now + LONGEST_LENT}


class TranscriptStore(TableStore):
    def ask(self, recording_ids: Sequence[int], sides: Sequence[Side], priority: int, now: datetime) -> int:
        """Want these transcripts; known ones stay, pending ones get the better priority. How many are new."""
        wanted = [
            {
                "recording_id": recording_id,
                "channel": int(side),
                "state": TranscriptState.PENDING.value,
                "priority": int(priority),
                "asked_at": now,
            }
            for recording_id in recording_ids
            for side in sides
        ]
        if not wanted:
            return 0
        known = self._count(recording_ids, sides)
        self._connection.execute(_asking(insert_into(self._connection, transcript)), wanted)
        return len({(each["recording_id"], each["channel"]) for each in wanted}) - known

    def due(self, now: datetime, limit: int) -> list[Transcript]:
        """Pending ones that nobody has, best priority first, then the longest asked for."""
        rows = self._connection.execute(_DUE, {**_moment(now), "most": limit})
        return [transcript_of(row) for row in rows]

    def lend(self, transcript_id: int, to: str, until: datetime, now: datetime) -> Transcript | None:
        """Give it to a worker, or longer to the one that has it. None when it is done or somebody else has it."""
        lent = self._connection.execute(_LEND, {**_moment(now), "of": transcript_id, "to": to, "until": until})
        return self.by_id(transcript_id) if lent.rowcount else None

    def by_id(self, transcript_id: int) -> Transcript | None:
        row = self._connection.execute(_BY_ID, {"of": transcript_id}).first()
        return None if row is None else transcript_of(row)

    def by_ids(self, transcript_ids: Sequence[int]) -> dict[int, Transcript]:
        rows = self._connection.execute(select(transcript).where(transcript.c.id.in_(transcript_ids)))
        return {row.id: transcript_of(row) for row in rows}

    def update(self, said: Transcript) -> None:
        """Rewrite the row by its id, and what is found of it; nothing, when it was deleted meanwhile."""
        values = {
            "of": said.id,
            "state": said.state.value,
            "priority": int(said.priority),
            "engine": said.engine,
            "model": said.model,
            "text": said.text,
            "words": [[w.text, w.start, w.end, w.confidence] for w in said.words],
            "confidence": said.confidence,
            "attempts": said.attempts,
            "problem": said.problem,
            "asked_at": said.asked_at,
            "finished_at": said.finished_at,
            "lent_until": said.lent_until,
            "lent_to": said.lent_to,
        }
        if self._connection.execute(_UPDATE, values).rowcount:
            keep_transcript(self._connection, said)

    def of(self, recording_id: int) -> list[Transcript]:
        """By side."""
        return [transcript_of(row) for row in self._connection.execute(_OF, {"of": recording_id})]

    def counts(self) -> dict[str, int]:
        """How many by state."""
        rows = self._connection.execute(select(transcript.c.state, func.count()).group_by(transcript.c.state))
        return dict(rows.all())

    def figures(self, now: datetime, day: datetime, lately: datetime) -> TranscriptFigures:
        waits = self._connection.execute(
            select(_SAID.priority, _RECORDINGS).where(_PENDING, _FREE).group_by(_SAID.priority), _moment(now)
        )
        taken = self._connection.execute(
            select(_SAID.lent_to, _SAID.recording_id)
            .where(_PENDING, _SAID.lent_until > now, _SAID.lent_to != "")
            .order_by(_SAID.lent_to)
        )
        later = select(_RECORDINGS).where(_PENDING, _SAID.lent_until > now, _SAID.lent_to == "")
        done = select(_SAID.recording_id).where(_SAID.state == TranscriptState.DONE.value, _SAID.finished_at >= lately)
        sound = self._connection.execute(
            select(func.count(), func.sum(recording.c.seconds)).where(recording.c.id.in_(done))
        ).one()
        return TranscriptFigures(
            by_priority=dict(waits.all()),
            later=self._connection.scalar(later) or 0,
            in_work=[(row.lent_to, row.recording_id) for row in taken],
            done_today=self._finished(TranscriptState.DONE, day),
            failed_today=self._finished(TranscriptState.FAILED, day),
            done_lately=sound[0],
            seconds_lately=float(sound[1] or 0),
            oldest=self._connection.scalar(select(func.min(_SAID.asked_at)).where(_PENDING, _FREE), _moment(now)),
        )

    def failed(self, limit: int) -> list[Transcript]:
        """Those given up, the latest first."""
        rows = self._connection.execute(
            select(transcript)
            .where(_SAID.state == TranscriptState.FAILED.value)
            .order_by(_SAID.finished_at.desc(), _SAID.id.desc())
            .limit(limit)
        )
        return [transcript_of(row) for row in rows]

    def want_again(self, transcript_id: int, priority: int, now: datetime) -> bool:
        """A given up one is pending again, with no attempt made; False for any other."""
        return (
            self._connection.execute(
                update(transcript)
                .where(_SAID.id == transcript_id, _SAID.state == TranscriptState.FAILED.value)
                .values(
                    state=TranscriptState.PENDING.value,
                    priority=int(priority),
                    attempts=0,
                    problem=None,
                    asked_at=now,
                    finished_at=None,
                    lent_until=None,
                    lent_to="",
                )
            ).rowcount
            == 1
        )

    def hurry(self, node: str, linkedid: str, priority: int) -> int:
        """Pending ones of this call get this priority, if it is better; how many."""
        its = select(recording.c.id).where(recording.c.node == node, recording.c.linkedid == linkedid)
        return self._connection.execute(
            update(transcript)
            .where(_SAID.recording_id.in_(its), _PENDING, _SAID.priority > int(priority))
            .values(priority=int(priority))
        ).rowcount

    def waiting(self, priority: int) -> int:
        """How many pending ones have this priority."""
        wanted = _PENDING & (_SAID.priority == int(priority))
        return self._connection.scalar(select(func.count()).where(wanted)) or 0

    def recordings_below(self, recording_id: int | None, limit: int) -> list[tuple[int, str, bool]]:
        """Recordings in the store with a lower id (None: from the highest on), downwards: id, kind, and whether a
        transcript of it was ever asked for."""
        asked = exists().where(_SAID.recording_id == recording.c.id)
        wanted = select(recording.c.id, recording.c.kind, asked).where(recording.c.state == RecordingState.READY.value)
        if recording_id is not None:
            wanted = wanted.where(recording.c.id < recording_id)
        rows = self._connection.execute(wanted.order_by(recording.c.id.desc()).limit(limit))
        return [(row[0], row[1], bool(row[2])) for row in rows]

    def _finished(self, state: TranscriptState, since: datetime) -> int:
        wanted = (_SAID.state == state.value) & (_SAID.finished_at >= since)
        return self._connection.scalar(select(_RECORDINGS).where(wanted)) or 0

    def _count(self, recording_ids: Sequence[int], sides: Sequence[Side]) -> int:
        """Of these alone: of all it takes the longer, the more calls were ever transcribed."""
        channels = [int(side) for side in sides]
        return sum(
            self._connection.scalar(_COUNT, {"ids": list(some), "channels": channels}) or 0
            for some in batches(sorted(set(recording_ids)))
        )
