"""A call whose sides were spoken by a script, with what was transcribed and found of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pytest

from hotline.domain.calls.call import Call, PartyKind
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.quality import Finding
from hotline.domain.recordings.transcript import Side, Word
from hotline.services.quality.measuring import talk_recording
from hotline.storage.calls.store import CallStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from tests.support.rig import Rig, wait_until
from tests.support.spoken import Spoken

#: So far a finding may stand from where the script has it.
TOLERANCE = 0.5


@dataclass(frozen=True)
class Measured:
    """A call with its findings; `answered_at`: by the operator, on the recording's axis, as the ledger has it."""

    stored: StoredCall
    findings: Sequence[Finding]
    score: float
    words: Mapping[Side, Sequence[Word]]
    operator: Spoken

    @property
    def call(self) -> Call:
        return self.stored.call

    @property
    def answered_at(self) -> float:
        (ring,) = [each for each in self.call.rings if each.party.kind is PartyKind.OPERATOR]
        assert ring.ended_at is not None
        return self.second(ring.ended_at)

    def second(self, moment: datetime) -> float:
        entry = talk_recording(self.stored)
        assert entry is not None
        return (moment - entry.started_at).total_seconds()

    def said(self, side: Side) -> str:
        """Once the operator has answered; before that it is the menu's and the queue's sounds."""
        return "".join(word.text for word in self.words[side] if word.start >= self.answered_at)

    def span(self, *utterances: int) -> tuple[float, float]:
        """From the first of these of the operator's to the end of the last, on the recording's axis."""
        spans = [self.operator.spans[number] for number in utterances]
        return self.answered_at + spans[0][0], self.answered_at + spans[-1][1]

    def one(self, rule: str, kind: str) -> Finding:
        (found,) = [each for each in self.findings if (each.rule, each.kind) == (rule, kind)]
        return found

    @property
    def broken(self) -> set[tuple[str, str]]:
        return {(each.rule, each.kind) for each in self.findings if each.breach}


def measured(rig: Rig, wanted: CallFilter, operator: Spoken) -> Measured:
    """The one call of these, once it is transcribed and scored."""
    return wait_until(lambda: _measured(rig, wanted, operator), f"the call of {wanted.caller} to be measured", 120)  # type: ignore[return-value]


def _measured(rig: Rig, wanted: CallFilter, operator: Spoken) -> Measured | None:
    with rig.hotline.storage.reading() as tx:
        found = CallStore(tx).search(wanted, limit=2).calls
        if len(found) != 1 or found[0].call.ended_at is None:
            return None
        call = found[0].call
        entry = talk_recording(found[0])
        words = {t.side: t.words for t in TranscriptStore(tx).of(entry.id or 0) if t.finished_at} if entry else {}
        score = FindingStore(tx).score(call.node, call.linkedid)
        if score is None or not score.measures["transcribed"] or len(words) < 2 or score.score is None:
            return None
        findings = [each.finding for each in FindingStore(tx).of(call.node, call.linkedid)]
        return Measured(found[0], findings, score.score, words, operator)


def stands_at(finding: Finding, span: tuple[float, float]) -> None:
    assert (finding.start, finding.end) == pytest.approx(span, abs=TOLERANCE)
