"""What the pop shows of the visits that the caller is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from hotline.domain.people import Actor
from hotline.domain.visits.visit import Visit
from hotline.services.pop_part import PopPart, Section, WhoCalls
from hotline.settings import Settings
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore


class VisitShown(Section):
    """A visit that we owe them."""

    id: int
    purpose: str
    visitor: str = Field(description="user name; empty: nobody has it yet")
    due_at: datetime
    overdue: bool


class VisitsOwed(Section):
    visits: tuple[VisitShown, ...]


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> Sequence[Visit]:
    return VisitStore(tx).open_of(caller.number, caller.customer_ids) if caller.number else []


def _show(owed: Sequence[Visit], settings: Settings, actor: Actor, now: datetime) -> VisitsOwed:
    return VisitsOwed(visits=tuple(_shown(each, now) for each in owed if not _is_about(each, actor)))


def _alike(owed: Sequence[Visit], actor: Actor) -> tuple[int, ...]:
    """That of a complaint about somebody is not shown to them."""
    return tuple(each.id or 0 for each in owed if _is_about(each, actor))


def _is_about(visit: Visit, actor: Actor) -> bool:
    return bool(visit.about) and visit.about == actor.name


def _shown(visit: Visit, now: datetime) -> VisitShown:
    return VisitShown(
        id=visit.id or 0, purpose=visit.purpose, visitor=visit.visitor, due_at=visit.due_at, overdue=visit.due_at <= now
    )


POP_PART = PopPart(VisitsOwed, _read, _show, _alike)
