"""The pauses of a recording (G2): where the ledger marks them, and whether the sound is gone there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.calls.call import Span
from hotline.domain.reasons import Reason, because
from recordings.measure import Gap

#: Mark and sound differ a little: the command travels to Asterisk, and the file starts after its mark.
SHIFT_SECONDS = 2.0
#: By so much the silence may be shorter than the mark: the mark is set before and lifted after the command.
SHORTER_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class PauseGap:
    """One pause, in seconds from the recording's begin. `silent`: no sound stands in it."""

    start: float
    end: float
    silent: bool


def marked(pauses: Iterable[Span], begin: datetime, seconds: float) -> tuple[Gap, ...]:
    """The ledger's pauses as they lie in a recording of that length; what lies outside is left out."""
    found = []
    for pause in pauses:
        start = max((pause.started_at - begin).total_seconds(), 0.0)
        end = min((pause.ended_at - begin).total_seconds() if pause.ended_at else seconds, seconds)
        if end > start:
            found.append(Gap(round(start, 3), round(end, 3)))
    return tuple(found)


def verify(pauses: Sequence[Gap], silences: Sequence[Gap]) -> tuple[PauseGap, ...]:
    """Each pause with what the sound shows: the silence found there, or, without one, the mark itself."""
    return tuple(_verified(pause, silences) for pause in pauses)


def problem(gaps: Sequence[PauseGap]) -> Reason | None:
    """What has to be said of pauses that still hold sound: card data may stand in them. None for none."""
    loud = tuple(f"{gap.start:.1f}–{gap.end:.1f} s" for gap in gaps if not gap.silent)
    return because("recordings.sound_in_pause", places=loud) if loud else None


def _verified(pause: Gap, silences: Sequence[Gap]) -> PauseGap:
    best = max(silences, key=lambda silence: _shared(silence, pause), default=None)
    needed = max(pause.seconds - SHORTER_SECONDS, pause.seconds / 2)
    if best and _shared(best, pause) >= needed:
        return PauseGap(round(best.start, 3), round(best.end, 3), True)
    return PauseGap(pause.start, pause.end, False)


def _shared(silence: Gap, pause: Gap) -> float:
    """Seconds of the pause that this silence can account for, once moved by the shift that is allowed."""
    start = max(silence.start - SHIFT_SECONDS, pause.start)
    end = min(silence.end + SHIFT_SECONDS, pause.end)
    return min(end - start, silence.seconds)
