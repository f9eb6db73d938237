"""People who page through the ledger while the benchmark of the pop goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from scripts.benchmarks import pop
from scripts.benchmarks.__main__ import main
from scripts.benchmarks._pop_paging import PAUSE_SECONDS, REPORTS, Paging, paging
from scripts.benchmarks._result import Result
from tests.support.rig import wait_until


class Ledger(ThreadingHTTPServer):
    """Answers as the ledger would, and remembers who asked for what."""

    daemon_threads = True

    def __init__(self, status: int) -> None:
        self.status = status
        self.asked: list[tuple[str, str]] = []
        super().__init__(("127.0.0.1", 0), Page)


class Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Ledger

    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Cookie"], self.path))
        body = b"<html><table></table></html>"
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture(params=[200])
def ledger(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    server = Ledger(request.param)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def asks(server: Ledger, pages: int) -> None:
    wait_until(lambda: len(server.asked) >= pages, "the pages are asked for")


def test_each_goes_from_page_to_page_and_what_each_page_took_is_known(ledger: Ledger) -> None:
    with paging(ledger.server_port, ["a=1", "b=2"], 0.1) as paged:
        asks(ledger, 8)
    for cookie in ("a=1", "b=2"):
        pages = [path for who, path in ledger.asked if who == cookie]
        assert pages == [f"/calls?page={number}" for number in range(1, len(pages) + 1)] and pages
    assert len(paged.milliseconds) == len(ledger.asked)
    assert paged.milliseconds == sorted(paged.milliseconds)


def test_others_read_reports_one_after_the_other(ledger: Ledger) -> None:
    with paging(ledger.server_port, ["a"], 0.1, REPORTS[:2]):
        asks(ledger, 3)
    assert [path for _who, path in ledger.asked][:3] == [REPORTS[0], REPORTS[1], REPORTS[0]]


@pytest.mark.parametrize("ledger", [500], indirect=True)
def test_a_page_that_fails_fails_the_benchmark(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError, match="pages went wrong, the first: 500"), paging(ledger.server_port, ["a"], 0.1):
        asks(ledger, 1)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["pop"], {}),
        (["pop", "--paging", "20"], {"paging": [Paging(20, PAUSE_SECONDS)]}),
        (["pop", "--paging", "3", "--paging-pause", "0.5"], {"paging": [Paging(3, 0.5)]}),
        (["pop", "--paging", "5", "--paging", "20"], {"paging": [Paging(5, PAUSE_SECONDS), Paging(20, PAUSE_SECONDS)]}),
        (["pop", "--paging", "5", "--reports"], {"paging": [Paging(5, PAUSE_SECONDS, REPORTS)]}),
    ],
)
def test_the_pop_is_measured_with_so_many_people(
    arguments: list[str], wanted: dict[str, list[Paging]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(_say: object, **more: list[Paging]) -> Iterator[Result]:
        assert more == wanted
        yield Result("pop", "p50", 2.0, 1.0, "the same with nobody paging", "ms")

    monkeypatch.setattr(pop, "run", run)
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0 and "2.00 x the same with nobody paging (1.0)" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["listener", "--paging", "20"], "--paging is for pop"),
        (["pop", "--paging-pause", "1"], "--paging-pause is for --paging"),
        (["pop", "--reports"], "--reports is for --paging"),
        (["pop", "--paging", "0"], "0 is not in the range"),
    ],
)
def test_people_who_would_page_for_nothing_are_refused(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2 and told in result.output
