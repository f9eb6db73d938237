"""A17: who asks, who decides, who is told, and what an approval is good for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.accounts.audit import AuditFilter
from hotline.domain.dialling.approval import ApprovalState, DialApproval
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.led import Led
from hotline.domain.line.blocked_number import BlockedNumber
from hotline.domain.people import Actor, Role
from hotline.services.accounts import accounts
from hotline.services.dialling import approvals
from hotline.services.waiting import waiting_of
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.dialling.approvals import DialApprovalStore
from hotline.storage.line.blocklist import BlocklistStore
from hotline.storage.notifications.store import NotificationStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, at

NOW = at("2026-11-17 10:30:00")
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", extension="1001")
QIAN = Actor("qian", (Role.OPERATOR,), "钱伟", extension="1002")
LEADER = Actor("leader", (Role.LEADER,), "组长", led=Led(usernames=frozenset({"zhao"})))
BOSS = Actor("boss", (Role.SUPERVISOR,), "孙主管")
CHIEF = Actor("chief", (Role.SUPERVISOR,), "李主管")
AUDITOR = Actor("auditor", (Role.AUDITOR,), "审计")
DAY = timedelta(hours=24)


@pytest.fixture
def hotline(tmp_path: Path, storage: Storage) -> Hotline:
    return an_instance(tmp_path, NOW, "", storage)


def ask(
    hotline: Hotline,
    number: str = "+44 20 7946 0000",
    actor: Actor = ZHAO,
    reason: str = "客户在国外",
    line: str = "main",
) -> DialApproval:
    return approvals.ask(hotline.storage, hotline.settings, number, line, reason, actor, NOW)


def decide(
    hotline: Hotline,
    asked: DialApproval,
    granted: bool = True,
    actor: Actor = BOSS,
    note: str = "可以",
    later: timedelta = timedelta(),
) -> DialApproval:
    return approvals.decide(hotline.storage, hotline.settings, asked.id or 0, granted, note, actor, NOW + later)


def people(hotline: Hotline) -> dict[str, int]:
    """Accounts, and the ids of their persons by user name."""
    found = {}
    for name, role in (("zhao", Role.OPERATOR), ("boss", Role.SUPERVISOR), ("chief", Role.SUPERVISOR)):
        accounts.add_user(hotline.storage, name, name, (role,), NOW, "test")
        with hotline.storage.reading() as tx:
            user = UserStore(tx).by_username(name)
            person = StaffStore(tx).person_of_user(user.id or 0) if user else None
        assert person is not None
        found[name] = person.id or 0
    return found


def told(hotline: Hotline, person_id: int) -> list[str]:
    with hotline.storage.reading() as tx:
        return [each.kind for each in NotificationStore(tx).of_person(person_id, limit=10)]


def noted(hotline: Hotline) -> list[tuple[str, str, str, str]]:
    with hotline.storage.reading() as tx:
        found = AuditLog(tx).search(AuditFilter(), 100)
    return [(each.who, each.action, each.object, each.detail) for each in reversed(found)]


def test_a17_it_is_asked_decided_and_kept(hotline: Hotline) -> None:
    asked = ask(hotline)
    assert (asked.number, asked.state(NOW), asked.expires_at) == ("+442079460000", ApprovalState.WAITING, NOW + DAY)
    decided = decide(hotline, asked, later=timedelta(hours=1))
    assert decided.state(NOW) is ApprovalState.GRANTED
    assert (decided.decided_by, decided.note, decided.expires_at) == ("boss", "可以", NOW + DAY + timedelta(hours=1))
    about = f"dial_approval:{asked.id}"
    assert noted(hotline) == [
        ("zhao", "dial_approval.ask", about, "客户在国外"),
        ("boss", "dial_approval.grant", about, "可以"),
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("13912345678", "dialling.approval_not_needed"),
        ("110", "dialling.emergency"),
        ("17951 120", "dialling.emergency"),
        ("4001234567", "dialling.our_own_number"),
        ("0044 20 7946 0000,110", "dialling.no_number"),
        ("+44 20 7946 0000@evil", "dialling.no_number"),
        ("", "dialling.no_number"),
    ],
)
def test_a17_what_is_free_or_never_dialled_cannot_be_asked_for(hotline: Hotline, number: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(hotline, number)
    assert (refused.value.code, refused.value.field) == (said, "number")
    assert noted(hotline) == []


def test_a15_a_blocked_number_cannot_be_asked_for(hotline: Hotline) -> None:
    asked = ask(hotline)
    with hotline.storage.writing() as tx:
        BlocklistStore(tx).add(BlockedNumber(asked.number, "骚扰", "boss", NOW))
    with pytest.raises(Refused, match=r"dialling\.blocked"):
        ask(hotline, actor=QIAN)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": "  "}, "dialling.approval_reason"),
        ({"reason": "长" * 501}, "dialling.approval_reason_long"),
        ({"line": "nowhere"}, "dialling.no_such_line"),
    ],
)
def test_a17_a_reason_and_a_line_belong_to_it(hotline: Hotline, changed: dict[str, str], said: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(hotline, **changed)  # type: ignore[arg-type]
    assert refused.value.code == said


def test_a17_the_same_is_asked_once_by_each(hotline: Hotline) -> None:
    asked = ask(hotline)
    with pytest.raises(Conflict, match=r"dialling\.approval_there"):
        ask(hotline, "00442079460000")
    ask(hotline, actor=QIAN)
    decide(hotline, asked, granted=False, note="不必")
    ask(hotline)


def test_a17_nobody_decides_what_they_asked_for(hotline: Hotline) -> None:
    own = ask(hotline, actor=BOSS)
    with pytest.raises(Forbidden, match=r"dialling\.own_approval"):
        decide(hotline, own)
    assert decide(hotline, own, actor=CHIEF).granted


@pytest.mark.parametrize("actor", [ZHAO, QIAN, LEADER, AUDITOR])
def test_a17_only_supervisors_decide(hotline: Hotline, actor: Actor) -> None:
    asked = ask(hotline)
    with pytest.raises(Forbidden):
        decide(hotline, asked, actor=actor)


def test_a17_auditors_do_not_dial(hotline: Hotline) -> None:
    with pytest.raises(Forbidden):
        ask(hotline, actor=AUDITOR)


def test_a17_a_decision_has_a_reason_and_is_made_once_and_in_time(hotline: Hotline) -> None:
    asked = ask(hotline)
    with pytest.raises(Refused, match=r"dialling\.approval_reason"):
        decide(hotline, asked, note=" ")
    late = ask(hotline, actor=QIAN)
    with pytest.raises(Conflict, match=r"dialling\.approval_decided"):
        decide(hotline, late, later=DAY)
    decide(hotline, asked, granted=False, note="不必")
    with pytest.raises(Conflict, match=r"dialling\.approval_decided"):
        decide(hotline, asked, actor=CHIEF)
    with pytest.raises(NotFound):
        approvals.decide(hotline.storage, hotline.settings, 2**40, True, "可以", BOSS, NOW)


def test_a17_supervisors_are_told_and_whoever_asked_hears_the_decision(hotline: Hotline) -> None:
    ids = people(hotline)
    asked = ask(hotline)
    assert [told(hotline, ids[name]) for name in ("zhao", "boss", "chief")] == [[], ["dial_approval_asked"]] + [
        ["dial_approval_asked"]
    ]
    decide(hotline, asked)
    assert told(hotline, ids["zhao"]) == ["dial_approval_granted"]
    own = ask(hotline, "+1 202 555 0123", actor=BOSS)
    assert told(hotline, ids["boss"]) == ["dial_approval_asked"]
    decide(hotline, own, granted=False, actor=CHIEF)
    assert told(hotline, ids["boss"])[0] == "dial_approval_refused"


def test_a17_who_asked_sees_theirs_who_leads_their_peoples_and_supervisors_all(hotline: Hotline) -> None:
    ask(hotline)
    ask(hotline, actor=QIAN)

    def seen(actor: Actor) -> list[str]:
        found = approvals.see_approvals(hotline.storage, 10, actor, NOW)
        return [each.approval.asked_by for each in found]

    def whole(actor: Actor) -> set[bool]:
        return {each.whole for each in approvals.see_approvals(hotline.storage, 10, actor, NOW)}

    assert (whole(ZHAO), whole(LEADER), whole(BOSS), whole(AUDITOR)) == ({True}, {True}, {True}, {False})
    assert seen(ZHAO) == ["zhao"]
    assert seen(LEADER) == ["zhao"]
    assert seen(BOSS) == seen(AUDITOR) == ["qian", "zhao"]
    assert noted(hotline)[-1] == ("auditor", "dial_approvals.view", "dial_approvals", "2 approvals")


def test_a17_of_two_dials_at_once_one_uses_it(hotline: Hotline, storage: Storage) -> None:
    asked = decide(hotline, ask(hotline))
    together = Barrier(2)

    def use(_number: int) -> bool:
        together.wait()
        with storage.writing() as tx:
            return DialApprovalStore(tx).use(asked.id or 0, NOW)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, range(2))) == [False, True]


def test_a17_a_dial_that_reached_nobodys_network_gives_it_back(hotline: Hotline, storage: Storage) -> None:
    asked = decide(hotline, ask(hotline))
    with storage.writing() as tx:
        assert DialApprovalStore(tx).use(asked.id or 0, NOW)
        DialApprovalStore(tx).give_back(asked.number, "zhao", NOW + timedelta(seconds=1))
        assert not DialApprovalStore(tx).use(asked.id or 0, NOW)
        DialApprovalStore(tx).give_back(asked.number, "zhao", NOW)
        assert DialApprovalStore(tx).use(asked.id or 0, NOW)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, ApprovalState.WAITING),
        ({"granted": True}, ApprovalState.GRANTED),
        ({"granted": False}, ApprovalState.REFUSED),
        ({"granted": True, "used_at": NOW}, ApprovalState.USED),
        ({"granted": True, "expires_at": NOW}, ApprovalState.EXPIRED),
        ({"expires_at": NOW}, ApprovalState.EXPIRED),
        ({"granted": False, "expires_at": NOW}, ApprovalState.REFUSED),
        ({"granted": True, "used_at": NOW, "expires_at": NOW}, ApprovalState.USED),
    ],
)
def test_a17_what_an_approval_is_now(changes: dict[str, object], state: ApprovalState) -> None:
    values: dict[str, object] = {
        "number": "+442079460000",
        "line": "main",
        "reason": "客户在国外",
        "asked_by": "zhao",
        "asked_at": NOW - DAY,
        "expires_at": NOW + DAY,
    }
    assert DialApproval(**values | changes).state(NOW) is state  # type: ignore[arg-type]


def test_a17_what_waits_is_counted_for_who_may_decide_it(hotline: Hotline) -> None:
    first, _second, own = ask(hotline), ask(hotline, actor=QIAN), ask(hotline, actor=BOSS)

    def waits(actor: Actor, later: timedelta = timedelta()) -> int:
        return waiting_of(hotline.storage, actor, ["dial_approvals"], NOW + later).get("dial_approvals", 0)

    assert (waits(BOSS), waits(CHIEF), waits(ZHAO), waits(AUDITOR)) == (2, 3, 0, 0)
    decide(hotline, first)
    decide(hotline, own, granted=False, actor=CHIEF)
    assert (waits(BOSS), waits(CHIEF)) == (1, 1)
    assert waits(CHIEF, DAY) == 0, "lapsed"
