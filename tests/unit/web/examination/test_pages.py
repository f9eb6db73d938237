"""The pages of examination: lists, sampling, score forms, appeals, calibration, orders and the operator's own results
(E5, E6, F5): who may what, what is said, and what stands in the audit log."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from hotline.domain.examination.records import Examination, ExaminationFilter, ExaminationState
from hotline.domain.people import Actor, Role
from hotline.services.examination import corrective_actions
from hotline.services.examination import examinations as service
from hotline.storage.accounts.users import UserStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.quality.score_forms import ScoreFormStore
from tests.support.examination import keep_call, measure
from tests.support.web import NOW, Web, a_web, post

#: In the week before, so that it can be drawn.
CALLED = NOW - timedelta(days=7)
BY_HAND = {"courtesy": 5.0, "plain_language": 5.0, "record": 10.0, "solving": None, "way": 5.0}
HOSTILE = "<script>document.title='taken'</script>\u202e🎉" + "长" * 300


@dataclass
class Quality:
    """A site with people who examine, operators, and calls."""

    web: Web
    sun: FlaskClient
    zhou: FlaskClient
    boss: FlaskClient
    qian: FlaskClient
    zhao: FlaskClient
    calls: int = 0

    def person(self, name: str) -> Actor:
        with self.web.hotline.storage.reading() as tx:
            user = UserStore(tx).by_username(name)
        assert user is not None
        return Actor(name, user.roles, user.display_name, user.id, user.extension)

    def call(self) -> int:
        self.calls += 1
        stored = keep_call(self.web.hotline, f"q{self.calls}", CALLED + timedelta(minutes=self.calls))
        measure(self.web.hotline, stored)
        assert stored.id is not None
        return stored.id

    def chosen(self, examiner: str = "sun") -> Examination:
        post(
            self.sun,
            "/examinations/choose",
            "/password",
            call=str(self.call()),
            why="chosen",
            examiner="" if examiner == "sun" else examiner,
        )
        with self.web.hotline.storage.reading() as tx:
            return ExaminationStore(tx).search(
                ExaminationFilter(examiner=examiner, states=(ExaminationState.ASSIGNED,)), 1
            )[0]

    def finish(self, found: Examination) -> Examination:
        hotline, who = self.web.hotline, self.person(found.examiner)
        assert found.id is not None
        given = service.give_points(hotline.storage, found.id, found.version, BY_HAND, HOSTILE, who, hotline.clock())
        service.comment(hotline.storage, found.id, 12.5, "这里 <b>好</b>", who, hotline.clock())
        return service.finish(hotline.storage, hotline.settings, found.id, given.version, who, hotline.clock())

    def read(self, examination_id: int | None) -> Examination:
        with self.web.hotline.storage.reading() as tx:
            return service.read_examination(tx, examination_id or 0)

    def done(self) -> set[str]:
        return {action for _who, action, _object in self.web.audit()}


@pytest.fixture(scope="module")
def quality(tmp_path_factory: pytest.TempPathFactory) -> Quality:
    web = a_web(Path(tmp_path_factory.mktemp("quality")))
    people = {
        "sun": Role.EXAMINER,
        "zhou": Role.EXAMINER,
        "boss": Role.SUPERVISOR,
        "qian": Role.OPERATOR,
        "zhao": Role.OPERATOR,
    }
    clients: dict[str, Any] = {name: web.signed_in(role, username=name) for name, role in people.items()}
    with web.hotline.storage.writing() as tx:
        for name, extension in (("qian", "1002"), ("zhao", "1001")):
            user = UserStore(tx).by_username(name)
            assert user is not None
            UserStore(tx).update(replace(user, extension=extension))
    for client in clients.values():
        client.set_cookie("language", "en")
    return Quality(web, **clients)


# ---- the list
def test_a_call_is_chosen_by_its_address_and_examined_by_who_is_named(quality: Quality) -> None:
    call = quality.call()
    told = post(
        quality.sun,
        "/examinations/choose",
        "/password",
        call=f"http://x/calls/{call}#t=3",
        why="recheck",
        examiner="zhou",
    )
    assert told.status_code == 302
    page = quality.sun.get("/examinations?list=all").text
    assert "zhou" in page and "Examined once more" in page and "to be examined by zhou" in page
    again = post(quality.sun, "/examinations/choose", "/password", call=str(call), examiner="zhou")
    assert "on their list already" in quality.sun.get(again.location).text


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("", "Enter the number"),
        ("-1", "Enter the number"),
        ("x" * 5000, "Ent"),
        ("999999999", "There is no call 999999999"),
        ("1;drop", "Enter the number"),
    ],
)
def test_what_is_no_call_is_told(quality: Quality, call: str, words: str) -> None:
    answer = post(quality.sun, "/examinations/choose", "/password", call=call)
    assert words in quality.sun.get(answer.location).text


def test_f5_an_examiner_takes_what_nobody_has_and_a_supervisor_gives_any(quality: Quality) -> None:
    found = quality.chosen()
    with quality.web.hotline.storage.writing() as tx:
        assert ExaminationStore(tx).update(replace(found, examiner="", version=2), 1)
    assert f"/examinations/{found.id}/assign" in quality.zhou.get("/examinations?list=unassigned").text
    path = f"/examinations/{found.id}/assign?list=unassigned"
    post(quality.zhou, path, "/password", version="2")
    assert quality.read(found.id).examiner == "zhou"
    told = post(quality.sun, path, "/password", version="3")
    assert "Examiners take what nobody has" in quality.sun.get(told.location).text
    post(quality.boss, path, "/password", version="3", examiner="sun")
    assert quality.read(found.id).examiner == "sun"
    late = post(quality.boss, path, "/password", version="3", examiner="zhou")
    assert "Somebody else was faster" in quality.boss.get(late.location).text
    own = post(quality.boss, path, "/password", version="4", examiner="qian")
    assert "There is no examiner" in quality.boss.get(own.location).text


def test_the_list_is_filtered_and_wrong_filters_are_none(quality: Quality) -> None:
    found = quality.chosen()
    row = f'data-href="/examinations/{found.id}"'
    for query in (
        "list=mine",
        "list=all&state=assigned",
        "operator=1002&list=all",
        "why=chosen&list=all",
        "list=all&draw=x&operator=../..&why=%3Cscript%3E&page=9999999",
        "list=nothing",
    ):
        assert row in quality.sun.get(f"/examinations?{query}").text, query
    for query in ("list=overdue", "list=all&state=done&why=complaint", "list=all&operator=1001", "list=all&draw=99"):
        assert row not in quality.sun.get(f"/examinations?{query}").text, query
    late = replace(found, due_at=NOW - timedelta(minutes=1), version=found.version + 1)
    with quality.web.hotline.storage.writing() as tx:
        assert ExaminationStore(tx).update(late, found.version)
    assert row in quality.sun.get("/examinations?list=overdue").text


# ---- sampling
def test_e6_a_week_is_drawn_once_and_done_again_from_its_seed(quality: Quality) -> None:
    quality.call()
    assert "2026-W46" in quality.sun.get("/samples").text
    bad = post(quality.sun, "/samples", week="2026-W46", seed="<b>")
    assert "A seed has" in quality.sun.get(bad.location).text
    early = post(quality.sun, "/samples", week="2026-W47")
    assert "not over yet" in quality.sun.get(early.location).text
    drawn = post(quality.sun, "/samples", week="2026-W46", seed="tested-1")
    page = quality.sun.get(drawn.location).text
    assert "tested-1" in page and "the same calls" in page and "Low automatic score" in page
    again = post(quality.sun, "/samples", "/password", week="2026-W46")
    assert "drawn already" in quality.sun.get(again.location).text
    for _more in range(40):  # of that week, known only now: of each operator other ones may be drawn
        quality.call()
    assert "not as many calls as then" in quality.sun.get(drawn.location).text
    assert {"draw.make", "draw.view"} <= quality.done()
    assert quality.sun.get("/samples/999").status_code == 404


# ---- score forms
def fields(**changes: str) -> dict[str, str]:
    usual = {
        "name": "新表",
        "pass_line": "75",
        "item-1-name": "态度",
        "item-1-weight": "60",
        "item-1-kind": "manual",
        "item-2-name": "开头语",
        "item-2-weight": "40",
        "item-2-kind": "automatic",
        "item-2-rule": "c1",
        "item-2-kinds": "opening",
        "item-2-deduction": "40",
        "item-3-name": "",
        "item-3-weight": "",
    }
    return {**usual, **changes}


def test_a_version_is_made_in_the_editor_and_activated(quality: Quality) -> None:
    made = post(quality.sun, "/score-forms/new", **fields())
    assert made.status_code == 302
    page = quality.sun.get("/score-forms").text
    assert "Version 1 of 新表 is kept." in page
    with quality.web.hotline.storage.reading() as tx:
        form_id = next(kept.form.id for kept in ScoreFormStore(tx).all() if kept.form.name == "新表")
    shown = quality.sun.get(f"/score-forms/{form_id}").text
    assert "态度" in shown and "Opening words" in shown and ">C1<" in shown
    editor = quality.sun.get(f"/score-forms/new?from={form_id}").text
    assert 'value="item_1"' in editor and 'value="60"' in editor
    post(quality.sun, "/score-forms/new", **fields(**{"item-1-id": "item_1", "item-2-id": "item_2"}))
    second = quality.sun.get("/score-forms").text
    assert "Version 2 of 新表 is kept." in second
    post(quality.sun, f"/score-forms/{form_id}/activate", "/password")
    assert {"score_form.create", "score_form.activate"} <= quality.done()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"item-1-weight": "50"}, "The weights make 90 together"),
        ({"item-1-weight": "-5"}, "A weight above 0"),
        ({"item-1-weight": "NaN"}, "A weight above 0"),
        ({"item-1-weight": "1e2"}, "A weight above 0"),
        ({"pass_line": "101"}, "A pass line from 0 to 100"),
        ({"pass_line": "inf"}, "A pass line from 0 to 100"),
        ({"name": " "}, "A name of 1 to 60"),
        ({"name": "长" * 61}, "A name of 1 to 60"),
        ({"item-2-deduction": ""}, "Points above 0 that a breach costs"),
        ({"item-2-kinds": "made_up"}, "Choose what is measured"),
        ({"item-2-rule": "XYZ"}, "A rule like C1"),
        ({"item-1-name": "长" * 300}, "A name of 1 to 200"),
    ],
)
def test_a_form_that_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
    quality: Quality, changes: dict[str, str], words: str
) -> None:
    answer = post(quality.sun, "/score-forms/new", **fields(**changes))
    assert answer.status_code == 422 and words in answer.text and 'value="开头语"' in answer.text


def test_hostile_names_of_items_stay_text(quality: Quality) -> None:
    answer = post(quality.sun, "/score-forms/new", **fields(**{"item-1-name": "<script>x</script>", "pass_line": "x"}))
    assert "<script>x" not in answer.text and "&lt;script&gt;x" in answer.text


def test_a_form_without_items_is_none(quality: Quality) -> None:
    answer = post(quality.sun, "/score-forms/new", name="空", pass_line="80")
    assert answer.status_code == 422 and "at least one item" in answer.text


# ---- what waits, in the menu
def test_the_menu_counts_what_waits_for_whoever_reads(quality: Quality) -> None:
    """Each sees what is theirs to do, until it is done."""

    people = {"sun": quality.sun, "zhou": quality.zhou, "qian": quality.qian, "zhao": quality.zhao}

    def waits() -> dict[tuple[str, str], int]:
        counts = {who: dict(client.get("/menu/waiting").json or {}) for who, client in people.items()}
        return {(who, name): n for who, own in counts.items() for name, n in own.items() if name != "forms"}

    def more() -> dict[tuple[str, str], int]:
        now = waits()
        return {each: n for each in before | now if (n := now.get(each, 0) - before.get(each, 0))}

    before = waits()
    found = quality.chosen()
    assert more() == {("sun", "examinations"): 1}
    quality.finish(found)
    assert more() == {("qian", "own_results"): 1}
    assert quality.qian.get(f"/my-results/{found.id}").status_code == 200
    assert more() == {}
    post(quality.qian, f"/my-results/{found.id}/appeal", f"/my-results/{found.id}", reason="不同意")
    assert more() == {("zhou", "appeals"): 1}  # who gave the result does not decide of it
    issue(quality, found)
    assert more() == {("zhou", "appeals"): 1, ("qian", "own_results"): 1}


def issue(quality: Quality, found: Examination) -> None:
    hotline, due = quality.web.hotline, NOW + timedelta(days=3)
    who = quality.person("sun")
    corrective_actions.issue(hotline.storage, hotline.settings, found.extension, "再听一遍", due, found.id, who, NOW)


# ---- the operator's results, appeals
def test_the_operator_sees_the_result_appeals_and_another_examiner_changes_points(quality: Quality) -> None:
    found = quality.finish(quality.chosen())
    listed = quality.qian.get("/my-results").text
    assert f"/my-results/{found.id}" in listed and ">New<" in listed
    page = quality.qian.get(f"/my-results/{found.id}").text
    assert "这里 &lt;b&gt;好&lt;/b&gt;" in page and "Seconds until answered" in page and "<script>document" not in page
    assert quality.read(found.id).seen_by_operator_at is not None
    empty = post(quality.qian, f"/my-results/{found.id}/appeal", f"/my-results/{found.id}", reason=" ")
    assert empty.status_code == 422 and "why the result should be another" in empty.text
    made = post(quality.qian, f"/my-results/{found.id}/appeal", f"/my-results/{found.id}", reason=HOSTILE)
    assert made.status_code == 302
    with quality.web.hotline.storage.reading() as tx:
        appeal = ExaminationStore(tx).appeal_of(found.id or 0)
    assert appeal is not None and appeal.id is not None
    assert "you: another decides" in quality.sun.get("/appeals").text
    first = quality.sun.get(f"/appeals/{appeal.id}").text
    assert "You cannot decide this one" in first and "<script>document" not in first
    assert 'id="player"' in first and 'href="#t=12.5"' in first, "it is heard where it is decided"
    told = re.search(r'id="call-data">(.*?)</script>', first)
    assert told is not None and json.loads(told[1])["call_id"] == quality.web.call_id(found.linkedid)
    decide = f"/appeals/{appeal.id}/decide"
    refused = post(quality.sun, decide, "/password", decision="upheld", note="我说了算")
    assert refused.status_code == 422 and "Another examiner decides" in refused.text
    points = {f"points-{item}": "" if value is None else f"{value:g}" for item, value in found.points.items()}
    changed = {**points, "decision": "changed", "note": "属实"}
    wrong = post(quality.zhou, decide, "/password", **{**changed, "points-courtesy": "99"})
    assert wrong.status_code == 422 and "0 to 10 points" in wrong.text and "属实" in wrong.text
    same = post(quality.zhou, decide, "/password", **changed)
    assert same.status_code == 422 and "Change at least one" in same.text
    done = post(quality.zhou, decide, "/password", **{**changed, "points-courtesy": "10"})
    assert done.status_code == 302
    after = quality.qian.get(f"/my-results/{found.id}").text
    assert "属实" in after and "(first 5)" in after and "The points were changed" in after
    late = post(quality.boss, decide, "/password", decision="upheld", note="x")
    assert late.status_code == 422 and "decided already" in late.text


def test_the_items_that_an_appeal_names_stand_first_and_are_alone_open(quality: Quality) -> None:
    found = quality.finish(quality.chosen())
    last = list(found.points)[-1]
    page = quality.qian.get(f"/my-results/{found.id}").text
    assert set(re.findall(r'name="items" value="([^"]+)"', page)) == set(found.points)
    sent: dict[str, str | list[str]] = {"reason": "", "items": [last]}
    again = post(quality.qian, f"/my-results/{found.id}/appeal", f"/my-results/{found.id}", **sent)
    assert f'value="{last}" checked' in again.text, "what was ticked stays"
    sent["reason"] = "不同意"
    assert post(quality.qian, f"/my-results/{found.id}/appeal", f"/my-results/{found.id}", **sent).status_code == 302
    with quality.web.hotline.storage.reading() as tx:
        appeal = ExaminationStore(tx).appeal_of(found.id or 0)
    assert appeal is not None
    decided_at = quality.zhou.get(f"/appeals/{appeal.id}").text
    assert re.findall(r'name="points-([^"]+)"', decided_at) == [last]
    rows = decided_at.split("<tbody>")[1].split("<tr>")
    assert "Contested" in rows[1] and "Contested" not in "".join(rows[2:])
    assert "Against:" in quality.qian.get(f"/my-results/{found.id}").text


def test_appeals_are_made_within_their_time(quality: Quality) -> None:
    found = quality.finish(quality.chosen())
    long_ago = replace(found, done_at=NOW - timedelta(days=60), version=found.version + 1)
    with quality.web.hotline.storage.writing() as tx:
        assert ExaminationStore(tx).update(long_ago, found.version)
    page = quality.qian.get(f"/my-results/{found.id}").text
    assert "The time for an appeal" in page and 'name="reason"' not in page
    late = post(quality.qian, f"/my-results/{found.id}/appeal", "/password", reason="不服")
    assert late.status_code == 422 and "The time for an appeal is over" in late.text


def test_others_results_are_not_there_for_an_operator(quality: Quality) -> None:
    waiting, found = quality.chosen(), quality.finish(quality.chosen())
    assert f"/my-results/{found.id}" not in quality.zhao.get("/my-results").text
    assert quality.zhao.get(f"/my-results/{found.id}").status_code == 404
    assert post(quality.zhao, f"/my-results/{found.id}/appeal", "/password", reason="x").status_code == 404
    assert quality.qian.get(f"/my-results/{waiting.id}").status_code == 404
    assert quality.sun.get(f"/my-results/{found.id}").status_code == 404
    assert "You take no calls" in quality.sun.get("/my-results").text
    for path in (
        "/examinations",
        "/samples",
        "/score-forms",
        "/appeals",
        "/calibrations",
        "/rectifications",
        "/quality",
        "/quality/calls?operator=1001",
        "/quality/figures.csv",
    ):
        assert quality.qian.get(path).status_code == 403, path


# ---- calibration
def test_a_calibration_hides_points_until_it_is_closed_and_then_shows_the_spread(quality: Quality) -> None:
    # All that is wrong at once, each at its field, and what was typed stays.
    bad = post(quality.boss, "/calibrations", call="no call", title="周一 <i>", examiners="sun")
    assert bad.status_code == 422
    assert "Enter the number of a call" in bad.text and "at least two examiners" in bad.text
    assert 'value="周一 &lt;i&gt;"' in bad.text and 'value="no call"' in bad.text and 'value="sun" checked' in bad.text
    made = quality.boss.post(
        "/calibrations",
        data={
            "csrf_token": _csrf(quality.boss),
            "call": str(quality.call()),
            "title": "周一 <i>",
            "examiners": ["sun", "zhou"],
        },
    )
    page = made.location
    calibration_id = int(page.rsplit("/", 1)[1])
    with quality.web.hotline.storage.reading() as tx:
        parts = ExaminationStore(tx).of_calibration(calibration_id)
    told = getattr(quality, parts[0].examiner).get(f"/examinations/{parts[0].id}").text
    assert "it counts for the calibration alone" in told and "and the operator may see it" not in told
    closed = post(quality.boss, f"{page}/close", "/password", conclusion="x")
    assert "at least two examiners are done" in quality.boss.get(closed.location).text
    hotline = quality.web.hotline
    for part, courtesy in zip(parts, (10.0, 4.0), strict=True):
        who = quality.person(part.examiner)
        given = service.give_points(
            hotline.storage, part.id or 0, 1, {**BY_HAND, "courtesy": courtesy}, None, who, hotline.clock()
        )
        service.finish(hotline.storage, hotline.settings, part.id or 0, given.version, who, hotline.clock())
    assert "shown when it is closed" in quality.boss.get(page).text
    post(quality.boss, f"{page}/close", "/password", conclusion="按<b>十分</b>评")
    shown = quality.boss.get(page).text
    assert "from 4 to 10, mean 7" in shown and "按&lt;b&gt;十分" in shown and "Items on which all agree" in shown
    assert quality.qian.get(page).status_code == 403


# ---- orders
def test_e6_an_order_is_issued_reported_repeated_and_confirmed(quality: Quality) -> None:
    for wrong, words in (
        ({"due": "morgen"}, "A due date like"),
        ({"due": "2020-01-01"}, "in the future"),
        ({"text": " "}, "what is to be improved"),
        ({"operator": "9999"}, "There is no operator"),
        ({"examination": "x"}, "no such examination"),
    ):
        told = post(quality.boss, "/rectifications", **{"operator": "1002", "due": "2026-11-20", "text": "改", **wrong})
        assert words in quality.boss.get(told.location).text, wrong
    post(quality.boss, "/rectifications", operator="1002", due="2026-11-20", text="开头语要说全 <b>")
    page = quality.qian.get("/my-results").text
    assert "开头语要说全 &lt;b&gt;" in page
    assert "开头语要说全" not in quality.zhao.get("/my-results").text
    order = max(map(int, re.findall(r"/my-results/orders/(\d+)/", page)))  # other tests leave theirs open
    told = post(quality.zhao, f"/my-results/orders/{order}/done", "/password", note="我改了")
    assert "whom it was issued to" in quality.zhao.get(told.location).text
    post(quality.qian, f"/my-results/orders/{order}/done", "/password", note="练了十遍")
    assert "练了十遍" in quality.boss.get("/rectifications").text
    check = f"/rectifications/{order}/check"
    bare = post(quality.boss, check, "/password", result="repeated", note="", due="2026-11-25")
    assert "needs words and a new due date" in quality.boss.get(bare.location).text
    post(quality.boss, check, "/password", result="repeated", note="还差一点", due="2026-11-25")
    assert "还差一点" in quality.qian.get("/my-results").text
    post(quality.qian, f"/my-results/orders/{order}/done", "/password", note="又练了")
    history = quality.boss.get("/rectifications").text
    assert all(history.count(words) == 1 for words in ("练了十遍", "还差一点", "又练了"))
    post(quality.boss, check, "/password", result="confirmed", note="")
    assert "开头语要说全" not in quality.boss.get("/rectifications").text
    assert "Confirmed" in quality.boss.get("/rectifications?state=all&operator=1002").text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/rectifications/999/check", "There is no corrective action 999"),
        ("/calibrations/999/close", "There is no calibration 999"),
    ],
)
def test_what_is_not_there_is_told_in_the_readers_language(quality: Quality, address: str, words: str) -> None:
    post(quality.boss, address, "/password", result="confirmed", note="x", conclusion="x")
    assert words in quality.boss.get("/rectifications").text


def _csrf(client: FlaskClient) -> str:
    return client.get("/password").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
