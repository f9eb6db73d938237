"""Whoever of the directory is away is not rung: the caller is put through to their deputy, over the real Asterisk, and
to themselves again once they are back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from hotline.domain.directory.directory import DirectoryPerson
from hotline.domain.numbers import Number
from hotline.domain.staff.records import Absence, Person
from hotline.domain.time import system_clock
from hotline.services.directory.directory import tell, values_of
from hotline.services.operators import transfers
from hotline.services.operators.transfers import TransferTarget
from hotline.storage.directory.store import DirectoryStore
from hotline.storage.staff.spans import AbsenceStore
from hotline.storage.staff.store import StaffStore
from tests.e2e.test_calls import found
from tests.support.consulting import Consulting
from tests.support.expect import who
from tests.support.rig import CARRIER, Rig, wait_until

pytestmark = pytest.mark.e2e

AWAY, DEPUTY = "13800000031", "13800000032"
TAKES = ("ring 0.2", "answer", "tone 1500 30", "expect hangup")


@pytest.fixture
def consulting(rig: Rig, request: pytest.FixtureRequest) -> Iterator[Consulting]:
    rig.test = request.node.name
    rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    rig.sign_in(["1001"])
    yield Consulting(rig)
    rig.clear()


def the_directory(rig: Rig) -> tuple[str, int]:
    """An entry whose person is away from now on with a deputy; its id, and the absence's."""
    now = system_clock()
    with rig.hotline.storage.writing() as tx:
        away = StaffStore(tx).add_person(Person("周经理", mobile=Number(f"+86{AWAY}")))
        deputy = StaffStore(tx).add_person(Person("孙助理", mobile=Number(f"+86{DEPUTY}")))
        assert away.id is not None and deputy.id is not None
        span = Absence(away.id, now - timedelta(hours=1), now + timedelta(hours=8), deputy.id)
        absence = AbsenceStore(tx).add(span)
        entry = DirectoryStore(tx).add(
            DirectoryPerson("周经理", Number(f"+86{AWAY}"), subjects=("投诉",), updated_at=now, updated_by="test")
        )
    told(rig)
    return str(entry.id), absence.id or 0


def told(rig: Rig) -> None:
    """What the job tells Asterisk."""
    with rig.hotline.storage.reading() as tx:
        values = values_of(tx, DirectoryStore(tx).all(), system_clock())
    tell(rig.pbx, values)


def put_through(consulting: Consulting, person: str, number: str) -> list[str]:
    """A caller of this number is taken by 1001, who passes them on to this person; who talked with them."""
    rig, begun = consulting.rig, datetime.now(UTC)
    rig.phone("1001", {"": TAKES}, rig.base + 81)
    rig.phone("mobiles", {AWAY: TAKES, DEPUTY: TAKES}, rig.base + 70, CARRIER)
    caller = consulting.caller = rig.caller(
        ["call", "wait 0.8", "press 1", "tone 440 30", "until told", "hang up"], number
    )
    consulting.talks("1001")
    consulting.linkedid = consulting.legs("1001")[0]["Linkedid"]
    stored = consulting._stored()
    order = transfers.transfer(
        rig.hotline.storage,
        rig.hotline.settings,
        rig.pbx,
        stored,
        "1001",
        "attended",
        TransferTarget("person", person),
        True,
        "问投诉",
        "test",
        system_clock(),
    )
    consulting.talks("outside")
    transfers.complete(rig.hotline.storage, rig.pbx, order, "1001")
    consulting.is_free("1001")
    consulting.waits("outside", "1")
    caller.tell()
    assert caller.wait(40) == 0, caller.errors
    wait_until(lambda: rig.channels() == 0, "every leg to be gone", 10)

    def written() -> list[str]:
        calls = [each.call for each in found(rig, begun) if each.call.caller.original == number]
        done = [transfer for call in calls if call.ended_at for transfer in call.transfers]
        return [f"{each.kind} {who(each.from_party)} {who(each.to_party)}" for each in done]

    return wait_until(written, "the call to be in the ledger") or []


def test_a_caller_is_put_through_to_the_deputy_of_who_is_away(consulting: Consulting) -> None:
    entry, absence = the_directory(consulting.rig)
    assert put_through(consulting, entry, "13600000031") == [f"attended 1001 {DEPUTY}"]
    with consulting.rig.hotline.storage.writing() as tx:
        AbsenceStore(tx).end(absence, system_clock())
    told(consulting.rig)
    consulting.rig.stop_phones()
    consulting.rig.sign_in(["1001"])
    assert put_through(consulting, entry, "13600000032") == [f"attended 1001 {AWAY}"]
