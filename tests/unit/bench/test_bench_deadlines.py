"""The benchmark of deadlines at a small size: all move, then none, on both databases."""

from __future__ import annotations

from scripts.benchmarks import deadlines


def test_all_move_by_the_one_change_and_none_by_the_other() -> None:
    told: list[str] = []
    results = {result.metric: result.notes for result in deadlines.run(told.append, deadlines=50)}
    for database in ("SQLite", "PostgreSQL"):
        assert results[f"{database}, all move"].startswith("50 counted, 50 moved;")
        assert results[f"{database}, none moves"].startswith("50 counted, 0 moved;")
