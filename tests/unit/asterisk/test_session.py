"""The AMI event session: it stays connected, survives what a peer may do, and tells of every gap."""

from __future__ import annotations

import logging
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hotline.asterisk.ami.inbox import Connected, Inbox, Item, Lost
from hotline.asterisk.ami.session import EventSession, Peer, Timing
from tests.support.fake_ami import BANNER, Connection, fake_ami

QUICK = Timing(connect=1, ping=0.1, first_wait=0.01, longest_wait=0.05, settled=60)
WANTED = frozenset({b"Hold", b"CEL"})
HOLD = b"Event: Hold\r\nChannel: PJSIP/1001-1\r\n\r\n"


@contextmanager
def session(port: int, inbox: Inbox, timing: Timing = QUICK, **peer: object) -> Iterator[EventSession]:
    running = EventSession(Peer("127.0.0.1", port, "hotline-events", "secret", **peer), WANTED, inbox, timing)  # type: ignore[arg-type]
    running.start()
    try:
        yield running
    finally:
        running.stop()
        assert not [thread for thread in threading.enumerate() if thread.name == "ami-events"]


def items(inbox: Inbox, enough: Callable[[list[Item]], bool], seconds: float = 10) -> list[Item]:
    """What comes until it is enough."""
    found: list[Item] = []
    deadline = time.monotonic() + seconds
    while not enough(found):
        assert time.monotonic() < deadline, f"not enough came: {found}"
        found += inbox.drain(0.2)
    return found


def frames(found: list[Item]) -> list[bytes]:
    return [item.split(b"\n")[0] for item in found if isinstance(item, bytes)]


def logged(caplog: pytest.LogCaptureFixture, text: str, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while text not in caplog.text:
        assert time.monotonic() < deadline, f"{text!r} was not logged: {caplog.text}"
        time.sleep(0.01)


def test_it_logs_in_as_the_events_user_and_hands_on_only_what_is_used() -> None:
    logins: list[dict[str, str]] = []

    def serve(connection: Connection) -> None:
        logins.append(connection.log_in())
        connection.send(b"Event: Newstate\r\nX: y\r\n\r\n" + HOLD + b"Event: Unhold\r\n\r\nEvent: CEL\r\n\r\n")
        connection.wait_until_gone()

    inbox = Inbox()
    with fake_ami(serve) as port, session(port, inbox):
        found = items(inbox, lambda found: len(found) == 3)
    assert isinstance(found[0], Connected)
    assert frames(found) == [b"Event: Hold", b"Event: CEL"]
    assert {key: logins[0][key] for key in ("Action", "Username", "Secret", "Events")} == {
        "Action": "Login",
        "Username": "hotline-events",
        "Secret": "secret",
        "Events": "on",
    }


def test_events_in_the_same_packet_as_the_logins_answer_are_not_lost() -> None:
    def serve(connection: Connection) -> None:
        connection.send(BANNER)
        answer = f"Response: Success\r\nActionID: {connection.action()['ActionID']}\r\n\r\n".encode()
        connection.send(b"Event: Other\r\n\r\n" + answer + HOLD + HOLD[:9])
        connection.send(HOLD[9:])
        connection.wait_until_gone()

    inbox = Inbox()
    with fake_ami(serve) as port, session(port, inbox):
        assert frames(items(inbox, lambda found: len(found) == 3)) == [b"Event: Hold"] * 2


def test_a_refused_login_is_told_in_clear_words_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []

    def serve(connection: Connection) -> None:
        connection.send(BANNER)
        login = connection.action()
        tries.append(1)
        if len(tries) < 3:
            connection.reply(login, "Error", Message="Authentication failed")
            return
        connection.reply(login)
        connection.send(HOLD)
        connection.wait_until_gone()

    inbox = Inbox()
    with fake_ami(serve) as port, session(port, inbox):
        found = items(inbox, lambda found: len(found) == 2)
    assert "login as hotline-events was refused: Authentication failed" in caplog.text
    assert isinstance(found[0], Connected)  # a session that never began was not lost either


def test_after_a_cut_in_mid_event_the_gap_is_marked_and_the_rest_of_the_event_forgotten() -> None:
    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.send(HOLD + b"Event: CEL\r\nLinkedID: half")
        connection.reset()

    inbox = Inbox()
    with fake_ami(serve) as port, session(port, inbox):
        found = items(inbox, lambda found: sum(isinstance(item, Lost) for item in found) >= 2)
    first_lost = next(place for place, item in enumerate(found) if isinstance(item, Lost))
    assert [type(item) for item in found[: first_lost + 2]] in (
        [Connected, bytes, Lost, Connected],
        [Connected, Lost, Connected],
    )
    assert b"Event: CEL" not in frames(found)


def test_a_peer_that_answers_pings_is_kept_and_one_that_falls_silent_is_left() -> None:
    pings: list[str] = []

    def serve(connection: Connection) -> None:
        connection.log_in()
        for _ in range(3):
            ping = connection.action()
            pings.append(ping.get("Action", ""))
            connection.reply(ping, Ping="Pong")
        connection.wait_until_gone()  # reads further pings, and says nothing

    inbox = Inbox()
    with fake_ami(serve) as port, session(port, inbox):
        found = items(inbox, lambda found: any(isinstance(item, Lost) for item in found))
    assert pings == ["Ping"] * 3
    assert found[1] == Lost("Asterisk does not answer to Ping")


def test_a_writer_that_is_too_far_behind_makes_it_a_gap_and_never_a_wait() -> None:
    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.send(HOLD * 50)
        connection.wait_until_gone()

    inbox = Inbox(limit=10)
    with fake_ami(serve) as port, session(port, inbox):
        found = items(inbox, lambda found: any(isinstance(item, Lost) for item in found))
    assert "too far behind" in next(item.reason for item in found if isinstance(item, Lost))


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "is not Asterisk's manager"),
        (b"\x00\xff\xfe", "is not Asterisk's manager"),
        (b"", "no answer to the login within"),
        (BANNER + b"x" * 200_000, "no answer to the login within"),
    ],
    ids=["http", "binary", "silence", "endless"],
)
def test_a_peer_that_is_not_asterisk_is_left_and_told(says: bytes, told: str, caplog: pytest.LogCaptureFixture) -> None:
    def serve(connection: Connection) -> None:
        connection.send(says)
        connection.wait_until_gone()

    with fake_ami(serve) as port, session(port, Inbox(), Timing(connect=0.2, first_wait=0.01)):
        logged(caplog, told)


def test_garbage_between_events_costs_no_more_than_itself() -> None:
    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.send(b"\xff\xfe\r\n\r\n" + HOLD + b"y" * 100_000 + b"\r\n\r\n" + HOLD)
        connection.wait_until_gone()

    inbox = Inbox()
    with fake_ami(serve) as port, session(port, inbox) as running:
        assert frames(items(inbox, lambda found: len(found) == 3)) == [b"Event: Hold"] * 2
        assert running.oversized_frames == 1


def test_while_nobody_listens_it_goes_on_trying(caplog: pytest.LogCaptureFixture) -> None:
    with fake_ami(lambda connection: None) as port:
        pass
    with session(port, Inbox()):
        logged(caplog, "Connection refused")


def test_stopping_does_not_wait_for_the_peer() -> None:
    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.wait_until_gone()

    inbox = Inbox()
    slow = Timing(ping=3600)
    with fake_ami(serve) as port, session(port, inbox, slow):
        items(inbox, bool)


def test_what_the_thread_dies_of_reaches_the_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("hotline.asterisk.ami.session.log_in", broken)
    inbox = Inbox()
    with fake_ami(Connection.log_in) as port, session(port, inbox), pytest.raises(RuntimeError, match="fault of ours"):
        items(inbox, lambda found: False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tls") / "both.pem"
    key = file.with_suffix(".key")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=pbx",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            key,
            "-out",
            file,
        ],
        check=True,
        capture_output=True,
    )
    file.write_bytes(file.read_bytes() + key.read_bytes())
    return file


def test_tls_is_spoken_with_a_peer_whose_certificate_is_trusted_and_with_no_other(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def serve(connection: Connection) -> None:
        connection.log_in()
        connection.send(HOLD)
        connection.wait_until_gone()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    caplog.set_level(logging.INFO)
    with fake_ami(serve, context) as port:
        with session(port, Inbox(), tls=True):
            logged(caplog, "CERTIFICATE_VERIFY_FAILED")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        inbox = Inbox()
        with session(port, inbox, tls=True):
            assert frames(items(inbox, lambda found: len(found) == 2)) == [b"Event: Hold"]


def test_what_comes_waits_for_more_until_something_is_urgent_or_the_session_changes() -> None:
    def urgent(frame: bytes) -> bool:
        return frame == b"ring"

    for last in (lambda inbox: inbox.put([b"ring"]), lambda inbox: inbox.announce(Lost("x"))):
        inbox = Inbox(urgent=urgent)
        inbox.put([b"first"])
        found: list[Item] = []
        taker = threading.Thread(target=lambda inbox=inbox, found=found: found.extend(inbox.drain(10, 3600)))
        taker.start()
        inbox.put([b"second"])
        last(inbox)
        taker.join(10)
        assert not taker.is_alive() and found[:2] == [b"first", b"second"] and len(found) == 3


def test_what_comes_just_after_others_were_taken_waits_longer_and_what_is_urgent_does_not() -> None:
    inbox = Inbox(urgent=lambda frame: frame == b"ring")
    inbox.put([b"step"])
    found: list[Item] = []
    taker = threading.Thread(target=lambda: found.extend(inbox.drain(10, 0, time.monotonic() + 3600)))
    taker.start()
    inbox.put([b"another"])
    assert taker.is_alive()
    inbox.put([b"ring"])
    taker.join(10)
    assert found == [b"step", b"another", b"ring"]
    inbox.put([b"late"])
    assert inbox.drain(10, 0, time.monotonic() - 1) == [b"late"]


def test_nothing_is_gathered_once_the_sender_has_died_or_nothing_more_is_wanted() -> None:
    failed, closed = Inbox(), Inbox()
    failed.put([b"last"])
    failed.fail(RuntimeError("a fault of ours"))
    assert failed.drain(10, 3600) == [b"last"]
    with pytest.raises(RuntimeError):
        failed.drain(10, 3600)
    closed.put([b"last"])
    closed.close()
    assert closed.drain(10, 3600) == [b"last"]
