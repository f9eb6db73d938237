"""The simulation shows postings, trainings, hand-overs, late starts and staffing from its first start on, and no more
of them at the next."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotline.domain.operators.presence import Via
from hotline.domain.people import Actor
from hotline.services.adherence.demo import DEMO as ADHERENCE
from hotline.services.bulletins.demo import DEMO as BULLETINS
from hotline.services.demo import Stage
from hotline.services.handover.demo import DEMO as HANDOVER
from hotline.services.operators.presence import become_ready
from hotline.services.staff.demo import DEMO as STAFF
from hotline.services.staffing.demo import DEMO as STAFFING
from hotline.services.trainings.demo import DEMO as TRAININGS
from hotline.storage.adherence.store import MissedStartStore
from hotline.storage.bulletins.store import BulletinStore
from hotline.storage.handover.store import ShiftHandoverStore
from hotline.storage.staffing.store import VolumeStore
from hotline.storage.trainings.store import TrainingResultStore, TrainingStore
from tests.support.instance import an_instance
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING

SITE = '[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱伟"\n'


def test_each_state_is_there_once_and_the_simulated_operator_can_be_ready(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, MORNING, SITE)
    stage = Stage(hotline.storage, hotline.settings, (), Actor("simulation", (), "simulation"))
    for _start in range(2):
        for demo in (STAFF, BULLETINS, TRAININGS, HANDOVER, ADHERENCE, STAFFING):
            demo.write(stage, MORNING)
    with hotline.storage.reading() as tx:
        postings = BulletinStore(tx).all(50)
        handovers = ShiftHandoverStore(tx).between(MORNING - timedelta(days=3), MORNING + timedelta(days=1))
        missed = MissedStartStore(tx).between(MORNING - timedelta(days=3), MORNING)
        assert len(TrainingStore(tx).all()) == 3 and len(TrainingResultStore(tx).all()) == 4
        assert VolumeStore(tx).typed("")
    assert len(postings) == 4 and sum(each.withdrawn for each in postings) == 1
    assert [each.accepted for each in handovers] == [False, True]
    assert sorted(bool(each.explanation) for each in missed) == [False, True]
    become_ready(hotline.storage, hotline.settings, RememberingPbx(), "1001", Via.CONSOLE, MORNING)
