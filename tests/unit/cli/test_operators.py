"""`hotline operators`: against an AMI that answers as Asterisk does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.operators.presence import OperatorPresence
from hotline.storage.operators.store import PresenceStore
from tests.support.fake_ami import Connection, fake_ami
from tests.support.instance import an_instance, run, run_json
from tests.support.rows import MORNING

SITE = """
[listen]
ami_port = {port}
[operators.1001]
name = "赵敏"
"""

LISTS = {
    "PJSIPShowEndpoints": "Event: EndpointList\r\nActionID: {id}\r\n"
    "ObjectName: 1001\r\nDeviceState: Not in use\r\n\r\n",
    "QueueStatus": "Event: QueueMember\r\nActionID: {id}\r\nQueue: service\r\nLocation: PJSIP/1001\r\n\r\n",
}


def serve(connection: Connection) -> None:
    connection.log_in()
    while action := connection.action():
        connection.reply(action)
        if action["Action"] in LISTS:
            done = "Event: Complete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n"
            connection.send((LISTS[action["Action"]] + done).format(id=action["ActionID"]).encode())


@pytest.fixture
def hotline(tmp_path: Path) -> Iterator[Hotline]:
    with fake_ami(serve) as port:
        yield an_instance(tmp_path, MORNING, SITE.format(port=port))


def test_phones_are_shown_to_people_and_programs(hotline: Hotline) -> None:
    assert run_json(hotline, "operators") == [
        {
            "extension": "1001",
            "name": "赵敏",
            "phone": "Not in use",
            "queues": ["service"],
            "always_in": [],
            "state": "offline",
            "reason": "",
        }
    ]
    assert "Not in use" in run(hotline, "operators").output.splitlines()[1]


def test_what_the_listener_heard_is_shown_beside_the_phone(hotline: Hotline) -> None:
    with hotline.storage.writing() as tx:
        PresenceStore(tx).save([OperatorPresence("1001", MORNING, MORNING, ("service",), paused=True, reason="meal")])
    assert "paused (用餐)" in run(hotline, "operators").output
    assert run_json(hotline, "operators")[0]["reason"] == "meal"


def test_pausing_and_resuming(hotline: Hotline) -> None:
    assert "1001 is paused: 用餐" in run(hotline, "operators", "pause", "1001", "meal").output
    assert "1001 is ready" in run(hotline, "operators", "resume", "1001").output
    wrong = run(hotline, "operators", "pause", "1001", "sleep")
    assert wrong.exit_code == 1 and "A pause reason of the settings was expected (meal, rest" in wrong.output


def test_signing_in_and_out_says_where(hotline: Hotline) -> None:
    assert "1001 is signed in to service" in run(hotline, "operators", "sign-in", "1001").output
    assert "1001 is signed out of service" in run(hotline, "operators", "sign-out", "1001").output


def test_what_cannot_be_is_told_in_words(hotline: Hotline, tmp_path: Path) -> None:
    result = run(hotline, "operators", "sign-in", "1009")
    assert result.exit_code == 1 and "There is no operator 1009. There are: 1001." in result.output
    with fake_ami(serve) as port:
        pass
    (tmp_path / "other").mkdir()
    away = run(an_instance(tmp_path / "other", MORNING, SITE.format(port=port)), "operators")
    assert away.exit_code == 1 and "cannot be reached" in away.output
