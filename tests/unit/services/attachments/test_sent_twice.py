"""E4: a file that is sent twice at once is kept once, on both databases."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from hotline.services.attachments import attachments
from hotline.services.attachments.attachments import Upload, keep_uploads
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage
from tests.support.attached_files import png
from tests.support.instance import an_instance, at

NOW = at("2026-11-16 10:30:00")


def test_e4_two_clicks_at_once_attach_a_file_once(tmp_path: Path, storage: Storage, database: str) -> None:
    hotline = an_instance(tmp_path, NOW, f'[database]\nurl = "{database}"\n', storage)
    both = Barrier(2, timeout=30)

    class Slow:
        """Neither file is there before both are on their way."""

        def put(self, source: Path, path: str) -> None:
            both.wait()
            hotline.files.put(source, path)

        def remove(self, path: str) -> None:
            hotline.files.remove(path)

    def send(_click: int) -> int:
        uploads = [Upload("a.png", io.BytesIO(png()))]
        done = keep_uploads(storage, Slow(), hotline.home, hotline.settings, "form", 1, uploads, "zhao", NOW)  # type: ignore[arg-type]
        return done.kept[0].id

    with ThreadPoolExecutor(2) as clicks:
        kept = set(clicks.map(send, range(2)))
    with storage.reading() as tx:
        there = [each.id for each in AttachmentStore(tx).of("form", [1])]
        rows, told = AttachmentStore(tx).paths(), AuditLog(tx).latest(10)
    files = list(hotline.files.walk(attachments.FOLDER))
    assert kept == set(there) and len(there) == len(rows) == len(files) == 1
    assert [str(each["action"]) for each in told] == ["attachment.add"]
