"""The calls behind a figure of quality: those that broke a rule, or those with a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.examination import figures
from hotline.domain.examination.figures import Examined, FigureFilter, MeasuredCall
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import may_hear, read_call, require_right
from hotline.services.looks import note_look
from hotline.services.staff.whose import whose, within
from hotline.storage.examination.figures import QualityRowStore
from hotline.storage.transaction import Storage, Transaction

#: With an automatic score: all, or those below the pass line.
_AUTOMATIC = ("automatic", "below")
#: What the calls are of, where no rule is asked for: these, and those examined, not passed, or that lost points.
OF = (*_AUTOMATIC, "examined", "not_passed", "lost")


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """`rule`, with the `kind` of its findings: calls that broke it; else `of`, one of OF, and for "lost" the `item`."""

    of: str
    rule: str = ""
    kind: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class FigureCalls:
    """Newest first; `total` counts all. `examined`: examination by call, where calls are found by their examinations.
    `item_name`: as it is called now."""

    calls: list[MeasuredCall]
    total: int
    examined: Mapping[int, int]
    item_name: str


def figure_calls(
    storage: Storage,
    wanted: FigureFilter,
    asked: FigureQuestion,
    actor: Actor,
    now: datetime,
    limit: int,
    offset: int = 0,
) -> FigureCalls:
    """The view is written down (F8). Raises Forbidden."""
    require_right(Act.READ_FIGURES, actor)
    with storage.reading() as tx:
        wanted = replace(wanted, had=within(Act.READ_FIGURES, actor, whose(tx, wanted.extension, now)))
        rows = QualityRowStore(tx)
        examined: Mapping[int, int] = {}
        if asked.rule:
            broken = rows.broken_calls(wanted, asked.rule, asked.kind, limit, offset)
            found, total = _readable(tx, broken, actor), rows.count_broken(wanted, asked.rule, asked.kind)
        elif asked.of in _AUTOMATIC:
            below = asked.of == "below"
            found, total = rows.scored_calls(wanted, below, limit, offset), rows.count_scored(wanted, below)
        else:
            item = asked.item if asked.of == "lost" else ""
            behind = _examined(tx, wanted, asked.of == "not_passed", item)
            shown = behind[offset : offset + limit]
            found, total = [_as_call(each, item) for each in shown], len(behind)
            examined = {each.call_id: each.examination_id for each in shown}
        name = _item_name(tx, asked.item)
    note_look(storage, actor, now, "quality.calls", asked.rule or asked.of, f"{total} calls")
    return FigureCalls(found, total, examined, name)


def _readable(tx: Transaction, calls: Sequence[MeasuredCall], actor: Actor) -> list[MeasuredCall]:
    """Without what was said in those that this person may not hear (F5, E5)."""
    return [
        call if not call.words or may_hear(tx, read_call(tx, call.call_id).call, actor) else replace(call, words="")
        for call in calls
    ]


def _examined(tx: Transaction, wanted: FigureFilter, below: bool, item: str) -> list[Examined]:
    """Newest first; `below`: those not passed alone; `item`: those that lost points there alone."""
    forms = QualityRowStore(tx).forms_used()
    return [
        row
        for row in QualityRowStore(tx).examined(wanted)
        if (not below or figures.is_below(row, forms)) and (not item or figures.lost_points(row, item, forms))
    ]


def _as_call(row: Examined, item: str) -> MeasuredCall:
    value = row.points.get(item) if item else None
    return MeasuredCall(row.call_id, row.extension, row.called_at, row.score, value=value)


def _item_name(tx: Transaction, item: str) -> str:
    forms = QualityRowStore(tx).forms_used() if item else {}
    return next(
        (each.name for form_id in sorted(forms, reverse=True) for each in forms[form_id].items if each.id == item), item
    )
