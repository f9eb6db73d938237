"""Verdicts of records: whether each call has one, whether it is whole, and whether its clocks were kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta

from hotline.domain.calls.call import Call, PartyKind
from hotline.domain.forms.form import ANSWER_CLOCK, PROMISE_CLOCK, RECORD_CLOCK, CallForm, owner_of
from hotline.domain.verdicts.judged import Judged, kept, not_judged, so
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict, WhyJudged
from hotline.services.forms.fields import missing, with_place
from hotline.services.verdicts.clocks import Deadlines, Whose
from hotline.services.verdicts.maker import Ground, TableMaker
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction
from hotline.storage.verdicts.records import WrittenCall, earlier_about_the_same, written_calls
from hotline.storage.verdicts.sources import SOURCES

#: Whoever has not written a record by then is late, whatever may have kept them.
_WRITTEN_WITHIN = timedelta(days=1)


class WrittenCalls(TableMaker):
    """B1."""

    name, subject, rules = "written_calls", Subject.CALL, ("B1",)
    source = SOURCES["written"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        found: dict[str, list[Verdict]] = {}
        for each in written_calls(tx, ids):
            owner, call = owner_of(each.call), each.call
            judged = _written(each, ground) if owner is not None else None
            if judged is not None:
                person = ground.person(owner.id, call.started_at) if owner and _at_a_desk(call) else None
                verdict = ground.verdict("B1", judged, Subject.CALL, str(each.id), call.started_at, call.line, person)
                found[str(each.id)] = [verdict]
        return found


def _written(each: WrittenCall, ground: Ground) -> Judged | None:
    """None: there is time."""
    ended = each.call.ended_at
    if ended is None:
        return None
    if each.done_at is not None:
        return kept(max(0.0, round((each.done_at - ended).total_seconds())), None, "s")
    if ground.now < ended + _WRITTEN_WITHIN:
        return None
    why = WhyJudged.NO_RECORD if each.form_id is None else WhyJudged.STILL_OPEN
    return Judged(Judgement.BROKEN, why=why.value, evidence={"record": each.form_id} if each.form_id else {})


def _at_a_desk(call: Call) -> bool:
    owner = owner_of(call)
    return owner is not None and owner.kind is PartyKind.OPERATOR


class Records(TableMaker):
    """B3, B8."""

    name, subject, rules = "records", Subject.RECORD, ("B3", "B8")
    source = SOURCES["records"]

    def judge(self, tx: Transaction, ids: Collection[str], ground: Ground) -> Mapping[str, Iterable[Verdict]]:
        forms = FormStore(tx).by_ids(list(map(int, ids)))
        return {str(form.id): list(_of_record(tx, form, ground)) for form in forms if form.is_done}


def _of_record(tx: Transaction, form: CallForm, ground: Ground) -> Iterator[Verdict]:
    settings, at = ground.at(form.called_at), form.called_at
    person = ground.person(form.owner, at)
    if form.category and form.category not in settings.categories:
        whole = not_judged(WhyJudged.MATERIAL_GONE)  # its kind is none of the site's any more
    else:
        empty = missing(with_place(form), settings)
        whole = so(not empty, WhyJudged.FIELDS_MISSING, {"fields": empty})
    yield ground.verdict("B3", whole, Subject.RECORD, str(form.id), at, form.line, person)
    if form.number and form.category:
        days = timedelta(days=settings.console.repeat_days)
        earlier = earlier_about_the_same(tx, form.number, form.category, at, days)
        once = so(not earlier, WhyJudged.CALLED_AGAIN, {"records": earlier[:5]})
        yield ground.verdict("B8", once, Subject.RECORD, str(form.id), at, form.line, person)


def _owners(tx: Transaction, ids: Collection[int], ground: Ground) -> Mapping[int, Whose]:
    """Of whoever has to write it, by the call's moment."""
    forms = FormStore(tx).by_ids(ids)
    return {form.id or 0: Whose(ground.person(form.owner, form.called_at), form.line) for form in forms}


VERDICTS = (
    WrittenCalls(),
    Records(),
    Deadlines("record_clocks", Subject.RECORD, {RECORD_CLOCK: "B2", ANSWER_CLOCK: "B5"}, _owners),
    Deadlines("promises", Subject.PROMISE, {PROMISE_CLOCK: "B6"}, _owners),
)
