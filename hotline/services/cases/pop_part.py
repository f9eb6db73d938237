"""What the pop shows of the caller's open cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.people import Actor
from hotline.services.pop_part import PopPart, Section, WhoCalls
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction


class CaseShown(Section):
    id: int
    number: str
    kind: str
    title: str
    opened_at: datetime


class OpenCases(Section):
    open_cases: tuple[CaseShown, ...]


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> Sequence[ServiceCase]:
    return CaseStore(tx).open_of(caller.number, caller.customer_ids) if caller.number else ()


def _show(cases: Sequence[ServiceCase], settings: Settings, actor: Actor, now: datetime) -> OpenCases:
    return OpenCases(open_cases=tuple(_case(each) for each in cases if not _is_about(each, actor)))


def _alike(cases: Sequence[ServiceCase], actor: Actor) -> tuple[int, ...]:
    """A complaint about somebody is not shown to them."""
    return tuple(each.id or 0 for each in cases if _is_about(each, actor))


def _is_about(case: ServiceCase, actor: Actor) -> bool:
    return bool(case.about) and case.about == actor.name


def _case(case: ServiceCase) -> CaseShown:
    return CaseShown(
        id=case.id or 0, number=case.number, kind=str(case.kind), title=case.title, opened_at=case.opened_at
    )


POP_PART = PopPart(OpenCases, _read, _show, _alike)
