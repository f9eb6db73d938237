"""What an audit asks after: every release of every lock."""

from __future__ import annotations

from scripts.dependencies.audit import locked, rounds_of
from scripts.dependencies.pins import read_lock


def test_each_round_has_a_package_once_and_all_rounds_have_every_release() -> None:
    releases = [("numpy", "2.4.6"), ("flask", "3.1.0"), ("numpy", "2.5.5")]
    assert rounds_of(releases) == [[("flask", "3.1.0"), ("numpy", "2.4.6")], [("numpy", "2.5.5")]]


def test_releases_for_other_machines_than_this_are_asked_after_too() -> None:
    """pip-audit by itself leaves out what this machine's Python does not install."""
    marked = {(pin.name, pin.version) for pin in read_lock("tests") if pin.marker}
    assert {name for name, _ in marked} >= {"audioop-lts", "numpy"}
    assert marked <= locked()
    assert locked() >= {
        (pin.name, pin.version) for pin in (*read_lock("run"), *read_lock("build"), *read_lock("tools"))
    }
