"""E4: files are not lost. A backup is whole, is tried out, and comes back all or not at all, on both databases."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.backups.backup import BackupTask, TaskKind, TaskState
from hotline.domain.errors import Conflict, Forbidden, HotlineError, NotFound, Refused
from hotline.domain.outbox import OutboxEntry
from hotline.domain.people import Actor, Role
from hotline.services.alerts import open_alerts
from hotline.services.backups import archive, backups, making, restoring, sealing, trying, working
from hotline.services.backups.place import Place
from hotline.services.backups.working import work
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.backups.store import BackupTaskStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Storage
from tests.support.examination import a_person
from tests.support.instance import StandingClock, an_instance, at

NOW = at("2026-11-16 02:30:00")
ADMIN = Actor("chen", (Role.ADMINISTRATOR,), "陈工")


@pytest.fixture
def site(tmp_path: Path, storage: Storage, database: str) -> Hotline:
    hotline = an_instance(tmp_path, NOW, f'[database]\nurl = "{database}"\n[backups]\nkeep = 3\n', storage)
    a_person(hotline, "wang", Role.OPERATOR)
    return hotline


@pytest.fixture
def place(site: Hotline) -> Place:
    site.home.site_greetings.mkdir(parents=True, exist_ok=True)
    (site.home.site_greetings / "manifest.toml").write_text("[prompts]\n", "utf-8")
    return Place(site.home, site.storage, site.in_force, site.secrets)


def names(place: Place) -> list[str]:
    with place.storage.reading() as tx:
        return sorted(user.username for user in UserStore(tx).all())


def test_backup_names_its_tables_and_files(place: Place) -> None:
    """E4"""
    name = making.make(place, "", NOW)
    manifest = archive.read_manifest(place.folder / name)
    assert manifest.tables["user_account"].rows == 1 and manifest.made_at == NOW
    assert "greetings/manifest.toml" in manifest.files and not manifest.sealed
    assert (place.folder / name).stat().st_mode & 0o077 == 0
    assert [each.name for each in place.folder.iterdir()] == [name]


def test_trial_finds_a_sound_backup_whole(place: Place) -> None:
    """E4"""
    name = making.make(place, "", NOW)
    assert trying.try_out(place, name).tables["user_account"].rows == 1
    assert [each.name for each in place.folder.iterdir()] == [name]


def test_one_changed_byte_is_found(place: Place) -> None:
    """E4"""
    name = making.make(place, "", NOW)
    file = place.folder / name
    content = bytearray(file.read_bytes())
    at_prompt = content.index(b"[prompts]")
    content[at_prompt] ^= 1
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        trying.try_out(place, name)
    assert refused.value.code == "backups.file_differs"


def test_restore_brings_back_what_was_and_keeps_what_is(place: Place, site: Hotline) -> None:
    """E4: what is there before the restore is in a backup of its own."""
    name = making.make(place, "", NOW)
    a_person(site, "zhao", Role.OPERATOR)
    later = NOW + timedelta(hours=1)
    before = restoring.restore(place, name, "chen", later)
    assert names(place) == ["wang"]
    restoring.restore(place, before, "chen", later + timedelta(hours=1))
    assert names(place) == ["wang", "zhao"]


def test_numbers_given_out_since_are_given_to_nothing_else(place: Place, site: Hotline) -> None:
    """E4: pages that are open go on by the outbox's numbers."""
    name = making.make(place, "", NOW)
    with place.storage.writing() as tx:
        Outbox(tx).add([OutboxEntry("calls", {}, NOW)] * 3)
    with place.storage.reading() as tx:
        newest = Outbox(tx).last_id()
    restoring.restore(place, name, "chen", NOW + timedelta(hours=1))
    with place.storage.writing() as tx:
        Outbox(tx).add([OutboxEntry("calls", {}, NOW)])
    with place.storage.reading() as tx:
        assert Outbox(tx).last_id() > newest


KILLED = """
import os, signal, sys
from pathlib import Path
from hotline.storage.backups import postgres, sqlite
from hotline.storage.backups.database import Database
database, dump = Database(sys.argv[1]), Path(sys.argv[2])
if database.kind == "sqlite":
    import sqlite3
    live = sqlite3.connect(database._file)
    def dies(status, remaining, total):
        if remaining < total - 20:
            os.kill(os.getpid(), signal.SIGKILL)
    sqlite3.connect(dump).backup(live, pages=8, progress=dies)
else:
    counted = postgres._counted_on
    postgres._counted_on = lambda *each: ""
    script = dump.with_suffix(".after.sql")
    written = Path.write_text
    Path.write_text = lambda self, text, *more: written(self, "SELECT pg_terminate_backend(pg_backend_pid());", *more)
    database.bring_back(dump)
print("came to its end")
"""


def test_restore_that_is_killed_changes_nothing(place: Place, site: Hotline, database: str, tmp_path: Path) -> None:
    """E4: the process dies when most of it is written."""
    name = making.make(place, "", NOW)
    a_person(site, "zhao", Role.OPERATOR)
    archive.unpack(place.folder / name, tmp_path / "taken")
    (dump,) = (tmp_path / "taken").glob("hotline.*")
    died = subprocess.run(
        [sys.executable, "-c", KILLED, database, str(dump)], capture_output=True, text=True, check=False
    )
    assert died.returncode != 0 and "came to its end" not in died.stdout
    assert names(place) == ["wang", "zhao"]
    a_person(site, "qian", Role.OPERATOR)


def test_foreign_backup_is_not_brought_back(place: Place) -> None:
    """E4: a dump of somebody else's would be run by the database's server."""
    name = making.make(place, "", NOW)
    other = replace(place, secrets=replace(place.secrets, web_session_key="of another hotline"))
    with pytest.raises(Refused) as refused:
        restoring.restore(other, name, "chen", NOW)
    assert refused.value.code == "backups.foreign"


def test_night_makes_one_tries_it_and_keeps_so_many(place: Place, site: Hotline) -> None:
    """E4: every night one, the first is tried at once, then again after a month."""
    for day in range(5):
        moment = NOW + timedelta(days=day)
        for _again in range(2):
            work(place, StandingClock(moment))
    with place.storage.reading() as tx:
        tasks = BackupTaskStore(tx).latest(100)
    made = [task for task in tasks if task.kind is TaskKind.MAKE]
    assert len(made) == 5 and all(task.state is TaskState.DONE for task in tasks)
    assert len(archive.stored(place.folder)) == site.settings.backups.keep
    assert [task.file for task in tasks if task.kind is TaskKind.DRILL] == [made[-1].file]
    assert not open_alerts(place.storage)


def test_failure_is_told_until_one_succeeds(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """E4"""
    monkeypatch.setattr(
        making, "lacks_room", lambda free, size: HotlineError("backups.no_room", free=1, needed=2).reason
    )
    work(place, lambda: NOW)
    assert {alert.kind for alert in open_alerts(place.storage)} == {"backup_failed", "backup_room"}
    monkeypatch.undo()
    work(place, lambda: NOW + timedelta(days=1))
    assert not open_alerts(place.storage)


def test_old_backup_is_told(place: Place) -> None:
    """E4"""
    making.make(place, "", NOW - timedelta(days=3))
    with place.storage.writing() as tx:
        BackupTaskStore(tx).add(BackupTask(TaskKind.MAKE, "", "", NOW, NOW, NOW))
    work(place, lambda: NOW)
    assert "backup_old" in {alert.kind for alert in open_alerts(place.storage)}


def test_an_old_backup_that_is_uploaded_makes_none_of_last_night_old(place: Place) -> None:
    """E4"""
    old = making.make(place, "", NOW - timedelta(days=30))
    content = (place.folder / old).read_bytes()
    (place.folder / old).unlink()
    making.make(place, "", NOW - timedelta(hours=2))
    backups.take_in(place, [content], ADMIN, NOW)
    with place.storage.writing() as tx:
        BackupTaskStore(tx).add(BackupTask(TaskKind.MAKE, "", "", NOW, NOW, NOW))
    work(place, lambda: NOW)
    assert not open_alerts(place.storage)


def test_restore_is_asked_for_by_name_and_noted(place: Place, site: Hotline) -> None:
    """E4, F8: the company's name confirms it; the database of then knows that it was brought back."""
    name = making.make(place, "", NOW)
    a_person(site, "zhao", Role.OPERATOR)
    later = NOW + timedelta(minutes=5)
    with pytest.raises(Refused) as refused:
        backups.ask_to_restore(place, name, "another company", ADMIN, later)
    assert refused.value.code == "backups.not_confirmed"
    backups.ask_to_restore(place, name, site.settings.site.company, ADMIN, later)
    with pytest.raises(Conflict):
        backups.ask_to_make(place, ADMIN, later)
    work(place, lambda: later)
    assert names(place) == ["wang"]
    with place.storage.reading() as tx:
        restored = BackupTaskStore(tx).latest_of(TaskKind.RESTORE)
    assert restored and restored.state is TaskState.DONE and restored.asked_by == "chen"
    with place.storage.reading() as tx:
        assert AuditLog(tx).latest(1)[0]["action"] == "backup.restore"


def test_two_of_one_second_are_two(place: Place) -> None:
    """E4: a wish and the night may come together."""
    assert making.make(place, "", NOW) != making.make(place, "chen", NOW)
    assert len(archive.stored(place.folder)) == 2


def test_what_made_the_backup_is_not_done_again_after_a_restore(place: Place, site: Hotline) -> None:
    """E4: in the backup its own task is still under way."""
    work(place, StandingClock(NOW))
    [made] = archive.stored(place.folder)
    later = NOW + timedelta(minutes=5)
    backups.ask_to_restore(place, made.name, site.settings.site.company, ADMIN, later)
    work(place, StandingClock(later))
    with place.storage.reading() as tx:
        assert BackupTaskStore(tx).open() == []
    work(place, StandingClock(later))
    assert len(archive.stored(place.folder)) == 2


@pytest.mark.parametrize("went_back", [True, False])
def test_process_that_died_amid_a_restore_tells_which(place: Place, went_back: bool) -> None:
    """E4: it may have died just before or just after."""
    name = making.make(place, "", NOW)
    if not went_back:
        backups.ask_to_restore(place, name, place.settings.site.company, ADMIN, NOW)
        with place.storage.reading() as tx:
            (task,) = BackupTaskStore(tx).open()
    else:
        task = BackupTask(TaskKind.RESTORE, name, "chen", NOW, id=77)
    working._note(place, replace(task, begun_at=NOW))
    working._end_what_died(place, NOW + timedelta(minutes=1))
    with place.storage.reading() as tx:
        ended = BackupTaskStore(tx).latest_of(TaskKind.RESTORE)
    assert ended and ended.state is (TaskState.DONE if went_back else TaskState.FAILED)


def test_passwords_only_sealed(site: Hotline, place: Place) -> None:
    """E4: without a passphrase they are in no backup; with one nobody else reads them."""
    site.home.secrets_file.write_text('ami_password = "secret of the machines"\n', "utf-8")
    backup = place.settings.backups.model_copy(update={"passphrase": "correct horse"})
    sealing_settings = place.settings.model_copy(update={"backups": backup})
    sealed = replace(place, in_force=lambda: sealing_settings)
    name = making.make(sealed, "", NOW)
    with tarfile.open(place.folder / name) as opened:
        content = opened.extractfile(archive.SEALED)
        assert content is not None
        text = content.read()
    assert b"secret of the machines" not in (place.folder / name).read_bytes()
    assert b"secret of the machines" in sealing.unseal(text, "correct horse")["secrets.toml"]
    with pytest.raises(Refused):
        sealing.unseal(text, "wrong")
    with pytest.raises(Refused):
        sealing.unseal(text[:-1] + bytes([text[-1] ^ 1]), "correct horse")


@pytest.mark.parametrize("name", ["../secrets.toml", "hotline.db", "hotline-20261116-023000.tar/../x", "", "\0"])
def test_only_backups_are_given_out(place: Place, name: str) -> None:
    """E4"""
    with pytest.raises(NotFound):
        backups.fetch(place, name, ADMIN, NOW)


def test_only_administrators(place: Place) -> None:
    """F8"""
    with pytest.raises(Forbidden):
        backups.look(place, Actor("li", (Role.SUPERVISOR,), "李主管"), NOW, noted=True)


def _hostile(name: str, kind: bytes = tarfile.REGTYPE, told: dict[str, str] | None = None) -> list[bytes]:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT, pax_headers=told) as made:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        made.addfile(member)
    return [written.getvalue()]


@pytest.mark.parametrize(
    "pieces",
    [
        [b""],
        [b"no tar"],
        [b"\0" * 20_000],
        _hostile("../../x"),
        _hostile("manifest.json", tarfile.SYMTYPE),
        _hostile("manifest.json", told={"GNU.sparse.map": "x,y"}),
    ],
)
def test_hostile_uploads_are_refused_and_leave_nothing(place: Place, pieces: list[bytes]) -> None:
    """E4"""
    with pytest.raises(Refused):
        backups.take_in(place, pieces, ADMIN, NOW)
    assert not list(place.folder.iterdir())


def test_upload_of_ones_own_can_be_restored(place: Place, site: Hotline) -> None:
    """E4"""
    name = making.make(place, "", NOW)
    content = (place.folder / name).read_bytes()
    (place.folder / name).unlink()
    a_person(site, "zhao", Role.OPERATOR)
    taken = backups.take_in(place, [content[:1000], content[1000:]], ADMIN, NOW + timedelta(hours=1))
    restoring.restore(place, taken, "chen", NOW + timedelta(hours=2))
    assert names(place) == ["wang"]


@pytest.mark.parametrize(
    "told",
    [
        {"tables": {"call": [float("inf"), ""]}},
        {"files": {"hotline.db": [float("inf"), ""]}},
        {"made_at": "0001-01-01T00:00:00+14:00"},
        {"made_at": "9999-12-31T23:59:59-12:00"},
    ],
)
def test_e4_a_manifest_of_nonsense_spoils_no_list(place: Place, told: dict[str, object]) -> None:
    """Whoever copies a file into the folder would close the page of all backups."""
    making.make(place, "", NOW)
    [good] = archive.stored(place.folder)
    assert good.manifest is not None
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as made:
        member = tarfile.TarInfo(archive.MANIFEST)
        content = json.dumps({**good.manifest.as_json(), **told}).encode()
        member.size = len(content)
        made.addfile(member, io.BytesIO(content))
    odd = archive.name_of(NOW, "odd")
    (place.folder / odd).write_bytes(written.getvalue())
    assert {each.name for each in archive.stored(place.folder) if each.manifest is None} == {odd}
