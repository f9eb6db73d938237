"""What a newcomer finds besides the simulated calls."""

from __future__ import annotations

from pathlib import Path

from hotline.services.customers.customers import customers_of
from hotline.simulate.cast import SCENARIOS
from hotline.simulate.demo import write_demo
from tests.support.instance import an_instance, at


def test_the_first_caller_is_known_however_often_it_is_started(tmp_path: Path) -> None:
    here = an_instance(tmp_path, at("2026-11-25 14:30"))
    for _ in range(2):
        write_demo(here)
    with here.storage.reading() as tx:
        found = [[customer.name for customer in customers_of(tx, scenario.number)] for scenario in SCENARIOS]
    assert found == [["王芳"], *([] for _ in SCENARIOS[1:])]
