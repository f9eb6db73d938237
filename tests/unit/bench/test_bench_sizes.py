"""The benchmarks of size at small sizes: a site that the database copied is one that its own code agrees with."""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select

from hotline.domain.reports.scope import Axis, Scope
from hotline.services.reports.figures import split, values
from hotline.services.verdicts.recounting import recount
from hotline.storage.reports.tables import report_call, report_day
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.tables import verdict_day
from hotline.storage.verdicts.tallies import TallyStore
from scripts.benchmarks import __main__, _large, cases, reports, verdicts, visits
from scripts.benchmarks._result import Result
from scripts.benchmarks.cases import shipped
from tests.support.instance import at

START = at("2025-11-17 00:00")
YEAR = Scope(START, START + timedelta(days=365))
BLOCK, COPIES = 40, 3


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_large, "BLOCK", BLOCK)
    monkeypatch.setattr(_large, "WHOLE_RULES", verdicts.RULES_OF_CALLS)


@pytest.mark.usefixtures("_small")
def test_what_was_copied_is_what_its_own_code_makes_of_it(storage: Storage) -> None:
    """F1, F5: the sums that were made are those of the rows that were copied."""
    settings = shipped()
    _large.build(storage, settings, BLOCK * COPIES, START, lambda said: None)
    names = ["incoming", "answered", "lost", "wait_answered_p90", "callers", "callback_closure", "cases_opened"]
    with storage.reading() as tx:
        whole = values(tx, YEAR, names, settings)
        people = split(tx, YEAR, ["answered", "talk_p90"], Axis.PERSON, settings)
        counts = TallyStore(tx).all(), TallyStore(tx).by_day()
        numbers = tx.connection.scalar(select(func.count(func.distinct(report_call.c.caller))))
    assert whole["incoming"].value == BLOCK * COPIES
    assert numbers == BLOCK * COPIES
    with storage.writing() as tx:
        tx.connection.execute(delete(report_day))
    recount(storage)
    with storage.reading() as tx:
        assert values(tx, YEAR, names, settings) == whole
        assert split(tx, YEAR, ["answered", "talk_p90"], Axis.PERSON, settings) == people
        assert (TallyStore(tx).all(), TallyStore(tx).by_day()) == counts
        assert (tx.connection.scalar(select(func.sum(verdict_day.c.verdicts))) or 0) % COPIES == 0


@pytest.mark.usefixtures("_small")
def test_every_page_is_measured_and_its_growth_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_BENCH_SIZES", f"{BLOCK},{COPIES * BLOCK}")
    monkeypatch.setenv("HOTLINE_BENCH_DATABASES", "SQLite")
    told: list[str] = []
    results = list(reports.run(told.append))
    assert len({each.metric for each in results}) == len(results)
    assert sum("times the size before" in each.notes for each in results) == len(results) // 2
    assert any("calls take" in line for line in told)


@pytest.mark.parametrize(("bench", "count"), [(cases, 18), (visits, 11)])
def test_lists_are_measured(monkeypatch: pytest.MonkeyPatch, bench: ModuleType, count: int) -> None:
    monkeypatch.setenv("HOTLINE_BENCH_DATABASES", "SQLite")
    monkeypatch.setattr(bench, "PAGES", 2)
    results = list(bench.run(lambda said: None, 100))
    assert len({each.metric for each in results}) == len(results) == count
    assert all(each.metric.startswith("SQLite, 100 ") for each in results)


@pytest.mark.parametrize(("ours", "reference", "code"), [(2.0, "the aim", 1), (1.0, "the aim", 0), (2.0, "others", 0)])
def test_an_aim_that_is_missed_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, ours: float, reference: str, code: int
) -> None:
    class Made:
        @staticmethod
        def run(say: object) -> list[Result]:
            return [Result("made", "a metric", ours, 1.0, reference, "ms")]

    monkeypatch.setattr(__main__, "benchmarks", lambda: {"made": Made})
    result = CliRunner().invoke(__main__.main, ["made"])
    assert result.exit_code == code
    assert ("missed" in result.output) is bool(code)


def test_of_a_rate_more_is_better() -> None:
    assert Result("b", "m", 1.0, 2.0, "the aim", "calls/s", more_is_better=True).missed
    assert not Result("b", "m", 3.0, 2.0, "the aim", "calls/s", more_is_better=True).missed
