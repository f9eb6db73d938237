"""Every way to what was said in a call, as each who may not hear it: sound, outline, words, clips (F5, E5, F8, F9)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from hotline.domain.cases.case import CaseKind, ServiceCase
from hotline.domain.examination.records import ExaminationState, Example
from hotline.domain.people import Role
from hotline.domain.recordings.transcript import Side
from hotline.storage.audit import AuditLog
from hotline.storage.cases.store import CaseStore
from hotline.storage.examination.corrective_actions import ExampleStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.recordings.store import RecordingStore
from recordings.sound import RATE, parse_wav
from tests.support.strangers import SAID, Strangers, form_of, somebody, strangers
from tests.support.web import NOW, Web, a_web, csrf_of
from tests.unit.web.test_masked_numbers import SHOWS_NONE, SHOWS_NUMBERS

#: By endpoint: where the sound itself is to be had, or its outline. Every route that is called so must stand here.
SOUND = {
    "call.recording_audio": "/recordings/{recording}/audio",
    "call.recording_download": "/recordings/{recording}/download",
    "api.recording_audio": "/api/v1/recordings/{recording}/audio",
    "api.recording_peaks": "/api/v1/recordings/{recording}/peaks",
    "api.example_clip": "/api/v1/examples/{example}/clip",
}
#: Where words of a call can stand.
WORDS = {
    "call.show": "/calls/{answered}",
    "api.call": "/api/v1/calls/{answered}",
    "api.find": "/api/v1/search?q=" + SAID,
    "search.index": "/search?where=transcript&q=" + SAID,
    "api.quality_of_call": "/api/v1/calls/{answered}/quality",
    "api.read_sheet": "/api/v1/examinations/{examination}/sheet",
    "api.read_examination": "/api/v1/examinations/{examination}",
    "examinations.show": "/examinations/{examination}",
    "my_results.show": "/my-results/{examination}",
    "api.read_example": "/api/v1/examples/{example}",
    "api.list_examples": "/api/v1/examples",
    "examples.index": "/examples",
    "transcription.index": "/transcription",
    "api.at_work": "/api/v1/transcription",
    "quality_figures.calls": "/quality/calls",
}
#: Of an example everybody reads and hears the part it shows, but those whose own call it is.
OF_THE_EXAMPLE = {"api.example_clip", "api.read_example", "examples.index"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Web, Strangers]:
    web = a_web(tmp_path_factory.mktemp("hearing"))
    return web, strangers(web)


@pytest.fixture(scope="module")
def people(world: tuple[Web, Strangers]) -> dict[str, FlaskClient]:
    """`handler`: an examiner of a case of this call; `own`: the operator who had it; both may hear nothing of it."""
    web, _theirs = world
    with web.hotline.storage.writing() as tx:
        CaseStore(tx).add(
            ServiceCase("", CaseKind.COMPLAINT, "x", "", "handler", "handler", NOW, form_of(web, "s-1").id), NOW.date()
        )
    return {
        "boss": somebody(web, "boss", Role.SUPERVISOR),
        "zhou": somebody(web, "zhou", Role.EXAMINER),
        "handler": somebody(web, "handler", Role.EXAMINER),
        "own": somebody(web, "own", Role.OPERATOR, extension="1001"),
        "stranger": somebody(web, "stranger", Role.OPERATOR, extension="1002"),
        "admin": somebody(web, "admin", Role.ADMINISTRATOR),
    }


def _at(theirs: Strangers, address: str) -> str:
    return address.format(**vars(theirs))


#: What callers hear: no call's sound.
_PROMPTS = {"emergency.sound", "prompts.delivered_sound", "prompts.version_sound", "voices.sound"}


def test_every_route_to_sound_stands_in_these_lists(world: tuple[Web, Strangers]) -> None:
    telling = ("audio", "download", "peaks", "clip", "sound", "listen", "record", "transcript", "wave")
    routes = {
        rule.endpoint
        for rule in world[0].app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and any(word in rule.rule.rpartition("/")[2] for word in telling)
    }
    assert routes <= set(SOUND) | {"transcription.index", "api.at_work", "data_dictionary.show", *_PROMPTS}
    assert set(SOUND) | set(WORDS) <= SHOWS_NUMBERS | SHOWS_NONE


def _heard(client: FlaskClient, theirs: Strangers) -> set[str]:
    """By which routes this person hears or reads something of the call."""
    found = {name for name, address in SOUND.items() if client.get(_at(theirs, address)).status_code == 200}
    return found | {
        name
        for name, address in WORDS.items()
        if SAID in client.get(_at(theirs, address)).text.replace(f'value="{SAID}"', "")
    }


#: Where the words of this call stand for who may hear it; the other routes hold none, whoever asks.
WITH_WORDS = {
    "api.find",
    "search.index",
    "api.quality_of_call",
    "api.read_sheet",
    "examinations.show",
    "api.read_example",
    "examples.index",
}


@pytest.mark.parametrize(
    ("who", "ways"),
    [
        ("boss", set(SOUND) | WITH_WORDS),
        ("zhou", set(SOUND) | WITH_WORDS),
        ("stranger", OF_THE_EXAMPLE),
        ("handler", set()),
        ("own", set()),
    ],
)
def test_f5_who_hears_the_call_by_which_ways(
    world: tuple[Web, Strangers], people: dict[str, FlaskClient], who: str, ways: set[str]
) -> None:
    assert _heard(people[who], world[1]) == ways


def test_f5_an_example_of_a_call_that_one_may_not_hear_is_not_made(
    world: tuple[Web, Strangers], people: dict[str, FlaskClient]
) -> None:
    """E5"""
    _web, theirs = world
    body = {"call_id": theirs.answered, "title": "x", "lesson": "y"}
    refused = {
        who: people[who].post("/api/v1/examples", json=body, headers=_token(people[who])).status_code
        for who in ("handler", "stranger", "own", "admin")
    }
    assert refused == {"handler": 403, "stranger": 403, "own": 403, "admin": 403}
    path = f"/api/v1/examinations/{theirs.examination}/sheet"
    sheets = {who: people[who].get(path).json for who in ("boss", "handler")}
    assert {who: sheet["may_show_as_example"] for who, sheet in sheets.items()} == {"boss": True, "handler": False}


def test_f9_the_caller_is_heard_in_an_example_only_if_a_supervisor_says_why(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """F8: the reason stands in the audit log."""
    web = a_web(tmp_path_factory.mktemp("caller"))
    theirs = strangers(web)
    boss, zhou = somebody(web, "boss", Role.SUPERVISOR), somebody(web, "zhou", Role.EXAMINER)
    assert boss.delete(f"/api/v1/examples/{theirs.example}", headers=_token(boss)).status_code == 204
    body = {"call_id": theirs.answered, "title": "道别", "lesson": "y", "caller_silenced": False}
    assert zhou.post("/api/v1/examples", json={**body, "caller_reason": "z"}, headers=_token(zhou)).status_code == 403
    assert boss.post("/api/v1/examples", json={**body, "caller_reason": " "}, headers=_token(boss)).status_code == 422
    made = boss.post("/api/v1/examples", json={**body, "caller_reason": "客户同意"}, headers=_token(boss))
    assert (made.status_code, made.json["caller_silenced"]) == (201, False)
    sound = parse_wav(zhou.get(f"/api/v1/examples/{made.json['id']}/clip").data)
    assert sound[:, Side.CALLER].any() and sound[:, Side.OURS].any()
    with web.hotline.storage.reading() as tx:
        [detail] = [e["detail"] for e in AuditLog(tx).latest(20) if e["action"] == "example.mark"]
    assert "客户同意" in str(detail)


def test_f9_no_example_plays_more_than_ten_minutes_nor_a_caller_without_a_reason(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Those made before the rule neither."""
    web = a_web(tmp_path_factory.mktemp("before"))
    theirs = strangers(web)
    with web.hotline.storage.writing() as tx:
        ExampleStore(tx).remove(theirs.example, NOW)
        old = ExampleStore(tx).add(Example("node1", "s-1", "x", "y", "zhou", NOW, caller_silenced=False))
        entry = RecordingStore(tx).by_id(theirs.recording)
        assert entry is not None
        RecordingStore(tx).update(replace(entry, seconds=3600.0))
    stranger = somebody(web, "stranger", Role.OPERATOR)
    shown = stranger.get(f"/api/v1/examples/{old.id}").json
    assert (shown["seconds"], shown["caller_silenced"]) == (600.0, True)
    sound = parse_wav(stranger.get(f"/api/v1/examples/{old.id}/clip").data)
    assert len(sound) == 3 * RATE and not sound[:, Side.CALLER].any()
    boss = somebody(web, "boss", Role.SUPERVISOR)
    boss.delete(f"/api/v1/examples/{old.id}", headers=_token(boss))
    whole = boss.post(
        "/api/v1/examples", headers=_token(boss), json={"call_id": theirs.answered, "title": "x", "lesson": "y"}
    )
    assert whole.status_code == 422 and whole.json["reason"] == "examination.part_too_long"


def test_f5_an_operator_hears_an_own_examined_call_by_no_way_before_it_is_published(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    web = a_web(tmp_path_factory.mktemp("published"))
    theirs = strangers(web)
    own = somebody(web, "zhao", Role.OPERATOR, extension="1001")
    assert _heard(own, theirs) == set()
    assert own.get(f"/api/v1/examples/{theirs.example}").json["withheld"] is True
    assert "您不能收听" in own.get("/examples").text
    with web.hotline.storage.writing() as tx:
        examined = ExaminationStore(tx).by_id(theirs.examination)
        assert examined is not None
        ExaminationStore(tx).update(replace(examined, state=ExaminationState.DONE, version=2), 1)
    heard = _heard(own, theirs)
    assert {"call.recording_audio", "api.recording_audio", "api.recording_peaks", "api.find", "api.read_sheet"} <= heard
    assert "call.recording_download" not in heard, "heard, not taken along"
    assert own.get(f"/api/v1/examples/{theirs.example}").json["withheld"] is False


def test_a_program_hears_by_its_roles_alone(world: tuple[Web, Strangers]) -> None:
    """It is nobody's operator: what is an operator's own is not its own."""
    web, theirs = world
    audio = _at(theirs, SOUND["api.recording_audio"])
    answers = {role: web.client().get(audio, headers=web.program(role)).status_code for role in Role}
    hearing = {Role.EXAMINER, Role.SUPERVISOR, Role.ADMINISTRATOR}
    assert answers == {role: 200 if role in hearing else 403 for role in Role}


def _token(client: FlaskClient) -> dict[str, str]:
    return {"X-CSRFToken": csrf_of(client.get("/password"))}
