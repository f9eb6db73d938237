"""What is asked for and what is locked agree, and a disagreement is told."""

from __future__ import annotations

from packaging.requirements import Requirement

from scripts.dependencies.check import MACHINES, SETUP, all_disagreements, asked_of_setup, beyond, disagreements
from scripts.dependencies.pins import Pin, read_lock


def pin(name: str, version: str = "1.0", *, extras: str = "", marker: str = "", via: str = SETUP) -> Pin:
    return Pin(name, version, frozenset(extras.split()), marker, frozenset({f"hash of {version}"}), frozenset({via}))


def told(asked: str, *pins: Pin) -> list[str]:
    return list(disagreements(map(Requirement, asked.splitlines()), pins, SETUP))


def test_the_locks_hold_what_is_asked_for() -> None:
    assert list(all_disagreements()) == [], "run scripts/lock"


def test_all_that_is_asked_for_is_read() -> None:
    asked = {requirement.name for requirement in asked_of_setup("test", "bench")}
    assert asked >= {"flask", "audioop-lts", "pytest", "mypy", "panoramisk"}
    assert "pytest" not in {requirement.name for requirement in asked_of_setup()}


def test_what_is_not_locked_or_out_of_range_is_told() -> None:
    everywhere = ", ".join(f"{python} {cpu}" for python, cpu in MACHINES)
    assert told("flask>=1", pin("flask")) == []
    assert told("flask>=2", pin("flask")) == [f"flask>=2 is not met on {everywhere}; locked: 1.0"]
    assert told("flask>=2") == [f"flask>=2 is not met on {everywhere}; locked: nothing"]


def test_a_release_for_some_machines_does_not_serve_the_others() -> None:
    new = pin("numpy", "2.0", marker="python_full_version >= '3.13'")
    assert told("numpy", new, pin("numpy", "1.0", marker="python_full_version < '3.13'")) == []
    assert told("numpy", new) == [
        "numpy is not met on 3.11 x86_64, 3.11 aarch64, 3.12 x86_64, 3.12 aarch64; locked: 2.0"
    ]
    assert told('numpy; python_version >= "3.13"', new) == []
    assert told("numpy", pin("numpy", marker="platform_machine == 'x86_64'")) == [
        "numpy is not met on 3.11 aarch64, 3.12 aarch64, 3.13 aarch64; locked: 1.0"
    ]


def test_an_extra_must_be_locked_too() -> None:
    assert told("moto[server]", pin("moto", extras="server s3")) == []
    assert len(told("moto[server]", pin("moto", extras="s3"))) == 1


def test_what_nobody_asks_for_any_more_is_told_and_what_others_brought_is_not() -> None:
    pins = (pin("flask"), pin("old"), pin("werkzeug", via="flask"))
    assert told("Flask", *pins) == ["old is locked, and nobody asks for it any more"]


def test_a_part_with_another_release_or_other_files_is_told() -> None:
    whole = (pin("flask"), pin("numpy", "2.0"))
    changed = Pin("flask", "1.0", frozenset(), "", frozenset({"another"}), frozenset())
    assert beyond([pin("flask")], whole) == []
    assert beyond([changed, pin("numpy", "3.0")], whole) == ["flask 1.0", "numpy 3.0"]


def test_what_runs_is_less_than_what_the_tests_have() -> None:
    assert len(read_lock("run")) < len(read_lock("tests"))
