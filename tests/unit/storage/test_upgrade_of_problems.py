"""Problems, alerts and differences that were stored as English sentences are codes and values afterwards, and none is
lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from hotline.domain.reasons import Reason, Value, because
from hotline.services.alerts import reason_of
from hotline.storage import migrate
from hotline.storage.alerts import AlertStore
from hotline.storage.engine import make_engine
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.retention.store_checks import StoreCheckStore
from hotline.storage.transaction import Storage
from hotline.web.kit.refusals.registry import say
from tests.support.databases import at_revision, filled
from tests.support.rows import MORNING

SHA = "a" * 64
PROBLEMS = {
    "the caller's line sent no sound": because("recordings.nothing_sent"),
    "the recording is empty": because("recordings.empty"),
    "Asterisk left no recording": because("recordings.none_left"),
    "'../x' is not a file name of the incoming folder": because("recordings.no_plain_name", file="../x"),
    "cannot be read: WAV without sound; the file is kept as a.wav": because(
        "recordings.unreadable_source", why="WAV without sound", file="a.wav"
    ),
    "cannot be read: Permission denied": because("recordings.unreadable", why="Permission denied"),
    "the stored file cannot be read: not a WAV file": because("recordings.unreadable_in_store", why="not a WAV file"),
    "G2: paused, but sound is there: 10.0–20.0 s, 30.5–31.0 s; card data may stand in it": because(
        "recordings.sound_in_pause", places=["10.0–20.0 s", "30.5–31.0 s"]
    ),
    "MemoryError: unexpected": because("machine.broken", why="MemoryError: unexpected"),
    'written by hand: "以前" 100 % {x}': because("storage.legacy", text='written by hand: "以前" 100 % {x}'),
    "": None,
    None: None,
}

AT = MORNING.isoformat()
COUNTED = {"count": 3, "first_at": AT, "last_at": AT, "address": "203.0.113.9"}
COUNTED_AFTER: dict[str, Value] = {"count": 3, "first_at": MORNING, "last_at": MORNING, "address": "203.0.113.9"}
EARLIEST = {"count": 2, "earliest_at": AT}
EARLIEST_AFTER: dict[str, Value] = {"count": 2, "earliest_at": MORNING}
AWAY = because("asterisk.line_state_not_told", why="gone")
NO_URL = because("forms.no_public_url")

#: kind -> its detail, its arguments, and what it tells afterwards.
ALERTS: dict[str, tuple[str, dict[str, Any], Reason]] = {
    "pbx": ("asterisk.line_state_not_told why=gone", {"reason": AWAY.as_json()}, AWAY),
    "notice": (
        "forms.no_public_url",
        {"reason": NO_URL.as_json(), "what": "duty_links", "problem": NO_URL.as_json()},
        because("forms.duty_links_not_sent", why=NO_URL),
    ),
    "duty_forms": ("B2: …", EARLIEST, Reason("forms.duty_forms_overdue", EARLIEST_AFTER)),
    "promises": ("B6: …", EARLIEST, Reason("forms.promises_overdue", EARLIEST_AFTER)),
    "rectifications": ("E6: …", EARLIEST, Reason("examination.actions_overdue", EARLIEST_AFTER)),
    "privacy_requests": ("G3: …", EARLIEST, Reason("retention.requests_overdue", EARLIEST_AFTER)),
    "disk_space": ("7 MB free for recordings, 500 MB wanted", {}, because("recordings.disk_space", free=7, wanted=500)),
    "disk_full": ("…", {"day": "2027-01-01"}, because("retention.disk_full", day="2027-01-01")),
    "legs_left_over": (
        "…",
        {"legs": "PJSIP/1001-1, PJSIP/1002-1", "linkedid": "c1"},
        because("calls.legs_left_over", legs="PJSIP/1001-1, PJSIP/1002-1", linkedid="c1"),
    ),
    "phone_forwards": (
        "…",
        {"name": "赵敏", "last_at": AT},
        because("ways_in.phone_forwards", name="赵敏", last_at=MORNING),
    ),
    "unknown_number": (
        "…",
        {key: COUNTED[key] for key in ("count", "first_at", "last_at")},
        because("ways_in.unknown_number", count=3, first_at=MORNING, last_at=MORNING),
    ),
    "offer_refused": (
        "…",
        {**COUNTED, "status": 488, "reason": "Not Acceptable", "offered": "opus", "ours": "alaw, ulaw"},
        Reason("ways_in.offer_refused", {**COUNTED_AFTER, "status": 488, "offered": "opus", "ours": "alaw, ulaw"}),
    ),
    "invite_refused": (
        "…",
        {**COUNTED, "status": 404, "reason": "Not Found"},
        Reason("ways_in.invite_refused", {**COUNTED_AFTER, "status": 404, "reason": "Not Found"}),
    ),
    "strangers": (
        "…",
        {**COUNTED, "name": "100"},
        Reason("ways_in.strangers_refused", {**COUNTED_AFTER, "name": "100"}),
    ),
    "shut_out": ("…", {**COUNTED, "name": "100"}, Reason("ways_in.shut_out", {**COUNTED_AFTER, "name": "100"})),
    "roster_gap": (
        (
            "A16: nobody is on the duty roster from 2026-10-01 18:00 to 2026-10-02 09:00, 2026-10-03 00:00 to "
            "2026-10-04 09:00 and 4 more times"
        ),
        {"since_at": AT, "until_at": AT, "count": 6},
        because(
            "line.roster_gaps",
            spans=["2026-10-01 18:00 – 2026-10-02 09:00", "2026-10-03 00:00 – 2026-10-04 09:00"],
            count=6,
        ),
    ),
    "calendar": (
        "the public holidays and make-up days of 2027 are not known: from 2027-01-01 on, weekdays alone decide. …",
        {},
        because("line.holidays_unknown", year=2027, day="2027-01-01"),
    ),
    "job": (
        "the job failed: RuntimeError: it broke",
        {},
        because("machine.job_fails", why=because("machine.broken", why="RuntimeError: it broke")),
    ),
    "recording_left_over": (
        "no call knows these files of the incoming folder: a.wav, b.wav, c.wav and 2 more",
        {},
        because("recordings.left_over", count=5, files=["a.wav", "b.wav", "c.wav"]),
    ),
    "recording_lost": (
        "a.wav: the recording is empty",
        {},
        because("recordings.about_file", file="a.wav", why=because("recordings.empty")),
    ),
    "recording_keeping": (
        "2026/10/01/a.wav: the file that was taken in is gone",
        {},
        because("recordings.about_file", file="2026/10/01/a.wav", why="the file that was taken in is gone"),
    ),
    "transcript": (
        "a.wav: quality.recording_gone",
        {},
        because("recordings.about_file", file="a.wav", why=because("quality.recording_gone")),
    ),
    "store_check": (
        "the store and the ledger differ: 2 no_file, 1 changed",
        {"count": 3},
        because(
            "retention.store_differs",
            count=3,
            kinds=[because("retention.files_missing", count=2), because("retention.files_changed", count=1)],
        ),
    ),
    "fold_failed": (
        "ZeroDivisionError: no",
        {},
        because("calls.not_folded", why=because("machine.broken", why="ZeroDivisionError: no")),
    ),
    "of_tomorrow": ("whatever it was", {"n": 1}, because("storage.legacy", text="whatever it was")),
}

CONTENT = because("recordings.content", bytes=10, sha256=SHA)
FINDINGS = {
    ("no_recording", "61 s"): because("retention.talked", seconds=61),
    ("no_call", "node1/c1"): because("retention.of_call", call="node1/c1"),
    ("no_entry", "12 bytes"): because("recordings.of_size", bytes=12),
    ("no_file", f"missing: expected 10 bytes, SHA-256 {SHA}, found no file"): because(
        "recordings.differs", expected=CONTENT, found=because("recordings.no_file")
    ),
    ("changed", f"changed: expected 10 bytes, SHA-256 {SHA}, found 10 bytes, SHA-256 {SHA}"): because(
        "recordings.differs", expected=CONTENT, found=CONTENT
    ),
    ("changed", f"unreadable: expected 10 bytes, SHA-256 {SHA}, found Input/output error"): because(
        "recordings.differs", expected=CONTENT, found=because("recordings.unreadable", why="Input/output error")
    ),
    ("changed", "as somebody wrote it"): because("storage.legacy", text="as somebody wrote it"),
    ("not_kept", ""): None,
}


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at revision 0007 that holds each sentence."""
    yield from filled(request, tmp_path, _fill)


def test_sentences_become_codes_and_nothing_is_lost(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.reading() as tx:
        entries = [RecordingStore(tx).by_id(number + 1) for number in range(2 * len(PROBLEMS))]
        alerts = {alert.kind: reason_of(alert) for alert in AlertStore(tx).open()}
        check = StoreCheckStore(tx).latest("node1")
    assert [entry.problem for entry in entries if entry] == [*PROBLEMS.values()] * 2
    assert alerts == {kind: reason for kind, (_detail, _arguments, reason) in ALERTS.items()}
    assert check is not None and [found.detail for found in check.found] == [*FINDINGS.values()]
    storage.engine.dispose()


def test_what_they_became_can_be_said() -> None:
    """Each code has words, and the values that they need."""
    told = [*PROBLEMS.values(), *FINDINGS.values(), *(reason for _detail, _arguments, reason in ALERTS.values())]
    assert [reason for reason in told if reason and say(reason, str).startswith(reason.code)] == []


def test_an_alert_that_is_over_stays_as_it_was(before: str) -> None:
    migrate.upgrade(before)
    [over] = _rows(before, "SELECT detail, arguments FROM alert WHERE cleared_at IS NOT NULL")
    assert (over[0], over[1] if isinstance(over[1], dict) else json.loads(over[1])) == ("long ago", {"n": 1})


def test_a_second_upgrade_changes_nothing(before: str) -> None:
    migrate.upgrade(before)
    queries = ("SELECT * FROM recording ORDER BY id", "SELECT * FROM alert ORDER BY id", "SELECT * FROM store_check")
    first = [_rows(before, query) for query in queries]
    assert migrate.upgrade(before) == []
    assert [_rows(before, query) for query in queries] == first


def _rows(url: str, query: str) -> list[Any]:
    engine = make_engine(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows


def _fill(url: str) -> None:
    at_revision(url, "0007")
    engine = make_engine(url)
    with engine.begin() as connection:
        now = MORNING if connection.dialect.name == "postgresql" else f"{MORNING:%Y-%m-%d %H:%M:%S}.000000"
        for number, sentence in enumerate([*PROBLEMS] * 2):
            values = {"node": "node1", "linkedid": f"c{number}", "kind": "talk", "source_file": f"{number}.wav"}
            _insert(connection, "recording", **values, started_at=now, state="failed", problem=sentence)
        for kind, (detail, arguments, _reason) in ALERTS.items():
            _insert(connection, "alert", kind=kind, detail=detail, arguments=json.dumps(arguments), raised_at=now)
        over = {"kind": "job", "detail": "long ago", "arguments": '{"n": 1}', "raised_at": now, "cleared_at": now}
        _insert(connection, "alert", **over)
        counts = dict.fromkeys(("entries", "files", "read", "stored_bytes", "free_bytes", "total_bytes"), 0)
        findings = [
            {"kind": kind, "what": "x", "detail": detail, "call_id": None, "recording_id": None}
            for kind, detail in FINDINGS
        ]
        told = {**counts, "differences": {}, "read_to": 0, "begun": "2026-10-01"}
        _insert(connection, "store_check", at=now, node="node1", counts=json.dumps(told), findings=json.dumps(findings))
    engine.dispose()


def _insert(connection: Connection, table: str, **values: Any) -> None:
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})"), values)
