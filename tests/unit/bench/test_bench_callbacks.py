"""The benchmark of the list of callbacks at a small size, on both databases."""

from __future__ import annotations

from scripts.benchmarks import callbacks


def test_the_list_and_its_sweep_are_measured_on_both_databases() -> None:
    told: list[str] = []
    results = [result.metric for result in callbacks.run(told.append, callbacks=60)]
    assert len(results) == 8 and sum("SQLite" in each for each in results) == 4
    assert any("60 callbacks written" in line for line in told)
