"""Who dials, and what stops it before anything rings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import Call, Caller, Party, PartyKind, Talk
from hotline.domain.calls.dialled_id import dialled_id, is_dialled
from hotline.domain.dialling.dial import Dial, DialOutcome, Wish
from hotline.domain.errors import Conflict, Forbidden, NotFound, PbxError, Refused
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.operators.presence import Activity, OperatorPresence
from hotline.domain.people import Actor, Role
from hotline.services.dialling.consequences import follow_dials
from hotline.services.dialling.dialling import dial, wish_for
from hotline.services.dialling.own_dials import hang_up
from hotline.services.dialling.pop_part import POP_PART, Dials
from hotline.services.dialling.settle import settle
from hotline.services.pop_part import WhoCalls
from hotline.storage.calls.store import CallStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.operators.store import PresenceStore
from tests.support.instance import an_instance, at
from tests.support.pbx import RememberingPbx
from tests.support.rows import a_call
from tests.support.sample_calls import dialled_call

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


SITE = """
[operators.1001]
name = "赵敏"
[callback_trunk]
host = "127.0.0.4"
number = "01088886666"
"""


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    made = an_instance(tmp_path, NOW, SITE)
    be(made)
    return made


def be(hotline: Hotline, **changes: object) -> None:
    """How 1001 is: ready, unless it is said otherwise."""
    ready = OperatorPresence("1001", NOW, NOW, queues=("service",), reachable=True)
    with hotline.storage.writing() as tx:
        PresenceStore(tx).save([replace(ready, **changes)])  # type: ignore[arg-type]


def refused(hotline: Hotline, actor: Actor, wanted: Wish) -> str:
    """The code; nothing was asked of Asterisk, and nothing is written."""
    pbx = RememberingPbx()
    with pytest.raises((Refused, Conflict, Forbidden)) as told:
        dial(hotline.storage, hotline.settings, pbx, actor, wanted, NOW)
    assert pbx.acts == []
    with hotline.storage.reading() as tx:
        assert all(each.user != actor.name for each in DialStore(tx).open_ones())
    return str(told.value.code)


def test_the_phone_is_rung_and_no_queue_rings_it(hotline: Hotline) -> None:
    """The row stands before anything rings, under the Linkedid that the call gets."""
    pbx = RememberingPbx()
    begun = dial(hotline.storage, hotline.settings, pbx, ZHAO, wish(), NOW)
    assert is_dialled(begun.linkedid)
    told = ("hotline-dial", "plain:13912345678:main")
    assert pbx.acts == [("begin_dial", "1001", begun.linkedid, *told, '"示例公司" <01088886666>', "calling", "20")]
    with hotline.storage.reading() as tx:
        assert DialStore(tx).open_ones() == [begun]


def test_a_pause_is_kept_for_afterwards(hotline: Hotline) -> None:
    be(hotline, paused=True, reason="lunch")
    pbx = RememberingPbx()
    dial(hotline.storage, hotline.settings, pbx, ZHAO, wish(), NOW)
    assert pbx.acts[0][6] == "calling:lunch"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"queues": ()}, "dialling.not_signed_in"),
        ({"reachable": False}, "dialling.phone_away"),
        ({"activity": Activity.TALKING}, "dialling.in_a_call"),
        ({"activity": Activity.RINGING}, "dialling.in_a_call"),
    ],
)
def test_who_cannot_dial_now_is_told_why(hotline: Hotline, changes: dict[str, object], code: str) -> None:
    be(hotline, **changes)
    assert refused(hotline, ZHAO, wish()) == code


def test_what_asterisk_refuses_is_over_at_once(hotline: Hotline) -> None:
    pbx = RememberingPbx()
    pbx.away = "asterisk.unreachable"
    with pytest.raises(PbxError):
        dial(hotline.storage, hotline.settings, pbx, ZHAO, wish(), NOW)
    with hotline.storage.reading() as tx:
        assert [each.outcome for each in DialStore(tx).of_object("callback", 7)] == [DialOutcome.CANCELLED]


def test_without_a_callback_trunk_nothing_is_dialled(tmp_path: Path) -> None:
    assert refused(an_instance(tmp_path, NOW), ZHAO, wish()) == "dialling.no_trunk"


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


@pytest.mark.parametrize(
    ("number", "code"), [("+442071234567", "dialling.needs_approval_abroad"), ("", "dialling.no_number")]
)
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
        wish_for(hotline.storage, ZHAO, "weather", 1, NOW)
    assert told.value.code == "dialling.no_such_kind"


def last_shown(hotline: Hotline, number: Number) -> str:
    """The reason of our last dial that the pop of a call now has; "" for none."""
    call = a_call("back", NOW, caller=Caller(number, number))
    with hotline.storage.reading() as tx:
        read = POP_PART.read(tx, hotline.settings, WhoCalls(call, ()))
    section = POP_PART.show(read, hotline.settings, ZHAO, NOW)
    assert isinstance(section, Dials)
    return section.last_dial.reason if section.last_dial else ""


def test_who_calls_back_is_shown_with_our_last_dial(hotline: Hotline) -> None:
    """Within [callback_trunk] answered_days, by the number."""
    assert last_shown(hotline, LI) == ""
    for n, (days, reason) in enumerate(((8, "long ago"), (3, "before"), (1, "last"))):
        asked = NOW - timedelta(days=days)
        with hotline.storage.writing() as tx:
            linkedid = dialled_id("hotline", asked, f"00000000000{n}")
            row = an_open_dial(linkedid=linkedid, number=LI, asked_at=asked, reason=reason, object_kind="")
            begun = DialStore(tx).add(row)
            settle(tx, hotline.settings, begun, DialOutcome.NO_ANSWER, asked, asked)
    assert last_shown(hotline, LI) == "last"
    assert last_shown(hotline, Number("+8613700000009")) == last_shown(hotline, NO_NUMBER) == ""


def test_a_dial_of_long_ago_is_not_what_they_call_for(hotline: Hotline) -> None:
    asked = NOW - timedelta(days=8)
    with hotline.storage.writing() as tx:
        DialStore(tx).add(an_open_dial(number=LI, asked_at=asked))
    assert last_shown(hotline, LI) == ""


def passed_on() -> Call:
    """1002 dialled, and has passed the customer on to 1001, who talks with them."""
    call = dialled_call()
    own = replace(call.talks[0], ended_at=call.talks[0].started_at + timedelta(seconds=20))
    theirs = Talk(Party(PartyKind.OPERATOR, "1001", "赵敏"), own.started_at + timedelta(seconds=25), None)
    return replace(call, node="hotline", ended_at=None, outcome=None, hang_up=None, talks=(own, theirs))


def test_a12_a_dial_is_over_for_whoever_dialled_when_somebody_else_has_the_customer(hotline: Hotline) -> None:
    """They may dial again, and hang nobody else's talk up."""
    call = passed_on()
    open_dial = an_open_dial(linkedid=call.linkedid, number=call.caller.number)
    waiting = replace(call, talks=call.talks[:1])
    leg = {"Channel": "PJSIP/1001-5", "Linkedid": call.linkedid, "Uniqueid": "x"}
    pbx, qian = RememberingPbx(), Actor("qian", (Role.OPERATOR,), "钱伟", extension="1002")
    pbx.live = [leg]
    with hotline.storage.writing() as tx:
        begun = DialStore(tx).add(open_dial)
        CallStore(tx).save([waiting], NOW)
        follow_dials(tx, hotline.settings, [waiting], NOW)
        assert DialStore(tx).of_operator("1002") is not None, "nobody has them yet"
    with pytest.raises(Refused):
        hang_up(hotline.storage, pbx, begun.id or 0, qian, NOW)
    with hotline.storage.writing() as tx:
        CallStore(tx).save([call], NOW)
        follow_dials(tx, hotline.settings, [call], NOW)
        over = DialStore(tx).by_id(begun.id or 0)
    assert over is not None and (over.outcome, over.ended_at) == (DialOutcome.REACHED, call.talks[0].ended_at)
    with pytest.raises(Refused):
        hang_up(hotline.storage, pbx, begun.id or 0, qian, NOW)
    assert pbx.acts == []


def test_nobody_dials_a_customer_with_whom_one_of_ours_talks(hotline: Hotline) -> None:
    call = passed_on()
    with hotline.storage.writing() as tx:
        CallStore(tx).save([call], NOW)
    assert refused(hotline, ZHAO, wish(call.caller.number)) == "dialling.talks_already"
    dial(hotline.storage, hotline.settings, RememberingPbx(), ZHAO, wish(), NOW)


def test_whoever_has_just_hung_up_dials_at_once(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is told of a call's end up to a third of a second later than whoever hung up (decision 80)."""
    pbx, waited = RememberingPbx(), list[float]()
    be(hotline, activity=Activity.TALKING, node="node1", linkedid="n-1")

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            be(hotline)

    monkeypatch.setattr("hotline.services.operators.told_late.sleep", sleep)
    begun = dial(hotline.storage, hotline.settings, pbx, ZHAO, wish(), NOW)
    assert begun.id is not None and len(waited) == 2


def test_a_call_that_asterisk_still_has_is_waited_for_by_nobody(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    be(hotline, activity=Activity.TALKING, node="node1", linkedid="n-1")
    monkeypatch.setattr("hotline.services.operators.told_late.sleep", lambda _seconds: pytest.fail("it waited"))
    pbx = RememberingPbx()
    pbx.live = [{"Channel": "PJSIP/1001-1", "Linkedid": "n-1", "Uniqueid": "n-1.1"}]
    for away in ("", "asterisk.unreachable"):
        pbx.away = away
        with pytest.raises(Refused) as told:
            dial(hotline.storage, hotline.settings, pbx, ZHAO, wish(), NOW)
        assert told.value.code == "dialling.in_a_call"
