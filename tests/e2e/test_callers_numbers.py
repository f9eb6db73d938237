"""Whose call it is, by every header in which a carrier may say so, and on which line: one answer for the IVR, the
ledger, the pop, the blocklist and the callbacks (decision 17)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from hotline.domain.calls.call import Outcome
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.numbers import Number, normalise
from hotline.domain.people import Actor, Role
from hotline.domain.persons import Whose
from hotline.services.line import line
from hotline.services.operators.pop import pop
from hotline.storage.callbacks.opening import OwedCallStore
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.retention.privacy import PersonStore
from tests.support.raw_sip import call
from tests.support.rig import CARRIER, Rig, wait_until

pytestmark = pytest.mark.e2e

#: At once: each call needs two threads of ours and a process's worth of Asterisk.
_AT_ONCE = 4

_FREE, _BLOCKED, _OTHER = "13955550001", "13955550002", "13955550003"


@dataclass(frozen=True)
class Identity:
    """What the carrier sends. `told`: the number in P-Asserted-Identity or Remote-Party-ID."""

    told: str
    sender: str
    headers: tuple[str, ...]
    withheld: bool
    number: str

    @property
    def blocked(self) -> bool:
        return self.number == _BLOCKED


def identities() -> Iterator[Identity]:
    """All combinations of who From says it is, by which header the network tells the number, whether and how privacy is
    asked for, and whether the call was diverted to us."""
    own = ("from", "anonymous")
    told_by = (
        "",
        "P-Asserted-Identity: <sip:{told}@carrier>",
        "Remote-Party-ID: <sip:{told}@carrier>;party=calling;{rpid}",
    )
    for sender, header, wish, told, diverted in itertools.product(
        own, told_by, ("", "none", "id"), (_FREE, _BLOCKED), (False, True)
    ):
        by_rpid = header.startswith("Remote")
        rpid = {"": "screen=yes", "none": "privacy=off;screen=yes", "id": "privacy=full;screen=yes"}[wish]
        headers = [header.format(told=told, rpid=rpid)] if header else []
        headers += [f"Privacy: {wish}"] if wish and not by_rpid else []
        headers += [f"Diversion: <sip:{_OTHER}@carrier>;reason=unconditional"] if diverted else []
        known = told if header or sender == "from" else ""
        yield Identity(
            told,
            f"<sip:{told}@carrier>" if sender == "from" else '"Anonymous" <sip:anonymous@anonymous.invalid>',
            tuple(headers),
            withheld=sender == "anonymous" or wish == "id",
            number=known,
        )


@pytest.fixture(scope="module")
def stage(rig: Rig) -> Iterator[Rig]:
    rig.set_clock(datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    rig.sign_in([])
    now = datetime.now(UTC)
    line.block(rig.hotline.storage, rig.hotline.settings, _BLOCKED, "test", "tester", now)
    yield rig
    line.unblock(rig.hotline.storage, _BLOCKED, "tester", now)
    rig.clear()


def rows_of(rig: Rig, since: datetime, wanted: int) -> dict[str, StoredCall]:
    """The calls since then, by the number dialled, once all are over."""
    rows: list[StoredCall] = []

    def all_over() -> bool:
        with rig.hotline.storage.reading() as tx:
            rows[:] = CallStore(tx).search(CallFilter(since=since), limit=500).calls
        return len(rows) >= wanted and all(row.call.ended_at for row in rows)

    wait_until(all_over, f"{wanted} calls in the ledger", 30)
    return {row.call.dialled: row for row in rows}


def dial(rig: Rig, dialled: str, who: Identity) -> int:
    return call(CARRIER, ("127.0.0.1", rig.base + 60), dialled, who.sender, who.headers, hang_up=not who.blocked)


def test_a15_every_way_to_say_who_calls_is_one_caller_everywhere(stage: Rig) -> None:
    begun = datetime.now(UTC)
    # No line has these numbers, so the first line takes the calls, and each is known by what it dialled.
    cases = {f"7700{place:04}": who for place, who in enumerate(identities())}
    with ThreadPoolExecutor(_AT_ONCE) as callers:
        assert set(callers.map(lambda case: dial(stage, *case), cases.items())) == {200}
    rows = rows_of(stage, begun, len(cases))
    wrong = [
        f"{who.sender} {who.headers}: {found}"
        for dialled, who in cases.items()
        if (found := differences(stage, rows[dialled], who))
    ]
    assert not wrong, "\n".join(wrong)


def differences(rig: Rig, row: StoredCall, who: Identity) -> list[str]:
    caller, number = row.call.caller, normalise(who.number)
    said = {
        "ledger": (caller.withheld, caller.number, caller.kept_back),
        "number sent": bool(who.number) and who.number in caller.original,
        "blocked": row.call.outcome is Outcome.BLOCKED,
    }
    right = {
        "ledger": (who.withheld, Number() if who.withheld else number, number if who.withheld else Number()),
        "number sent": bool(who.number) and not who.withheld,
        "blocked": who.blocked,
    }
    with rig.hotline.storage.reading() as tx:
        shown = pop(tx, rig.hotline.settings, row, Actor("boss", (Role.SUPERVISOR,), "王主管"), datetime.now(UTC))
        said["pop"] = (shown.withheld, shown.number_shown)
        said["copy"] = (
            row.call.linkedid in {each.call.linkedid for each in PersonStore(tx).calls(Whose([number]), 500)}
            if number
            else False
        )
        left = OwedCallStore(tx).of_call(row.call.node, row.call.linkedid)
        said["owed"] = [each.number for each in CallbackStore(tx).by_ids([each.callback_id for each in left])]
    right["pop"] = (who.withheld, "" if who.withheld else who.number)
    right["copy"] = bool(number)
    right["owed"] = [] if who.withheld or who.blocked else [number]
    return [f"{name}: {said[name]}, expected {right[name]}" for name in right if said[name] != right[name]]


@pytest.mark.parametrize(
    "user",
    [
        "+8613955550002;cpc=ordinary",
        "013955550002;phone-context=+86",
        "13955550002;npdi;rn=+8613955550001",
        "008613955550002",
        "8613955550002",
        "%2B8613955550002",
    ],
)
def test_a15_a_blocked_caller_is_turned_away_in_every_writing_of_the_number(stage: Rig, user: str) -> None:
    begun = datetime.now(UTC)
    who = Identity(_BLOCKED, f"<sip:{user}@carrier>", (), withheld=False, number=_BLOCKED)
    assert dial(stage, "7701", who) == 200
    row = rows_of(stage, begun, 1)["7701"]
    assert row.call.outcome is Outcome.BLOCKED
    assert row.call.caller.number == normalise(_BLOCKED)


@pytest.mark.parametrize("zeros", ["0000000", "0", "unknown", "Restricted", "anonymous", "unavailable"])
def test_a9_a_caller_without_a_number_is_withheld(stage: Rig, zeros: str) -> None:
    begun = datetime.now(UTC)
    who = Identity("", f"<sip:{zeros}@carrier>", (), withheld=True, number="")
    assert dial(stage, "7702", who) == 200
    assert not differences(stage, rows_of(stage, begun, 1)["7702"], who)


@pytest.mark.parametrize(
    "dialled",
    [
        "4001234567",
        "4001234567;npdi",
        "4001234567;npdi;rn=+8613800138000",
        "+864001234567",
        "864001234567",
        "00864001234567",
        "400-123-4567",
        "+86-400-123-4567",
    ],
)
def test_every_writing_of_a_lines_number_is_that_line(stage: Rig, dialled: str) -> None:
    complaints = stage.root / "pbx.log"
    seen = complaints.stat().st_size
    begun = datetime.now(UTC)
    who = Identity(_FREE, f"<sip:{_FREE}@carrier>", (), withheld=False, number=_FREE)
    assert dial(stage, dialled, who) == 200
    (row,) = rows_of(stage, begun, 1).values()
    assert row.call.line == "main"
    assert "no line has this number" not in complaints.read_text("utf-8", "replace")[seen:]
