"""The register of breaches (F12): declared with evidence, answered, withdrawn, kept for its term."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.adherence.adherence import Missed, MissedStart, StartDecision
from hotline.domain.breaches.breach import Breach, BreachKind
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.people import Actor, Role
from hotline.services.breaches.declaring import Declared, answer, declare, withdraw
from hotline.services.breaches.register import AskedBreaches, Register, see_register
from hotline.services.waiting import waiting_of
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.breaches.store import BreachStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.transaction import Storage
from tests.support.appraised import NOW, Month

DAY = timedelta(days=1)
ALWAYS = AskedBreaches(NOW - 3000 * DAY, NOW + DAY)


@pytest.fixture
def month(storage: Storage, tmp_path: Path) -> Month:
    return Month(storage, tmp_path)


def _declare(month: Month, days_ago: float = 1, actor: Actor | None = None, **changed: Any) -> Breach:
    said: dict[str, Any] = {
        "person_id": month.zhao_id,
        "kind": BreachKind.SERVICE_COMPLAINT,
        "at": NOW - days_ago * DAY,
        "evidence": "case:1",
        "note": "对客户不耐烦",
    }
    return declare(month.storage, month.settings, Declared(**{**said, **changed}), actor or month.zhou, NOW)


def _see(month: Month, actor: Actor | None = None, asked: AskedBreaches = ALWAYS, **more: Any) -> Register:
    return see_register(month.storage, month.settings, asked, actor or month.zhou, NOW, more.pop("limit", 50), **more)


def _told(month: Month, person_id: int) -> list[str]:
    with month.storage.reading() as tx:
        return [each.kind for each in NotificationStore(tx).of_person(person_id)]


def test_a_complaint_costs_30_the_second_60_and_the_third_means_dismissal(month: Month) -> None:
    """F4, F12: in the order in which they happened, whenever they were declared."""
    for days_ago in (1, 30, 10):
        _declare(month, days_ago)
    found = _see(month)
    assert [(each.weighed.nth, each.weighed.yuan, each.weighed.dismissal) for each in found.rows] == [
        (3, 0, True),
        (2, 60, False),
        (1, 30, False),
    ]
    assert found.total == 3 and found.often == [(month.zhao_id, "赵敏")]
    assert _told(month, month.zhao_id) == ["breach_declared"] * 3


def test_amounts_are_those_of_the_settings_and_stay(month: Month) -> None:
    """F4, F6: 100,000 and 200,000 yuan, 20 a shift."""
    kinds = {
        BreachKind.PUBLIC_COMPLAINT: 100_000,
        BreachKind.UNANSWERED_DISPATCH: 200_000,
        BreachKind.EMPTY_SHIFT: 20,
        BreachKind.BOTCHED_SWAP: 20,
        BreachKind.PHONE_MISUSE: 0,
    }
    for kind in kinds:
        _declare(month, kind=kind)
    assert {each.breach.kind: each.weighed.yuan for each in _see(month).rows} == kinds
    assert {each.breach.rule for each in _see(month).rows} == {"F4", "F6", "F12"}
    month.settings = month.settings.model_copy(
        update={"breaches": month.settings.breaches.model_copy(update={"empty_shift_yuan": 50})}
    )
    assert {each.breach.kind: each.weighed.yuan for each in _see(month).rows} == kinds


def test_the_persons_word_stands_beside_it(month: Month) -> None:
    """F12: theirs alone, once."""
    made = _declare(month)
    assert waiting_of(month.storage, month.zhao, ["breaches"], NOW) == {"breaches": 1}
    for actor in (month.qian, month.zhou):
        with pytest.raises(Forbidden):
            answer(month.storage, made.id or 0, "不是我", actor, NOW)
    with pytest.raises(Refused):
        answer(month.storage, made.id or 0, "\n", month.zhao, NOW)
    answer(month.storage, made.id or 0, "当时系统打不开", month.zhao, NOW)
    (seen,) = _see(month, month.zhao).rows
    assert (seen.breach.word, seen.breach.word_at, seen.own) == ("当时系统打不开", NOW, True)
    with pytest.raises(Conflict):
        answer(month.storage, made.id or 0, "再说一次", month.zhao, NOW)
    assert waiting_of(month.storage, month.zhao, ["breaches"], NOW) == {}


def test_what_is_withdrawn_stays_and_counts_for_nothing(month: Month) -> None:
    """F12."""
    first, _second = _declare(month, 10), _declare(month, 1)
    with pytest.raises(Refused):
        withdraw(month.storage, first.id or 0, "", month.zhou, NOW)
    withdraw(month.storage, first.id or 0, "客户认错了人", month.ma, NOW)
    with pytest.raises(Conflict):
        withdraw(month.storage, first.id or 0, "客户认错了人", month.zhou, NOW)
    found = {each.breach.id: each for each in _see(month).rows}
    assert found[first.id].breach.withdrawn_reason == "客户认错了人"
    assert [each.weighed.yuan for each in found.values()] == [30, 0]
    assert "breach_withdrawn" in _told(month, month.zhao_id)


def test_who_declares_what(month: Month) -> None:
    """F12: supervisors and administrators, never of themselves; with evidence, of what has happened."""
    for actor in (month.zhao, month.sun, month.wu):
        with pytest.raises(Forbidden):
            _declare(month, actor=actor)
    with pytest.raises(Forbidden):
        _declare(month, person_id=month.zhou_id)
    for changed in ({"evidence": ""}, {"note": ""}, {"rule": "Z9"}, {"at": NOW + DAY}):
        with pytest.raises(Refused):
            _declare(month, **changed)
    for nobody in (4711, 2**40):
        with pytest.raises(NotFound):
            _declare(month, person_id=nobody)
    with pytest.raises(NotFound):
        answer(month.storage, 2**40, "?", month.zhao, NOW)


def test_who_sees_whose(month: Month) -> None:
    """F12: everybody their own, leaders their people, who oversees all."""
    _declare(month)
    _declare(month, person_id=month.wu_id)
    count = lambda actor, **more: _see(month, actor, **more).total  # noqa: E731
    assert (count(month.zhao), count(month.qian), count(month.sun), count(month.wu)) == (1, 0, 1, 2)
    assert count(month.zhou) == count(month.ma) == 2
    assert _see(month, month.zhao).people == {} == _see(month, month.wu).people
    assert month.zhou_id not in _see(month).people
    with pytest.raises(Forbidden):
        _see(month, month.zhao, exported=True)
    assert count(month.sun, exported=True) == 1
    one = AskedBreaches(ALWAYS.since, ALWAYS.until, month.wu_id, BreachKind.EMPTY_SHIFT)
    assert _see(month, asked=one).total == 0 and _see(month, limit=1).rows == _see(month).rows[:1]


def test_shifts_nobody_came_to_and_complaints_are_proposed_once(month: Month) -> None:
    """F12, F4, F6: from what stands in the hotline already."""
    start = NOW - 2 * DAY
    empty = MissedStart(month.qian_id, start, NOW, Missed.EMPTY, start, decision=StartDecision.NOT_ACCEPTED)
    with month.storage.writing() as tx:
        missed = MissedStartStore(tx).add(empty)
    found = _see(month).proposed
    assert [(each.kind, each.name) for each in found] == [
        (BreachKind.EMPTY_SHIFT, "钱伟"),
        (BreachKind.SERVICE_COMPLAINT, "赵敏"),
    ]
    source = found[0].source
    _declare(month, person_id=month.qian_id, kind=BreachKind.EMPTY_SHIFT, evidence=source, source=source)
    assert [each.name for each in _see(month).proposed] == ["赵敏"]
    with pytest.raises(Conflict):
        _declare(month, person_id=month.qian_id, kind=BreachKind.EMPTY_SHIFT, evidence=source, source=source)
    assert _see(month, month.sun).proposed == [] and missed is not None


def test_the_register_keeps_them_for_their_term(month: Month) -> None:
    """F12: three years by the settings."""
    _declare(month, 1096)
    _declare(month, 1094)
    with month.storage.writing() as tx:
        assert BreachStore(tx).forget(_before(NOW)) == 1
    assert [each.breach.at for each in _see(month).rows] == [NOW - 1094 * DAY]


def _before(now: datetime) -> datetime:
    return now - timedelta(days=1095)


def test_an_examiner_too_may_be_in_it(month: Month) -> None:
    """F12: of all our people."""
    _declare(month, person_id=month.wu_id, kind=BreachKind.PHONE_MISUSE, evidence="call:1")
    (seen,) = _see(month, month.wu).rows
    assert seen.own and not seen.may_withdraw and Role.EXAMINER in month.wu.roles
