"""The material that the rules judge: who said what and when, how loud, and the ledger's facts.

All times are seconds from the begin of the talk recording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hotline.domain.recordings.transcript import Word


@dataclass(frozen=True, slots=True)
class Stretch:
    """[`start`, `end`) in seconds."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return max(self.end - self.start, 0.0)

    def covers(self, second: float) -> bool:
        return self.start <= second < self.end


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud each side was, in dBFS, a value for each `step` seconds; both sides have as many."""

    step: float
    caller: Sequence[float]
    ours: Sequence[float]


@dataclass(frozen=True, slots=True)
class Ringing:
    """The phone of whom the talk is with: `rings` begun, and seconds that the caller waited for a person (A8)."""

    rings: int
    waited: float


@dataclass(frozen=True, slots=True)
class JudgedTalk:
    """One operator's talk with the caller, as it is judged.

    `caller_words`, `our_words`: None without a transcript of that side; by time. `levels`: None without sound.
    `holds`: by our side. `pauses`: what is not judged, of the recording or while the caller held us. `transferred_at`:
    when this operator passed the caller on. `last`: nobody of ours talked after; then `hung_up_at` and `we_hung_up` say
    how the call ended, and `handed_over` that the caller was then asked how it was. `transferred_in`: somebody
    else had the caller before; `before`: while they had them, holds left out. `dialled`: we dialled the call. `name`:
    the operator's own. `complaint`: the call is one.
    """

    extension: str
    span: Stretch
    ringing: Ringing | None
    holds: tuple[Stretch, ...] = ()
    pauses: tuple[Stretch, ...] = ()
    transferred_at: float | None = None
    transferred_in: bool = False
    last: bool = True
    hung_up_at: float | None = None
    we_hung_up: bool | None = None
    handed_over: bool = False
    caller_words: tuple[Word, ...] | None = None
    our_words: tuple[Word, ...] | None = None
    levels: Levels | None = None
    before: tuple[Stretch, ...] = ()
    dialled: bool = False
    name: str = ""
    complaint: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a talk, with the evidence.

    `breach`: the rule is broken; a finding without is a measure. `counts`: False where the confidence is too low:
    a person has to check. `value` against `limit`, in the rule's own unit; `words`: what was heard there; `note`:
    what was missed.
    """

    rule: str
    kind: str
    breach: bool
    counts: bool = True
    value: float | None = None
    limit: float | None = None
    start: float | None = None
    end: float | None = None
    confidence: float | None = None
    words: str = ""
    note: str = ""
