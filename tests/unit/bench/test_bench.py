"""The benchmarks' frame, and the listener's at a small size (its references are not needed for that)."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from click.testing import CliRunner

from scripts.benchmarks import listener
from scripts.benchmarks.__main__ import benchmarks, main
from scripts.benchmarks._result import Result


def test_every_module_is_a_benchmark_unless_it_only_helps() -> None:
    found = benchmarks()
    assert "listener" in found
    assert not [name for name in found if name.startswith("_")]
    assert all(callable(module.run) and module.__doc__ for module in found.values())


def test_an_unknown_name_is_refused_with_those_that_are_known() -> None:
    result = CliRunner().invoke(main, ["lisener"])
    assert result.exit_code == 2
    assert "no such benchmark: lisener" in result.output and "listener" in result.output


def test_a_result_has_the_fields_that_programs_read() -> None:
    result = Result("listener", "events persisted", 10.0, 4.0, "panoramisk", "events/s", "a note")
    assert json.loads(json.dumps(result.as_json())) == {
        "bench": "listener",
        "metric": "events persisted",
        "ours": 10.0,
        "reference": 4.0,
        "reference_name": "panoramisk",
        "ratio": 2.5,
        "unit": "events/s",
        "notes": "a note",
    }
    assert "2.50 x panoramisk" in result.as_text()
    assert Result("b", "m", 1.0, 0.0, "n", "u").as_json()["ratio"] is None


def test_the_typical_round_is_the_one_with_the_median_ratio() -> None:
    assert listener.typical([(9.0, 1.0), (4.0, 2.0), (3.0, 3.0)]) == (4.0, 2.0)


def test_the_listeners_benchmark_ends_with_every_call_in_the_ledger(tmp_path: Path) -> None:
    """`read_and_persist` raises when a call is missing or open."""
    listener.write_cel_database(tmp_path / "cel.db", 40)
    assert listener._measure(partial(listener.read_and_persist, tmp_path), 40) > 0
