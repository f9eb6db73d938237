"""What a newcomer finds besides the simulated calls."""

from __future__ import annotations

from pathlib import Path

from greetings import load_manifest
from hotline.services.customers.customers import customers_of
from hotline.services.menus.content import faults_of, with_content
from hotline.simulate.cast import SCENARIOS
from hotline.simulate.demo import write_demo
from hotline.storage.menus.store import MenuDraftStore
from hotline.storage.prompts.store import PromptStore
from tests.support.instance import an_instance, at


def test_the_first_caller_is_known_however_often_it_is_started(tmp_path: Path) -> None:
    here = an_instance(tmp_path, at("2026-11-25 14:30"))
    for _ in range(2):
        write_demo(here)
    with here.storage.reading() as tx:
        found = [[customer.name for customer in customers_of(tx, scenario.number)] for scenario in SCENARIOS]
    assert found == [["王芳"], *([] for _ in SCENARIOS[1:])]


def test_a_newcomer_finds_drafts_of_menus_and_prompts_by_line_and_season(tmp_path: Path) -> None:
    """One draft with a fault, one that waits for its days and goes by itself; what callers hear now stays as it is, but
    for the line's greeting, which says that the call is recorded (G1)."""
    here = an_instance(tmp_path, at("2026-11-25 14:30"))
    menus = here.settings.menus
    for _ in range(2):
        write_demo(here)
    with here.storage.reading() as tx:
        drafts, versions = MenuDraftStore(tx).all(10), PromptStore(tx).all()
    assert sorted((each.taken_at is not None, each.until_at is not None) for each in drafts) == [
        (False, False),
        (True, True),
    ]
    [draft] = [each for each in drafts if each.taken_at is None]
    assert faults_of(with_content(here.settings, draft.content), load_manifest(here.home)) != []
    assert here.in_force().menus == menus
    assert sorted((each.place.line, each.place.is_period) for each in versions) == [("", True), ("main", False)]
    assert all("录音" in each.words for each in versions)
