"""G3: what is deleted for a person leaves every sum of verdicts as it was, now and when all is judged anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from hotline.domain.deadlines.term import Agreed
from hotline.domain.forms.form import PROMISE_CLOCK, CallForm, FormState, Origin
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.quality.results import CallScore, StoredFinding
from hotline.domain.retention.privacy import RequestKind
from hotline.domain.verdicts.tally import Tally, TallyAxis, Window
from hotline.services.deadlines.keeping import Wanted, keep
from hotline.services.retention import erasure, privacy
from hotline.services.verdicts.evaluating import evaluate
from hotline.services.verdicts.judging import judge_new
from hotline.services.verdicts.tallies import tallies
from hotline.settings import Home, Settings, load_settings
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.quality.findings import FindingStore
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.tables import rule_verdict
from tests.support.instance import at
from tests.support.judged import with_breach
from tests.support.recording_site import RecordingSite

LI = Actor("li", (Role.SUPERVISOR,), "Li")
OLD, NOW = at("2026-03-11 10:00:00"), at("2029-06-01 09:00:00")
NUMBER = "13800138000"
ALL = Window(OLD - timedelta(days=9), NOW + timedelta(days=400))


@dataclasses.dataclass(frozen=True)
class Standing:
    """The same figures at all times."""

    settings: Settings

    def at(self, _moment: datetime) -> Settings:
        return self.settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(Home(tmp_path / "none"), environment={})


@pytest.fixture
def site(storage: Storage, tmp_path: Path, settings: Settings) -> RecordingSite:
    """Calls of one person in 2026, whose time is over: with records, a promise, and what the rules found."""
    site = RecordingSite(tmp_path, form="wav", storage=storage)
    for number in range(2):
        began = OLD + timedelta(days=number)
        site.now = began + timedelta(minutes=5)
        site.take_in(f"old{number}", started_at=began)
        site.finaliser.one()
        write(site, settings, f"old{number}", began)
    return site


def write(site: RecordingSite, settings: Settings, linkedid: str, began: datetime) -> None:
    promised = began + timedelta(hours=2)
    form = CallForm(
        *("node1", linkedid, "main", Number(f"+86{NUMBER}"), began, Origin.OPERATOR, "1001", "赵敏"),
        created_at=began,
        updated_at=began,
        updated_by="1001",
        state=FormState.DONE,
        done_at=began + timedelta(minutes=3),
        category="consult",
        caller_name="王芳",
        content="问价",
        handling="告知",
        solved=True,
        promise="回电",
        promise_due_at=promised,
    )
    with site.storage.writing() as tx:
        [added] = FormStore(tx).add([form])
        keep(tx, settings, PROMISE_CLOCK, {added.id or 0: Wanted(began, "main", Agreed(promised))}, began)
        call = CallStore(tx).get("node1", linkedid)
        assert call is not None
        score = CallScore("node1", linkedid, "1001", began, began, {"transcribed": True, "sound": True})
        found = [StoredFinding("node1", linkedid, "1001", began, each) for each in with_breach("C4", "forbidden")]
        FindingStore(tx).replace(score, found)


def sums(storage: Storage) -> dict[TallyAxis | None, Sequence[Tally]]:
    with storage.reading() as tx:
        return {axis: tallies(tx, ALL, axis) for axis in (None, *TallyAxis)}


def test_g3_an_erasure_leaves_every_sum_as_it_was(site: RecordingSite, settings: Settings) -> None:
    figures = Standing(settings)
    judge_new(site.storage, figures, NOW)
    before = sums(site.storage)
    kinds = {each.rule for each in before[None] if each.applied}
    assert {"A1", "B1", "B3", "B8", "C4"} <= kinds
    request = privacy.take(site.storage, settings, RequestKind.DELETION, NUMBER, None, "王芳", "", LI, NOW)
    erased = erasure.erase(site.storage, site.files, settings, request.id or 0, LI, NOW)
    assert erased.calls == 2
    later = NOW + timedelta(minutes=1)
    judge_new(site.storage, figures, later)
    assert sums(site.storage) == before
    evaluate(site.storage, figures, None, None, (), "test", later)
    assert sums(site.storage) == before


def test_g3_nothing_of_a_caller_stands_in_any_verdict(site: RecordingSite, settings: Settings) -> None:
    judge_new(site.storage, Standing(settings), NOW)
    with site.storage.reading() as tx:
        written = repr(tx.connection.execute(select(rule_verdict)).all())
    assert "C4" in written
    for word in (NUMBER, "王芳", "问价", "告知", "回电", "不 知道", "不知道"):
        assert word not in written
