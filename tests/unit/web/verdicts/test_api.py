"""Verdicts through the API: who sees which, what is refused, and contests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from hotline.domain.people import Role
from hotline.domain.verdicts.verdict import Judgement
from hotline.services.verdicts.contests import contest
from tests.support.judged import a_measured_call, judged, judgements, with_breach
from tests.support.our_people import somebody
from tests.support.sample_calls import answered_call
from tests.support.web import Web

ALL = {"since": "2026-01-01T00:00:00", "until": "2027-01-01T00:00:00"}
C4 = {**ALL, "rule": "C4"}


@pytest.fixture(autouse=True)
def breach(web: Web) -> None:
    """Qian said what is forbidden."""
    call = answered_call(start=web.now - timedelta(hours=2))
    a_measured_call(web.hotline, with_breach("C4", "forbidden"), call)
    judged(web.hotline)


def program(web: Web, role: Role) -> dict[str, str]:
    """A new one each time: a program's name is its own."""
    web.clock.advance(seconds=1)
    return web.program(role)


def get(
    web: Web, path: str = "", role: Role = Role.EXAMINER, query: Mapping[str, str] | None = None
) -> tuple[int, Any]:
    headers = program(web, role)
    answer = web.client().get(f"/api/v1/verdicts{path}", headers=headers, query_string=dict(query or {}))
    return answer.status_code, answer.json


def test_a_breach_is_listed_with_its_second_and_without_the_caller(web: Web) -> None:
    status, found = get(web, query=C4)
    (verdict,) = found["verdicts"]
    assert (status, found["total"], verdict["judgement"]) == (200, 1, "broken")
    assert verdict["evidence"] == {"kind": "forbidden", "from": 12.0, "to": 15.5}
    assert verdict["subject_id"] == str(web.call_id("node1-1.2"))
    assert "13800138000" not in repr(found) and "不" not in repr(verdict["evidence"])
    assert get(web, f"/{verdict['id']}")[1] == verdict
    assert ("verdicts.view", f"verdict:{verdict['id']}") in {entry[1:] for entry in web.audit()}


def test_tallies_are_given_by_what_is_asked(web: Web) -> None:
    _status, found = get(web, "/tallies", query={**ALL, "by": "week"})
    (c4,) = [each for each in found["tallies"] if each["rule"] == "C4"]
    assert (c4["key"], c4["kept"], c4["broken"], c4["kept_percent"]) == ("2026-W47", 0, 1, 0.0)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"rule": "Z9"}, 404),
        ({"rule": "c4'--"}, 422),
        ({"rule": "C4", "until": "2026-01-01T00:00:00"}, 422),
        ({"rule": "C4", "since": "2001-01-01T00:00:00"}, 422),
        ({"rule": "C4", "person_id": "2147483648"}, 422),
        ({"rule": "C4", "judgement": "nonsense"}, 422),
        ({"rule": "C4", "line": "\x00"}, 422),
        ({"rule": "C4", "limit": "0"}, 422),
        ({"rule": "C4", "more": "1"}, 422),
        ({}, 422),
    ],
)
def test_bad_questions_are_refused(web: Web, query: dict[str, str], status: int) -> None:
    assert get(web, query={**ALL, **query})[0] == status


def test_a_role_that_may_not_is_refused(web: Web) -> None:
    assert get(web, role=Role.DEPARTMENT, query=C4)[0] == 403
    assert get(web, "/contests", role=Role.OPERATOR)[0] == 403
    assert get(web, "/999999")[0] == 404
    assert get(web, "/99999999999")[0] in (404, 422)


def test_a_contest_is_listed_and_decided_once(web: Web) -> None:
    qian, _id = somebody(web.hotline.storage, "qian2", "钱伟", web.now, extension="1002")
    call = answered_call("node1-2.2", web.now - timedelta(hours=1))
    a_measured_call(web.hotline, with_breach("C4", "forbidden"), call)
    judged(web.hotline)
    verdict = get(web, query=C4)[1]["verdicts"][0]
    contest(web.hotline.storage, web.hotline.settings, verdict["id"], "没有说", qian, web.now)
    (waiting,) = get(web, "/contests")[1]["contests"]
    assert (waiting["verdict_id"], waiting["decision"]) == (verdict["id"], "")
    decide = f"/api/v1/verdicts/contests/{waiting['id']}/decide"
    examiner = program(web, Role.EXAMINER)
    client = web.client()
    for body in ({}, {"decision": "maybe", "note": "x"}, {"decision": "upheld", "note": ""}):
        assert client.post(decide, headers=examiner, json=body).status_code == 422
    said = {"decision": "upheld", "note": "听过录音"}
    assert client.post(decide, headers=examiner, json=said).json["decision"] == "upheld"
    assert client.post(decide, headers=examiner, json=said).status_code == 409
    assert Judgement.NOT_APPLICABLE in judgements(web.hotline.storage, "C4")
    contested = f"/api/v1/verdicts/{verdict['id']}/contest"
    assert client.post(contested, headers=program(web, Role.OPERATOR), json={"reason": "x"}).status_code == 403
