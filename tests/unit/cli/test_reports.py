"""`hotline reports`: made anew by hand, seen by a tool of one's own."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from hotline.domain.reports.catalogue import FIGURES
from hotline.storage.reports.views import PARTS, drop_views
from tests.support import report_day as hand
from tests.support.instance import an_instance, run


def test_made_anew_and_seen_as_views(tmp_path: Path) -> None:
    """F1."""
    hotline = an_instance(tmp_path, hand.EVENING)
    hand.put(hotline.storage)
    assert "3 days made anew" in run(hotline, "reports", "rebuild").output
    names = {*(figure.view for figure in FIGURES.values()), *(name for name, _source, _keys in PARTS)}
    assert f"{len(names)} views made" in run(hotline, "reports", "views").output
    with hotline.storage.engine.connect() as connection:
        assert set(inspect(connection).get_view_names()) == names
        asked = text("SELECT SUM(value) FROM figure_incoming WHERE day = '2026-11-16'")
        assert connection.scalar(asked) == hand.FIGURES["incoming"]


def test_views_are_made_again_and_taken_away(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, hand.EVENING)
    for _ in range(2):
        run(hotline, "reports", "views")
    with hotline.storage.engine.begin() as connection:
        assert inspect(connection).get_view_names()
        drop_views(connection)
        assert not inspect(connection).get_view_names()


def test_the_dictionary_is_printed(tmp_path: Path) -> None:
    assert "## 1. 呼入量 · Incoming" in run(an_instance(tmp_path, hand.EVENING), "reports", "dictionary").output
