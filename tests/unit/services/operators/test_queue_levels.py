"""A5: whoever is signed in while their level changes is of the new one, without signing in again."""

from __future__ import annotations

from pathlib import Path

from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.jobs.catalogue import catalogue
from hotline.jobs.notices import AppriseNotices
from hotline.services.job import Parts
from hotline.services.operators.operators import sign_in
from hotline.services.operators.queue_levels import bring_levels
from hotline.services.settings.settings import change_settings
from recordings.files import FolderFiles
from tests.support.instance import an_instance
from tests.support.pbx import RememberingPbx
from tests.support.rows import MORNING

ADMIN = Actor("admin", (Role.ADMINISTRATOR,), "管理员")
SITE = """
[operators.1001]
name = "赵敏"
levels = { service = 2 }
[operators.1002]
name = "钱伟"
"""


def test_a_level_reaches_whoever_is_signed_in_and_an_asterisk_that_was_away(tmp_path: Path) -> None:
    here, pbx = an_instance(tmp_path, MORNING, SITE), RememberingPbx()
    parts = Parts(
        in_force=here.in_force,
        secrets=here.secrets,
        home=here.home,
        storage=here.storage,
        pbx=pbx,
        pbx_files=here.pbx_files,
        notices=AppriseNotices(tuple),
        trim_cel_database=None,
        started_at=MORNING,
        files=lambda: FolderFiles(here.home.recordings),
    )
    run = next(job.run for job in catalogue(parts) if job.name == "queue_levels")
    for extension in ("1001", "1002"):
        sign_in(here.settings, pbx, extension, ["service"])
    assert pbx.levels == {("service", "1001"): 2, ("service", "1002"): 1}
    assert run(MORNING) is None
    pbx.away = "asterisk.unreachable"
    change_settings(here.in_force, ADMIN, {"operators.1002": {"name": "钱伟", "levels": {"service": 3}}}, MORNING)
    change_settings(here.in_force, ADMIN, {"operators.1001": {"name": "赵敏"}}, MORNING)
    assert run(MORNING) is None
    pbx.away = ""
    assert run(MORNING) == because("operators.levels_brought", places=["service 1001", "service 1002"])
    assert pbx.levels == {("service", "1001"): 1, ("service", "1002"): 3}
    assert run(MORNING) is None


def test_of_whoever_is_no_operator_nothing_is_changed(tmp_path: Path) -> None:
    """Asterisk keeps who signed in, also in a queue that is gone."""
    here, pbx = an_instance(tmp_path, MORNING, SITE), RememberingPbx()
    pbx.queue_add("gone", "1001", "赵敏", level=4)
    pbx.queue_add("service", "9999", "?", level=4)
    assert bring_levels(here.settings, pbx) == []
