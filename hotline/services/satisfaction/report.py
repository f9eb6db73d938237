"""The report on satisfaction (E9, F7, F10): how many were asked, answered and satisfied, the mean against the target,
by line, operator and category; and the calls behind each number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hotline.domain.errors import Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.satisfaction.figures import (
    By,
    Opinions,
    RatingFigure,
    RatingFigures,
    ReplyFigures,
    all_opinions,
    in_all,
)
from hotline.domain.satisfaction.questionnaire import Questionnaire
from hotline.domain.satisfaction.rating import Rating
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.satisfaction.handled import OpinionsHandled, opinions_handled
from hotline.services.satisfaction.questionnaires import latest
from hotline.services.staff.names import Holders, holders
from hotline.services.staff.whose import key_of, whose, within
from hotline.settings import Settings
from hotline.storage.calls.store import CallStore
from hotline.storage.satisfaction.figures import FigureGroup, RatingFigureStore, RatingFilter
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.transaction import Storage, Transaction

LONGEST = timedelta(days=367)

#: Comments shown with the report; all of them are behind their number.
COMMENTS_SHOWN = 50
#: Rows of a table that is exported.
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class AskedReport:
    """Of who was asked in [`since`, `until`). `line`, `category`: None for all, "" for none; `operator`: an extension
    or person (`whose`), "" for all."""

    since: datetime
    until: datetime
    line: str | None = None
    category: str | None = None
    operator: str = ""


@dataclass(frozen=True, slots=True)
class AskedRows:
    """What a figure counts, beside the report itself."""

    figure: RatingFigure
    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class FigureRow:
    """`key`: what the report is asked for to see this row alone."""

    key: str
    name: str
    figures: RatingFigures


@dataclass(frozen=True, slots=True)
class RatingRow:
    """`call_id` None where the ledger has the call no more."""

    rating: Rating
    call_id: int | None
    category: str
    operator: str


@dataclass(frozen=True, slots=True)
class QuestionnaireRow:
    """In the words of its last version."""

    questionnaire: Questionnaire
    figures: ReplyFigures


@dataclass(frozen=True, slots=True)
class RatingReport:
    """`target`: of the mean. `satisfied_from`: an answer from here on counts as satisfied. `handled`: of all opinions,
    for who sees everybody's (F10). `rows`: behind the figure that was asked for. `questionnaires`: what was answered to
    each, for who sees everybody's; they are of no line or category."""

    asked: AskedReport
    total: RatingFigures
    by: Mapping[By, Sequence[FigureRow]]
    comments: Sequence[RatingRow]
    target: float
    satisfied_from: int
    handled: OpinionsHandled | None
    rows: Sequence[RatingRow] = ()
    questionnaires: Sequence[QuestionnaireRow] = ()

    @property
    def opinions(self) -> Opinions:
        """Ratings and questionnaires together."""
        return all_opinions(self.total, [each.figures for each in self.questionnaires])


def rating_report(
    storage: Storage,
    settings: Settings,
    asked: AskedReport,
    actor: Actor,
    now: datetime,
    exported: bool = False,
    behind: AskedRows | None = None,
) -> RatingReport:
    """Of theirs, of whom they lead, or of all; with the rows `behind` a figure. The look stands in the audit log (F8).
    Raises Forbidden, Refused for a time of more than a year."""
    _require(actor, asked)
    with storage.counting(settings.reports.most_seconds) as tx:
        known, wanted = holders(tx, settings), _wanted(tx, settings, asked, actor, now)
        groups = list(_groups(tx, known, wanted, now))
        comments = _rows(tx, known, RatingFigure.COMMENTED, wanted, COMMENTS_SHOWN)
        everybody = wanted.had is None and asked.line is None and asked.category is None
        handled = opinions_handled(tx, asked.since, asked.until) if everybody else None
        rows = _rows(tx, known, behind.figure, wanted, behind.limit, behind.offset) if behind else []
        questionnaires = _questionnaires(tx, wanted) if everybody else []
    note_look(storage, actor, now, "rating.export" if exported else "rating.report", "ratings")
    if behind:
        _note_rows(storage, behind.figure, rows, actor, now)
    chosen = settings.satisfaction
    return RatingReport(
        asked,
        in_all(group.figures for _key, _name, group in groups),
        {
            By.LINE: _added((group.line, group.line, group) for _key, _name, group in groups),
            By.OPERATOR: _added(groups),
            By.CATEGORY: _added((group.category, group.category, group) for _key, _name, group in groups),
        },
        comments,
        chosen.target,
        chosen.satisfied_from,
        handled,
        rows,
        questionnaires,
    )


def rows_behind(
    storage: Storage,
    settings: Settings,
    figure: RatingFigure,
    asked: AskedReport,
    actor: Actor,
    now: datetime,
    limit: int,
    offset: int = 0,
) -> list[RatingRow]:
    """What a figure counts, the newest first; the look stands in the audit log (F8). Raises as `rating_report`."""
    _require(actor, asked)
    with storage.reading() as tx:
        wanted = _wanted(tx, settings, asked, actor, now)
        rows = _rows(tx, holders(tx, settings), figure, wanted, limit, offset)
    _note_rows(storage, figure, rows, actor, now)
    return rows


def _note_rows(storage: Storage, figure: RatingFigure, rows: Sequence[RatingRow], actor: Actor, now: datetime) -> None:
    note_look(storage, actor, now, "rating.rows", "ratings", f"{len(rows)} {figure.value}")


def _questionnaires(tx: Transaction, wanted: RatingFilter) -> list[QuestionnaireRow]:
    """By code. One that no version is kept of has no words to show it by, and so no replies either."""
    found = ReplyStore(tx).counted(wanted.since, wanted.until, wanted.satisfied_from)
    return [QuestionnaireRow(latest(tx, code), found[code]) for code in sorted(found)]


def _require(actor: Actor, asked: AskedReport) -> None:
    require_right(Act.SEE_RATINGS, actor)
    if not asked.since < asked.until <= asked.since + LONGEST:
        raise Refused("satisfaction.report_time", field="since")


def _wanted(tx: Transaction, settings: Settings, asked: AskedReport, actor: Actor, now: datetime) -> RatingFilter:
    return RatingFilter(
        asked.since,
        asked.until,
        settings.satisfaction.satisfied_from,
        asked.line,
        asked.category,
        within(Act.SEE_RATINGS, actor, whose(tx, asked.operator, now)),
    )


def _groups(
    tx: Transaction, known: Holders, wanted: RatingFilter, now: datetime
) -> Iterator[tuple[str, str, FigureGroup]]:
    """With whose they are, by key and name. The time is cut where an extension changed hands, so that each part is one
    person's."""
    store = RatingFigureStore(tx)
    changes = {each.since for each in known.tenures if each.since and wanted.since < each.since < wanted.until}
    moments = [wanted.since, *sorted(changes), wanted.until]
    for since, until in pairwise(moments):
        for group in store.groups(_between(wanted, since, until)):
            key = key_of(known, group.extension, since, now) if group.extension else ""
            yield key, known.name(group.extension, since), group


def _between(wanted: RatingFilter, since: datetime, until: datetime) -> RatingFilter:
    return RatingFilter(since, until, wanted.satisfied_from, wanted.line, wanted.category, wanted.had)


def _added(
    groups: Collection[tuple[str, str, FigureGroup]] | Iterator[tuple[str, str, FigureGroup]],
) -> list[FigureRow]:
    """One row a key, who was asked most first."""
    figures: dict[str, RatingFigures] = defaultdict(RatingFigures)
    names: dict[str, str] = {}
    for key, name, group in groups:
        figures[key] += group.figures
        names[key] = name
    rows = [FigureRow(key, names[key], each) for key, each in figures.items()]
    return sorted(rows, key=lambda row: (-row.figures.offered, row.name, row.key))


def _rows(
    tx: Transaction, known: Holders, figure: RatingFigure, wanted: RatingFilter, limit: int, offset: int = 0
) -> list[RatingRow]:
    found = RatingFigureStore(tx).rows(figure, wanted, limit, offset)
    calls = CallStore(tx).ids_by_call([(each.node, each.linkedid) for each, _category in found])
    return [
        RatingRow(each, calls.get((each.node, each.linkedid)), category, known.name(each.extension, each.offered_at))
        for each, category in found
    ]
