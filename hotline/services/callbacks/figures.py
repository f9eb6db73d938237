"""What became of what we owe: callbacks (A9), answers (B5), promises (B6); and the rows behind each figure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hotline.domain.callbacks.figures import OwedFigure, OwedFigures
from hotline.domain.callbacks.owed import Callback
from hotline.domain.deadlines.figures import Keeping, KeptFigures
from hotline.domain.errors import Refused
from hotline.domain.forms.form import ANSWER_CLOCK, PROMISE_CLOCK, CallForm
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.storage.callbacks.figures import OwedFigureStore
from hotline.storage.calls.store import CallStore
from hotline.storage.deadlines.figures import KeptFigureStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage, Transaction

LONGEST = timedelta(days=367)


class FigureOf(StrEnum):
    CALLBACKS = "callbacks"
    PROMISES = "promises"
    ANSWERS = "answers"


_CLOCKS = {FigureOf.PROMISES: PROMISE_CLOCK, FigureOf.ANSWERS: ANSWER_CLOCK}

#: Which figures there are of each.
FIGURES: Mapping[FigureOf, tuple[StrEnum, ...]] = {
    FigureOf.CALLBACKS: tuple(OwedFigure),
    FigureOf.PROMISES: tuple(Keeping),
    FigureOf.ANSWERS: tuple(Keeping),
}


@dataclass(frozen=True, slots=True)
class WhatIsOwed:
    """Callbacks by when they became owed, promises and answers by when they are due."""

    callbacks: OwedFigures
    promises: KeptFigures
    answers: KeptFigures


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A callback, or the record with a promise or a question. `about`: the callback's reason, or what was promised.
    `first_at`: when we called first. `call_id` None where the ledger has the call no more."""

    of: FigureOf
    id: int
    call_id: int | None
    line: str
    number: str
    about: str
    began_at: datetime
    due_at: datetime
    first_at: datetime | None
    done_at: datetime | None
    outcome: str
    who: str


def what_is_owed(storage: Storage, actor: Actor, since: datetime, until: datetime, now: datetime) -> WhatIsOwed:
    """Of [since, until). Raises Forbidden, Refused for a time of more than a year."""
    _require(actor, since, until)
    with storage.reading() as tx:
        kept = KeptFigureStore(tx)
        found = WhatIsOwed(
            OwedFigureStore(tx).between(since, until, now),
            kept.between(PROMISE_CLOCK, since, until, now),
            kept.between(ANSWER_CLOCK, since, until, now),
        )
    note_look(storage, actor, now, "owed.figures", "callbacks")
    return found


def rows_behind(
    storage: Storage,
    actor: Actor,
    of: FigureOf,
    figure: str,
    since: datetime,
    until: datetime,
    now: datetime,
    limit: int,
    offset: int = 0,
) -> list[FigureRow]:
    """What a figure counts, the earliest first; the look stands in the audit log (F8). Raises as `what_is_owed`, and
    Refused for a figure that there is none of."""
    _require(actor, since, until)
    if figure not in FIGURES[of]:
        raise Refused("callbacks.no_figure", field="figure")
    with storage.reading() as tx:
        if of is FigureOf.CALLBACKS:
            which = OwedFigure(figure)
            rows = _of_callbacks(tx, OwedFigureStore(tx).rows(which, since, until, now, limit, offset))
        else:
            keeping = Keeping(figure)
            due = KeptFigureStore(tx).objects(_CLOCKS[of], keeping, since, until, now, limit, offset)
            rows = _of_records(tx, of, due)
    note_look(storage, actor, now, "owed.rows", "callbacks", f"{len(rows)} {of.value} {figure}")
    return rows


def _require(actor: Actor, since: datetime, until: datetime) -> None:
    require_right(Act.SEE_OWED_FIGURES, actor)
    if not since < until <= since + LONGEST:
        raise Refused("callbacks.figures_time", field="since")


def _of_callbacks(tx: Transaction, found: Collection[Callback]) -> list[FigureRow]:
    calls = CallStore(tx).ids_by_call([(each.node, each.linkedid) for each in found])
    return [
        FigureRow(
            FigureOf.CALLBACKS,
            each.id or 0,
            calls.get((each.node, each.linkedid)),
            each.line,
            each.number,
            each.reason.value,
            each.waited_from,
            each.first_due_at or each.due_at,
            each.first_tried_at or each.closed_at,
            each.closed_at,
            each.outcome.value if each.outcome else "",
            each.closed_by or each.taken_by,
        )
        for each in found
    ]


def _of_records(tx: Transaction, of: FigureOf, due: Mapping[int, tuple[datetime, datetime | None]]) -> list[FigureRow]:
    forms = {form.id or 0: form for form in FormStore(tx).by_ids(due)}
    calls = CallStore(tx).ids_by_call([(form.node, form.linkedid) for form in forms.values()])
    return [
        _of_record(of, forms[each], calls.get((forms[each].node, forms[each].linkedid)), *moments)
        for each, moments in due.items()
        if each in forms
    ]


def _of_record(
    of: FigureOf, form: CallForm, call_id: int | None, due_at: datetime, done_at: datetime | None
) -> FigureRow:
    about = form.promise if of is FigureOf.PROMISES else form.content
    return FigureRow(
        of,
        form.id or 0,
        call_id,
        form.line,
        form.number,
        about,
        form.called_at,
        due_at,
        None,
        done_at,
        "",
        form.owner_name,
    )
