"""Verdicts of numbers that stand in what was said: of our own people (A14), and of payment cards (G2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from hotline.domain.calls.call import Call, PartyKind
from hotline.domain.calls.ledger import StoredCall
from hotline.domain.numbers import as_dialled
from hotline.domain.quality.numbers_said import SaidDigits, card_said, digits_said, may_hold_number, one_of
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import Side
from hotline.domain.verdicts.judged import Judged, kept, not_applicable, not_judged
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, WhyJudged
from hotline.services.verdicts.days import Months
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.calls.store import CallStore
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.heard import HeardTalk, heard_talks
from hotline.storage.verdicts.sources import SOURCES

_RULES = ("A14", "G2")
#: Shorter ones are said for other reasons too.
_SHORTEST_NUMBER = 7

#: The long numbers of each side that was transcribed.
_Said = Mapping[Side, Sequence[SaidDigits]]


class NumbersSaid(TableMaker):
    """Of each call that one of ours took, by its transcripts, as soon as it was measured."""

    name, subject, rules = "numbers_said", Subject.CALL, _RULES
    source = SOURCES["measured"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        calls = [each for each in CallStore(tx).by_ids(list(map(int, ids))) if _is_ours(each.call)]
        heard, ours = heard_talks(tx, [each.id for each in calls]), our_numbers(tx)
        found: dict[str, list[Verdict]] = {}
        for stored in calls:
            talk = heard.get(stored.id)
            if talk is not None and talk.state is RecordingState.DELETED and not talk.texts:
                continue  # what it was judged by is gone
            said = _said_in(tx, talk) if talk is not None else {}
            found[str(stored.id)] = list(_of_call(stored, talk, said, ours, ground))
        return found


class MonthsOfNumbers(Months):
    """Before these rules were asked of calls, each month said that nothing tells of them: that is taken back."""

    name, subject, rules = "months_of_numbers", Subject.MONTH, _RULES

    def of_month(
        self, tx: Transaction, month: str, start: datetime, end: datetime, ground: Ground
    ) -> Iterable[Verdict]:
        return ()


def our_numbers(tx: Transaction) -> frozenset[str]:
    """Of leaders and staff, as one dials them: those of the directory, and mobiles of our people."""
    numbers = [each.number for each in DirectoryStore(tx).all()]
    numbers += [each.mobile for each in StaffStore(tx).all(active_only=False)]
    return frozenset(dialled for each in numbers if len(dialled := as_dialled(each)) >= _SHORTEST_NUMBER)


def _of_call(
    stored: StoredCall, talk: HeardTalk | None, said: _Said, ours: frozenset[str], ground: Ground
) -> Iterator[Verdict]:
    call = stored.call
    given = _given(call, said, ours)
    by = _extension_at(call, talk, given) if talk and given else _first(call)
    for rule, judged, extension in (
        ("A14", _not_given(said, given), by),
        ("G2", _no_card(call, talk is not None, said), _first(call)),
    ):
        person = ground.person(extension, call.started_at) if extension else None
        yield ground.verdict(rule, judged, Subject.CALL, str(stored.id), call.started_at, call.line, person)


def _is_ours(call: Call) -> bool:
    """Somebody of ours talked with the customer, and the call is over."""
    by = call.answered_by
    ours = by is not None and by.kind in (PartyKind.OPERATOR, PartyKind.MOBILE)
    return ours and call.ended_at is not None and call.is_with_customer


def _said_in(tx: Transaction, talk: HeardTalk) -> _Said:
    if not any(may_hold_number(text, _SHORTEST_NUMBER) for text in talk.texts.values()):
        return dict.fromkeys(talk.texts, ())
    words = {each.side: each.words for each in TranscriptStore(tx).of(talk.recording_id) if each.side in talk.texts}
    return {side: list(_long(digits_said(words[side]))) for side in talk.texts}


def _long(runs: Iterable[SaidDigits]) -> Iterator[SaidDigits]:
    return (each for each in runs if len(each.digits) >= _SHORTEST_NUMBER)


def _given(call: Call, said: _Said, ours: frozenset[str]) -> SaidDigits | None:
    """A number of ours that our side said. That of whoever we talk with is read back to them, and given to nobody."""
    return one_of(said.get(Side.OURS, ()), ours - {as_dialled(call.caller.number), as_dialled(call.dialled)})


def _not_given(said: _Said, given: SaidDigits | None) -> Judged:
    """A14."""
    if Side.OURS not in said:
        return not_judged(WhyJudged.NOT_TRANSCRIBED)
    return Judged(Judgement.BROKEN, evidence=_evidence(given, Side.OURS)) if given else kept()


def _no_card(call: Call, recorded: bool, said: _Said) -> Judged:
    """G2. What was said while the recording was paused stands in no transcript."""
    if not recorded:
        return not_applicable(WhyJudged.NOT_RECORDED)
    cards = [(*found, side) for side, runs in said.items() if (found := card_said(runs))]
    for run, fits, side in sorted(cards, key=lambda each: not each[1]):
        if fits:
            return Judged(Judgement.BROKEN, evidence=_evidence(run, side))
        return Judged(Judgement.NOT_JUDGED, why=WhyJudged.TO_BE_CHECKED.value, evidence=_evidence(run, side))
    if len(said) < len(Side):
        return not_judged(WhyJudged.NOT_TRANSCRIBED)
    return kept(float(len(call.pauses)), None, "pauses") if call.pauses else kept()


def _evidence(run: SaidDigits, side: Side) -> dict[str, object]:
    """Where, and never what."""
    return {"from": run.start, "to": run.end, "side": side.name.lower()}


def _first(call: Call) -> str:
    by = call.answered_by
    return by.id if by is not None and by.kind is PartyKind.OPERATOR else ""


def _extension_at(call: Call, heard: HeardTalk, run: SaidDigits) -> str:
    """Who of ours talked then."""
    at = heard.started_at + timedelta(seconds=run.start)
    for talk in call.talks:
        over = talk.ended_at is not None and talk.ended_at <= at
        if talk.party.kind is PartyKind.OPERATOR and talk.started_at <= at and not over:
            return talk.party.id
    return _first(call)
