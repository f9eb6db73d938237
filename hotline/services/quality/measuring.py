"""Measures each finished call by the rules: from the ledger, the transcripts and the loudness of each side."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from hotline.domain.calls.call import Call, Direction
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.examination.score import score
from hotline.domain.quality import Finding, Levels, RecordingContent, Rules, evaluate, talks_of, with_company
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.domain.recordings.recording import TALK, RecordingEntry
from hotline.domain.recordings.transcript import Side, Transcript, TranscriptState, Word
from hotline.services.callbacks.one_way import owe_for_silence
from hotline.services.quality.score_forms import call_points, used_form
from hotline.settings import Settings
from hotline.storage.quality.findings import FindingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Transaction


def measure_call(
    tx: Transaction, settings: Settings, stored: StoredCall, levels: Levels | None, now: datetime
) -> list[StoredFinding]:
    """Evaluate the call by the rules as they are now, and write down what they find in place of what they found
    before. `levels`: of its talk recording, None while there is none. Nothing is written of a call that lasts, that
    no caller made, or that no operator had."""
    call = stored.call
    if call.ended_at is None or call.direction is not Direction.INBOUND:
        return []
    entry = talk_recording(stored)
    begun_at = entry.started_at if entry else call.started_at
    heard = _heard(tx, entry, levels)
    talks = talks_of(call, begun_at, heard)
    if not talks:
        return []
    rules = rules_of(settings, call.line)
    judged = [(talk.extension, evaluate(talk, rules)) for talk in talks]
    stored_findings = [
        StoredFinding(call.node, call.linkedid, extension, call.started_at, finding)
        for extension, findings in judged
        for finding in findings
    ]
    FindingStore(tx).replace(_scored(tx, settings, _score(call, judged, heard, now), stored_findings), stored_findings)
    if any(each.finding.rule == "Q3" and each.finding.counts for each in stored_findings):
        owe_for_silence(tx, settings, call, now)
    return stored_findings


def _scored(tx: Transaction, settings: Settings, measured: CallScore, findings: Sequence[StoredFinding]) -> CallScore:
    """With the score by the form as it is now, of the operator whose call it is."""
    form = used_form(tx, settings, measured.evaluated_at)
    if form is None:
        return measured
    own = [each.finding for each in findings if each.extension == measured.extension]
    points = call_points(form, own, measured.measures, settings)
    return dataclasses.replace(measured, score=score(form, points), score_form_id=form.id)


def talk_recording(stored: StoredCall) -> RecordingEntry | None:
    """The one whose seconds the findings count."""
    return next((entry for entry in stored.recordings if entry.kind == TALK), None)


def rules_of(settings: Settings, line: str) -> Rules:
    """The rules with what that line calls itself."""
    company = settings.company_of(line) if line in settings.lines else settings.site.company
    return with_company(settings.rules.rules(), company)


def _heard(tx: Transaction, entry: RecordingEntry | None, levels: Levels | None) -> RecordingContent:
    if entry is None or entry.id is None:
        return RecordingContent(levels=levels)
    done = {t.side: t for t in TranscriptStore(tx).of(entry.id) if t.state is TranscriptState.DONE}
    return RecordingContent(_words(done.get(Side.CALLER)), _words(done.get(Side.OURS)), levels)


def _words(transcript: Transcript | None) -> tuple[Word, ...] | None:
    return None if transcript is None else transcript.words


def _score(
    call: Call, found: Sequence[tuple[str, tuple[Finding, ...]]], heard: RecordingContent, now: datetime
) -> CallScore:
    """`measures`: each rule's value of the operator who had the caller first, and how many breaches count."""
    extension, first = found[0]
    every = [finding for _extension, findings in found for finding in findings]
    measures: dict[str, object] = {finding.kind: finding.value for finding in first if finding.value is not None}
    return CallScore(
        call.node,
        call.linkedid,
        extension,
        call.started_at,
        now,
        {
            **measures,
            "breaches": sum(f.breach and f.counts for f in every),
            "to_be_checked": sum(f.breach and not f.counts for f in every),
            "transcribed": heard.ours is not None,
            "sound": heard.levels is not None,
        },
        queue=call.queues[-1].queue if call.queues else "",
    )
