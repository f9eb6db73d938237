"""The push through a real web server, on both kinds of database: nothing missed, nothing twice, nothing stuck."""

from __future__ import annotations

import random
import signal
import socket
import threading
from pathlib import Path

import psutil
import psycopg
import requests

from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Role
from hotline.domain.time import system_clock
from hotline.services.accounts import sessions
from hotline.storage.audit import AuditLog
from hotline.storage.operators.store import PresenceStore
from hotline.storage.outbox import Outbox
from tests.support.live_calls import ended, ringing, stopped, talking, waiting
from tests.support.rig import wait_until
from tests.unit.web.push.conftest import Server

OPERATOR, SUPERVISOR = (Role.OPERATOR,), (Role.SUPERVISOR,)


def test_a_call_that_rings_pops_at_the_operator_and_nowhere_else(server: Server) -> None:
    mine = server.client(server.signed_in("zhao", OPERATOR, "1001"))
    other = server.client(server.signed_in("qian", OPERATOR, "1002"))
    floor = server.client(server.signed_in("sun", SUPERVISOR), "?floor=1")
    for client in (mine, other, floor):
        assert client.hello().data["resumed"] is False
    call = ringing(waiting("node1-1.1"), "1001")
    server.keep(call)
    mine.wait(lambda: mine.of("call"), "the pop")
    server.keep(ended(talking(call, "1001")))
    floor.wait(lambda: floor.of("call")[-1:] and floor.of("call")[-1].data["call"]["stage"] == "ended", "the end")
    mine.wait(lambda: len(mine.of("call")) == 2, "the end of mine")

    first, last = (event.data for event in mine.of("call"))
    assert (first["mine"], last["mine"]) == ("ringing", "ended")
    assert first["pop"]["number_shown"] == first["call"]["number_shown"] == "138****8000"
    assert first["call"]["number"] is None and "13800138000" not in str(mine.events)
    assert first["pop"]["greeting"].startswith("您好，示例公司")
    assert last["pop"] is None
    assert floor.of("call")[0].data["call"]["number"] == "+8613800138000"
    assert floor.of("call")[0].data["mine"] is None and floor.of("call")[0].data["pop"] is None
    assert other.of("call") == []


def test_what_came_while_away_comes_once_on_return_also_from_a_new_server(server: Server) -> None:
    cookie = server.signed_in("zhao", OPERATOR, "1001")
    client = server.client(cookie)
    client.hello()
    server.keep(ringing(waiting("node1-1.1"), "1001"))
    client.wait(lambda: client.of("call"), "the first")
    client.close()
    server.keep(ringing(waiting("node1-1.2"), "1001"), ringing(waiting("node1-1.3"), "1002"))
    server.tell("form", form_id=7, owner="1001", state="open", version=2, linkedid="node1-1.2")
    server.stop(signal.SIGKILL)
    server.tell("form", form_id=8, owner="1001", state="open", version=1, linkedid="node1-1.3")
    server.start()

    back = server.client(cookie, last_id=client.parser.last_id)
    back.wait(lambda: len(back.of("form")) == 2, "what was missed")
    server.keep(ringing(waiting("node1-1.4"), "1001"))
    back.wait(lambda: len(back.of("call")) == 2, "what is new")
    assert back.hello().data["resumed"] is True
    assert [event.data["call"]["linkedid"] for event in back.of("call")] == ["node1-1.2", "node1-1.4"]
    assert back.of("call")[0].data["pop"] is not None
    assert [event.data["form_id"] for event in back.of("form")] == [7, 8]
    ids = [event.id for event in back.events]
    assert ids == sorted(set(ids))  # type: ignore[type-var]


def test_many_writers_and_a_reader_that_comes_and_goes_lose_and_double_nothing(server: Server) -> None:
    cookie = server.signed_in("zhao", OPERATOR, "1001")
    client = server.client(cookie)
    client.hello()
    last_id, seen = client.parser.last_id, []

    def write(writer: int) -> None:
        for number in range(40):
            server.tell("form", form_id=writer * 1000 + number, owner="1001", state="open", version=1, linkedid="x")

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    rng = random.Random(7)
    while any(writer.is_alive() for writer in writers):
        client.closed.wait(rng.uniform(0.01, 0.15))
        client.close()
        seen += client.of("form")
        last_id = client.parser.last_id or last_id
        client = server.client(cookie, last_id=last_id)
    client.wait(lambda: len(seen) + len(client.of("form")) >= 160, "all of them")
    seen += client.of("form")
    assert sorted(event.data["form_id"] for event in seen) == sorted(w * 1000 + n for w in range(4) for n in range(40))
    ids = [event.id for event in seen]
    assert ids == sorted(ids)  # type: ignore[type-var]


def test_who_was_away_for_too_long_is_told_to_load_anew(server: Server) -> None:
    cookie = server.signed_in("zhao", OPERATOR, "1001")
    client = server.client(cookie)
    seen = client.hello().id
    for number in range(3):
        server.tell("form", form_id=number, owner="1001", state="open", version=1, linkedid="x")
    client.wait(lambda: len(client.of("form")) == 3, "them")
    with server.hotline.storage.writing() as tx:
        Outbox(tx).trim(system_clock())
    server.tell("form", form_id=9, owner="1001", state="open", version=1, linkedid="x")
    client.wait(lambda: len(client.of("form")) == 4, "what is new")
    for last_id in (seen, 10**15):
        back = server.client(cookie, last_id=last_id)
        back.wait(lambda back=back: back.of("reset"), "the reset")  # type: ignore[misc]
        assert back.of("form") == []
    server.tell("form", form_id=10, owner="1001", state="open", version=1, linkedid="x")
    current = server.client(cookie, last_id=client.of("form")[3].id)
    current.wait(lambda: current.of("form"), "what is there")
    assert current.of("reset") == []


def test_an_ended_session_is_told_and_the_stream_ends(server: Server) -> None:
    cookie = server.signed_in("zhao", OPERATOR, "1001")
    client, other = server.client(cookie), server.client(server.signed_in("qian", OPERATOR, "1002"))
    client.hello(), other.hello()
    sessions.end_all_by_administrator(server.hotline.storage, "zhao", "somebody left", "test", system_clock())
    client.wait(client.closed.is_set, "the end")
    assert client.events[-1].name == "session" and client.events[-1].data["ended"] is True
    assert not other.closed.is_set()
    refused = server.client(cookie)
    refused.wait(refused.closed.is_set if refused.status == 200 else lambda: refused.status, "the refusal")
    assert refused.status == 401
    refused.closed.set()


def test_a_server_that_stops_ends_every_stream_in_good_order(server: Server) -> None:
    """Else it would wait for its grace time and cut them off."""
    cookie = server.signed_in("zhao", OPERATOR, "1001")
    clients = [server.client(cookie) for _ in range(30)]
    for client in clients:
        client.hello()
    server.stop()
    for client in clients:
        client.wait(client.closed.is_set, "the end")
    assert all(client.complete for client in clients)


def test_a_reader_who_does_not_read_is_cut_off_and_resumes(server: Server) -> None:
    cookie = server.signed_in("sun", SUPERVISOR)
    other = server.client(server.signed_in("zhao", OPERATOR, "1001"))
    other.hello()
    before = server.client(cookie)
    seen = before.hello().id
    before.close()
    stalled = server.client(cookie, "?floor=1", stalled=True, buffer=2048)
    wait_until(lambda: b"hello" in stalled.socket.recv(2000, socket.MSG_PEEK), "it to be there")
    # No more at a time than a reader who reads takes: it is not to be cut off too.
    for first in range(0, 1500, 100):
        numbers = range(first, first + 100)
        entries = [OutboxEntry("line", {"open": True, "until": "x" * 4000, "n": n}, system_clock()) for n in numbers]
        with server.hotline.storage.writing() as tx:
            Outbox(tx).add(entries)
        other.wait(lambda so_far=numbers.stop: len(other.of("line")) == so_far, "all that came")  # type: ignore[misc]
    wait_until(lambda: "cut off" in server.log(), "the cut")
    server.keep(ringing(waiting("node1-1.1"), "1001"))
    other.wait(lambda: other.of("call"), "the call of somebody else")
    back = server.client(cookie, "?floor=1", last_id=seen)
    back.wait(lambda: len(back.of("line")) == 1500, "all that was missed")
    assert server.log().count("cut off") == 1
    stalled.socket.close()


def test_a_storm_of_reconnections_leaves_no_thread_behind(server: Server) -> None:
    cookie = server.signed_in("zhao", OPERATOR, "1001")
    first = server.client(cookie)
    first.hello()
    process, serving = server.pushing(), psutil.Process(server.pid).children()[0]

    def held() -> int:
        """Connections of browsers; those closed and not yet noticed too, which count among a person's streams."""
        return sum(each.status != psutil.CONN_LISTEN for each in process.net_connections("tcp"))

    for _ in range(4):
        clients = [server.client(cookie, last_id=first.parser.last_id) for _ in range(60)]
        for client in clients:
            client.hello()
        for client in clients:
            client.close()
        wait_until(lambda: held() == 1, "the closed ones to be noticed")
    # A gunicorn thread stays in its pool: that all were free again shows in the next sixty needing no new ones.
    assert process.num_threads() < 100 and serving.num_threads() < 200
    clients = [server.client(cookie) for _ in range(60)]
    for client in clients:
        client.hello()
    server.keep(ringing(waiting("node1-1.1"), "1001"))
    for client in (first, *clients):
        client.wait(lambda client=client: client.of("call"), "the call")  # type: ignore[misc]
    assert requests.get(f"{server.own}/api/v1/health", timeout=5).ok


def test_an_open_console_is_noted_as_seen_and_a_pop_is_audited_once(server: Server) -> None:
    cookie = server.signed_in("zhao", OPERATOR, "1001")
    client = server.client(cookie)
    client.hello()

    def seen() -> object:
        with server.hotline.storage.reading() as tx:
            presence = PresenceStore(tx).get("1001")
        return presence and presence.console_seen_at

    wait_until(seen, "the console to be noted")
    call = ringing(waiting("node1-1.1"), "1001")
    server.keep(call)
    client.wait(lambda: client.of("call"), "the pop")
    server.keep(stopped(call, "no_answer"))
    client.wait(lambda: len(client.of("call")) == 2, "no more")
    server.keep(ringing(stopped(call, "no_answer"), "1001", after=25))
    client.wait(lambda: len(client.of("call")) == 3 and client.of("call")[2].data["pop"], "the second pop")
    own = requests.get(f"{server.own}/api/v1/console/calls", headers={"Cookie": cookie}, timeout=5).json()
    assert [(each["call"]["linkedid"], each["mine"]) for each in own] == [("node1-1.1", "ringing")]

    def audited() -> list[object]:
        with server.hotline.storage.reading() as tx:
            return [entry["who"] for entry in AuditLog(tx).latest(100) if entry["action"] == "call.pop"]

    wait_until(audited, "the audit")
    assert audited() == ["zhao"]


def test_only_people_who_may_listen_do(server: Server) -> None:
    operator = server.signed_in("zhao", OPERATOR, "1001")
    examiner = server.signed_in("li", (Role.EXAMINER,))
    for cookie, query, status in (
        ("hotline=x", "", 401),
        (operator, "?floor=1", 403),
        (examiner, "", 403),
        (operator, "?after=-1", 422),
    ):
        answer = requests.get(f"{server.own}/api/v1/events{query}", headers={"Cookie": cookie}, timeout=5)
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


def test_a_lost_listening_connection_delays_and_loses_nothing(postgres_url: str, tmp_path: Path) -> None:
    server = Server(tmp_path, postgres_url)
    try:
        server.start()
        client = server.client(server.signed_in("zhao", OPERATOR, "1001"))
        client.hello()
        server.tell("form", form_id=1, owner="1001", state="open", version=1, linkedid="x")
        client.wait(lambda: len(client.of("form")) == 1, "the first")
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as administrator:
            ended = administrator.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE query LIKE 'LISTEN%' AND datname = current_database()"
            ).fetchone()
            assert ended == (1,)
        server.tell("form", form_id=2, owner="1001", state="open", version=1, linkedid="x")
        client.wait(lambda: len(client.of("form")) == 2, "the second")
        wait_until(lambda: "again" in server.log(), "the listening to be taken up again")
        server.tell("form", form_id=3, owner="1001", state="open", version=1, linkedid="x")
        client.wait(lambda: len(client.of("form")) == 3, "the third")
    finally:
        server.close()
