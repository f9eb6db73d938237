"""Somebody is hired, changed, and leaves: all of it or nothing, and Asterisk with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.accounts.user import User
from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.calls.call import Party, PartyKind, Talk
from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.errors import Conflict, Forbidden, HotlineError, NotFound, Outdated, Refused
from hotline.domain.examination.records import CorrectiveAction
from hotline.domain.forms.form import FormState
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Department
from hotline.services.accounts import sessions, users
from hotline.services.exchange import Exchange
from hotline.services.forms.forms import ensure_forms
from hotline.services.hiring import changes, hiring, leaving
from hotline.services.hiring.hiring import Hired, NewOperator
from hotline.services.pbx import PbxPart
from hotline.services.settings.settings import change_settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.forms.store import FormStore
from hotline.storage.hiring.store import LeavingStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.instance import an_instance, clock_of
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING, a_call

PROMISED = CallbackReason.PROMISED
ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
SITE = """
[operators.1001]
name = "赵敏"
[queues.service]
name = "客户服务"
[queues.sales]
name = "销售"
"""
NEW = NewOperator("孙丽", "sunli", (Role.OPERATOR,), "1002", "webrtc", ("service",), "sunli@example.com", "13812345678")


class Site:
    def __init__(self, hotline: Hotline) -> None:
        self.hotline, self.pbx = hotline, RememberingPbx()
        self.exchange = Exchange(hotline.in_force, hotline.secrets, self.pbx, hotline.pbx_files)
        self.exchange.apply()
        self.pbx.acts.clear()

    def hire(self, new: NewOperator = NEW, actor: Actor = ADMIN) -> Hired:
        return hiring.hire(self.exchange, actor, new, self.hotline.clock())

    def user(self, username: str) -> User | None:
        with self.hotline.storage.reading() as tx:
            return UserStore(tx).by_username(username)

    def etc(self, name: str) -> str:
        return (self.hotline.home.asterisk / "etc" / name).read_text("utf-8")

    def audit(self) -> list[str]:
        with self.hotline.storage.reading() as tx:
            return [f"{e['action']} {e['object']}" for e in reversed(AuditLog(tx).latest(100))]

    def everything(self) -> tuple[object, ...]:
        """All that hiring changes."""
        with self.hotline.storage.reading() as tx:
            people, tenures = StaffStore(tx).all(active_only=False), StaffStore(tx).tenures()
            users = UserStore(tx).all()
        return (
            *(users, people, tenures, self.audit(), self.hotline.settings.operators, list(self.pbx.acts)),
            *(self.etc("pjsip.conf"), self.hotline.secrets.phone_password("1002")),
        )


@pytest.fixture
def site(tmp_path: Path, storage: Storage) -> Site:
    return Site(an_instance(tmp_path, MORNING, SITE, storage))


def test_all_of_it_is_there_at_once(site: Site) -> None:
    hired = site.hire()
    user, operator = site.user("sunli"), site.hotline.settings.operators["1002"]
    assert user is not None and (user.extension, user.roles, user.must_change_password) == ("1002", NEW.roles, True)
    assert (operator.name, operator.phone, operator.queues) == ("孙丽", "webrtc", ("service",))
    with site.hotline.storage.reading() as tx:
        person = StaffStore(tx).holder("1002", MORNING)
    assert person is not None and person.user_id == user.id
    assert (person.name, person.email, str(person.mobile)) == ("孙丽", "sunli@example.com", "+8613812345678")
    assert hired.applied.waits is None and site.pbx.acts == [("reload", PbxPart.DIALPLAN, PbxPart.PHONES)]
    assert f"username = 1002\npassword = {hired.phone_password}\n" in site.etc("pjsip.conf")
    assert site.hotline.secrets.phone_password("1002") == hired.phone_password != hired.password
    assert site.audit()[-3:] == [
        "user.add user:sunli",
        "settings.change setting:operators.1002",
        "operator.hire operator:1002",
    ]


def test_passwords_stand_in_no_log(site: Site) -> None:
    hired = site.hire()
    with site.hotline.storage.reading() as tx:
        told = str(AuditLog(tx).latest(100))
    assert hired.phone_password not in told and hired.password not in told


def test_the_next_one_is_suggested_and_departments_are_chosen_from(site: Site) -> None:
    with site.hotline.storage.writing() as tx:
        service = StaffStore(tx).add_unit(Department("售后"))
    assert service.id is not None
    form = hiring.hire_form(site.exchange, ADMIN)
    assert (form.extension, form.departments) == ("1002", ((service.id, "售后"),))
    site.hire(replace(NEW, department_id=service.id))
    with site.hotline.storage.reading() as tx:
        assert [each.name for each in StaffStore(tx).members_of(service.id, MORNING)] == ["孙丽"]
    assert hiring.hire_form(site.exchange, ADMIN).extension == "1003"


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (replace(NEW, extension="1001"), "extension"),
        (replace(NEW, extension="110"), "extension"),
        (replace(NEW, extension="abc"), "extension"),
        (replace(NEW, name=" "), "name"),
        (replace(NEW, name="孙" * 41), "name"),
        (replace(NEW, username="Sun Li"), "username"),
        (replace(NEW, roles=()), "roles"),
        (replace(NEW, roles=(Role.EXAMINER,)), "roles"),
        (replace(NEW, queues=()), "queues"),
        (replace(NEW, queues=("nowhere",)), "queues"),
        (replace(NEW, email="nobody"), "email"),
        (replace(NEW, mobile="12"), "mobile"),
        (replace(NEW, department_id=7), "department"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_changes_nothing(
    site: Site, new: NewOperator, field: str
) -> None:
    before = site.everything()
    with pytest.raises(Refused) as refused:
        site.hire(new)
    assert refused.value.field == field
    assert site.everything() == before


def test_a_user_name_that_is_taken_changes_nothing(site: Site) -> None:
    site.hire()
    before, password = site.everything(), site.hotline.secrets.phone_password("1003")
    with pytest.raises(Conflict):
        site.hire(replace(NEW, extension="1003"))
    assert site.everything() == before and site.hotline.secrets.phone_password("1003") == password


def test_of_two_who_give_the_same_extension_the_second_is_refused(site: Site) -> None:
    """And the password that the first was shown holds."""
    first = site.hire()
    with pytest.raises(Refused) as refused:
        site.hire(replace(NEW, username="other"))
    assert refused.value.code == "hiring.extension_taken"
    assert site.hotline.secrets.phone_password("1002") == first.phone_password


def test_only_administrators_hire(site: Site) -> None:
    for role in (Role.OPERATOR, Role.EXAMINER, Role.SUPERVISOR):
        with pytest.raises(Forbidden):
            site.hire(actor=Actor("x", (role,), "x"))
        with pytest.raises(Forbidden):
            changes.renew_phone_password(site.exchange, Actor("x", (role,), "x"), "1001", MORNING)
        with pytest.raises(Forbidden):
            leaving.leave(site.exchange, Actor("x", (role,), "x"), "1001", "", None, MORNING)


def test_an_asterisk_that_is_down_hires_all_the_same_and_is_told_later(site: Site) -> None:
    site.pbx.away = "asterisk.unreachable"
    hired = site.hire()
    assert hired.applied.waits is not None and "[1002](phone)" in site.etc("pjsip.conf")
    site.pbx.away = ""
    assert site.exchange.apply().waits is None
    assert site.pbx.acts == [("reload", PbxPart.DIALPLAN, PbxPart.PHONES)]


def test_a_change_is_in_force_at_once_and_a_second_one_is_told_of_the_first(site: Site) -> None:
    site.hire()
    seen = changes.see_operator(site.exchange, ADMIN, "1002", MORNING)
    changes.change_operator(
        site.exchange, ADMIN, "1002", "孙莉", "sip", ("service", "sales"), {"sales": 2}, seen.mark, MORNING
    )
    changed = site.hotline.settings.operators["1002"]
    assert (changed.name, changed.phone, changed.queues) == ("孙莉", "sip", ()), "all queues are written as none"
    assert "callerid = 孙莉 <1002>" in site.etc("pjsip.conf")
    with pytest.raises(Outdated):
        changes.change_operator(site.exchange, ADMIN, "1002", "孙丽", "webrtc", ("sales",), {}, seen.mark, MORNING)
    assert site.hotline.settings.operators["1002"] == changed


def test_a_new_password_of_a_phone_lets_the_old_phone_in_no_more(site: Site) -> None:
    first = site.hire().phone_password
    site.pbx.acts.clear()
    given = changes.renew_phone_password(site.exchange, ADMIN, "1002", MORNING)
    assert given.account.password == site.hotline.secrets.phone_password("1002") != first
    assert first not in site.etc("pjsip.conf") and given.account.password in site.etc("pjsip.conf")
    assert site.pbx.acts == [("reload", PbxPart.PHONES), ("forget_registration", "1002")]


def test_whether_the_phone_is_there(site: Site) -> None:
    site.hire()
    for state, there in (("Unavailable", False), ("Not in use", True), ("In use", True)):
        site.pbx.handsets["1002"] = state
        phone = changes.test_phone(site.exchange, ADMIN, "1002")
        assert (phone.known, phone.answers, phone.trouble) == (True, there, None)
    site.pbx.handsets.clear()
    assert not changes.test_phone(site.exchange, ADMIN, "1002").known
    site.pbx.away = "asterisk.unreachable"
    assert changes.test_phone(site.exchange, ADMIN, "1002").trouble is not None


def test_who_leaves_loses_everything_at_once(site: Site) -> None:
    hired = site.hire()
    user = site.user("sunli")
    assert user is not None
    sessions.begin(site.hotline.storage, user, "127.0.0.1", "browser", MORNING)
    assert len(sessions.open_of(site.hotline.storage, user)) == 1
    site.pbx.members[("service", "1002")] = (False, "")
    site.pbx.acts.clear()
    left = leaving.leave(site.exchange, ADMIN, "1002", "", None, MORNING)
    assert left.done and site.pbx.members == {}
    gone = site.user("sunli")
    assert gone is not None and (gone.active, gone.extension) == (False, None)
    assert "1002" not in site.hotline.settings.operators and "[1002]" not in site.etc("pjsip.conf")
    assert site.hotline.secrets.phone_password("1002") != hired.phone_password
    assert ("forget_registration", "1002") in site.pbx.acts
    with site.hotline.storage.reading() as tx:
        assert StaffStore(tx).holder("1002", MORNING + timedelta(seconds=1)) is None
    assert sessions.open_of(site.hotline.storage, gone) == []
    assert hiring.hire_form(site.exchange, ADMIN).extension == "1002", "somebody else may have it"
    other = site.hire(replace(NEW, username="other", name="李雷"))
    assert other.phone_password != hired.phone_password


def test_what_is_open_is_handed_over_first(site: Site) -> None:
    """业务电话 12."""
    site.hire()
    site.hire(replace(NEW, username="other", name="李雷", extension="1003"))
    order = CorrectiveAction("1002", "再学一遍结束语", MORNING + timedelta(days=3), "boss", MORNING)
    with site.hotline.storage.writing() as tx:
        order = CorrectiveActionStore(tx).add(order)
    seen = leaving.see_leaving(site.exchange, ADMIN, "1002", MORNING)
    assert [(each.kind, each.title) for each in seen.matters] == [("corrective_action", "再学一遍结束语")]
    assert seen.successors == (("other", "李雷"),)
    later = _ends(site, "other", MORNING + timedelta(hours=1))
    assert leaving.see_leaving(site.exchange, ADMIN, "1002", later).successors == ()
    with pytest.raises(Refused, match=r"^hiring.no_successor$"):
        leaving.leave(site.exchange, ADMIN, "1002", "other", None, later)
    for nobody, code in (("", "needs_successor"), ("sunli", "no_successor"), ("nobody", "no_successor")):
        with pytest.raises(Refused) as refused:
            leaving.leave(site.exchange, ADMIN, "1002", nobody, None, MORNING)
        assert refused.value.code == f"hiring.{code}"
    assert site.user("sunli").active  # type: ignore[union-attr]
    assert leaving.leave(site.exchange, ADMIN, "1002", "other", None, MORNING).done
    with site.hotline.storage.reading() as tx:
        found = CorrectiveActionStore(tx).by_id(order.id or 0)
    assert found is not None and found.extension == "1003"
    assert "operator.hand_over operator:1002" in site.audit()


def _ends(site: Site, username: str, at: datetime) -> datetime:
    with site.hotline.storage.writing() as tx:
        user = UserStore(tx).by_username(username)
        assert user is not None
        UserStore(tx).update(replace(user, expires_at=at))
    return at


def test_every_kind_of_what_is_open_passes_to_the_successor(site: Site) -> None:
    """Records, promises, callbacks that were taken, cases: what is done or somebody else's stays where it is."""
    site.hire()
    site.hire(replace(NEW, username="other", name="李雷", extension="1003"))
    talk = Talk(Party(PartyKind.OPERATOR, "1002", "孙丽"), MORNING, MORNING + timedelta(seconds=60))
    due = MORNING + timedelta(hours=1)
    with site.hotline.storage.writing() as tx:
        ensure_forms(tx, site.hotline.settings, [a_call(f"n-{n}", talks=(talk,)) for n in range(3)], MORNING)
        forms = list(FormStore(tx).of_calls("node1", ["n-0", "n-1", "n-2"]).values())
        promised = replace(forms[1], state=FormState.DONE, promise="回电", promise_due_at=due, version=2)
        assert FormStore(tx).update(promised, 1)
        assert FormStore(tx).update(replace(forms[2], state=FormState.DONE, version=2), 1)
        CallbackStore(tx).open(
            Callback("node1", "n-9", "main", Number("+8613800000000"), PROMISED, MORNING, due, opened_by="x")
        )
        owed = CallbackStore(tx).list()[0].id or 0
        CallbackStore(tx).take(owed, "sunli", "", MORNING)
        draft = ServiceCase("", CaseKind.COMPLAINT, "滤芯漏水", "", "sunli", "sunli", MORNING)
        case = CaseStore(tx).add(draft, MORNING.date())
    seen = leaving.see_leaving(site.exchange, ADMIN, "1002", MORNING)
    assert sorted(each.kind for each in seen.matters) == ["callback", "case", "promise", "record"]
    assert leaving.leave(site.exchange, ADMIN, "1002", "other", None, MORNING).done
    with site.hotline.storage.reading() as tx:
        owners = {form.linkedid: form.owner for form in FormStore(tx).of_calls("node1", ["n-0", "n-1", "n-2"]).values()}
        assert owners == {"n-0": "1003", "n-1": "1003", "n-2": "1002"}
        assert FormStore(tx).changes(forms[0].id or 0)[-1].changed == {"owner": "1003", "owner_name": "李雷"}
        assert (found := CallbackStore(tx).by_id(owed)) is not None and found.taken_by == "other"
        assert (kept := CaseStore(tx).by_id(case.id or 0)) is not None and kept.owner == "other"


def test_a_call_in_progress_is_talked_to_its_end(site: Site) -> None:
    site.hire()
    site.pbx.members[("service", "1002")] = (False, "")
    site.pbx.live = [{"Channel": "PJSIP/1002-00000007"}]
    left = leaving.leave(site.exchange, ADMIN, "1002", "", None, MORNING)
    assert not left.done and site.pbx.members == {}, "no other call comes"
    assert site.user("sunli").active and "1002" in site.hotline.settings.operators  # type: ignore[union-attr]
    assert leaving.finish_due(site.exchange, MORNING + timedelta(seconds=5)) == []
    site.pbx.live = [{"Channel": "PJSIP/10021-00000008"}]
    assert leaving.finish_due(site.exchange, MORNING + timedelta(seconds=10)) == ["1002 sunli"]
    assert not site.user("sunli").active  # type: ignore[union-attr]
    assert leaving.finish_due(site.exchange, MORNING + timedelta(seconds=15)) == []


def test_who_leaves_later_works_until_then_and_may_stay(site: Site) -> None:
    site.hire()
    day = MORNING + timedelta(days=3)
    assert not leaving.leave(site.exchange, ADMIN, "1002", "", day, MORNING).done
    with pytest.raises(Conflict):
        leaving.leave(site.exchange, ADMIN, "1002", "", None, MORNING)
    assert leaving.finish_due(site.exchange, day - timedelta(seconds=1)) == []
    leaving.stay(site.exchange, ADMIN, "1002", MORNING)
    clock_of(site.hotline).now = day
    assert leaving.finish_due(site.exchange, day) == [] and site.user("sunli").active  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        leaving.stay(site.exchange, ADMIN, "1002", day)
    later = day + timedelta(hours=1)
    leaving.leave(site.exchange, ADMIN, "1002", "", later, day)
    clock_of(site.hotline).now = later
    assert leaving.finish_due(site.exchange, later) == ["1002 sunli"]
    with site.hotline.storage.reading() as tx:
        assert LeavingStore(tx).open_of("1002") is None


def test_who_stands_in_the_file_cannot_leave_in_the_browser(site: Site) -> None:
    with pytest.raises(Refused) as refused:
        leaving.see_leaving(site.exchange, ADMIN, "1001", MORNING)
    assert refused.value.values["file"] == str(site.hotline.home.settings_file)
    with pytest.raises(Refused):
        leaving.leave(site.exchange, ADMIN, "1001", "", None, MORNING)
    assert changes.see_operator(site.exchange, ADMIN, "1001", MORNING).file == str(site.hotline.home.settings_file)


def test_an_extension_that_no_account_has_ends_too_and_nobody_elses_matters_move(site: Site) -> None:
    site.hire()
    site.hire(replace(NEW, username="other", name="李雷", extension="1003"))
    users.edit_user(site.hotline.storage, "sunli", "孙丽", NEW.roles, None, (), MORNING, "admin")
    with site.hotline.storage.writing() as tx:
        number = Number("+8613800000000")
        CallbackStore(tx).open(Callback("node1", "n-9", "main", number, PROMISED, MORNING, MORNING, opened_by="x"))
    assert leaving.see_leaving(site.exchange, ADMIN, "1002", MORNING).matters == []
    assert leaving.leave(site.exchange, ADMIN, "1002", "other", None, MORNING).done
    assert "1002" not in site.hotline.settings.operators
    assert site.user("sunli").active  # type: ignore[union-attr]
    with site.hotline.storage.reading() as tx:
        assert [each.taken_by for each in CallbackStore(tx).list()] == [""]


def test_whoever_the_settings_keep_in_a_queue_is_taken_out_there_first(site: Site) -> None:
    """And one whose leaving fails keeps nobody else from it."""
    site.hire()
    site.hire(replace(NEW, username="other", name="李雷", extension="1003"))
    day = MORNING + timedelta(days=1)
    for extension in ("1002", "1003"):
        leaving.leave(site.exchange, ADMIN, extension, "", day, MORNING)
    change_settings(site.hotline.in_force, ADMIN, {"queues.service.members": ["1002"]}, MORNING)
    clock_of(site.hotline).now = day
    assert leaving.finish_due(site.exchange, day) == ["1003 other"]
    assert site.user("sunli").active and "1002" in site.hotline.settings.operators  # type: ignore[union-attr]
    leaving.stay(site.exchange, ADMIN, "1002", day)
    with pytest.raises(Refused) as refused:
        leaving.leave(site.exchange, ADMIN, "1002", "", None, day)
    assert refused.value.code == "hiring.kept_in_queue"


def test_the_last_administrator_cannot_leave(site: Site) -> None:
    site.hire(replace(NEW, roles=(Role.OPERATOR, Role.ADMINISTRATOR)))
    before = site.everything()
    with pytest.raises(HotlineError) as refused:
        leaving.leave(site.exchange, ADMIN, "1002", "", None, MORNING)
    assert refused.value.code == "accounts.last_administrator" and site.everything() == before
