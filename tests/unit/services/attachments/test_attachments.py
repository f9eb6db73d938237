"""Files that are attached to a log form: taken in, given out, compared, removed."""

from __future__ import annotations

import hashlib
import io
import shutil
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from hotline.bootstrap import Hotline
from hotline.domain.attachments.attachment import Attachment
from hotline.domain.errors import Forbidden, NotFound, Refused, StoreUnavailable
from hotline.domain.people import Actor, Role
from hotline.domain.retention.reconciliation import Difference
from hotline.services.attachments import attachments, staging
from hotline.services.attachments.attachments import Attached, Upload
from hotline.services.attachments.comparing import attachment_differences
from hotline.services.calls.ledger import record
from hotline.services.consequences import consequences
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.audit import AuditLog
from tests.support import sample_calls as sample
from tests.support.attached_files import DOCX, HTML, JPEG, PDF, POLYGLOT, SVG, png, zipped
from tests.support.instance import an_instance, at

NOW = at("2026-11-16 10:30:00")
ZHAO = Actor("zhao", (Role.OPERATOR,), "赵敏", 1, "1001")
QIAN = Actor("qian", (Role.OPERATOR,), "钱伟", 2, "1002")
BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss", 3)
EXAMINER = Actor("li", (Role.EXAMINER,), "Li", 4)

SITE = '[operators.1001]\nname = "赵敏"\n[operators.1002]\nname = "钱伟"\n[attachments]\nmegabytes = 1\n'


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    hotline = an_instance(tmp_path, NOW, SITE)
    call = sample.talking_call("node1-1.5", number="+8613912345678")
    record(hotline.storage, "node1", [call], [], lambda _call: None, NOW, also=consequences(hotline.settings))
    return hotline


def send(hotline: Hotline, *files: tuple[str, bytes] | Upload, actor: Actor = ZHAO, form: int = 1) -> Attached:
    uploads = [each if isinstance(each, Upload) else Upload(each[0], io.BytesIO(each[1])) for each in files]
    return attachments.attach(
        hotline.storage, hotline.files, hotline.home, hotline.settings, "form", form, uploads, actor, NOW
    )


def there(hotline: Hotline) -> list[Attachment]:
    with hotline.storage.reading() as tx:
        return AttachmentStore(tx).of("form", [1])


def stored(hotline: Hotline) -> list[str]:
    return [each.path for each in hotline.files.walk("attachments")]


def staged(hotline: Hotline) -> list[Path]:
    return list(staging.staging_folder(hotline.home).iterdir())


def differences(hotline: Hotline, whole: bool = True) -> list[tuple[Difference, str]]:
    found = attachment_differences(hotline.storage, hotline.files, date(2026, 11, 17), 30, whole)
    return [(each.kind, each.what) for each in found]


def test_a_file_is_kept_with_its_hash_where_recordings_are(hotline: Hotline) -> None:
    [kept] = send(hotline, ("发票 11 月.png", png())).kept
    assert (kept.name, kept.type, kept.size_bytes) == ("发票 11 月.png", "image/png", len(png()))
    assert kept.sha256 == hashlib.sha256(png()).hexdigest()
    with hotline.files.open(kept.path) as opened:
        assert opened.file.read() == png()
    assert kept.path.startswith("attachments/2026/11/") and "png" not in kept.path
    assert there(hotline)[0].kept_at == NOW and staged(hotline) == []


@pytest.mark.parametrize(
    ("name", "content", "type"),
    [
        ("a.jpg", JPEG, "image/jpeg"),
        ("合同.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("photo.exe", png(), "image/png"),
        ("x.html", PDF, "application/pdf"),
        ("pic.gif", POLYGLOT, "image/gif"),
    ],
)
def test_the_type_is_the_contents(hotline: Hotline, name: str, content: bytes, type: str) -> None:
    [kept] = send(hotline, (name, content)).kept
    assert kept.type == type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.png", b"", "attachments.empty"),
        ("page.png", HTML, "attachments.type"),
        ("drawing.png", SVG, "attachments.type"),
        ("program.pdf", b"MZ" + b"\0" * 200, "attachments.type"),
        ("archive.docx", zipped("a.txt"), "attachments.type"),
        ("words.txt", "你好".encode(), "attachments.type"),
        ("late.pdf", HTML + PDF, "attachments.type"),
        ("large.png", png() + b"\0" * (1 << 20), "attachments.too_large"),
    ],
)
def test_what_is_refused_leaves_nothing(hotline: Hotline, name: str, content: bytes, code: str) -> None:
    [(told, reason)] = send(hotline, (name, content)).refused
    assert (told, reason.code) == (name, code)
    assert there(hotline) == [] and stored(hotline) == [] and staged(hotline) == []


def test_one_that_is_refused_keeps_no_other_out(hotline: Hotline) -> None:
    done = send(hotline, ("a.png", png()), ("b.html", HTML), ("c.pdf", PDF))
    assert [each.name for each in done.kept] == ["a.png", "c.pdf"]
    assert [name for name, _reason in done.refused] == ["b.html"]


def test_a_file_of_the_very_size_is_taken_and_a_byte_more_is_not(hotline: Hotline) -> None:
    filled = png() + b"\0" * ((1 << 20) - len(png()))
    assert len(send(hotline, ("a.png", filled)).kept) == 1
    assert len(send(hotline, ("b.png", filled + b"\0")).refused) == 1


def test_an_archive_that_swells_is_not_opened(hotline: Hotline) -> None:
    bomb = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml", last=b"\0" * 100_000_000)
    assert len(bomb) < 1 << 20
    tracemalloc.start()
    [kept] = send(hotline, ("bomb.docx", bomb)).kept
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept.size_bytes == len(bomb) and most < 20_000_000


def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    hotline = an_instance(tmp_path, NOW, SITE.replace("megabytes = 1", "megabytes = 100"))

    class Endless:
        """A sender that would go on for ever."""

        sent = 0

        def read(self, size: int) -> bytes:
            block = (png() if not self.sent else b"").ljust(size, b"\0")
            self.sent += len(block)
            return block

    tracemalloc.start()
    with pytest.raises(Refused), staging.staged(hotline.home, hotline.settings.attachments, Endless()):  # type: ignore[arg-type]
        pass
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000 and staged(hotline) == []


def test_the_same_bytes_are_kept_once_an_object(hotline: Hotline) -> None:
    [first] = send(hotline, ("a.png", png())).kept
    [second] = send(hotline, ("b.png", png())).kept
    assert first.id == second.id and len(there(hotline)) == len(stored(hotline)) == 1
    send(hotline, ("c.png", png(9)))
    assert len(there(hotline)) == len(stored(hotline)) == 2


def test_too_many_at_once_are_none(hotline: Hotline) -> None:
    with pytest.raises(Refused):
        send(hotline, *((f"{n}.png", png(n)) for n in range(11)))
    assert there(hotline) == []
    assert len(send(hotline, *((f"{n}.png", png(n)) for n in range(10))).kept) == 10


def test_recordings_come_first_on_a_disk_that_is_nearly_full(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass
    class Usage:
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(2001 << 20))
    assert len(send(hotline, ("a.png", png())).kept) == 1
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage((2001 << 20) - 1))
    [(_name, reason)] = send(hotline, ("b.png", png(1))).refused
    assert reason.code == "attachments.no_room"


@dataclass
class BrokenFiles:
    """A store that is away, or a process that is killed, while a file is put."""

    error: BaseException
    put_at: list[str] = field(default_factory=list)

    def put(self, source: Path, path: str) -> None:
        self.put_at.append(path)
        raise self.error


def test_a_store_that_is_away_leaves_nothing(hotline: Hotline) -> None:
    broken = BrokenFiles(StoreUnavailable("recordings.store_failed", why="away"))
    uploads = [Upload("a.png", io.BytesIO(png()))]
    with pytest.raises(StoreUnavailable):
        attachments.attach(
            hotline.storage,
            broken,  # type: ignore[arg-type]
            hotline.home,
            hotline.settings,
            "form",
            1,
            uploads,
            ZHAO,
            NOW,
        )
    with hotline.storage.reading() as tx:
        assert AttachmentStore(tx).paths() == set()
    assert staged(hotline) == []


def test_what_a_killed_process_left_is_swept_away(hotline: Hotline) -> None:
    broken = BrokenFiles(KeyboardInterrupt())
    uploads = [Upload("a.png", io.BytesIO(png()))]
    with pytest.raises(KeyboardInterrupt):
        attachments.attach(
            hotline.storage,
            broken,  # type: ignore[arg-type]
            hotline.home,
            hotline.settings,
            "form",
            1,
            uploads,
            ZHAO,
            NOW,
        )
    [path] = broken.put_at
    left = hotline.home.recordings / path
    left.parent.mkdir(parents=True)
    left.write_bytes(png())  # it had come so far
    part = staging.staging_folder(hotline.home) / "left"
    part.write_bytes(b"x")
    assert there(hotline) == [] and differences(hotline) == [], "neither shown nor told of: it may be on its way"
    assert attachments.sweep(hotline.storage, hotline.files, hotline.home, NOW) == 0
    later = at("2126-01-01 00:00:00")
    assert attachments.sweep(hotline.storage, hotline.files, hotline.home, later) == 1
    assert stored(hotline) == [] and staged(hotline) == []
    with hotline.storage.reading() as tx:
        assert AttachmentStore(tx).paths() == set()


def test_a14_attachments_are_for_who_writes_the_form_or_sees_the_number(hotline: Hotline) -> None:
    [kept] = send(hotline, ("id-card.png", png())).kept

    def shown(actor: Actor) -> tuple[int, int, bool]:
        with hotline.storage.reading() as tx:
            seen = attachments.attachments_of(tx, "form", 1, actor, NOW)
        return len(seen.shown), seen.hidden, seen.may_add

    assert [shown(each) for each in (ZHAO, BOSS, EXAMINER, QIAN)] == [
        (1, 0, True),
        (1, 0, True),
        (1, 0, False),
        (0, 1, False),
    ]
    for stranger in (QIAN, EXAMINER):
        with pytest.raises(Forbidden):
            send(hotline, ("b.png", png(1)), actor=stranger)
        with pytest.raises(Forbidden):
            attachments.remove_attachment(hotline.storage, "form", 1, kept.id, stranger, NOW)
    with pytest.raises(Forbidden):
        attachments.look_at_attachment(hotline.storage, kept.id, QIAN, NOW)
    assert attachments.look_at_attachment(hotline.storage, kept.id, EXAMINER, NOW).id == kept.id


def test_attaching_downloading_and_removing_stand_in_the_audit_log_without_the_name(hotline: Hotline) -> None:
    [kept] = send(hotline, ("李女士身份证.png", png())).kept
    attachments.look_at_attachment(hotline.storage, kept.id, BOSS, NOW)
    attachments.remove_attachment(hotline.storage, "form", 1, kept.id, ZHAO, NOW)
    with hotline.storage.reading() as tx:
        entries = [each for each in AuditLog(tx).latest(9) if str(each["action"]).startswith("attachment.")]
    assert [(each["who"], each["action"], each["object"]) for each in reversed(entries)] == [
        ("zhao", "attachment.add", "form:1"),
        ("boss", "attachment.download", "form:1"),
        ("zhao", "attachment.remove", "form:1"),
    ]
    assert "李" not in str(entries) and kept.sha256 in str(entries)


def test_what_is_removed_is_gone_with_its_file(hotline: Hotline) -> None:
    [kept] = send(hotline, ("a.png", png())).kept
    with pytest.raises(NotFound):
        attachments.remove_attachment(hotline.storage, "form", 2, kept.id, BOSS, NOW)
    attachments.remove_attachment(hotline.storage, "form", 1, kept.id, ZHAO, NOW)
    with pytest.raises(NotFound):
        attachments.look_at_attachment(hotline.storage, kept.id, BOSS, NOW)
    assert differences(hotline) == [], "neither missing nor known by none"
    assert attachments.sweep(hotline.storage, hotline.files, hotline.home, NOW) == 1
    assert stored(hotline) == []
    assert attachments.sweep(hotline.storage, hotline.files, hotline.home, NOW) == 0


def _missing(file: Path) -> None:
    file.unlink()


def _changed(file: Path) -> None:
    file.write_bytes(png(200))


@pytest.mark.parametrize(("harm", "kind"), [(_missing, Difference.NO_FILE), (_changed, Difference.CHANGED)])
def test_e2_reconciliation_finds_what_is_missing_or_changed(
    hotline: Hotline, harm: Callable[[Path], None], kind: Difference
) -> None:
    kept = send(hotline, *((f"{n}.png", png(n)) for n in range(3))).kept
    assert differences(hotline) == []
    harm(hotline.home.recordings / kept[1].path)
    assert differences(hotline) == [(kind, kept[1].path)]


def test_e2_reconciliation_finds_a_file_that_no_row_knows_and_reads_each_within_the_days(hotline: Hotline) -> None:
    [kept] = send(hotline, ("a.png", png())).kept
    _changed(hotline.home.recordings / kept.path)
    days = [date(2026, 11, 17) + timedelta(days=n) for n in range(30)]
    told = [list(attachment_differences(hotline.storage, hotline.files, day, 30)) for day in days]
    assert sum(map(len, told)) == 1, "each is read on one day of thirty"
    extra = hotline.home.recordings / "attachments" / "2026" / "11" / "stray"
    extra.write_bytes(b"x")
    assert (Difference.NO_ENTRY, "attachments/2026/11/stray") in differences(hotline)


def test_a_sender_that_breaks_off_leaves_nothing(hotline: Hotline) -> None:
    class BreaksOff(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError("connection reset")
            return super().read(len(png()))

    broken: BinaryIO = BreaksOff(png())
    with pytest.raises(OSError):
        send(hotline, Upload("a.png", broken))
    assert there(hotline) == [] and stored(hotline) == [] and staged(hotline) == []
