"""业务电话 12: whoever goes leaves nothing open behind, of no kind and by no way of going."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Party, PartyKind, Talk
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.customers.customer import Customer
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.examination.records import CorrectiveAction, Examination
from hotline.domain.examination.sample import Why
from hotline.domain.forms.form import FormState
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.projects.project import Project, Round, RoundKind
from hotline.domain.shifts.shift import PlannedShift
from hotline.domain.visits.visit import Origin, Visit
from hotline.services.accounts import users
from hotline.services.accounts.accounts import add_user
from hotline.services.accounts.tokens import create_token, revoke_token
from hotline.services.exchange import Exchange
from hotline.services.floor.wallboard_displays import add_display, revoke_display
from hotline.services.forms.forms import ensure_forms
from hotline.services.hiring import handing_over, hiring, leaving
from hotline.services.hiring.hiring import NewOperator
from hotline.services.hiring.ways_left import WaysLeft
from hotline.services.open_matter import Holder, open_matters
from hotline.services.staff.concerned import person_of_account
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.forms.store import FormStore
from hotline.storage.owners.store import Owned, OwnerStore
from hotline.storage.projects.store import ProjectStore, RoundStore
from hotline.storage.shifts.store import ShiftStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visits.store import VisitStore
from hotline.web.hiring.labels import MATTERS
from tests.support.instance import an_instance
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_call

DAY = timedelta(days=1)
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
QUEUE = """
[queues.service]
name = "客户服务"
"""
LEAVER = NewOperator("孙丽", "sunli", (Role.SUPERVISOR,), "1002", "webrtc", ("service",))
OTHER = NewOperator("李雷", "other", (Role.SUPERVISOR,), "1003", "webrtc", ("service",), mobile="13812345678")


@dataclass
class Site:
    exchange: Exchange
    storage: Storage

    def open_of(self, username: str) -> Mapping[str, int]:
        """By kind, how many."""
        seen = handing_over.see_open(self.exchange, ADMIN, username, MORNING)
        return {kind: sum(each.kind == kind for each in seen.matters) for kind in {each.kind for each in seen.matters}}

    def audit(self) -> list[tuple[object, object, object]]:
        with self.storage.reading() as tx:
            return [(each["action"], each["object"], each["detail"]) for each in AuditLog(tx).latest(100)]


@pytest.fixture
def site(tmp_path: Path, storage: Storage) -> Site:
    hotline = an_instance(tmp_path, MORNING, QUEUE, storage)
    exchange = Exchange(hotline.in_force, hotline.secrets, RememberingPbx(), hotline.pbx_files)
    for new in (LEAVER, OTHER):
        hiring.hire(exchange, ADMIN, new, MORNING)
    return Site(exchange, hotline.storage)


def one_of_each(site: Site) -> None:
    """Something of each kind that is open, all of it hers."""
    with site.storage.writing() as tx:
        _calls(tx, site)
        _cares(tx)
        person = person_of_account(tx, "sunli")
        assert person is not None
        begins = MORNING + DAY
        ShiftStore(tx).add(PlannedShift("孙丽", begins, begins + DAY / 3, person.id, published_at=MORNING))


def _calls(tx: Transaction, site: Site) -> None:
    talk = Talk(Party(PartyKind.OPERATOR, "1002", "孙丽"), MORNING, MORNING + timedelta(seconds=60))
    ensure_forms(tx, site.exchange.in_force(), [a_call(f"n-{n}", talks=(talk,)) for n in range(2)], MORNING)
    form = FormStore(tx).of_calls("node1", ["n-1"])["n-1"]
    due = MORNING + timedelta(hours=1)
    promised = replace(form, state=FormState.DONE, promise="回电", promise_due_at=due, version=2)
    assert FormStore(tx).update(promised, 1)
    number = Number("+8613800000000")
    CallbackStore(tx).open(Callback("node1", "n-9", "main", number, CallbackReason.PROMISED, MORNING, due))
    CallbackStore(tx).take(CallbackStore(tx).list()[0].id or 0, "sunli", "", MORNING)
    CorrectiveActionStore(tx).add(CorrectiveAction("1002", "再学一遍结束语", MORNING + 3 * DAY, "boss", MORNING))
    for_other = Examination("node1", "n-0", "1001", MORNING, Why.CHOSEN, 1, "sunli", MORNING, MORNING + 2 * DAY)
    ExaminationStore(tx).add(for_other)


def _cares(tx: Transaction) -> None:
    draft = ServiceCase("", CaseKind.COMPLAINT, "滤芯漏水", "", "sunli", "sunli", MORNING)
    CaseStore(tx).add(draft, MORNING.date())
    customer = CustomerStore(tx).add(Customer(name="王五", created_at=MORNING, updated_at=MORNING))
    OwnerStore(tx).give(Owned(customer.id or 0, "sunli", 1, MORNING, "boss"))
    visit = Visit(Origin.PROJECT, MORNING, MORNING, MORNING + DAY, purpose="回访", visitor="sunli", assigned_at=MORNING)
    assert VisitStore(tx).add(visit) is not None
    day = MORNING.date()
    project = ProjectStore(tx).add(
        Project("净水", customer.id or 0, day, manager="sunli", entered_on=day, updated_at=MORNING)
    )
    RoundStore(tx).add(Round(project.id or 0, RoundKind.INSPECTION, 1, MORNING.date(), owner="sunli"))


def test_f12_nothing_of_any_kind_stays_with_whoever_leaves(site: Site) -> None:
    one_of_each(site)
    assert site.open_of("sunli") == dict.fromkeys(MATTERS, 1), "a kind without its words, or without this test"
    with pytest.raises(Refused) as refused:
        leaving.leave(site.exchange, ADMIN, "1002", "", None, MORNING)
    assert refused.value.values["count"] == len(MATTERS)
    assert leaving.leave(site.exchange, ADMIN, "1002", "other", None, MORNING).done
    assert site.open_of("sunli") == {} and site.open_of("other") == dict.fromkeys(MATTERS, 1)
    assert ("operator.hand_over", "operator:1002", f"{len(MATTERS)} to other") in site.audit()


def test_f12_whose_account_was_deactivated_hands_over_too(site: Site) -> None:
    """Deactivating is at once and by the account alone: what is open is then given to somebody on their page."""
    one_of_each(site)
    users.set_active(site.storage, "sunli", False, MORNING, "admin")
    assert sum(site.open_of("sunli").values()) == len(MATTERS)
    for wrong in ("", "sunli", "nobody", "admin"):
        with pytest.raises(Refused) as refused:
            handing_over.hand_over(site.exchange, ADMIN, "sunli", wrong, MORNING)
        assert (refused.value.code, refused.value.field) == ("hiring.cannot_take_over", "successor")
    assert handing_over.hand_over(site.exchange, ADMIN, "sunli", "other", MORNING) == len(MATTERS)
    assert site.open_of("sunli") == {}
    assert handing_over.hand_over(site.exchange, ADMIN, "sunli", "other", MORNING) == 0
    assert ("operator.hand_over", "user:sunli", f"{len(MATTERS)} to other") in site.audit()


def test_f12_who_has_no_extension_hands_over_to_whoever_does_the_same_work(site: Site) -> None:
    for name, role in (("qian", Role.EXAMINER), ("zhou", Role.EXAMINER), ("wei", Role.AUDITOR)):
        add_user(site.storage, name, name, (role,), MORNING, "admin", expires_at=MORNING + 90 * DAY)
    with site.storage.writing() as tx:
        store = ExaminationStore(tx)
        first = store.add(Examination("node1", "n-0", "1001", MORNING, Why.CHOSEN, 1, "qian", MORNING))
        twice = store.add(Examination("node1", "n-1", "1001", MORNING, Why.CHOSEN, 1, "qian", MORNING))
        store.add(Examination("node1", "n-1", "1001", MORNING, Why.CHOSEN, 1, "zhou", MORNING))
        open_form = a_call("n-5", talks=(Talk(Party(PartyKind.OPERATOR, "1003", "李雷"), MORNING, MORNING + DAY / 99),))
        ensure_forms(tx, site.exchange.in_force(), [open_form], MORNING)
    seen = handing_over.see_open(site.exchange, ADMIN, "qian", MORNING)
    assert {each.kind for each in seen.matters} == {"examination"} and seen.successors == (("zhou", "zhou"),)
    assert handing_over.hand_over(site.exchange, ADMIN, "qian", "zhou", MORNING) == 2
    with site.storage.reading() as tx:
        given, shared_out = ExaminationStore(tx).by_id(first.id or 0), ExaminationStore(tx).by_id(twice.id or 0)
        assert given is not None and shared_out is not None
        assert given.examiner == "zhou" and shared_out.examiner == "", "zhou examines that call already"


def test_f5_a_call_that_the_successor_had_is_shared_out_anew(site: Site) -> None:
    with site.storage.writing() as tx:
        theirs = Examination("node1", "n-0", "1003", MORNING + DAY, Why.CHOSEN, 1, "sunli", MORNING)
        theirs = ExaminationStore(tx).add(theirs)
    assert leaving.leave(site.exchange, ADMIN, "1002", "other", None, MORNING).done
    with site.storage.reading() as tx:
        found = ExaminationStore(tx).by_id(theirs.id or 0)
    assert found is not None and found.examiner == ""


def test_what_nobody_has_is_not_of_whoever_has_no_extension(site: Site) -> None:
    """Forms and orders are an extension's: one without is nobody's, not theirs who have none."""
    with site.storage.writing() as tx:
        CorrectiveActionStore(tx).add(CorrectiveAction("", "谁的？", MORNING + DAY, "boss", MORNING))
        ensure_forms(tx, site.exchange.in_force(), [a_call("n-7")], MORNING)
    with site.storage.reading() as tx:
        assert open_matters(tx, Holder("boss", "", "班长", MORNING)) == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR, Role.EXAMINER, Role.AUDITOR])
def test_only_administrators_give_away_what_is_somebody_s(site: Site, role: Role) -> None:
    somebody = Actor("x", (role,), "某")
    with pytest.raises(Forbidden):
        handing_over.see_open(site.exchange, somebody, "sunli", MORNING)
    with pytest.raises(Forbidden):
        handing_over.hand_over(site.exchange, somebody, "sunli", "other", MORNING)
    with pytest.raises(NotFound):
        handing_over.see_open(site.exchange, ADMIN, "nobody", MORNING)


def test_f12_what_lets_in_without_an_account_is_named_to_whoever_lets_its_maker_go(site: Site) -> None:
    """Others go by it too, so that nothing ends it unseen."""
    for name, maker in (("墙", "sunli"), ("旁", "other"), ("旧", "sunli")):
        display, _token = add_display(site.storage, name, maker, MORNING)
        if name == "旧":
            revoke_display(site.storage, display.id or 0, "other", MORNING)
    for name, maker in (("erp", "sunli"), ("crm", "other"), ("bi", "sunli")):
        create_token(site.storage, name, MORNING, maker)
    revoke_token(site.storage, "bi", MORNING, "admin")
    create_token(site.storage, "bi", MORNING, "other")
    expected = WaysLeft(("墙",), ("erp",))
    assert leaving.see_leaving(site.exchange, ADMIN, "1002", MORNING).ways == expected
    assert handing_over.see_open(site.exchange, ADMIN, "sunli", MORNING).ways == expected
    assert leaving.leave(site.exchange, ADMIN, "1002", "", None, MORNING).done
    assert handing_over.see_open(site.exchange, ADMIN, "sunli", MORNING).ways == expected
