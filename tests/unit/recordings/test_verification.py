"""Whatever is changed behind the program's back in the store or in its rows is found, by name."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from hotline.domain.recordings.chain import entry_hash
from hotline.domain.recordings.trouble import TroubleKind
from hotline.services.recordings import finalising as ledger
from hotline.storage.recordings.tables import recording
from hotline.storage.transaction import Storage
from recordings.finalising import Finaliser
from recordings.verification import VerificationReport, Verifier
from tests.support.instance import StandingClock, an_instance, run
from tests.support.recording_site import RecordingSite
from tests.support.rows import MORNING
from tests.support.words import english


@pytest.fixture
def site(tmp_path: Path) -> RecordingSite:
    """Four recordings, a.1 to a.4, kept in this order on two days."""
    site = RecordingSite(tmp_path)
    fill(site)
    return site


def fill(site: RecordingSite) -> None:
    for number in range(1, 5):
        site.take_in(f"a.{number}", seconds=number / 2)
        if number == 4:
            site.now += timedelta(days=1)
        site.finaliser.one()
        site.now += timedelta(seconds=1)
    site.now += timedelta(hours=1)


def verify(site: RecordingSite, *days: Any) -> VerificationReport:
    return Verifier(site.storage, site.files, "node1", lambda: site.now).verify(*days)


def kinds(site: RecordingSite) -> list[tuple[str, str]]:
    return [(trouble.kind.value, trouble.path) for trouble in verify(site).troubles]


def change_row(site: RecordingSite, linkedid: str, **values: object) -> None:
    with site.storage.engine.begin() as connection:
        connection.execute(update(recording).where(recording.c.linkedid == linkedid).values(**values))


def test_a_whole_store_is_whole(site: RecordingSite) -> None:
    report = verify(site)
    assert report.troubles == [] and (report.files, report.chained) == (4, 4)
    assert (report.newest.day, report.newest.end.number) == ("2026-03-12", 1)
    assert report.newest.end.hash == site.row("a.4").chain_hash


@pytest.mark.parametrize("at", [0, 100, -1])
def test_a_flipped_bit_is_found(site: RecordingSite, at: int) -> None:
    file = site.store / site.row("a.2").path
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    [trouble] = verify(site).troubles
    assert (trouble.kind, trouble.path) == (TroubleKind.CHANGED, site.row("a.2").path)
    assert site.row("a.2").sha256 in english(trouble.expected)
    assert site.row("a.2").sha256 not in english(trouble.found)


@pytest.mark.parametrize("left", [0, 1, 500])
def test_a_truncated_file_is_found(site: RecordingSite, left: int) -> None:
    file = site.store / site.row("a.2").path
    file.write_bytes(file.read_bytes()[:left])
    [trouble] = verify(site).troubles
    assert trouble.kind is TroubleKind.TRUNCATED and english(trouble.found).startswith(f"{left} bytes")


def test_a_missing_file_is_found_and_one_by_another_name_is_extra(site: RecordingSite) -> None:
    path = site.row("a.2").path
    (site.store / path).rename(site.store / "2026" / "elsewhere.flac")
    (site.store / "note.txt").write_text("x")
    assert kinds(site) == [("missing", path), ("extra", "2026/elsewhere.flac"), ("extra", "note.txt")]


def test_two_files_swapped_are_both_found(site: RecordingSite) -> None:
    one, other = (site.row(name).path for name in ("a.1", "a.2"))
    (site.store / one).rename(site.folder / "x")
    (site.store / other).rename(site.store / one)
    (site.folder / "x").rename(site.store / other)
    assert kinds(site) == [("changed", one), ("truncated", other)]


@pytest.mark.parametrize(
    "values",
    [
        {"started_at": MORNING - timedelta(seconds=1)},
        {"seconds": 0.5},
        {"kind": "voicemail"},
        {"chain_hash": "0" * 64},
        {"chain_hash": None},
    ],
)
def test_a_changed_row_breaks_the_chain_at_its_place(site: RecordingSite, values: dict[str, object]) -> None:
    change_row(site, "a.2", **values)
    assert kinds(site)[0] == ("broken_chain", site.row("a.2").path)


def test_a_file_and_its_hash_replaced_together_break_the_chain(site: RecordingSite) -> None:
    other, entry = site.content(site.row("a.1").path) + b"\0", site.row("a.2")
    (site.store / entry.path).write_bytes(other)
    change_row(site, "a.2", sha256=hashlib.sha256(other).hexdigest(), size_bytes=len(other))
    assert kinds(site) == [("broken_chain", entry.path)]
    forged = replace(site.row("a.2"), chain_hash="")
    change_row(site, "a.2", chain_hash=entry_hash(site.row("a.1").chain_hash, forged))
    assert kinds(site) == [("broken_chain", site.row("a.3").path)], "then the next one does not follow"


def test_a_row_taken_away_is_a_number_that_nobody_has(site: RecordingSite) -> None:
    path, peaks = site.row("a.2").path, site.row("a.2").peaks_path
    with site.storage.engine.begin() as connection:
        connection.execute(delete(recording).where(recording.c.linkedid == "a.2"))
    report = verify(site)
    assert next((t.kind.value, english(t.expected), english(t.found)) for t in report.troubles) == (
        "missing_entry",
        "2026-03-11 no. 2",
        "2026-03-11 no. 3",
    )
    assert [(t.kind.value, t.path) for t in report.troubles][1:] == [("extra", path), ("extra", peaks)]


def test_two_rows_swapped_are_in_the_wrong_order(site: RecordingSite) -> None:
    change_row(site, "a.1", chain_number=99)
    change_row(site, "a.2", chain_number=1)
    change_row(site, "a.1", chain_number=2)
    found = [kind for kind, _path in kinds(site)]
    assert "wrong_order" in found and set(found) <= {"wrong_order", "broken_chain"}


def test_an_entry_moved_to_another_day_is_found(site: RecordingSite) -> None:
    change_row(site, "a.3", chain_day="2026-03-12", chain_number=2)
    assert ("wrong_order", site.row("a.3").path) in kinds(site)


def test_a_range_looks_at_its_days_only(site: RecordingSite) -> None:
    (site.store / site.row("a.1").path).unlink()
    assert verify(site, "2026-03-12", "2026-03-13").troubles == []
    assert verify(site, "2026-03-12", "2026-03-13").chained == 1
    assert [t.kind for t in verify(site, "2026-03-11", "2026-03-12").troubles] == [TroubleKind.MISSING]


def test_what_waits_to_be_kept_is_read_too_and_is_no_stranger(site: RecordingSite) -> None:
    waiting = site.take_in("a.5")
    assert verify(site).troubles == [] and verify(site).files == 5
    file = site.store / waiting.path
    file.write_bytes(file.read_bytes()[:-1])
    assert kinds(site) == [("truncated", waiting.path)]


def test_a_file_that_cannot_be_read_is_told(site: RecordingSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def bad(_file: object) -> str:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("recordings.verification.digest_of", bad)
    assert {(t.kind, t.found.values["why"]) for t in verify(site).troubles} == {
        (TroubleKind.UNREADABLE, "Input/output error")
    }


def test_a_recording_kept_while_the_store_is_read_is_no_trouble(site: RecordingSite) -> None:
    site.take_in("a.5")
    real = Verifier._trouble_of
    done: list[bool] = []

    class Meanwhile(Verifier):
        def _trouble_of(self, entry: object) -> object:  # type: ignore[override]
            if not done and entry.linkedid == "a.5":  # type: ignore[attr-defined]
                done.append(site.finaliser.one())
            return real(self, entry)  # type: ignore[arg-type]

    assert Meanwhile(site.storage, site.files, "node1", lambda: site.now).verify().troubles == [] and done == [True]


def test_one_chain_however_many_keep_at_once(storage: Storage, tmp_path: Path) -> None:
    """On both databases: numbers without gaps, every hash after the one before."""
    site = RecordingSite(tmp_path, "wav", storage=storage)
    entries = [site.take_in(f"b.{number}", seconds=0.05) for number in range(24)]
    failures: list[BaseException] = []

    def keep(some: list) -> None:
        try:
            for entry in some:
                assert ledger.settle(storage, entry, replace(entry, peaks_path="x"), site.now) is not None
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=keep, args=(entries[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    report = verify(site)
    assert report.chained == 24 and report.newest.end.number == 24
    assert [t for t in report.troubles if t.kind is not TroubleKind.EXTRA] == []


def test_the_command_names_what_is_wrong_and_fails(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, MORNING)
    site = RecordingSite(tmp_path, files=hotline.files, storage=hotline.storage)
    site.store = hotline.home.recordings
    fill(site)
    assert isinstance(hotline.clock, StandingClock)
    hotline.clock.now = site.now
    whole = run(hotline, "recordings", "verify")
    assert whole.exit_code == 0 and "4 files read, 4 entries in chains, 0 troubles" in whole.output
    assert f"newest: 2026-03-12 no. 1, hash {site.row('a.4').chain_hash}" in whole.output
    entry = site.row("a.2")
    (hotline.home.recordings / entry.path).unlink()
    wrong = run(hotline, "recordings", "verify")
    assert wrong.exit_code == 1
    assert f"missing: {entry.path}\n  expected {entry.size_bytes} bytes, SHA-256 {entry.sha256}\n" in wrong.output
    told = run(hotline, "recordings", "verify", "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout)["troubles"][0] == {
        "kind": "missing",
        "path": entry.path,
        "expected": f"{entry.size_bytes} bytes, SHA-256 {entry.sha256}",
        "found": "no file",
        "recording_id": entry.id,
    }
    assert run(hotline, "recordings", "verify", "--since", "2026-03-12").exit_code == 0
    assert "since" in run(hotline, "recordings", "verify", "--since", "nonsense").output


def test_the_keeper_of_another_node_leaves_this_nodes_recordings(site: RecordingSite) -> None:
    site.take_in("a.5")
    other: Callable[[], bool] = Finaliser(
        site.storage, "node2", site.incoming, site.store, site.files, lambda: "flac", lambda: site.now
    ).one
    assert not other()
