"""The AGI session over a real socket: what pyst2 does not survive, and what must not get through."""

from __future__ import annotations

import re
import socket
import threading

import pytest
from asterisk.agi import AGIUsageError
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.agi import SocketAgi
from ivr.errors import CallerGone, PeerFault
from ivr.names import UserEvent, Variable, read_pairs
from ivr.session import Session
from tests.unit.ivr.peer import connected, header


def parse_args(command: str) -> list[str]:
    """res_agi.c parse_args: quotes, backslashes, blanks."""
    found, current, quoted, escaped, any_ = [], "", False, False, False
    for character in command:
        if escaped:
            current, escaped = current + character, False
        elif character == "\\":
            escaped = True
        elif character == '"':
            quoted, any_ = not quoted, True
        elif character in " \t" and not quoted:
            if current or any_:
                found.append(current)
            current, any_ = "", False
        else:
            current += character
    return [*found, current] if current or any_ else found


def test_reads_the_calls_variables() -> None:
    with connected() as (ours, _):
        session = Session(ours)
        assert session.variables.uniqueid == "node1-1700000000.1"
        assert session.variables.caller == "13800138000"
        assert session.variables.script == "call"
        assert session.get_variable(Variable.LINE) == "main"


def test_a_withheld_number_is_no_number() -> None:
    with connected(agi_callerid="unknown") as (ours, _):
        assert Session(ours).variables.caller == ""


def test_works_in_a_thread() -> None:
    """pyst2 sets a signal handler, which only the main thread may."""
    keys: list[str] = []
    with connected({"WAIT FOR DIGIT": "200 result=49"}) as (ours, _):
        thread = threading.Thread(target=lambda: keys.append(Session(ours).wait_key(1)))
        thread.start()
        thread.join(5)
    assert keys == ["1"]


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_any_printable_value_reaches_asterisk_as_one_argument(value: str) -> None:
    agi = SocketAgi.__new__(SocketAgi)
    assert parse_args("SET VARIABLE " + agi._quote("HL_SUBJECT") + " " + agi._quote(value)) == [
        "SET",
        "VARIABLE",
        "HL_SUBJECT",
        value,
    ]


@pytest.mark.parametrize("value", ["a\nEXEC System rm", "a\r\nb", "a\0b", "\x1b[0m"])
def test_a_value_that_would_end_the_command_is_refused_and_never_sent(value: str) -> None:
    with connected() as (ours, peer):
        session = Session(ours)
        with pytest.raises(ValueError, match="control character"):
            session.set_variable(Variable.SUBJECT, value)
        session.set_variable(Variable.SUBJECT, "next")
    assert peer.commands == ['SET VARIABLE "HL_SUBJECT" "next"']


def test_a_user_event_is_written_as_pairs_that_read_back() -> None:
    with connected() as (ours, peer):
        Session(ours).user_event(UserEvent.MENU, menu="main", key="1", subject='投诉 "x"; ${EVIL}, a=b')
    args = parse_args(peer.commands[0])
    assert args[:2] == ["EXEC", "CELGenUserEvent"]
    name, _, extra = args[2].partition(",")
    assert name == "HL_MENU"
    assert set(read_pairs(extra)) == {"menu", "key", "subject"}
    assert not re.search(r"[\"$;]", read_pairs(extra)["subject"])


def test_a_refused_user_event_does_not_stop_the_call(caplog: pytest.LogCaptureFixture) -> None:
    with connected({"EXEC": "200 result=-2"}) as (ours, _):
        session = Session(ours)
        session.user_event(UserEvent.MENU, menu="main", key="7")
        assert session.wait_key(1) == ""
    assert "HL_MENU was not written" in caplog.text


def test_play_returns_the_key_and_plays_no_further() -> None:
    with connected({r"STREAM FILE hotline/b": "200 result=53 endpos=4000"}) as (ours, peer):
        assert Session(ours).play(["hotline/a", "hotline/b", "hotline/c"], "0123456789*#") == "5"
    assert [c.split()[2] for c in peer.commands] == ["hotline/a", "hotline/b"]


def test_a_missing_sound_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    with connected({r"STREAM FILE hotline/a": "200 result=-1 endpos=0"}) as (ours, peer):
        assert Session(ours).play(["hotline/a", "hotline/b"]) == ""
    assert len(peer.commands) == 2
    assert "hotline/a was not played" in caplog.text


@pytest.mark.parametrize("sound", ["a b", "a\nHANGUP", 'a"', "../etc/passwd", ""])
def test_a_sound_name_that_is_none_is_refused(sound: str) -> None:
    with connected() as (ours, peer), pytest.raises(ValueError):
        Session(ours).play([sound])
    assert peer.commands == []


@pytest.mark.parametrize(
    "answer",
    [
        "200 result=-1 endpos=8000",  # hung up while it played
        "511 Command Not Permitted on a dead channel or intercept routine",
        "HANGUP\n511 Command Not Permitted on a dead channel or intercept routine",
        "HANGUP\n200 result=-1 endpos=8000",
        None,
    ],
)
def test_a_caller_who_hangs_up_in_a_prompt_is_gone(answer: str | None) -> None:
    with connected({"STREAM FILE": answer}) as (ours, _), pytest.raises(CallerGone):
        Session(ours).play(["hotline/a"])


@pytest.mark.parametrize("answer", ["200 result=-1", "511 dead", None])
def test_a_caller_who_hangs_up_while_a_key_is_awaited_is_gone(answer: str | None) -> None:
    with connected({"WAIT FOR DIGIT": answer}) as (ours, _), pytest.raises(CallerGone):
        Session(ours).wait_key(1)


def test_the_extra_hangup_line_after_exec_does_not_shift_the_answers() -> None:
    """A channel hung up inside EXEC answers 200 result=-1 and then sends HANGUP."""
    with connected({"EXEC": "200 result=-1\nHANGUP", r"GET VARIABLE \"HL_LINE": "200 result=1 (second)"}) as (ours, _):
        session = Session(ours)
        session.user_event(UserEvent.MENU, menu="main")
        assert session.get_variable(Variable.LINE) == "second"
        with pytest.raises(CallerGone):
            session.get_variable(Variable.LINE)


def test_a_hundred_line_announces_an_answer_and_is_none() -> None:
    with connected({"WAIT FOR DIGIT": "100 result=0 Trying...\n200 result=35"}) as (ours, _):
        assert Session(ours).wait_key(1) == "#"


@pytest.mark.parametrize(
    "usage",
    [
        "520-Invalid command syntax.  Proper usage follows:\nUsage: SET VARIABLE\n520 End of proper usage.",
        "520 Invalid command syntax.  Proper usage not available.",
    ],
)
def test_usage_of_one_or_many_lines_leaves_the_answers_in_step(usage: str) -> None:
    with connected({"NOOP": usage}) as (ours, _):
        session = Session(ours)
        with pytest.raises(AGIUsageError):
            session._agi.execute("NOOP", "x")
        assert session.get_variable(Variable.LINE) == "main"


@pytest.mark.parametrize("answer", ["510 Invalid or unknown command", "what?", "", "HTTP/1.1 400 Bad Request"])
def test_answers_that_are_no_agi_drop_the_peer(answer: str) -> None:
    with connected({"WAIT FOR DIGIT": answer}) as (ours, _), pytest.raises(PeerFault):
        Session(ours).wait_key(1)


def test_bytes_that_are_no_utf8_do_not_break_the_session() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(header().replace("客户".encode(), b"\xff\xfe\xc3"))
        assert Session(ours).variables.uniqueid == "node1-1700000000.1"


@pytest.mark.parametrize(
    "greeting",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\n",
        b"",
        b"agi_network: yes\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
        b"x" * 40_000,
        b"agi_a: b\n" * 5_000,
    ],
)
def test_a_peer_that_is_not_asterisk_is_dropped(greeting: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        sender = threading.Thread(target=_send_and_close, args=(theirs, greeting))
        sender.start()
        with pytest.raises((PeerFault, CallerGone)):
            Session(ours, patience=2)
    sender.join(5)
    assert not sender.is_alive()


def test_a_peer_that_sends_nothing_is_dropped() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(PeerFault, match="no answer"):
        Session(ours, patience=0.05)


def test_the_guard_is_asterisks_and_ours() -> None:
    """A step may take as long as its guard: the reader's patience goes along."""
    with connected() as (ours, peer):
        session = Session(ours)
        session.guard(21.3)
        assert session._wire.patience > 22
    assert peer.commands == ['SET VARIABLE "TIMEOUT(absolute)" "22"']


def test_nothing_that_was_pressed_or_dialled_is_logged(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    with connected({"WAIT FOR DIGIT": "200 result=55", r"STREAM FILE": "200 result=-1 endpos=0"}) as (ours, _):
        session = Session(ours)
        session.play(["hotline/a"])
        session.wait_key(1)
    written = caplog.text + "".join(capfd.readouterr())
    assert "13800138000" not in written
    assert "result=55" not in written


def _send_and_close(connection: socket.socket, content: bytes) -> None:
    with connection:
        try:
            connection.sendall(content)
        except ConnectionError:
            return
