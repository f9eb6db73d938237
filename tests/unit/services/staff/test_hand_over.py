"""Extension 1001 passes from Zhao to Li at noon: all that was before stays Zhao's, and what comes after is Li's.

Zhao goes on at extension 1003, and is who they were."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.calls.call import PartyKind, Ring, Talk
from hotline.domain.calls.fold.people import Directory
from hotline.domain.calls.ledger import CallFilter, StoredCall
from hotline.domain.errors import Forbidden, HotlineError, NotFound
from hotline.domain.examination.figures import FigureFilter
from hotline.domain.examination.records import ExaminationFilter
from hotline.domain.examination.sample import Why
from hotline.domain.line.routing import Arrival
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.rights.acts import Act
from hotline.services.access import handlers_of, may_hear
from hotline.services.accounts.accounts import add_user
from hotline.services.accounts.users import edit_user
from hotline.services.calls.ledger import find_calls
from hotline.services.examination import corrective_actions, examinations, own_results, samples
from hotline.services.examination.figure_calls import FigureQuestion, figure_calls
from hotline.services.examination.figures import quality_figures
from hotline.services.forms.search import AskedForms, find_forms, wanted_forms
from hotline.services.line.known_numbers import load_directory
from hotline.services.line.routing import load_book
from hotline.services.operators.own_calls import one_pop
from hotline.services.operators.presence import operator_views
from hotline.services.record_rights import require_for_form
from hotline.services.search.search import Question, search
from hotline.services.sight import sight_of
from hotline.services.staff import hand_over
from hotline.services.staff.names import holders
from hotline.services.staff.tenures import tenures_of_account
from hotline.services.staff.whose import operator_choices
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.engine import make_engine
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage
from tests.support.examination import keep_call, measure
from tests.support.instance import an_instance
from tests.support.sample_calls import MONDAY_TEN, ZHAO

NOON = MONDAY_TEN + timedelta(hours=2)
BEFORE, AFTER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
EVENING = MONDAY_TEN + timedelta(hours=9)
NEXT_MONDAY = MONDAY_TEN + timedelta(days=7)
SINCE, UNTIL = MONDAY_TEN - timedelta(hours=9), MONDAY_TEN + timedelta(days=2)
EXTENSIONS = ("1001", "1003")
POINTS = {"courtesy": 10.0, "plain_language": 5.0, "record": 10.0, "solving": 10.0, "way": 5.0}
SITE = """
[operators.1001]
name = "1001"
[operators.1003]
name = "1003"
"""


class Floor:
    """One call of extension 1001 before noon and one after it, each with its log form and its score."""

    def __init__(self, hotline: Hotline) -> None:
        self.hotline, self.storage, self.settings = hotline, hotline.storage, hotline.settings
        self._account("zhao", "赵敏", (Role.OPERATOR,), "1001")
        self._account("li", "李雷", (Role.OPERATOR,), None)
        self._account("sun", "孙静", (Role.EXAMINER,), None)
        self._account("boss", "周主管", (Role.SUPERVISOR,), None)
        edit_user(self.storage, "zhao", "赵敏", (Role.OPERATOR,), "1003", EXTENSIONS, NOON, "test")
        edit_user(self.storage, "li", "李雷", (Role.OPERATOR,), "1001", EXTENSIONS, NOON, "test")
        self.before, self.after = self._call("before", BEFORE), self._call("after", AFTER)

    def _account(self, username: str, name: str, roles: tuple[Role, ...], extension: str | None) -> None:
        add_user(self.storage, username, name, roles, MONDAY_TEN, "test", extension, EXTENSIONS)

    def _call(self, linkedid: str, start: datetime) -> StoredCall:
        end = start + timedelta(minutes=2)
        stored = keep_call(
            self.hotline,
            linkedid,
            start,
            answered_by=ZHAO,
            talks=(Talk(ZHAO, start, end),),
            rings=(Ring(ZHAO, start, start, 0.0, 1, "answered"),),
            transfers=(),
            consultations=(),
            ended_at=end,
        )
        measure(self.hotline, stored)
        return stored

    def who(self, username: str) -> Actor:
        """As they act now."""
        with self.storage.reading() as tx:
            user = UserStore(tx).by_username(username)
            assert user is not None and user.id is not None
            tenures = tenures_of_account(tx, user.id, user.extension)
        return Actor(username, user.roles, user.display_name, user.id, user.extension, tenures)

    def examined(self, stored: StoredCall) -> int:
        sun = self.who("sun")
        found = examinations.choose_call(self.storage, self.settings, stored.id, Why.CHOSEN, "", sun, EVENING)
        assert found.id is not None
        given = examinations.give_points(self.storage, found.id, found.version, POINTS, None, sun, EVENING)
        examinations.finish(self.storage, self.settings, found.id, given.version, sun, EVENING)
        return found.id


@pytest.fixture
def floor(tmp_path: Path, database: str) -> Floor:
    return Floor(dataclasses.replace(an_instance(tmp_path, EVENING, SITE), storage=Storage(make_engine(database))))


BOTH = [("zhao", "before", "after"), ("li", "after", "before")]


def _calls(floor: Floor, own: str, others: str) -> tuple[StoredCall, StoredCall]:
    return getattr(floor, own), getattr(floor, others)


def test_figures_are_whose_the_extension_was(floor: Floor) -> None:
    boss = floor.who("boss")
    found = quality_figures(floor.storage, floor.settings, SINCE, UNTIL, "", boss, EVENING)
    rows = {row.key: (row.name, row.automatic.calls) for row in found.operators}
    assert rows == {"1003": ("赵敏", [floor.before.id]), "1001": ("李雷", [floor.after.id])}
    of_zhao = quality_figures(floor.storage, floor.settings, SINCE, UNTIL, "1003", boss, EVENING)
    assert of_zhao.total.automatic.calls == [floor.before.id]
    behind = figure_calls(
        floor.storage, FigureFilter(SINCE, UNTIL, "1001"), FigureQuestion("automatic"), boss, EVENING, 10
    )
    assert [each.call_id for each in behind.calls] == [floor.after.id] and behind.total == 1


def test_who_has_no_extension_any_more_is_still_asked_for(floor: Floor) -> None:
    edit_user(floor.storage, "zhao", "赵敏", (Role.OPERATOR,), None, EXTENSIONS, EVENING, "test")
    with floor.storage.reading() as tx:
        choices = operator_choices(holders(tx, floor.settings), floor.settings.operators, EVENING)
    (former,) = (key for key, name in choices.items() if name == "赵敏")
    boss = floor.who("boss")
    found = quality_figures(floor.storage, floor.settings, SINCE, UNTIL, former, boss, EVENING)
    assert [(row.key, row.name, row.automatic.calls) for row in found.operators] == [
        (former, "赵敏", [floor.before.id])
    ]
    page = find_calls(floor.storage, CallFilter(answered_by=former), 10, 0, boss, EVENING)
    assert [each.id for each in page.calls] == [floor.before.id]


def test_the_ledger_finds_the_calls_of_who_is_asked_for(floor: Floor) -> None:
    boss = floor.who("boss")
    found = {
        key: [each.id for each in find_calls(floor.storage, CallFilter(answered_by=key), 10, 0, boss, EVENING).calls]
        for key in EXTENSIONS
    }
    assert found == {"1003": [floor.before.id], "1001": [floor.after.id]}


def test_the_ledger_names_who_it_was_whenever_the_call_is_folded(floor: Floor) -> None:
    directory = load_directory(floor.storage, floor.settings, EVENING)
    names = [directory.at(moment).name("1001") for moment in (BEFORE, NOON, AFTER)]
    assert names == ["赵敏", "李雷", "李雷"]
    assert directory.at(AFTER).name("1003") == "赵敏"
    # Of a time in which nobody is known to have had it, as the settings have it.
    assert directory.at(BEFORE).name("1003") == "1003"
    assert Directory(operators={"1001": "甲"}).at(NOON).name("1001") == "甲"


@pytest.mark.parametrize(("username", "own", "others"), BOTH)
def test_own_calls_are_those_of_ones_own_time(floor: Floor, username: str, own: str, others: str) -> None:
    mine, theirs = _calls(floor, own, others)
    who = floor.who(username)
    assert one_pop(floor.storage, floor.settings, mine.id, who, EVENING).call_id == mine.id
    with pytest.raises(NotFound):
        one_pop(floor.storage, floor.settings, theirs.id, who, EVENING)


@pytest.mark.parametrize(("username", "own", "others"), BOTH)
def test_results_and_hearing_are_those_of_ones_own_time(floor: Floor, username: str, own: str, others: str) -> None:
    mine, theirs = _calls(floor, own, others)
    result, other = floor.examined(mine), floor.examined(theirs)
    who = floor.who(username)
    seen = own_results.own_results(floor.storage, floor.settings, who, EVENING, 10)
    assert ([row.id for row in seen.rows], seen.total) == ([result], 1)
    assert seen.rows[0].operator_name == who.display_name
    with floor.storage.reading() as tx:
        assert may_hear(tx, mine.call, who) and not may_hear(tx, theirs.call, who)
        found, total = examinations.find_examinations(tx, ExaminationFilter(), who, 10)
        assert ([each.id for each in found], total) == ([result], 1)
        assert username in handlers_of(tx, mine.call) and username not in handlers_of(tx, theirs.call)
    with pytest.raises(NotFound):
        own_results.require_own(floor.storage, other, who)
    own_results.require_own(floor.storage, result, who)


@pytest.mark.parametrize(("username", "own", "others"), BOTH)
def test_log_forms_are_those_of_ones_own_time(floor: Floor, username: str, own: str, others: str) -> None:
    mine, theirs = _calls(floor, own, others)
    who, boss = floor.who(username), floor.who("boss")
    with floor.storage.reading() as tx:
        forms = {
            form.linkedid: form
            for form in find_forms(tx, wanted_forms(tx, AskedForms(owner="all"), boss, EVENING), 9)[0]
        }
        for asked, actor in ((AskedForms(), who), (AskedForms(owner=who.extension or ""), boss)):
            found, total = find_forms(tx, wanted_forms(tx, asked, actor, EVENING), 9)
            assert ([form.linkedid for form in found], total) == ([mine.call.linkedid], 1)
        require_for_form(tx, Act.WRITE, forms[mine.call.linkedid], who, EVENING)
        with pytest.raises(Forbidden):
            require_for_form(tx, Act.WRITE, forms[theirs.call.linkedid], who, EVENING)
        assert FormStore(tx).unfinished() == {"1003": 1, "1001": 1}
        assert sight_of(tx, who).on_calls == {str(mine.call.caller.number)}


@pytest.mark.parametrize(("username", "own", "others"), BOTH)
def test_a_search_finds_what_was_written_in_ones_own_time(floor: Floor, username: str, own: str, others: str) -> None:
    with floor.storage.writing() as tx:
        for stored in (floor.before, floor.after):
            form = FormStore(tx).of_calls(stored.call.node, [stored.call.linkedid])[stored.call.linkedid]
            FormStore(tx).update(dataclasses.replace(form, content="退款", version=form.version + 1), form.version)
    mine, _theirs = _calls(floor, own, others)
    who, boss = floor.who(username), floor.who("boss")
    for asked, actor in ((Question("退款"), who), (Question("退款", operator=who.extension or ""), boss)):
        page = search(floor.storage, asked, actor, 10, EVENING)
        assert [each.stored.id for each in page.found if each.stored] == [mine.id]
    assert len(search(floor.storage, Question("退款"), boss, 10, EVENING).found) == 2
    assert search(floor.storage, Question("退款"), floor.who("sun"), 10, EVENING).found
    nobody = Actor("wu", (Role.OPERATOR,), "吴", 99)
    assert search(floor.storage, Question("退款"), nobody, 10, EVENING).found == ()


def test_corrective_actions_stay_with_whom_they_were_issued_to(floor: Floor) -> None:
    sun = floor.who("sun")
    examined = floor.examined(floor.before)
    with pytest.raises(Exception, match="order_other_operator"):
        _order(floor, "1001", examined, sun)
    order = _order(floor, "1003", examined, sun)
    edit_user(floor.storage, "zhao", "赵敏", (Role.OPERATOR,), None, EXTENSIONS, EVENING + timedelta(minutes=1), "test")
    edit_user(floor.storage, "li", "李雷", (Role.OPERATOR,), "1003", EXTENSIONS, EVENING + timedelta(minutes=2), "test")
    later = EVENING + timedelta(hours=1)
    found = {
        name: [
            each.id
            for each in corrective_actions.find_corrective_actions(
                floor.storage, floor.settings, "", True, floor.who(name), later, 9
            ).actions
        ]
        for name in ("zhao", "li")
    }
    assert found == {"zhao": [order], "li": []}
    with pytest.raises(Forbidden):
        corrective_actions.report_done(floor.storage, order, "好", floor.who("li"), later)
    corrective_actions.report_done(floor.storage, order, "好", floor.who("zhao"), later)


def _order(floor: Floor, extension: str, examination_id: int, by: Actor) -> int:
    due = EVENING + timedelta(days=3)
    made = corrective_actions.issue(
        floor.storage, floor.settings, extension, "慢一点", due, examination_id, by, EVENING
    )
    assert made.id is not None
    return made.id


def test_each_is_drawn_from_for_themselves(floor: Floor) -> None:
    with floor.storage.reading() as tx:
        candidates = samples.candidates_of(tx, SINCE, NEXT_MONDAY)
    assert {each.linkedid: each.operator for each in candidates} == {"before": "1001", "after": "1001:1"}


def test_f5_nobody_examines_what_was_theirs(floor: Floor) -> None:
    roles = (Role.SUPERVISOR,)
    edit_user(floor.storage, "zhao", "赵敏", roles, None, EXTENSIONS, EVENING, "test")
    zhao = floor.who("zhao")
    with pytest.raises(Forbidden):
        examinations.choose_call(floor.storage, floor.settings, floor.before.id, Why.CHOSEN, "", zhao, EVENING)
    examinations.choose_call(floor.storage, floor.settings, floor.after.id, Why.CHOSEN, "", zhao, EVENING)


def test_b7_a_returning_caller_is_offered_to_who_had_them_wherever_they_are(floor: Floor) -> None:
    number = Number("+8613800138000")
    arrival = Arrival("main", number)
    with floor.storage.reading() as tx:
        assert load_book(tx, floor.settings, NOON, "main", arrival).preferred == "1001"
    edit_user(floor.storage, "li", "李雷", (Role.OPERATOR,), None, EXTENSIONS, EVENING, "test")
    with floor.storage.reading() as tx:
        assert load_book(tx, floor.settings, EVENING, "main", arrival).preferred == ""


def test_states_name_who_is_there_now(floor: Floor) -> None:
    with floor.storage.reading() as tx:
        names = {view.extension: (view.name, view.unfinished_forms) for view in operator_views(tx, floor.settings)}
    assert names == {"1001": ("李雷", 1), "1003": ("赵敏", 1)}
    assert ZHAO.kind is PartyKind.OPERATOR


# ---- a hand-over that is entered late
def _tenure(floor: Floor, username: str, extension: str) -> tuple[int, int]:
    """The person, and since when they have it."""
    found = next(each for each in floor.who(username).had if each.extension == extension)
    assert found.id is not None
    return found.person_id, found.id


def _name(floor: Floor, stored: StoredCall) -> tuple[str, str, str]:
    with floor.storage.reading() as tx:
        call = CallStore(tx).by_id(stored.id)
        form = FormStore(tx).of_calls(stored.call.node, [stored.call.linkedid])[stored.call.linkedid]
    assert call is not None and call.call.answered_by is not None
    return call.call.answered_by.name, call.call.talks[0].party.name, form.owner_name


def test_a_hand_over_entered_late_is_put_right_with_all_that_follows(floor: Floor) -> None:
    admin = Actor("admin", (Role.ADMINISTRATOR,), "管理员", 99)
    person, tenure = _tenure(floor, "li", "1001")
    earlier = BEFORE - timedelta(minutes=5)
    hand_over.correct(floor.storage, person, tenure, earlier, admin, EVENING)
    found = quality_figures(floor.storage, floor.settings, SINCE, UNTIL, "", floor.who("boss"), EVENING)
    assert [(row.name, row.automatic.count) for row in found.operators] == [("李雷", 2)]
    assert _name(floor, floor.before) == ("李雷",) * 3
    hand_over.correct(floor.storage, person, tenure, NOON, admin, EVENING)
    assert _name(floor, floor.before) == ("赵敏",) * 3
    shown = one_pop(floor.storage, floor.settings, floor.before.id, floor.who("zhao"), EVENING)
    assert shown.call_id == floor.before.id
    with floor.storage.reading() as tx:
        assert [str(e["action"]) for e in AuditLog(tx).latest(9)].count("extension.correct") == 2


def test_what_would_say_that_two_had_it_is_refused(floor: Floor) -> None:
    admin = Actor("admin", (Role.ADMINISTRATOR,), "管理员", 99)
    li, of_li = _tenure(floor, "li", "1001")
    zhao, first = _tenure(floor, "zhao", "1001")
    _zhao, second = _tenure(floor, "zhao", "1003")
    codes = []
    for person, tenure, since, actor in (
        (li, of_li, EVENING + timedelta(seconds=1), admin),
        (zhao, first, BEFORE, admin),
        (zhao, second, BEFORE, admin),
        (zhao, of_li, BEFORE, admin),
        (li, of_li, BEFORE, floor.who("boss")),
    ):
        with pytest.raises(HotlineError) as refused:
            hand_over.correct(floor.storage, person, tenure, since, actor, EVENING)
        codes.append(refused.value.code)
    assert codes == [
        "staff.not_yet",
        "staff.first_holder",
        "staff.has_extension",
        "staff.no_tenure",
        "accounts.needs_role",
    ]
