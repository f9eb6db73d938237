"""A view in SQL for each figure, for whoever asks the database with a tool of their own: by day and line, with what is
divided by what, so that other times can be summed up from them. They are counted from the facts, never from kept
sums, and hold no person outside."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, inspect, text

from hotline.domain.reports.catalogue import FIGURES
from hotline.domain.reports.figure import MIN_PAIRS, Figure, How
from hotline.domain.reports.scope import Axis
from hotline.storage.reports import figure_sql
from hotline.storage.reports.dialect import Dialect
from hotline.storage.reports.figure_sql import Terms
from hotline.storage.reports.measures import in_whole_seconds
from hotline.storage.reports.source import Source
from hotline.storage.reports.sources import SOURCE_OF, SOURCES

#: What all their names begin with.
PREFIX = "figure_"
#: Views of what figures are made of by more than day and line: name, source, and by what.
PARTS = (
    (f"{PREFIX}menus", "menus", "day, line, menu_version, menu, menu_choice"),
    (f"{PREFIX}pauses", "pauses", "day, person_id, reason"),
    (f"{PREFIX}clocks", "case_clocks", "day, line, clock"),
)


def view_sql(figure: Figure, terms: Terms, dialect: Dialect) -> str:
    """The SELECT: day, line, numerator, denominator, value. `terms.now` must be SQL, not a parameter."""
    match figure.taken.how:
        case How.SUM | How.RATIO:
            return _of_sums(figure, terms, dialect)
        case How.STOCK:
            return _stock(figure, terms, dialect)
        case How.KAPPA:
            return _kappa(figure, terms, dialect)
        case How.PERCENTILE:
            return _at_rank(figure, terms, dialect)
        case How.LONGEST:
            return _longest(figure, terms, dialect)
        case How.DISTINCT:
            return (
                "SELECT day, line, COUNT(DISTINCT caller) AS numerator, COUNT(DISTINCT caller) AS denominator,"
                " COUNT(DISTINCT caller) AS value FROM report_call"
                " WHERE counts_as <> '' AND caller IS NOT NULL GROUP BY day, line"
            )
        case How.EACH:
            return (
                "SELECT day, line, COUNT(caller) AS numerator, COUNT(DISTINCT caller) AS denominator,"
                " COUNT(caller) * 1.0 / COUNT(DISTINCT caller) AS value FROM report_call"
                " WHERE counts_as <> '' AND caller IS NOT NULL GROUP BY day, line"
            )
        case How.PEAK:
            return _peak(figure, terms, dialect)


def make_views(connection: Connection, terms: Terms) -> int:
    """All of them, in place of what is there; says how many."""
    drop_views(connection)
    dialect = Dialect(connection.dialect.name)
    for figure in FIGURES.values():
        asked = view_sql(figure, terms, dialect)
        connection.exec_driver_sql(f"CREATE VIEW {figure.view} AS {asked}")
    for name, source, keys in PARTS:
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {parts_sql(source, keys, terms, dialect)}")
    return len(FIGURES) + len(PARTS)


def parts_sql(name: str, keys: str, terms: Terms, dialect: Dialect) -> str:
    """The SELECT: what the figures of a source are parted by, and each of its measures."""
    source = SOURCES[name]
    sums = ", ".join(f"{figure_sql.summed(source, name, terms)} AS {name}" for name in source.measures)
    return f"SELECT {keys}, {sums} FROM ({terms.filled(source.rows(dialect))}) s GROUP BY {keys}"


def drop_views(connection: Connection) -> None:
    """Before the tables below them change: a view keeps them as they are."""
    for name in inspect(connection).get_view_names():
        if name.startswith(PREFIX):
            connection.execute(text(f"DROP VIEW {name}"))


def _line(figure: Figure, source: Source) -> str:
    """Where a figure has no line, or only some of its sources have one, it is of all lines."""
    return "line" if Axis.LINE in figure.axes and Axis.LINE in source.axes else "''"


def _of_sums(figure: Figure, terms: Terms, dialect: Dialect) -> str:
    taken = figure.taken
    sources = {SOURCE_OF[name].name for name in taken.measures}
    parts = [
        f"SELECT day, {_line(figure, SOURCES[source])} AS line,"
        f" {_terms_of(taken.top, source, terms)} AS numerator,"
        f" {_terms_of(taken.bottom or taken.top, source, terms)} AS denominator"
        f" FROM ({terms.filled(SOURCES[source].rows(dialect))}) s GROUP BY day"
        + (", line" if _line(figure, SOURCES[source]) == "line" else "")
        for source in sorted(sources)
    ]
    value = f"SUM(numerator) * {taken.scale!r}"
    if taken.how is How.RATIO:
        value = f"CASE WHEN SUM(denominator) <> 0 THEN {value} / SUM(denominator) END"
    if taken.plus:
        value = f"{value} + {taken.plus!r}"
    return (
        f"SELECT day, line, SUM(numerator) AS numerator, SUM(denominator) AS denominator, {value} AS value"
        f" FROM ({' UNION ALL '.join(parts)}) p GROUP BY day, line"
    )


def _kappa(figure: Figure, terms: Terms, dialect: Dialect) -> str:
    """As hotline.domain.reports.figure.kappa; numerator ÷ denominator is how many agreed."""
    source = SOURCE_OF[figure.taken.top[0]]
    agreed, first, second = (figure_sql.summed(source, name, terms) for name in figure.taken.top)
    pairs = figure_sql.summed(source, figure.taken.bottom[0], terms)
    by_chance = "(1.0 * yes * other + (pairs - yes) * (pairs - other)) / (pairs * pairs)"
    value = (
        f"CASE WHEN pairs >= {MIN_PAIRS} AND {by_chance} <> 1"
        f" THEN (1.0 * agreed / pairs - {by_chance}) / (1 - {by_chance}) END"
    )
    return (
        f"SELECT day, line, agreed AS numerator, pairs AS denominator, {value} AS value FROM ("
        f"SELECT day, '' AS line, {agreed} AS agreed, {first} AS yes, {second} AS other, {pairs} AS pairs"
        f" FROM ({terms.filled(source.rows(dialect))}) s GROUP BY day) p"
    )


def _terms_of(names: Sequence[str], source: str, terms: Terms) -> str:
    """Those of this source; those of others come from their own part."""
    signed = [("-", name[1:]) if name.startswith("-") else ("+", name) for name in names]
    own = [f"{sign} {figure_sql.summed(SOURCES[source], name, terms)}" for sign, name in signed if _is_of(name, source)]
    return " ".join(own).removeprefix("+ ") or "0"


def _is_of(name: str, source: str) -> bool:
    return SOURCE_OF[name].name == source


def _seconds(figure: Figure, terms: Terms, dialect: Dialect) -> str:
    span = figure.taken.top[0]
    source = SOURCE_OF[span]
    condition, amount = source.spans[span]
    return (
        f"SELECT day, {_line(figure, source)} AS line, {in_whole_seconds(amount)} AS seconds"
        f" FROM ({terms.filled(source.rows(dialect))}) s WHERE {terms.filled(condition)}"
    )


def _at_rank(figure: Figure, terms: Terms, dialect: Dialect) -> str:
    return (
        "SELECT day, line, seconds AS numerator, total AS denominator, seconds AS value FROM ("
        "SELECT day, line, seconds, ROW_NUMBER() OVER (PARTITION BY day, line ORDER BY seconds) AS place,"
        " COUNT(*) OVER (PARTITION BY day, line) AS total"
        f" FROM ({_seconds(figure, terms, dialect)}) q) r WHERE place = (total * {figure.taken.share} + 99) / 100"
    )


def _longest(figure: Figure, terms: Terms, dialect: Dialect) -> str:
    return (
        "SELECT day, line, MAX(seconds) AS numerator, COUNT(*) AS denominator, MAX(seconds) AS value"
        f" FROM ({_seconds(figure, terms, dialect)}) q GROUP BY day, line"
    )


def _stock(figure: Figure, terms: Terms, dialect: Dialect) -> str:
    """Of days on which something came or went; the others have what the one before has."""
    source = SOURCE_OF[figure.taken.top[0]]
    moved = figure_sql.summed(source, figure.taken.top[0], terms)
    return (
        "SELECT day, '' AS line, total AS numerator, total AS denominator, total AS value FROM ("
        "SELECT day, SUM(moved) OVER (ORDER BY day) AS total FROM ("
        f"SELECT day, {moved} AS moved FROM ({terms.filled(source.rows(dialect))}) s GROUP BY day) m) t"
    )


def _peak(figure: Figure, terms: Terms, dialect: Dialect) -> str:
    source = SOURCE_OF[figure.taken.top[0]]
    condition, amount = source.measures[figure.taken.top[0]]
    return (
        f"SELECT day, '' AS line, MAX({amount}) AS numerator, MAX({amount}) AS denominator, MAX({amount}) AS value"
        f" FROM ({source.rows(dialect)}) s WHERE {condition} GROUP BY day"
    )
