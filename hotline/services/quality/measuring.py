"""Measures each finished call by the rules: from the ledger, the transcripts and the loudness of each side."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from hotline.domain.calls.call import Call
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.examination.score import score
from hotline.domain.quality import Finding, Levels, RecordingContent, Rules, evaluate, talks_of, with_company
from hotline.domain.quality.broken_off import ended_without_goodbye
from hotline.domain.quality.material import JudgedTalk
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.domain.quality.speech_shares import shares_of_speech
from hotline.domain.recordings.recording import TALK, RecordingEntry
from hotline.domain.recordings.transcript import Side, Transcript, TranscriptState, Word
from hotline.services.callbacks.by_recording import owe_for_no_goodbye, owe_for_silence
from hotline.services.quality.score_forms import call_points, used_form
from hotline.settings import Settings
from hotline.storage.quality.complaints import ComplaintStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.transaction import Transaction

_APOLOGY = "C12"


def measure_call(
    tx: Transaction, settings: Settings, stored: StoredCall, levels: Levels | None, now: datetime
) -> list[StoredFinding]:
    """Evaluate the call by the rules as they are now, and write down what they find in place of what they found
    before. `levels`: of its talk recording, None while there is none. Nothing is written of a call that lasts, that
    was no talk with a customer, or that no operator had."""
    call = stored.call
    if call.ended_at is None or not call.is_with_customer:
        return []
    heard, rules = _heard(tx, talk_recording(stored), levels), rules_of(settings, call.line)
    talks = _talks(tx, stored, heard)
    judged = _by_rules(talks, rules)
    if not judged:
        return []
    findings = _of_call(call, judged)
    measured = _score(call, judged, heard, now)
    spoken = shares_of_speech(talks, rules.speech_level)
    if spoken is not None:
        measured = dataclasses.replace(measured, measures={**measured.measures, **spoken.in_milliseconds})
    first = next((each.finding.value for each in findings if _is_first_words(each.finding)), None)
    if first is not None:
        measured = dataclasses.replace(measured, measures={**measured.measures, "first_words_ms": round(1000 * first)})
    FindingStore(tx).replace(_scored(tx, settings, measured, findings), findings)
    if any(each.finding.rule == "Q3" and each.finding.counts for each in findings):
        owe_for_silence(tx, settings, call, now)
    if _broke_off(settings, stored, heard):
        owe_for_no_goodbye(tx, settings, call, now)
    return findings


def _is_first_words(finding: Finding) -> bool:
    """Those that were said (A8): where nobody was heard a person has to check."""
    return finding.kind == "first_words" and finding.counts


def measure_apology(tx: Transaction, settings: Settings, stored: StoredCall, now: datetime) -> bool:
    """Evaluate the call by C12 anew, after it was written down that it is a complaint, or is none; whatever else was
    found stays. False: nothing is different."""
    call = stored.call
    before, score = FindingStore(tx).of(call.node, call.linkedid), FindingStore(tx).score(call.node, call.linkedid)
    if score is None:
        return False
    judged = _judged(tx, settings, stored, _heard(tx, talk_recording(stored), None))
    old = [each for each in before if each.finding.rule == _APOLOGY]
    new = [each for each in _of_call(call, judged) if each.finding.rule == _APOLOGY]
    if new == old:
        return False
    findings = [*(each for each in before if each not in old), *new]
    counted = dataclasses.replace(
        score, evaluated_at=now, measures={**score.measures, **_breaches([each.finding for each in findings])}
    )
    FindingStore(tx).replace(_scored(tx, settings, counted, findings), findings)
    return True


def heard_anew(tx: Transaction, settings: Settings, stored: StoredCall) -> list[tuple[str, tuple[Finding, ...]]] | None:
    """What these rules find in what our side said, and write down nowhere; None: no transcript of it is kept. What
    loudness tells is not found again, for the sound is not opened."""
    heard = _heard(tx, talk_recording(stored), None)
    return None if heard.ours is None else _judged(tx, settings, stored, heard)


def _judged(
    tx: Transaction, settings: Settings, stored: StoredCall, heard: RecordingContent
) -> list[tuple[str, tuple[Finding, ...]]]:
    """What is found of each operator's talk, in order."""
    return _by_rules(_talks(tx, stored, heard), rules_of(settings, stored.call.line))


def _by_rules(talks: Sequence[JudgedTalk], rules: Rules) -> list[tuple[str, tuple[Finding, ...]]]:
    return [(talk.extension, evaluate(talk, rules)) for talk in talks]


def _talks(tx: Transaction, stored: StoredCall, heard: RecordingContent) -> Sequence[JudgedTalk]:
    call = stored.call
    return talks_of(call, _begun_at(stored), heard, ComplaintStore(tx).is_one(call.node, call.linkedid))


def _begun_at(stored: StoredCall) -> datetime:
    entry = talk_recording(stored)
    return entry.started_at if entry else stored.call.started_at


def _broke_off(settings: Settings, stored: StoredCall, heard: RecordingContent) -> bool:
    """A9, by the transcripts."""
    ours = settings.callbacks
    talks = talks_of(stored.call, _begun_at(stored), heard)
    return ours.broke_off_seconds > 0 and ended_without_goodbye(talks, ours.broke_off_seconds, ours.goodbyes)


def _of_call(call: Call, judged: Sequence[tuple[str, tuple[Finding, ...]]]) -> list[StoredFinding]:
    return [
        StoredFinding(call.node, call.linkedid, extension, call.started_at, finding)
        for extension, findings in judged
        for finding in findings
    ]


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
        {**measures, **_breaches(every), "transcribed": heard.ours is not None, "sound": heard.levels is not None},
        queue=call.queues[-1].queue if call.queues else "",
    )


def _breaches(findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "breaches": sum(each.breach and each.counts for each in findings),
        "to_be_checked": sum(each.breach and not each.counts for each in findings),
    }
