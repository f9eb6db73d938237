"""People who page through the ledger, or read reports, as browsers ask for them: one process, a kept connection each, a
pause between."""

from __future__ import annotations

import http.client
import multiprocessing
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

#: Time to look at a page of fifty calls and go on.
PAUSE_SECONDS = 2.0
#: What one goes through before beginning anew: pages of the ledger, or reports of the year and the rules of a quarter.
LEDGER = tuple(f"/calls?page={number}" for number in range(1, 41))
REPORTS = (
    *(
        f"/reports/view/{name}?period=year"
        for name in ("volume", "answered", "waits", "handling", "promises", "states")
    ),
    "/reports/rules?period=quarter",
)
_ANSWER_SECONDS = 60.0
#: The server closes what is idle for 5 s; a browser opens another then.
_KEPT_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Paging:
    """How many people page, and the seconds from one page to the next of each. A page that takes longer delays the
    next: nobody asks for two at a time. `pages`: which ones, as they stand in an address."""

    people: int
    pause: float
    pages: Sequence[str] = LEDGER

    @property
    def reads_reports(self) -> bool:
        return self.pages == REPORTS

    @property
    def what(self) -> str:
        return "reports" if self.reads_reports else "pages of the ledger"


@dataclass(slots=True)
class Paged:
    """What the pages took, in milliseconds, shortest first, and how many times somebody was told to ask again: filled
    when the people have stopped."""

    milliseconds: list[float] = field(default_factory=list)
    refused: int = 0


@contextmanager
def paging(port: int, cookies: Sequence[str], pause: float, pages: Sequence[str] = LEDGER) -> Iterator[Paged]:
    """One person for each cookie goes through the pages until the end. RuntimeError if any page was not answered as it
    should be."""
    paged = Paged()
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=_page, args=(port, cookies, pause, pages, theirs), daemon=True)
    process.start()
    theirs.close()
    if not pipe.poll(60) or pipe.recv() != "ready":
        raise RuntimeError("the people who page did not get ready")
    try:
        yield paged
    finally:
        pipe.send("stop")
        took, refused, wrong = pipe.recv()
        process.join(10)
    if wrong:
        raise RuntimeError(f"{len(wrong)} pages went wrong, the first: {wrong[0]}")
    paged.milliseconds = sorted(seconds * 1000 for seconds in took)
    paged.refused = len(refused)


def _page(port: int, cookies: Sequence[str], pause: float, pages: Sequence[str], pipe: Connection) -> None:
    stop = threading.Event()
    took: list[float] = []
    refused: list[float] = []
    wrong: list[str] = []
    told = (stop, took, refused, wrong)
    people = [
        threading.Thread(target=_turn, args=(port, cookie, pause, pause * n / len(cookies), pages, *told))
        for n, cookie in enumerate(cookies)
    ]
    for person in people:
        person.start()
    pipe.send("ready")
    pipe.recv()
    stop.set()
    for person in people:
        person.join()
    pipe.send((took, refused, wrong))


def _turn(
    port: int,
    cookie: str,
    pause: float,
    first: float,
    pages: Sequence[str],
    stop: threading.Event,
    took: list[float],
    refused: list[float],
    wrong: list[str],
) -> None:
    """One page after the other, the first after `first` seconds: the people do not ask all at once."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
    used = time.monotonic()
    due, page = used + first, 0
    try:
        while not stop.wait(max(0.0, due - time.monotonic())):
            began = time.monotonic()
            if began - used > _KEPT_SECONDS:
                connection.close()
            connection.request("GET", pages[page % len(pages)], headers={"Cookie": cookie})
            answer = connection.getresponse()
            body = answer.read()
            used = time.monotonic()
            busy = answer.status == 503 and answer.getheader("Retry-After")
            (refused if busy else took).append(used - began)
            if not busy and (answer.status != 200 or b"<table" not in body):
                wrong.append(f"{answer.status} {body[:200]!r}")
            due, page = max(due + pause, used), page + 1
    except (OSError, http.client.HTTPException) as error:
        wrong.append(repr(error))
    finally:
        connection.close()
