"""A year of 10,000, 100,000 and 1,000,000 calls: milliseconds of each report, of the rules pages, the ledger and the
work lists, and how they grow."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from time import process_time

from hotline.domain.callbacks.listing import CallbackFilter, Tab
from hotline.domain.calls.call import Outcome
from hotline.domain.calls.ledger import CallFilter
from hotline.domain.people import Actor, Role
from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import How
from hotline.domain.reports.scope import Axis, Scope
from hotline.domain.reports.standard import STANDARD
from hotline.domain.rights.seeing import NumberAsked
from hotline.services.callbacks.listing import see_callbacks
from hotline.services.calls.ledger import find_calls
from hotline.services.compliance.detail import rule_detail
from hotline.services.compliance.overview import AskedRules, rules_kept
from hotline.services.forms.search import AskedForms
from hotline.services.forms.seeing import MOST_COUNTED, see_forms
from hotline.services.reports.figures import rows, split, values
from hotline.services.reports.report_pages import see_report
from hotline.services.settings.in_force import SettingsInForce
from hotline.settings import Home
from hotline.settings.load import read_layers
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from hotline.web.forms.pages import COUNTED
from scripts.benchmarks._large import build, bytes_of
from scripts.benchmarks._report_rows import DAYS
from scripts.benchmarks._result import Result
from scripts.benchmarks._sizes import asked_sizes, database
from scripts.benchmarks.cases import timed
from tests.support.instance import StandingClock, at

#: Milliseconds: of a report, and of a page of a list.
AIM, AIM_PAGE = 1000.0, 200.0
_TIMES, PAGES = 3, 20
_START = at("2025-11-17 00:00")
NOW = _START + timedelta(days=DAYS, hours=10)
_YEAR = Scope(_START, _START + timedelta(days=DAYS))
_YEAR_BEFORE = Scope(_START - timedelta(days=DAYS), _START)
_HALF = Scope(_START + timedelta(days=182), _START + timedelta(days=364))
_HALF_BEFORE = Scope(_START, _START + timedelta(days=182))
_WHO = Actor("li", (Role.SUPERVISOR, Role.ADMINISTRATOR), "李主管")
_RULES_YEAR = AskedRules(date(2025, 11, 17), date(2026, 11, 16), date(2024, 11, 17), date(2025, 11, 16))
_RULES_MONTH = AskedRules(date(2026, 10, 1), date(2026, 10, 31), date(2026, 9, 1), date(2026, 9, 30))

_LEVELS = ("incoming", "answered", "lost", "service_level", "abandonment", "average_answer", "handle_time")
_WAITS = ("wait_answered_p50", "wait_answered_p90", "wait_answered_longest", "wait_lost_p90", "talk_p90")
_CALLS = tuple(
    name
    for name, figure in FIGURES.items()
    if Axis.HALF_HOUR in figure.axes and figure.taken.how in (How.SUM, How.RATIO)
)

_Asked = tuple[str, Scope, Sequence[str], Axis | None]
#: Beside the pages: the questions of the API that cost most.
_QUESTIONS: tuple[_Asked, ...] = (
    ("every figure of calls, a year", _YEAR, _CALLS, None),
    ("days, a year", _YEAR, _LEVELS, Axis.DAY),
    ("people, a year", _YEAR, _LEVELS, Axis.PERSON),
    ("one person's days, a year", replace(_YEAR, people=(7,)), _LEVELS, Axis.DAY),
    ("one person's subjects, a year", replace(_YEAR, people=(7,)), _LEVELS, Axis.SUBJECT),
    ("percentiles by month, a year", _YEAR, _WAITS, Axis.MONTH),
    ("percentiles by person, a year", _YEAR, _WAITS, Axis.PERSON),
    ("percentiles by subject, a year", _YEAR, _WAITS, Axis.SUBJECT),
    ("percentiles by half hour, a year", _YEAR, _WAITS, Axis.HALF_HOUR),
    ("different callers by month, a year", _YEAR, ("callers",), Axis.MONTH),
    ("different callers by person, a year", _YEAR, ("callers",), Axis.PERSON),
    ("subjects of one region, a year", replace(_YEAR, regions=("广东",)), _LEVELS, Axis.SUBJECT),
)
_PAGE = 50
_LEDGER = {
    "the ledger": CallFilter(),
    "the ledger of one line": CallFilter(line="parts"),
    "the ledger of one operator": CallFilter(answered_by="1007"),
    "the ledger, lost calls": CallFilter(outcomes=(Outcome.ABANDONED_QUEUE,)),
    "the ledger of a month": CallFilter(since=at("2026-05-01 00:00"), until=at("2026-06-01 00:00")),
    "the ledger, the end of a number": CallFilter(caller="8013"),
    "the ledger, the end of a number, masked": CallFilter(caller_asked=NumberAsked(end="8013")),
    "the ledger, the beginning of a number": CallFilter(caller="+8613"),
    "the ledger, the middle of a number": CallFilter(caller="30801"),
    "the ledger, a number that nobody has": CallFilter(caller="99999999"),
    "the ledger, the end of a number, lost calls": CallFilter(caller="8013", outcomes=(Outcome.ABANDONED_QUEUE,)),
}
_FORMS = {
    "open records": AskedForms(owner="all"),
    "done records": AskedForms("done", "all"),
    "records of one subject": AskedForms("all", "all", category="repair"),
    "records, a word that all have": AskedForms("all", "all", q="制冷"),
    "records, a word that few have": AskedForms("all", "all", q="发黄"),
    "records, a word that none has": AskedForms("all", "all", q="漏气"),
    "records, the end of a number": AskedForms("all", "all", q="8013"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """`name`: what was asked; milliseconds of each time."""

    name: str
    taken: Sequence[float]
    ours: float
    aim: float

    @property
    def p95(self) -> float:
        return quantiles(self.taken, n=20, method="inclusive")[-1]

    @property
    def judged(self) -> float:
        """Pages by their 95th percentile, reports by their median."""
        return self.p95 if self.aim == AIM_PAGE else median(self.taken)


def run(say: Callable[[str], None], calls: int = 0) -> Iterator[Result]:
    """`calls`: of this size alone."""
    for name, sizes in asked_sizes(calls):
        before: dict[str, float] = {}
        for size in sizes:
            with database(name) as url:
                storage = Storage(make_engine(url))
                in_force = _settings(storage)
                build(storage, in_force(), size, _START, partial(_say, say, name))
                total, of_reports = bytes_of(storage) / 1e6, bytes_of(storage, "report_") / 1e6
                say(f"  {name}: {size} calls take {total:.0f} MB, of which reports {of_reports:.0f} MB")
                yield from results(storage, in_force, f"{name}, {size} calls", before, say)
                storage.close()


def _say(say: Callable[[str], None], name: str, what: str) -> None:
    say(f"  {name}: {what.strip()}")


def results(
    storage: Storage, in_force: SettingsInForce, name: str, before: dict[str, float], say: Callable[[str], None]
) -> Iterator[Result]:
    """`before`: what each took at the size before; it is told of the growth, and then holds what this one took."""
    for each in measure(storage, in_force):
        grown = f"{each.judged / before[each.name]:.1f} times the size before; " if each.name in before else ""
        before[each.name] = each.judged
        notes = f"{grown}p50 {median(each.taken):.0f} ms, {each.ours:.0f} ms of our own processor time"
        say(f"  {name}: {each.name}: {each.judged:.0f} ms; {notes}")
        yield Result("reports", f"{name}, {each.name}", each.judged, each.aim, "the aim", "ms", notes)


def measure(storage: Storage, in_force: SettingsInForce) -> Iterator[Measured]:
    settings = in_force()
    for name in STANDARD:
        for what, scope, earlier in (("a year", _YEAR, _YEAR_BEFORE), ("half a year", _HALF, _HALF_BEFORE)):
            page = partial(see_report, storage, settings, name, scope, earlier, None, _WHO, NOW)
            yield _measured(f"report {name}, {what}", page, _TIMES, AIM)
    for what, scope, names, axis in _QUESTIONS:
        yield _measured(what, partial(_ask, storage, in_force, scope, names, axis), _TIMES, AIM)
    yield _measured("the rows of a figure", partial(_open, storage, in_force), _TIMES, AIM)
    for what, asked in (("a year", _RULES_YEAR), ("a month", _RULES_MONTH)):
        yield _measured(f"the rules, {what}", partial(rules_kept, in_force, asked, _WHO, NOW), _TIMES, AIM)
        for rule in ("A8", "C4"):
            detail = partial(rule_detail, in_force, rule, asked, _WHO, NOW, 50)
            yield _measured(f"rule {rule}, {what}", detail, _TIMES, AIM)
    for what, wanted in _LEDGER.items():
        yield _measured(what, _turning(partial(_ledger, storage, wanted)), PAGES, AIM_PAGE)
    for what, forms in _FORMS.items():
        yield _measured(what, _turning(partial(_records, storage, in_force, forms)), PAGES, AIM_PAGE)
    for tab in (Tab.OPEN, Tab.OVERDUE, Tab.DONE):
        listed = partial(see_callbacks, storage, settings, _WHO, CallbackFilter(tab), NOW)
        yield _measured(f"callbacks, {tab.value}", listed, PAGES, AIM_PAGE)


def _measured(name: str, do: Callable[[], object], times: int, aim: float) -> Measured:
    used = process_time()
    taken = [timed(do) for _ in range(times)]
    return Measured(name, taken, (process_time() - used) * 1000 / times, aim)


def _turning(page: Callable[[int], object]) -> Callable[[], object]:
    """One page behind the other."""
    places = count()
    return lambda: page(next(places) * _PAGE)


def _ledger(storage: Storage, wanted: CallFilter, offset: int) -> None:
    find_calls(storage, wanted, _PAGE, offset, _WHO, NOW)


def _records(storage: Storage, in_force: SettingsInForce, asked: AskedForms, offset: int) -> None:
    see_forms(storage, in_force(), asked, _PAGE, offset, _WHO, NOW, COUNTED, MOST_COUNTED)


def _ask(storage: Storage, in_force: SettingsInForce, scope: Scope, names: Sequence[str], axis: Axis | None) -> None:
    with storage.reading() as tx:
        if axis is None:
            assert values(tx, scope, names, in_force(), NOW)
        else:
            assert split(tx, scope, names, axis, in_force(), NOW)


def _open(storage: Storage, in_force: SettingsInForce) -> None:
    with storage.reading() as tx:
        assert rows(tx, _YEAR, "lost_in_queue", in_force(), 50, 0, NOW).ids


def _settings(storage: Storage) -> SettingsInForce:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        home.create()
        return SettingsInForce(read_layers(home, environment={}), storage, StandingClock(NOW))
