"""The simulation has departments and a team from its first start on, and no more of them at the next."""

from __future__ import annotations

from pathlib import Path

from hotline.domain.people import Actor
from hotline.services.demo import Stage
from hotline.services.staff.demo import DEMO
from hotline.storage.staff.store import StaffStore
from tests.support.instance import an_instance
from tests.support.rows import MORNING


def test_it_is_there_once(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, MORNING, '[operators.1001]\nname = "赵敏"\n')
    stage = Stage(hotline.storage, hotline.settings, (), Actor("simulation", (), "simulation"))
    for _start in range(2):
        DEMO.write(stage, MORNING)
    with hotline.storage.reading() as tx:
        staff = StaffStore(tx)
        departments, teams = staff.departments(), staff.teams()
        (zhao,) = (person for person in staff.all() if person.name == "赵敏")
        assert zhao.id is not None
        found = staff.department_of(zhao.id, MORNING), staff.extension_of(zhao.id, MORNING)
    assert len(departments) == 4 and [team.name for team in teams] == ["一组"]
    assert found[0] is not None and (found[0].name, found[1]) == ("客服部", "1001")
