"""Actions over asterisk-ami: the right answer or PbxError within the time limit, and nothing left behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from hotline.asterisk.ami.actions import AmiPbx
from hotline.asterisk.ami.session import Peer
from hotline.domain.errors import PbxError
from hotline.services.pbx import PbxPart
from tests.support.fake_ami import BANNER, Connection, fake_ami


def pbx(port: int, limit: float = 5.0, password: str = "secret") -> AmiPbx:
    return AmiPbx(Peer("127.0.0.1", port, "hotline", password), limit)


def answering(reply: Callable[[Connection, dict[str, str]], None]) -> Callable[[Connection], None]:
    """A server that accepts the login and answers what follows with `reply`."""

    def serve(connection: Connection) -> None:
        connection.log_in()
        while action := connection.action():
            reply(connection, action)

    return serve


@pytest.fixture(autouse=True)
def nothing_left() -> object:
    """Of ours: what other tests left behind may end meanwhile."""
    threads, files = set(threading.enumerate()), len(os.listdir("/proc/self/fd"))
    yield
    assert not set(threading.enumerate()) - threads
    assert len(os.listdir("/proc/self/fd")) <= files


def test_both_libraries_that_own_the_package_asterisk_import_and_work() -> None:
    from asterisk.agi import AGI
    from asterisk.ami import AMIClient, SimpleAction

    assert str(SimpleAction("Ping")) == "Action: Ping\r\n"
    assert [AMIClient.send_action.__name__, AGI.set_variable.__name__] == ["send_action", "set_variable"]


def test_each_wish_goes_out_as_the_action_that_asterisk_knows() -> None:
    seen: list[dict[str, str]] = []

    def reply(connection: Connection, action: dict[str, str]) -> None:
        seen.append(action)
        connection.reply(action)

    with fake_ami(answering(reply)) as port:
        asterisk = pbx(port)
        asterisk.database_put("hotline", "mode", "open")
        asterisk.queue_add("service", "1001", "赵 敏", level=2)
        asterisk.queue_level("service", "1001", 3)
        asterisk.queue_remove("service", "1001")
        asterisk.queue_pause("1001", True, "meal")
        asterisk.queue_pause("1001", False, "", "service")
        asterisk.blind_transfer("PJSIP/1001-1", "dir12", "hl-transfer")
        asterisk.attended_transfer("PJSIP/1001-1", "*1", "hl-transfer", {"HL_CONSULT": "1002"})
        asterisk.cancel_transfer("PJSIP/1001-1")
        asterisk.redirect("PJSIP/trunk-1", "1001", "hl-rejoin")
        asterisk.hang_up("PJSIP/1001-1")
        asterisk.pause_recording("PJSIP/trunk-1", True)
        asterisk.pause_recording("PJSIP/trunk-1", False)
        asterisk.originate("PJSIP/4001234567@trunk", "hl-test", "s", '"x" <400>', {"HL_TEST": "a=b"}, 20)
    for action in seen:
        del action["ActionID"]
    assert seen == [
        {"Action": "DBPut", "Family": "hotline", "Key": "mode", "Val": "open"},
        {
            "Action": "QueueAdd",
            "Queue": "service",
            "Interface": "PJSIP/1001",
            "MemberName": "赵 敏",
            "StateInterface": "PJSIP/1001",
            "Penalty": "1",
            "Paused": "false",
        },
        {"Action": "QueuePenalty", "Interface": "PJSIP/1001", "Penalty": "2", "Queue": "service"},
        {"Action": "QueueRemove", "Queue": "service", "Interface": "PJSIP/1001"},
        {"Action": "QueuePause", "Interface": "PJSIP/1001", "Paused": "true", "Reason": "meal"},
        {"Action": "QueuePause", "Interface": "PJSIP/1001", "Paused": "false", "Reason": "", "Queue": "service"},
        {"Action": "BlindTransfer", "Channel": "PJSIP/1001-1", "Context": "hl-transfer", "Exten": "dir12"},
        {"Action": "Setvar", "Channel": "PJSIP/1001-1", "Variable": "__HL_CONSULT", "Value": "1002"},
        {"Action": "Atxfer", "Channel": "PJSIP/1001-1", "Context": "hl-transfer", "Exten": "*1"},
        {"Action": "CancelAtxfer", "Channel": "PJSIP/1001-1"},
        {"Action": "Redirect", "Channel": "PJSIP/trunk-1", "Context": "hl-rejoin", "Exten": "1001", "Priority": "1"},
        {"Action": "Hangup", "Channel": "PJSIP/1001-1", "Cause": "16"},
        {"Action": "Setvar", "Channel": "PJSIP/trunk-1", "Variable": "HL_PAUSED", "Value": "1"},
        {"Action": "MixMonitorMute", "Channel": "PJSIP/trunk-1", "Direction": "both", "State": "1"},
        {"Action": "MixMonitorMute", "Channel": "PJSIP/trunk-1", "Direction": "both", "State": "0"},
        {"Action": "Setvar", "Channel": "PJSIP/trunk-1", "Variable": "HL_PAUSED", "Value": ""},
        {
            "Action": "Originate",
            "Channel": "PJSIP/4001234567@trunk",
            "Context": "hl-test",
            "Exten": "s",
            "Priority": "1",
            "CallerID": '"x" <400>',
            "Timeout": "20000",
            "Async": "true",
            "Variable": "HL_TEST=a=b",
        },
    ]


def test_asterisks_clock_is_read_from_its_answer_to_a_ping() -> None:
    with fake_ami(answering(lambda it, action: it.reply(action, Ping="Pong", Timestamp="1800000061.5"))) as port:
        assert pbx(port).clock_ahead(datetime.fromtimestamp(1_800_000_000, UTC)) == timedelta(seconds=61.5)


@pytest.mark.parametrize("told", ["", "soon", "1e400", "nan"])
def test_an_answer_without_a_time_is_an_error_in_words(told: str) -> None:
    def reply(connection: Connection, action: dict[str, str]) -> None:
        connection.reply(action, Timestamp=told)

    with fake_ami(answering(reply)) as port, pytest.raises(PbxError, match=r"^asterisk.no_time said="):
        pbx(port).clock_ahead(datetime.fromtimestamp(1_800_000_000, UTC))


@pytest.mark.parametrize("value", ["a\r\nAction: Logoff", "a\n", "\r", "a\0b"])
def test_a_line_break_in_any_value_is_refused_before_it_goes_out(value: str) -> None:
    seen: list[dict[str, str]] = []

    def reply(connection: Connection, action: dict[str, str]) -> None:
        seen.append(action)
        connection.reply(action)

    with fake_ami(answering(reply)) as port:
        asterisk = pbx(port)
        wishes: list[Callable[[], object]] = [
            lambda: asterisk.database_put("hotline", "mode", value),
            lambda: asterisk.database_put(value, "mode", "open"),
            lambda: asterisk.queue_add("service", "1001", value),
            lambda: asterisk.queue_pause("1001", True, value),
            lambda: asterisk.blind_transfer("PJSIP/1001-1", value, "hl-transfer"),
            lambda: asterisk.attended_transfer("PJSIP/1001-1", "*1", "hl-transfer", {"HL_CONSULT": value}),
            lambda: asterisk.redirect(value, "1001", "hl-rejoin"),
            lambda: asterisk.hang_up(value),
            lambda: asterisk.originate("PJSIP/1001", "c", "s", value, {}, 1),
            lambda: asterisk.originate("PJSIP/1001", "c", "s", "", {"X": value}, 1),
            lambda: asterisk.originate("PJSIP/1001", "c", "s", "", {value: "x"}, 1),
            lambda: pbx(port, password=value).channels(),
        ]
        for wish in wishes:
            with pytest.raises(PbxError, match=r"^asterisk.line_break what="):
                wish()
    assert not seen


@pytest.mark.parametrize(("now", "over", "replaced"), [("", "", True), ("meal", "meal", True), ("meal", "", False)])
def test_a_pause_is_replaced_over_one_connection_unless_it_is_another_one(now: str, over: str, replaced: bool) -> None:
    logins, seen = [], []

    def serve(connection: Connection) -> None:
        logins.append(connection.log_in())
        while action := connection.action():
            seen.append(action["Action"])
            connection.reply(action, EventList="start")
            number = action["ActionID"]
            if action["Action"] == "QueueStatus":
                paused = f"Paused: {int(bool(now))}\r\nPausedReason: {now}"
                connection.send(f"Event: QueueMember\r\nActionID: {number}\r\n{paused}\r\n\r\n".encode())
                done = f"Event: QueueStatusComplete\r\nActionID: {number}\r\nEventList: Complete\r\n\r\n"
                connection.send(done.encode())

    with fake_ami(serve) as port:
        pbx(port).replace_pause("1001", over, True, "wrap_up")
    assert len(logins) == 1
    assert seen == ["QueueStatus", "QueuePause"][: 1 + replaced]


def test_what_is_so_already_is_done_and_what_cannot_be_is_an_error() -> None:
    refusals = iter(
        ["Unable to add interface: Already there", "Unable to remove interface: Not there", "No such queue"]
    )

    def reply(connection: Connection, action: dict[str, str]) -> None:
        connection.reply(action, "Error", Message=next(refusals))

    with fake_ami(answering(reply)) as port:
        pbx(port).queue_add("service", "1001", "x")
        pbx(port).queue_remove("service", "1001")
        with pytest.raises(PbxError, match=r"^asterisk.refused action=QueueAdd said='No such queue'"):
            pbx(port).queue_add("nope", "1001", "x")


def test_a_list_is_read_to_its_end_past_what_does_not_belong_to_it() -> None:
    def reply(connection: Connection, action: dict[str, str]) -> None:
        action_id = action["ActionID"]
        connection.send(
            "Event: CoreShowChannel\r\nActionID: another\r\nLinkedid: not-ours\r\n\r\n"
            f"Response: Success\r\nActionID: {action_id}\r\nEventList: start\r\n\r\n"
            "Event: Hold\r\nLinkedid: not-asked-for\r\n\r\n"
            f"Event: CoreShowChannel\r\nActionID: {action_id}\r\nCallerIDName: a\u2028b\u0085c\r\nLinkedid: lab-1.1\r\n"
            "no header at all\r\n\r\n"
            f"Event: CoreShowChannelsComplete\r\nActionID: {action_id}\r\nEventList: Complete\r\n\r\n".encode()
        )

    with fake_ami(answering(reply)) as port:
        (channel,) = pbx(port).channels()
    assert (channel["Linkedid"], channel["CallerIDName"]) == ("lab-1.1", "a b c")


def test_the_answer_with_the_actions_own_id_counts_whatever_comes_before() -> None:
    def reply(connection: Connection, action: dict[str, str]) -> None:
        connection.reply({"ActionID": "another"}, "Error", Message="not for you")
        connection.reply({}, "Error", Message="nor this")
        connection.reply(action)

    with fake_ami(answering(reply)) as port:
        pbx(port).database_put("hotline", "mode", "open")


def test_many_threads_each_get_their_own_answer() -> None:
    def reply(connection: Connection, action: dict[str, str]) -> None:
        connection.reply(action, "Error", Message=f"key {action['Key']}.")

    def ask(number: int) -> None:
        with pytest.raises(PbxError, match=rf"key {number}\."):
            shared.database_put("hotline", str(number), "x")

    with fake_ami(answering(reply)) as port, ThreadPoolExecutor(8) as pool:
        shared = pbx(port, limit=20)
        list(pool.map(ask, range(40)))


def test_a_refused_login_says_so() -> None:
    def serve(connection: Connection) -> None:
        connection.send(BANNER)
        connection.reply(connection.action(), "Error", Message="Authentication failed")

    with (
        fake_ami(serve) as port,
        pytest.raises(PbxError, match=r"^asterisk.refused action=Login said='Authentication failed'"),
    ):
        pbx(port).channels()


def test_nobody_there_says_so() -> None:
    with fake_ami(lambda connection: None) as port:
        pass
    with pytest.raises(PbxError, match=rf"^asterisk.unreachable where=127\.0\.0\.1:{port} why=.*refused"):
        pbx(port).channels()


@pytest.mark.parametrize(
    ("serve", "told"),
    [
        (lambda connection: connection.wait_until_gone(), "^asterisk.no_answer .*action=Login$"),
        (answering(lambda connection, action: None), "^asterisk.no_answer .*action=DBPut$"),
        (answering(lambda connection, action: connection.reset()), "^asterisk.closed "),
        (lambda connection: connection.reset(), "^asterisk.(closed|gone|unreachable) "),
        (lambda connection: connection.send(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "^asterisk.closed "),
        (lambda connection: connection.send(b"\xff" * 5000 + b"\r\n"), "^asterisk.closed "),
        (
            answering(lambda connection, action: connection.send(b"Response\r\n\r\nEvent: \r\n\r\n")),
            "^asterisk.no_answer ",
        ),
        (
            answering(lambda connection, action: connection.send(b"Response: \r\n\r\nEvent:x\r\n\r\n")),
            "^asterisk.no_answer ",
        ),
    ],
    ids=["silent", "silent after login", "reset", "reset at once", "http", "binary", "garbage", "worse garbage"],
)
def test_whatever_a_peer_does_it_ends_in_time_and_in_words(serve: Callable[[Connection], None], told: str) -> None:
    with fake_ami(serve) as port, pytest.raises(PbxError, match=told):
        pbx(port, limit=0.4).database_put("hotline", "mode", "open")


def test_asterisk_is_told_part_by_part_to_read_its_files_anew() -> None:
    seen: list[str] = []

    def reply(connection: Connection, action: dict[str, str]) -> None:
        seen.append(f"{action['Action']} {action.get('Module')}")
        connection.reply(action)

    with fake_ami(answering(reply)) as port:
        pbx(port).reload([PbxPart.PHONES, PbxPart.DIALPLAN])
    assert seen == ["Reload res_pjsip.so", "Reload pbx_config.so"]
