"""Connections that one thread holds: what is put is written, who goes is noticed, who stalls is cut off, all end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from hotline.web.held import line
from hotline.web.held.crowd import Crowd
from hotline.web.held.holder import Holder
from hotline.web.held.outlet import Outlet
from tests.support.rig import wait_until


class Reader:
    """A connection, and the feed that is carried to it."""

    def __init__(self, holder: Holder, *, chunked: bool = False, opening: bytes = b"", limit: int = 5) -> None:
        self.outlet, self.closed, self._opening = Outlet(limit), threading.Event(), opening
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.socket = socket.create_connection(server.getsockname())
            ours, _address = server.accept()
        self.socket.settimeout(10)
        holder.carry(ours, self, chunked)

    def opening(self) -> bytes:
        return self._opening

    def sign_of_life(self) -> bytes:
        return b"."

    def close(self) -> None:
        self.outlet.close()
        self.closed.set()

    def rest(self) -> bytes:
        return b"".join(iter(lambda: self.socket.recv(65536), b""))


@pytest.fixture
def holder() -> Iterator[Holder]:
    made = Holder()
    yield made
    made.close()


def test_what_comes_first_is_written_first_and_the_end_last(holder: Holder) -> None:
    reader = Reader(holder, opening=b"0")
    for data in (b"1", b"2"):
        assert reader.outlet.put(data)
    reader.outlet.finish(b"3")
    assert reader.rest() == b"0123"
    assert reader.closed.wait(10) and not reader.outlet.put(b"4")


def test_http_1_1_frames_what_has_no_length(holder: Holder) -> None:
    reader = Reader(holder, chunked=True, opening=b"x" * 17)
    reader.outlet.finish()
    assert reader.rest() == b"11\r\n" + b"x" * 17 + b"\r\n0\r\n\r\n"


def test_who_goes_is_noticed_at_once(holder: Holder) -> None:
    reader = Reader(holder)
    reader.socket.close()
    assert reader.closed.wait(5)


def test_who_does_not_read_is_cut_off_and_others_are_not_kept_waiting(holder: Holder) -> None:
    stalled, other = Reader(holder, opening=b"x" * 8_000_000), Reader(holder)
    assert wait_until(lambda: not stalled.outlet.put(b"y"), "the cut")
    assert stalled.closed.wait(5)
    other.outlet.put(b"1")
    assert other.socket.recv(1) == b"1"


def test_silence_is_broken(holder: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "HEARTBEAT", 0.0)
    assert Reader(holder).socket.recv(1) == b"."


def test_a_feed_that_waits_at_its_end_holds_up_nobody(holder: Holder) -> None:
    leaving, other = Reader(holder), Reader(holder)
    go = threading.Event()
    leaving.close = lambda: go.wait(30)  # type: ignore[method-assign,assignment]
    leaving.socket.close()
    other.outlet.put(b"1")
    assert other.socket.recv(1) == b"1"
    go.set()


def test_a_stopping_server_ends_all_in_good_order_and_takes_none() -> None:
    holder = Holder()
    readers = [Reader(holder, chunked=True) for _ in range(20)]
    for reader in readers:
        reader.outlet.put(b"last")
    holder.close()
    assert {reader.rest() for reader in readers} == {b"4\r\nlast\r\n0\r\n\r\n"}
    late = Reader(holder)
    assert late.rest() == b"" and late.closed.is_set()
    assert "held" not in {thread.name for thread in threading.enumerate()}


def test_a_stalled_reader_does_not_keep_the_server_from_stopping() -> None:
    holder = Holder()
    reader = Reader(holder, opening=b"x" * 8_000_000)
    holder.close()
    assert len(reader.rest()) < 8_000_000
    assert reader.closed.wait(10)


def test_the_oldest_of_the_same_one_goes() -> None:
    crowd: Crowd[str] = Crowd(lambda: 2)
    assert [crowd.join("zhao", one) for one in "abc"] == [[], [], ["a"]]
    assert crowd.join("sun", "s") == []
    crowd.leave("zhao", "a")
    crowd.leave("zhao", "b")
    assert crowd.join("zhao", "d") == [] and len(crowd) == 3


def test_an_outlet_that_is_waited_for_gives_what_another_thread_puts() -> None:
    with closing(Outlet()) as outlet:
        threading.Timer(0.05, outlet.put, [b"x"]).start()
        assert outlet.take(30) == [b"x"] and outlet.idle()
