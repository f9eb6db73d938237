"""What is stored and shown later is said in the reader's language, and in no other: alerts, problems of recordings and
transcripts, differences of the store. Each code there is stands on such a page."""

from __future__ import annotations

import html
import re
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from greetings.manifest import load_manifest
from hotline.domain.people import Role
from hotline.domain.reasons import Reason, Value, because
from hotline.domain.recordings.recording import RecordingEntry, RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState, Urgency
from hotline.domain.retention.reconciliation import Difference, Discrepancy, StoreCheck
from hotline.services.alerts import JOB, NOTICE, AlertKind, set_alert
from hotline.services.appraisal.alert_kinds import MONTH_NOT_CLOSED, OBJECTION_OVERDUE
from hotline.services.backups.alert_kinds import BACKUP_FAILED, BACKUP_OLD, BACKUP_ROOM
from hotline.services.callbacks.alert_kinds import CALLBACKS
from hotline.services.calls.alert_kinds import FOLD_FAILED, LEGS_LEFT_OVER
from hotline.services.cases.alert_kinds import CASES_NOBODY
from hotline.services.dialling.alert_kinds import DIAL_LIMIT
from hotline.services.examination.alert_kinds import CORRECTIVE_ACTIONS
from hotline.services.floor.alert_kinds import NOBODY_READY, QUEUE_LONG, SERVICE_LEVEL_LOW, WAIT_LONG
from hotline.services.forms.alert_kinds import ANSWERS, DUTY_FORMS, PROMISES
from hotline.services.line.alert_kinds import (
    CALENDAR,
    CALLBACK_TRUNK,
    CHANNELS_FULL,
    LINE_FAULT,
    PBX,
    PBX_BY_HAND,
    ROSTER_GAP,
    TRUNK,
)
from hotline.services.links.alert_kinds import LINKS
from hotline.services.notifications.alert_kinds import GATEWAY_PAUSED
from hotline.services.prompts.alert_kinds import EMERGENCY_LASTS, VOICE_FAILS
from hotline.services.recordings.alert_kinds import (
    DISK_SPACE,
    RECORDING_KEEPING,
    RECORDING_LEFT_OVER,
    RECORDING_LOST,
    RECORDING_STORE,
    RECORDING_UNPAUSED,
    TRANSCRIPT,
)
from hotline.services.retention.alert_kinds import DISK_FULL, PRIVACY_REQUESTS, STORE_CHECK
from hotline.services.scheduled_reports.alert_kinds import REPORT_NOBODY, REPORT_NOT_SENT
from hotline.services.settings.alert_kinds import SETTING_IN_FILE, SETTING_LEFT_OUT
from hotline.services.staff.alert_kinds import NO_LEADER
from hotline.services.visit_links.alert_kinds import VISIT_LINKS
from hotline.services.visits.alert_kinds import VISITS, VISITS_NOBODY
from hotline.services.ways_in.alert_kinds import (
    INVITE_REFUSED,
    OFFER_REFUSED,
    PHONE_FORWARDS,
    SHUT_OUT,
    STRANGERS,
    UNKNOWN_NUMBER,
)
from hotline.services.webhooks.alert_kinds import WEBHOOK_OFF
from hotline.settings.home import TREE
from hotline.storage.quality.score_forms import ScoreFormStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.retention.store_checks import StoreCheckStore
from hotline.web.kit.alerts_shown import alert_words
from hotline.web.kit.i18n import LANGUAGE_COOKIE
from hotline.web.kit.refusals.registry import refusal_words, say
from tests.support.routes import routes
from tests.support.sample_calls import answered_call
from tests.support.web import Web, a_web

CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Examples of what people write in Chinese, in English words.
EXAMPLES = re.compile(r"王五:13800000002|手机号码=number|是 or 否")
CHINESE_RUN = re.compile(r"[\u4e00-\u9fff]+")
#: A sentence in English; a name, a command or an example is none.
SENTENCE = re.compile(r"(?:[a-z]+ ){4,}[a-z]+[.!?]")


def example(code: str) -> Reason:
    """With "X1" in place of each value."""
    return Reason(code, dict.fromkeys(re.findall(r"%\((\w+)\)s", refusal_words()[code]), "X1"))


REASONS = [example(code) for code in sorted(refusal_words())]

#: Script cards and the data dictionary hold the words of both languages; headings of tables are understood in either,
#: and shown as examples.
_DICTIONARY = {"/reports/dictionary", "/reports/dictionary/abandonment"}
OTHERS = {"/cards", "/customers/import", "/directory/import", "/roster/import"} | _DICTIONARY

WHY = because("recordings.not_stored", why="X1")
COUNTED: dict[str, Value] = {"count": 3, "first_at": "X1", "last_at": "X1", "address": "192.0.2.1"}
#: What each kind of alert is raised with.
ALERTS: dict[AlertKind, Reason] = {
    REPORT_NOBODY: because("scheduled_reports.nobody", count=1),
    REPORT_NOT_SENT: because("scheduled_reports.not_sent", count=1),
    VOICE_FAILS: because(
        "prompts.voice_fails", count=2, prompts=("X1", "X2"), why=because("prompts.voice_failed", why="X1")
    ),
    LINE_FAULT: because("line.test_did_not_arrive", seconds=30),
    NO_LEADER: because("staff.nobody_leads", unit="X1", leader="X2"),
    ROSTER_GAP: because("line.roster_gaps", spans=("X1", "X2"), count=2),
    CALENDAR: because("line.holidays_unknown", year=2027, day="X1"),
    PBX: because("asterisk.line_state_not_told", why="X1"),
    PBX_BY_HAND: because("asterisk.copy_files", files="X1", folder="X2", command="X3"),
    JOB: because("machine.job_fails", why=because("machine.broken", why="X1")),
    DISK_SPACE: because("recordings.disk_space", free=1, wanted=2),
    RECORDING_STORE: WHY,
    RECORDING_KEEPING: because("recordings.waiting", why=WHY, count=2),
    RECORDING_LOST: because("recordings.about_file", file="X1", why=because("recordings.none_left")),
    RECORDING_UNPAUSED: because("recordings.about_file", file="X1", why=example("recordings.sound_in_pause")),
    DUTY_FORMS: because("forms.duty_forms_overdue", count=1, earliest_at="X1"),
    ANSWERS: because("forms.answers_overdue", count=1, earliest_at="X1"),
    CALLBACKS: because("callbacks.overdue", count=1, earliest_at="X1"),
    VISITS: because("visits.overdue", count=1, earliest_at="X1"),
    VISITS_NOBODY: because("visits.nobody_left", visit=1),
    CASES_NOBODY: because("cases.nobody_told", case="X1"),
    PROMISES: because("forms.promises_overdue", count=1, earliest_at="X1"),
    GATEWAY_PAUSED: because(
        "notifications.gateway_paused", failures=5, until_at="X1", why=because("notifications.http_status", status=500)
    ),
    TRUNK: because("line.trunk_unregistered", host="X1", status="X2"),
    CHANNELS_FULL: because("line.channels_full", most=1, since_at="X1"),
    CALLBACK_TRUNK: because("dialling.trunk_unreachable", host="X1"),
    DIAL_LIMIT: because("dialling.limit_hit", who="X1", why=because("dialling.too_many_an_hour", most=60)),
    LINKS: because("links.no_public_url"),
    NOTICE: because("forms.duty_links_not_sent", why=because("forms.no_public_url")),
    TRANSCRIPT: because("recordings.about_file", file="X1", why=because("quality.no_such_side")),
    PRIVACY_REQUESTS: because("retention.requests_overdue", count=1, earliest_at="X1"),
    CORRECTIVE_ACTIONS: because("examination.actions_overdue", count=1, earliest_at="X1"),
    RECORDING_LEFT_OVER: because("recordings.left_over", count=1, files=("X1",)),
    LEGS_LEFT_OVER: because("calls.legs_left_over", legs=("X1",), linkedid="X1"),
    STORE_CHECK: because("retention.store_differs", count=1, kinds=(because("retention.files_missing", count=1),)),
    SETTING_IN_FILE: because("settings.in_file_too", key="X1", by="X1"),
    SETTING_LEFT_OUT: because("settings.left_out", key="X1", expected=WHY),
    PHONE_FORWARDS: because("ways_in.phone_forwards", name="X1", last_at="X1"),
    UNKNOWN_NUMBER: because("ways_in.unknown_number", count=1, first_at="X1", last_at="X1"),
    OFFER_REFUSED: Reason("ways_in.offer_refused", {**COUNTED, "status": 488, "offered": "X1", "ours": "X1"}),
    INVITE_REFUSED: Reason("ways_in.invite_refused", {**COUNTED, "status": 404, "reason": "X1"}),
    STRANGERS: Reason("ways_in.strangers_refused", {**COUNTED, "name": "X1"}),
    SHUT_OUT: Reason("ways_in.shut_out", {**COUNTED, "name": "X1"}),
    FOLD_FAILED: because("calls.not_folded", why=because("machine.broken", why="X1")),
    DISK_FULL: because("retention.disk_full", day="X1"),
    QUEUE_LONG: because("floor.queue_long", queue="X1", waiting=4, most=3),
    WAIT_LONG: because("floor.wait_long", queue="X1", since_at="X1"),
    NOBODY_READY: because("floor.nobody_ready", queue="X1"),
    SERVICE_LEVEL_LOW: example("floor.service_level_low"),
    VISIT_LINKS: because("visit_links.no_template"),
    OBJECTION_OVERDUE: because("appraisal.objections_overdue", count=1),
    MONTH_NOT_CLOSED: because("appraisal.stands_open", at="X1"),
    BACKUP_FAILED: because("backups.restore_died"),
    BACKUP_OLD: example("backups.too_old"),
    BACKUP_ROOM: example("backups.no_room"),
    EMERGENCY_LASTS: example("prompts.stands_long"),
    WEBHOOK_OFF: because("webhooks.failing", address="X1", days=3),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Web:
    """A call whose recordings have every problem that has words, and a check that found as many differences."""
    web = a_web(tmp_path_factory.mktemp("language"))
    web.keep(answered_call())
    with web.hotline.storage.writing() as tx:
        for number, reason in enumerate(REASONS):
            entry = RecordingEntry("node1", answered_call().linkedid, "talk", f"{number}.wav", web.now)
            RecordingStore(tx).announce([entry])
            added = RecordingStore(tx).of_sources("node1", [entry.source_file])[0]
            RecordingStore(tx).update(replace(added, state=RecordingState.FAILED, problem=reason))
        found = tuple(Discrepancy(Difference.NO_FILE, "X1", reason) for reason in REASONS)
        counts = {Difference.NO_FILE: len(found)}
        StoreCheckStore(tx).add(StoreCheck(web.now, "node1", counts, found, 1, 1, 1, 1, 1, 1))
    return web


@pytest.fixture(scope="module")
def readers(site: Web) -> dict[str, FlaskClient]:
    found = {}
    for language in ("zh", "en"):
        found[language] = site.signed_in(Role.ADMINISTRATOR, username=f"reader-{language}")
        found[language].set_cookie(LANGUAGE_COOKIE, language)
    return found


def chinese() -> dict[str, str]:
    with (TREE / "hotline/web/translations/zh/LC_MESSAGES/messages.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file)}


def one_language(told: list[str], language: str) -> None:
    for each in told:
        if language == "zh":
            assert CHINESE.search(each) and not SENTENCE.search(each), each
        else:
            assert not CHINESE.search(EXAMPLES.sub("", each)), each


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def shown(page: str, before: str, after: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(f"{before}(.*?){after}", page, re.DOTALL)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("path", "before"),
    [
        ("/calls/1", '<p class="second-line"><bdi>'),
        ("/reconciliation?kind=no_file", '<td class="text-secondary text-break" title="'),
    ],
)
def test_every_problem_that_is_stored_is_said_whole_and_in_one_language(
    readers: dict[str, FlaskClient], path: str, before: str, language: str
) -> None:
    translate = chinese().__getitem__ if language == "zh" else str
    page = readers[language].get(path)
    told = shown(page.text, before, '"' if before.endswith('"') else "</bdi>")
    wanted = {_on_one_line(say(reason, translate)) for reason in REASONS}
    assert page.status_code == 200 and wanted <= set(map(_on_one_line, told))
    one_language(told, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_programs_are_told_them_in_the_language_of_the_cookie(readers: dict[str, FlaskClient], language: str) -> None:
    recordings = readers[language].get("/api/v1/calls/1").json["recordings"]
    told = [each["problem"] for each in recordings if each["problem"]]
    assert len(told) == len(REASONS)
    one_language(told, language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_why_a_transcript_was_given_up_is_said_in_one_language(
    site: Web, readers: dict[str, FlaskClient], language: str
) -> None:
    reasons = [reason for reason in REASONS if reason.code.startswith(("quality.", "recordings.unreadable"))]
    with site.hotline.storage.writing() as tx:
        for number, reason in enumerate(reasons):
            TranscriptStore(tx).ask([number + 1], [Side.CALLER], Urgency.USUAL, site.now)
            [wanted] = TranscriptStore(tx).of(number + 1)
            TranscriptStore(tx).update(
                replace(wanted, state=TranscriptState.FAILED, problem=reason, finished_at=site.now)
            )
    answer = readers[language].get("/api/v1/transcription").json
    told = [each["problem"] for each in answer["failed"]]
    assert len(told) == len(reasons)
    one_language(told, language)


def test_each_kind_of_alert_has_an_example() -> None:
    assert set(ALERTS) == set(alert_words())


@pytest.mark.parametrize("kind", sorted(alert_words()))
def test_every_alert_is_said_whole_and_in_one_language(site: Web, readers: dict[str, FlaskClient], kind: str) -> None:
    with site.hotline.storage.writing() as tx:
        set_alert(tx, AlertKind(kind), "", ALERTS[kind], site.now)
    for language, translate in (("zh", chinese().__getitem__), ("en", str)):
        page = readers[language].get("/callbacks").text
        [name] = shown(page, 'role="alert">.*?<strong>', "</strong>")
        [told] = shown(page, '<bdi class="banner-detail">', "</bdi>")
        assert told == say(ALERTS[kind], translate).replace("\n", " · ")
        one_language([name, told], language)
    with site.hotline.storage.writing() as tx:
        set_alert(tx, AlertKind(kind), "", None, site.now + timedelta(seconds=1))


def visible(page: str) -> list[str]:
    """The texts of a page: between tags, and in what is read out or shown beside the mouse."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    # A regulation is quoted as it stands, and marked as being in its own language.
    body = re.sub(r'<(blockquote|span|bdi)\b[^>]*\blang="\w+"[^>]*>.*?</\1>', "", body, flags=re.DOTALL)
    texts = re.findall(r">([^<>]+)<", body) + re.findall(r'(?:title|placeholder|aria-label|alt)="([^"]*)"', body)
    return [text for each in texts if (text := html.unescape(each).strip())]


def data_of(site: Web) -> re.Pattern[str]:
    """What the site itself is called, and what it calls its people, queues, subjects and rules, in Chinese."""
    with site.hotline.storage.reading() as tx:
        forms = [str(asdict(each.form)) for each in ScoreFormStore(tx).all()]
    manifest = load_manifest(site.hotline.home)
    prompts = [text for prompt in manifest.prompts.values() for text in prompt.texts.values()]
    known = [site.hotline.settings.model_dump_json(), *forms, *prompts, "中文", "北京市 中国移动"]
    return re.compile("|".join(sorted(set(CHINESE_RUN.findall(" ".join(known))), key=len, reverse=True)))


def pages(site: Web) -> list[str]:
    return sorted(
        {
            route.path
            for route in routes(site.app)
            if route.method == "GET" and not route.path.startswith(("/api/", "/static/")) and route.path not in OTHERS
        }
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_shows_the_other_language(site: Web, readers: dict[str, FlaskClient], language: str) -> None:
    """Whatever the site itself wrote aside."""
    data, looked_at, found = data_of(site), 0, []
    for path in pages(site):
        answer = readers[language].get(path)
        if answer.mimetype != "text/html":
            continue
        looked_at += 1
        for text in visible(answer.text):
            rest = data.sub("", EXAMPLES.sub("", text))
            if SENTENCE.search(rest) if language == "zh" else CHINESE.search(rest):
                found.append((path, text))
    assert looked_at > 50 and found == []
