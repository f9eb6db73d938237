"""E2: recordings whose time is over are shown, then deleted with a register; nothing else is, whatever happens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hotline.domain.callbacks.owed import Callback, CallbackReason
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused, StoreUnavailable
from hotline.domain.forms.form import CallForm, Origin
from hotline.domain.numbers import Number
from hotline.domain.people import Actor, Role
from hotline.domain.reasons import because
from hotline.domain.recordings.recording import RecordingState
from hotline.domain.recordings.transcript import Side, TranscriptState
from hotline.domain.retention.deletion import DeletionFilter
from hotline.domain.retention.retention import Terms
from hotline.services.retention import expiry, holds
from hotline.storage.audit import AuditLog
from hotline.storage.callbacks.store import CallbackStore
from hotline.storage.calls.store import CallStore
from hotline.storage.forms.store import FormStore
from hotline.storage.recordings.store import RecordingStore
from hotline.storage.recordings.transcripts import TranscriptStore
from hotline.storage.retention.deletions import DeletionStore
from hotline.storage.transaction import Storage, Transaction
from recordings.files import FolderFiles
from recordings.verification import Verifier
from tests.support.instance import an_instance, at, run, run_json
from tests.support.recording_site import RecordingSite
from tests.support.rows import MORNING

EDGE = at("2029-03-12 00:00:00")
SECOND = timedelta(seconds=1)
LI = Actor("li", (Role.SUPERVISOR,), "Li")


class Killed(BaseException):
    """kill -9: nothing of ours runs any more."""


class Dying(FolderFiles):
    """A store whose process is killed before or after its n-th removal."""

    def __init__(self, root: Path, number: int, after: bool) -> None:
        super().__init__(root)
        self._left, self._after = number, after

    def remove(self, path: str) -> bool:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Killed
        gone = super().remove(path)
        if self._left == 0:
            raise Killed
        return gone


class Away(FolderFiles):
    def open(self, path: str) -> Any:
        raise StoreUnavailable("the store does not answer")

    def remove(self, path: str) -> bool:
        raise StoreUnavailable("the store does not answer")


class DyingStorage(Storage):
    """A database whose process is killed at the n-th writing transaction, before or after its commit."""

    def __init__(self, storage: Storage, number: int, after: bool) -> None:
        super().__init__(storage.engine)
        self._left, self._after = number, after

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        self._left -= 1
        with super().writing() as tx:
            yield tx
            if self._left == 0 and not self._after:
                raise Killed
        if self._left == 0:
            raise Killed


@pytest.fixture
def site(tmp_path: Path) -> RecordingSite:
    """a.1 to a.3, kept in this order on one day; a.3's call was a month later."""
    return filled(RecordingSite(tmp_path, form="wav"))


def filled(site: RecordingSite) -> RecordingSite:
    for number in (1, 2, 3):
        began = MORNING + timedelta(days=30 if number == 3 else 0)
        site.now = max(site.now, began + timedelta(minutes=5))
        site.take_in(f"a.{number}", started_at=began)
        site.finaliser.one()
        site.now += SECOND
    return site


@pytest.fixture
def anywhere(storage: Storage, tmp_path: Path) -> RecordingSite:
    """The same on each kind of database."""
    return filled(RecordingSite(tmp_path, form="wav", storage=storage))


def due(site: RecordingSite, now: datetime, **terms: int) -> list[str]:
    found = expiry.due(site.storage, Terms(categories=terms), now)
    return [each.candidate.entry.linkedid for each in found]


def expire(site: RecordingSite, now: datetime = EDGE, files: FolderFiles | None = None) -> expiry.Expired:
    ids = [each.candidate.entry.id or 0 for each in expiry.due(site.storage, Terms(), now)]
    return expiry.expire(site.storage, files or site.files, Terms(), ids, "li", now)


def register(site: RecordingSite) -> list[tuple[str, bool, bool]]:
    """(call, its file was found, its file is gone)"""
    with site.storage.reading() as tx:
        rows = DeletionStore(tx).search(DeletionFilter(), 100)
    return [(row.linkedid, row.found, row.finished_at is not None) for row in reversed(rows)]


def troubles(site: RecordingSite) -> list[tuple[str, str]]:
    site.now += timedelta(hours=1)
    report = Verifier(site.storage, site.files, "node1", lambda: site.now).verify()
    assert report.chained == 3
    return [(each.kind.value, each.path) for each in report.troubles]


def write_form(site: RecordingSite, linkedid: str, category: str) -> int:
    form = CallForm(
        "node1",
        linkedid,
        "main",
        Number("+8613800138000"),
        MORNING,
        Origin.OPERATOR,
        "1001",
        "赵敏",
        created_at=MORNING,
        updated_at=MORNING,
        updated_by="1001",
        category=category,
    )
    with site.storage.writing() as tx:
        return FormStore(tx).add([form])[0].id or 0


def call_back(site: RecordingSite, linkedid: str, closed_at: datetime | None) -> None:
    with site.storage.writing() as tx:
        CallbackStore(tx).open(
            Callback(
                "node1",
                linkedid,
                "main",
                Number("+8613800138000"),
                CallbackReason.PROMISED,
                MORNING,
                MORNING,
                opened_by="li",
            )
        )
        if closed_at:
            [callback] = [each for each in CallbackStore(tx).list() if each.linkedid == linkedid]
            CallbackStore(tx).close(callback.id or 0, "li", "reached", closed_at)


def test_e2_to_the_second_at_the_three_year_edge(anywhere: RecordingSite) -> None:
    assert due(anywhere, EDGE - SECOND) == []
    assert due(anywhere, EDGE) == ["a.1", "a.2"]
    assert due(anywhere, at("2029-04-11 00:00:00") - SECOND) == ["a.1", "a.2"]
    assert due(anywhere, at("2029-04-11 00:00:00")) == ["a.1", "a.2", "a.3"]


def test_e2_a_call_of_29_february_stays_through_1_march(tmp_path: Path) -> None:
    site = RecordingSite(tmp_path, form="wav")
    site.now = at("2028-02-29 18:00:00")
    site.take_in("leap", started_at=at("2028-02-29 12:00:00"))
    site.finaliser.one()
    assert due(site, at("2031-03-01 23:59:59")) == [] and due(site, at("2031-03-02 00:00:00")) == ["leap"]


def test_e2_the_dry_run_changes_nothing(site: RecordingSite) -> None:
    files = site.local_files()
    assert due(site, EDGE) == ["a.1", "a.2"]
    assert (site.local_files(), register(site), troubles(site)) == (files, [], [])


def test_e2_deletion_takes_file_outline_and_words_and_leaves_register_and_chain(anywhere: RecordingSite) -> None:
    site = anywhere
    before = site.row("a.1")
    with site.storage.writing() as tx:
        TranscriptStore(tx).ask([before.id or 0], [Side.CALLER, Side.OURS], 1, MORNING)
        [said, _] = TranscriptStore(tx).of(before.id or 0)
        TranscriptStore(tx).update(replace(said, text="我的卡号", state=TranscriptState.DONE))
    assert indexed(site) == 1
    assert expire(site) == expiry.Expired(deleted=2, bytes=2 * (before.size_bytes or 0))
    after = site.row("a.1")
    assert after.state is RecordingState.DELETED and indexed(site) == 0
    assert (after.path, after.sha256, after.chain_hash) == (before.path, before.sha256, before.chain_hash)
    assert site.local_files() == sorted([site.row("a.3").path, site.row("a.3").peaks_path])
    with site.storage.reading() as tx:
        assert TranscriptStore(tx).of(before.id or 0) == []
        row = DeletionStore(tx).of(before.id or 0)
        told = AuditLog(tx).latest(1)[0]
    assert row is not None and (row.deleted_by, row.deleted_at, row.sha256) == ("li", EDGE, before.sha256)
    assert row.why == because("retention.time_over", day="2029-03-12")
    assert (told["action"], told["who"]) == ("recordings.expire", "li")
    assert register(site) == [("a.1", True, True), ("a.2", True, True)]
    assert troubles(site) == [], "the chain is still proven, and nothing is missing"
    assert expire(site) == expiry.Expired()


def test_an_entry_called_deleted_behind_the_programs_back_is_found(site: RecordingSite) -> None:
    with site.storage.writing() as tx:
        RecordingStore(tx).update(replace(site.row("a.1"), state=RecordingState.DELETED))
    assert ("unregistered", site.row("a.1").path) in troubles(site)


def test_a_changed_row_of_a_deleted_recording_still_breaks_the_chain(site: RecordingSite) -> None:
    expire(site)
    with site.storage.writing() as tx:
        RecordingStore(tx).update(replace(site.row("a.1"), started_at=MORNING - SECOND))
    assert troubles(site)[0] == ("broken_chain", site.row("a.1").path)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_killed_while_files_are_removed_the_next_run_finishes(site: RecordingSite, number: int, after: bool) -> None:
    """Removals: file and outline of a.1, file and outline of a.2."""
    with pytest.raises(Killed):
        expire(site, files=Dying(site.store, number, after))
    assert register(site)[-1][2] is False, "the register knows of what was begun"
    assert expire(site).finished == 1
    assert register(site) == [("a.1", True, True), ("a.2", True, True)]
    assert site.local_files() == sorted([site.row("a.3").path, site.row("a.3").peaks_path])
    assert troubles(site) == []


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_killed_at_a_transaction_the_next_run_finishes(site: RecordingSite, number: int, after: bool) -> None:
    """Transactions: register and finish of a.1, register and finish of a.2, audit."""
    ids = [each.candidate.entry.id or 0 for each in expiry.due(site.storage, Terms(), EDGE)]
    with pytest.raises(Killed):
        expiry.expire(DyingStorage(site.storage, number, after), site.files, Terms(), ids, "li", EDGE)
    lost = {each for each in ("a.1", "a.2") if not (site.store / site.row(each).path).exists()}
    assert lost <= {linkedid for linkedid, _found, _gone in register(site)}, "nothing goes unregistered"
    expire(site)
    assert register(site) == [("a.1", True, True), ("a.2", True, True)]
    assert troubles(site) == []


def test_while_the_store_is_away_nothing_is_begun(site: RecordingSite) -> None:
    with pytest.raises(StoreUnavailable):
        expire(site, files=Away(site.store))
    assert register(site) == [] and site.row("a.1").state is RecordingState.READY
    assert expire(site).deleted == 2


def test_a_store_that_goes_away_after_the_register_is_seen_to_later(site: RecordingSite) -> None:
    class Leaving(FolderFiles):
        def remove(self, path: str) -> bool:
            raise StoreUnavailable("gone")

    with pytest.raises(StoreUnavailable):
        expire(site, files=Leaving(site.store))
    assert register(site) == [("a.1", True, False)]
    assert expire(site) == expiry.Expired(deleted=1, bytes=site.row("a.2").size_bytes or 0, finished=1)


def test_a_file_that_was_missing_already_is_told_so_in_the_register(site: RecordingSite) -> None:
    (site.store / site.row("a.1").path).unlink()
    assert expire(site).missing == 1
    assert register(site) == [("a.1", False, True), ("a.2", True, True)]
    assert troubles(site) == []


def test_e2_a_hold_keeps_and_a_lifted_one_does_not(anywhere: RecordingSite) -> None:
    site = anywhere
    call_id = id_of(site, "a.1")
    hold = holds.set_hold(site.storage, call_id, " 诉讼 ", None, LI, EDGE)
    assert due(site, EDGE) == ["a.2"] and expire(site).deleted == 1
    with pytest.raises(Conflict):
        holds.set_hold(site.storage, call_id, "again", None, LI, EDGE)
    holds.lift_hold(site.storage, hold.id or 0, LI, EDGE)
    with pytest.raises(Conflict):
        holds.lift_hold(site.storage, hold.id or 0, LI, EDGE)
    assert due(site, EDGE) == ["a.1"]
    page = holds.find_holds(site.storage, False, LI, EDGE, 10)
    assert [(each.reason, each.lifted_by) for each in page.holds] == [("诉讼", "li")] and page.total == 1
    assert holds.find_holds(site.storage, True, LI, EDGE, 10).total == 0


def test_a_hold_whose_time_is_over_gives_way_to_a_new_one(anywhere: RecordingSite) -> None:
    site, later = anywhere, EDGE + timedelta(days=10)
    call_id = id_of(site, "a.1")
    holds.set_hold(site.storage, call_id, "first", later, LI, EDGE)
    assert due(site, later - SECOND) == ["a.2"] and due(site, later) == ["a.1", "a.2"]
    holds.set_hold(site.storage, call_id, "second", None, LI, later)
    assert due(site, later) == ["a.2"]


def test_a_hold_set_after_the_list_was_made_counts(site: RecordingSite) -> None:
    ids = [each.candidate.entry.id or 0 for each in expiry.due(site.storage, Terms(), EDGE)]
    holds.set_hold(site.storage, id_of(site, "a.1"), "lawsuit", None, LI, EDGE)
    assert expiry.expire(site.storage, site.files, Terms(), ids, "li", EDGE).kept == 1
    assert (site.store / site.row("a.1").path).exists()


def test_a_hold_needs_a_role_a_reason_a_call_and_a_future(site: RecordingSite) -> None:
    call_id = id_of(site, "a.1")
    with pytest.raises(Forbidden):
        holds.set_hold(site.storage, call_id, "x", None, Actor("e", (Role.EXAMINER,), "E"), EDGE)
    for reason, until in ((" \n\x00", None), ("x" * 1001, None), ("x", EDGE)):
        with pytest.raises(Refused):
            holds.set_hold(site.storage, call_id, reason, until, LI, EDGE)
    with pytest.raises(NotFound):
        holds.set_hold(site.storage, 99, "x", None, LI, EDGE)
    with pytest.raises(NotFound):
        holds.lift_hold(site.storage, 2**40, LI, EDGE)
    expire(site)
    with pytest.raises(Refused, match=r"^retention.deleted_already$"):
        holds.set_hold(site.storage, call_id, "too late", None, LI, EDGE)


def test_e2_a_category_keeps_longer(anywhere: RecordingSite) -> None:
    write_form(anywhere, "a.1", "complaint")
    assert due(anywhere, EDGE, complaint=5) == ["a.2"]
    assert due(anywhere, at("2031-03-12 00:00:00") - SECOND, complaint=5) == ["a.2", "a.3"]
    assert due(anywhere, at("2031-03-12 00:00:00"), complaint=5) == ["a.1", "a.2", "a.3"]


def test_e2_a_later_visit_keeps_longer_and_an_open_one_keeps(anywhere: RecordingSite) -> None:
    call_back(anywhere, "a.1", at("2026-05-01 09:00:00"))
    call_back(anywhere, "a.2", None)
    assert due(anywhere, at("2029-05-01 23:59:59")) == ["a.3"]
    assert due(anywhere, at("2029-05-02 00:00:00")) == ["a.1", "a.3"]


def test_what_is_not_in_its_final_form_stays(tmp_path: Path) -> None:
    site = RecordingSite(tmp_path)
    site.take_in("a.1")
    assert due(site, EDGE + timedelta(days=999)) == []


def test_at_night_goes_only_what_was_listed_the_night_before(anywhere: RecordingSite) -> None:
    site, night = anywhere, at("2029-03-13 02:00:00")
    assert len(expiry.make_list(site.storage, Terms(), night)) == 2
    assert expiry.nightly(site.storage, site.files, Terms(), night) == expiry.Expired()
    assert expiry.nightly(site.storage, site.files, Terms(), night + timedelta(hours=20)).deleted == 0, "in daytime"
    holds.set_hold(site.storage, id_of(site, "a.2"), "seen on the list", None, LI, night)
    next_night = night + timedelta(days=1)
    expiry.make_list(site.storage, Terms(), next_night)
    assert expiry.nightly(site.storage, site.files, Terms(), next_night).deleted == 1
    assert register(site) == [("a.1", True, True)]


def test_what_leaves_the_list_and_comes_back_is_shown_anew(site: RecordingSite) -> None:
    expiry.make_list(site.storage, Terms(), EDGE)
    expiry.make_list(site.storage, Terms(5), EDGE + SECOND)
    night = at("2029-03-14 02:00:00")
    expiry.make_list(site.storage, Terms(), night)
    assert expiry.nightly(site.storage, site.files, Terms(), night).deleted == 0


def test_the_command_lists_and_deletes_only_when_told_to(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, EDGE)
    site = RecordingSite(tmp_path, form="wav", storage=hotline.storage, files=hotline.files)
    site.store = hotline.home.recordings
    filled(site)
    listed = run_json(hotline, "recordings", "expire")
    assert (listed["count"], [each["why"] for each in listed["recordings"]]) == (
        2,
        ["E2: its time was over on 2029-03-12"] * 2,
    )
    assert "2 recordings may go" in run(hotline, "recordings", "expire").output
    assert register(site) == []
    assert run_json(hotline, "recordings", "expire", "--really")["deleted"] == 2
    assert "0 recordings deleted" in run(hotline, "recordings", "expire", "--really").output
    verified = json.loads(run(hotline, "recordings", "verify", "--json").stdout)
    assert (verified["troubles"], verified["chained"], verified["files"]) == ([], 3, 1)


def indexed(site: RecordingSite) -> int:
    """How many transcripts can be found by their words."""
    with site.storage.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM search_entry WHERE kind = 'transcript'").scalar_one()


def id_of(site: RecordingSite, linkedid: str) -> int:
    with site.storage.reading() as tx:
        found = CallStore(tx).id_of("node1", linkedid)
    assert found is not None
    return found
