"""The REST API: what it answers, and that its OpenAPI document tells the truth."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

import pytest

from hotline.domain.calls.ledger import CallFilter
from hotline.domain.people import Role
from hotline.domain.recordings.recording import RecordingState
from hotline.services.accounts.tokens import revoke_token
from hotline.services.calls.view import call_view
from hotline.storage.accounts.tokens import TokenStore
from hotline.storage.calls.store import CallStore
from hotline.storage.recordings.store import RecordingStore
from tests.support.instance import at, run_json
from tests.support.sample_calls import abandoned_call, answered_call, duty_call, talking_call
from tests.support.web import Web, sign_in
from tests.support.words import english


def stored_views(web: Web) -> list[dict[str, object]]:
    with web.hotline.storage.reading() as tx:
        return [call_view(stored, english) for stored in CallStore(tx).search(CallFilter(), 100).calls]


def test_calls_are_the_same_objects_as_on_the_command_line(web: Web) -> None:
    web.keep(answered_call("a"), talking_call("b"), duty_call("c"))
    answer = web.client().get("/api/v1/calls", headers=web.program())
    assert answer.json["calls"] == stored_views(web) == run_json(web.hotline, "calls")
    assert (answer.json["total"], answer.json["limit"], answer.json["offset"]) == (3, 100, 0)


def test_one_call(web: Web) -> None:
    web.keep(answered_call())
    answer = web.client().get("/api/v1/calls/1", headers=web.program())
    assert answer.json == stored_views(web)[0]
    caller = {"name": "", "number": "+8613800138000", "original": "13800138000", "withheld": False}
    assert answer.json["caller"] == caller
    assert answer.json["started_at"] == "2026-11-16T02:00:00Z"
    (recording,) = answer.json["recordings"]
    assert recording["state"] == "pending"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"outcome": "answered"}, ["a"]),
        ({"since": "2026-11-16T09:30:00"}, ["d", "a"]),
        ({"since": "2026-11-16T01:30:00Z"}, ["d", "a"]),
        ({"since": "2026-11-16T09:30:00+08:00", "until": "2026-11-16T10:00:00 08:00"}, ["a"]),
        ({"until": "2026-11-16"}, ["c"]),
        ({"in_progress": "true"}, ["d"]),
        ({"in_progress": "false", "line": "main"}, ["a", "b"]),
        ({"caller": "+86 138 0000 0001"}, ["a"]),
        ({"caller": "0755-1234 5678"}, ["c"]),
        ({"limit": "2"}, ["d", "a"]),
        ({"limit": "2", "offset": "2"}, ["b", "c"]),
        ({"offset": "2147483647"}, []),
    ],
)
def test_queries(web: Web, asked: dict[str, str], found: list[str]) -> None:
    web.keep(
        answered_call("a", at("2026-11-16 09:30:00"), "+8613800000001"),
        abandoned_call("b", at("2026-11-16 00:00:00"), "+8613800000002"),
        replace(duty_call("c", at("2026-11-15 23:59:59")), line="spare"),
        talking_call("d", at("2026-11-16 10:29:00"), "+8613800000004"),
    )
    answer = web.client().get("/api/v1/calls", query_string=asked, headers=web.program())
    assert [call["linkedid"] for call in answer.json["calls"]] == found


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"limit": "501"}, "limit"),
        ({"limit": "0"}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"offset": "-1"}, "offset"),
        ({"offset": "9" * 30}, "offset"),
        ({"since": "yesterday"}, "since"),
        ({"since": "0001-01-01"}, "since"),
        ({"until": "9999-12-31T23:59"}, "until"),
        ({"outcome": "lost"}, "outcome"),
        ({"caller": "x" * 65}, "caller"),
        ({"caller": "a\x00b"}, "caller"),
        ({"line": "../"}, "line"),
        ({"unknown": "1"}, "unknown"),
        ({"in_progress": "perhaps"}, "in_progress"),
    ],
)
def test_a_bad_query_is_refused_with_words(web: Web, asked: dict[str, str], field: str) -> None:
    answer = web.client().get("/api/v1/calls", query_string=asked, headers=web.program())
    assert answer.status_code == 422 and answer.content_type == "application/problem+json"
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert re.search(r"[\u4e00-\u9fff]{2}", answer.json["errors"][0]["message"])


@pytest.mark.parametrize("path", ["/api/v1/calls", "/api/v1/calls/1", "/api/v1/recordings/1/audio"])
@pytest.mark.parametrize("header", [None, "Bearer", "Bearer nonsense", "Basic dXNlcjpw", "Bearer a b", "Bearer \x7f"])
def test_without_a_valid_token_nothing_is_told(web: Web, path: str, header: str | None) -> None:
    answer = web.client().get(path, headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json["code"] == "unauthorized"


def test_a_revoked_token_opens_nothing(web: Web) -> None:
    program = web.program()
    assert web.client().get("/api/v1/calls", headers=program).status_code == 200
    with web.hotline.storage.reading() as tx:
        (name,) = TokenStore(tx).names()
    revoke_token(web.hotline.storage, name, web.now, "test")
    assert web.client().get("/api/v1/calls", headers=program).status_code == 401


@pytest.mark.parametrize("role", Role)
def test_the_ledger_is_read_by_whom_examines_supervises_or_sets_up(web: Web, role: Role) -> None:
    expected = 403 if role in (Role.OPERATOR, Role.DEPARTMENT, Role.AUDITOR) else 200
    assert web.signed_in(role).get("/api/v1/calls").status_code == expected
    refused_or_not = web.client().get("/api/v1/calls", headers=web.program(role))
    assert refused_or_not.status_code == expected
    assert refused_or_not.get_json().get("code") == ("forbidden" if expected == 403 else None)


def test_a_token_counts_more_than_the_session_beside_it(web: Web) -> None:
    client = web.signed_in(Role.ADMINISTRATOR)
    assert client.get("/api/v1/calls", headers=web.program(Role.OPERATOR)).status_code == 403
    assert client.get("/api/v1/calls", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_first_password_opens_nothing_of_the_api(web: Web) -> None:
    first = web.add_user("li", Role.ADMINISTRATOR)
    client = web.client()
    sign_in(client, "li", first)
    answer = client.get("/api/v1/calls")
    assert (answer.status_code, answer.json["reason"]) == (403, "accounts.first_password")


def test_who_sends_too_many_bad_tokens_has_to_wait(web: Web) -> None:
    client, program = web.client(), web.program()
    bad = {"Authorization": "Bearer nonsense"}
    assert {client.get("/api/v1/calls", headers=bad).status_code for _ in range(20)} == {401}
    for _ in range(5):
        refused = client.get("/api/v1/calls", headers=bad)
        assert refused.status_code == 429 and refused.json["code"] == "too_many_requests"
        assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert client.get("/api/v1/calls", headers=program).status_code == 200
    assert web.signed_in(Role.EXAMINER).get("/api/v1/calls").status_code == 200


def test_a_recordings_sound_by_range(web: Web) -> None:
    web.keep(answered_call())
    content = b"RIFF" + bytes(1000)
    (web.hotline.home.recordings / "one.wav").write_bytes(content)
    with web.hotline.storage.writing() as tx:
        stored = CallStore(tx).by_id(1)
        assert stored is not None
        entry = stored.recordings[0]
        RecordingStore(tx).update(
            replace(
                entry,
                state=RecordingState.READY,
                path="one.wav",
                seconds=1.0,
                size_bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )
    client, program = web.client(), web.program()
    assert client.get(f"/api/v1/recordings/{entry.id}/audio", headers=program).data == content
    part = client.get(f"/api/v1/recordings/{entry.id}/audio", headers={**program, "Range": "bytes=0-3"})
    assert part.status_code == 206 and part.data == b"RIFF"
    assert client.get("/api/v1/recordings/99/audio", headers=program).json["code"] == "not_found"


def test_a_recordings_peaks(web: Web) -> None:
    web.keep(answered_call())
    client, program = web.client(), web.program()
    content = b'{"version":1,"channels":[[-3,4]]}'
    (web.hotline.home.recordings / "one.peaks.json").write_bytes(content)
    with web.hotline.storage.writing() as tx:
        stored = CallStore(tx).by_id(1)
        assert stored is not None
        entry = replace(stored.recordings[0], state=RecordingState.READY, path="one.flac", sha256="ab")
        RecordingStore(tx).update(entry)
    path = f"/api/v1/recordings/{entry.id}/peaks"
    assert client.get(path, headers=program).json["code"] == "not_found", "not made yet"
    with web.hotline.storage.writing() as tx:
        RecordingStore(tx).update(replace(entry, peaks_path="one.peaks.json"))
    answer = client.get(path, headers=program)
    assert (answer.data, answer.content_type) == (content, "application/json")
    again = client.get(path, headers={**program, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(path, headers=web.program(Role.OPERATOR)).status_code == 403


def test_what_programs_take_stands_in_the_audit_log(web: Web) -> None:
    """F8"""
    web.keep(answered_call())
    program = web.program()
    web.client().get("/api/v1/calls", headers=program)
    web.client().get("/api/v1/calls/1", headers=program)
    told = [(who.split(":")[0], action, what) for who, action, what in web.audit() if who.startswith("token:")]
    assert told == [("token", "calls.export", "calls"), ("token", "call.view", "call:1")]


def test_health_says_whether_the_database_answers(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    assert web.client().get("/api/v1/health").json == {"status": "ok", "database": "ok"}

    def away() -> None:
        raise OSError("gone")

    monkeypatch.setattr(web.hotline.storage, "reading", away)
    answer = web.client().get("/api/v1/health")
    assert answer.status_code == 503 and answer.json["database"] == "failing"


def test_the_document_describes_the_api_and_only_the_api(web: Web) -> None:
    document = web.client().get("/api/v1/openapi.json").json
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in web.app.url_map.iter_rules()}
    assert set(document["paths"]) == {rule for rule in rules if rule.startswith("/api/")} - {"/api/v1/openapi.json"}
    assert document["openapi"].startswith("3.1")
    known = set(document["components"]["schemas"])
    wanted = {part.split('"')[0] for part in json.dumps(document).split("#/components/schemas/")[1:]}
    assert wanted <= known
