"""What the pop shows of the caller's open cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.kind import Kind, Words
from hotline.domain.cases.process import stage_of
from hotline.domain.cases.way import next_act
from hotline.domain.people import Actor
from hotline.services.cases.kinds import kinds_of
from hotline.services.pop_part import PopPart, Section, WhoCalls
from hotline.settings import Settings
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction

NO_WORDS = Words("", "")


class CaseShown(Section):
    id: int
    number: str
    kind: str
    title: str
    opened_at: datetime
    stage_zh: str = Field(description="where it stands, in the words of its kind")
    stage_en: str
    next_zh: str = Field(description="what leads on; empty: nothing does")
    next_en: str
    due_at: datetime | None = Field(description="the first of its open deadlines")


class OpenCases(Section):
    open_cases: tuple[CaseShown, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    case: ServiceCase
    kind: Kind


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> Sequence[_Open]:
    found = CaseStore(tx).open_of(caller.number, caller.customer_ids) if caller.number else []
    kinds = kinds_of(tx, found) if found else {}
    return [_Open(each, kinds[each.kind, each.version]) for each in found]


def _show(cases: Sequence[_Open], settings: Settings, actor: Actor, now: datetime) -> OpenCases:
    return OpenCases(open_cases=tuple(_shown(each) for each in cases if not _is_about(each.case, actor)))


def _alike(cases: Sequence[_Open], actor: Actor) -> tuple[int, ...]:
    """A complaint about somebody is not shown to them."""
    return tuple(each.case.id or 0 for each in cases if _is_about(each.case, actor))


def _is_about(case: ServiceCase, actor: Actor) -> bool:
    return bool(case.about) and case.about == actor.name


def _shown(one: _Open) -> CaseShown:
    case, stage = one.case, one.kind.stage(stage_of(one.case, one.kind))
    onward = next_act(one.kind, stage_of(case, one.kind))
    stands = stage.words if stage is not None else NO_WORDS
    leads = onward.words if onward is not None else NO_WORDS
    return CaseShown(
        id=case.id or 0,
        number=case.number,
        kind=str(case.kind),
        title=case.title,
        opened_at=case.opened_at,
        stage_zh=stands.zh,
        stage_en=stands.en,
        next_zh=leads.zh,
        next_en=leads.en,
        due_at=case.due_at,
    )


POP_PART = PopPart(OpenCases, _read, _show, _alike)
