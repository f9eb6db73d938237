"""Who dials, and what stops it before anything rings."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.dialled_id import dialled_id
from hotline.domain.dialling.dial import Dial, DialOutcome, Wish
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.services.dialling.dialling import dial, wish_for
from hotline.services.dialling.settle import settle
from hotline.storage.dialling.store import DialStore
from tests.support.instance import an_instance, at
from tests.support.pbx import RememberingPbx

NOW = at("2026-11-16 10:30:00")
LI = Number("+8613912345678")
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")


def wish(number: Number = LI) -> Wish:
    return Wish("callback", 7, number, "main", "回拨")


def an_open_dial(**changes: object) -> Dial:
    values: dict[str, object] = {
        "node": "hotline",
        "linkedid": dialled_id("hotline", NOW, "0123456789ab"),
        "user": "qian",
        "extension": "1002",
        "number": Number("+8613700000001"),
        "line": "main",
        "object_kind": "callback",
        "object_id": 8,
        "reason": "回拨",
        "asked_at": NOW,
    }
    return Dial(**values | changes)  # type: ignore[arg-type]


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    return an_instance(tmp_path, NOW)


def refused(hotline: Hotline, actor: Actor, wanted: Wish) -> str:
    pbx = RememberingPbx()
    with pytest.raises((Refused, Conflict, Forbidden)) as told:
        dial(hotline.storage, hotline.settings, pbx, actor, wanted, NOW)
    assert pbx.dialled == []
    with hotline.storage.reading() as tx:
        assert all(each.user != actor.name for each in DialStore(tx).open_ones())
    return str(told.value.code)


def test_without_a_callback_trunk_nothing_is_dialled(hotline: Hotline) -> None:
    assert refused(hotline, ZHAO, wish()) == "dialling.no_trunk"


@pytest.mark.parametrize(
    "actor",
    [
        Actor("li", (Role.EXAMINER,), "李"),
        Actor("token:crm", (Role.OPERATOR,), "crm"),
        Actor("wu", (Role.AUDITOR,), "吴", extension="1001"),
    ],
)
def test_who_has_no_phone_here_dials_nobody(hotline: Hotline, actor: Actor) -> None:
    assert refused(hotline, actor, wish()) == "dialling.whose"


@pytest.mark.parametrize(("number", "code"), [("+442071234567", "dialling.not_mainland"), ("", "dialling.no_number")])
def test_only_the_mainland_is_dialled(hotline: Hotline, number: str, code: str) -> None:
    """A17"""
    assert refused(hotline, ZHAO, wish(Number(number))) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"extension": "1001"}, "dialling.you_dial_already"),
        ({"number": LI}, "dialling.dialled_already"),
        ({"object_id": 7}, "dialling.dialled_already"),
    ],
)
def test_one_dial_at_a_time_of_operator_number_and_thing(
    hotline: Hotline, changes: dict[str, object], code: str
) -> None:
    with hotline.storage.writing() as tx:
        DialStore(tx).add(an_open_dial(**changes))
    assert refused(hotline, ZHAO, wish()) == code


@pytest.mark.parametrize("changes", [{"extension": "1001"}, {"number": LI}, {"object_id": 7}])
def test_of_two_at_the_same_moment_the_database_lets_one_through(hotline: Hotline, changes: dict[str, object]) -> None:
    first = {"linkedid": "hotline-1.d0123456789ff", "extension": "1001", "number": LI, "object_id": 7}
    with hotline.storage.writing() as tx:
        DialStore(tx).add(an_open_dial(**first))
    with pytest.raises(Conflict), hotline.storage.writing() as tx:
        DialStore(tx).add(an_open_dial(**changes))


def test_a_dial_is_settled_once(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        begun = DialStore(tx).add(an_open_dial())
        assert settle(tx, hotline.settings, begun, DialOutcome.BUSY, NOW, NOW)
        assert not settle(tx, hotline.settings, begun, DialOutcome.REACHED, NOW, NOW)
    with hotline.storage.reading() as tx:
        store = DialStore(tx)
        assert store.open_ones() == []
        kept = store.of_linkedid(begun.node, begun.linkedid)
        assert kept is not None and kept.outcome is DialOutcome.BUSY
        assert store.of_object("callback", 8) == [kept] == [store.by_id(kept.id or 0)]


def test_what_nobody_tells_of_is_not_dialled_for(hotline: Hotline) -> None:
    with pytest.raises(NotFound) as told:
        wish_for(hotline.storage, ZHAO, "weather", 1)
    assert told.value.code == "dialling.no_such_kind"
