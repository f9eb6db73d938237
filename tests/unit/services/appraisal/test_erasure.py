"""G3: what is deleted at a caller's wish changes no score."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from hotline.domain.retention.privacy import RequestKind
from hotline.services.appraisal.cards import month_cards
from hotline.services.appraisal.months import content_of, lines_of
from hotline.services.retention import erasure, privacy
from hotline.storage.calls.store import CallStore
from hotline.storage.transaction import Storage
from recordings.files import FolderFiles
from tests.support.appraised import NOW, OCTOBER, Month

#: Longer than anything is kept.
LATER = NOW + timedelta(days=10 * 366)


def _figures(month: Month) -> str:
    with month.storage.reading() as tx:
        found = month_cards(tx, month.settings, OCTOBER, LATER)
    return content_of(found, lines_of(month.settings), month.team)


def test_an_erasure_leaves_every_figure_equal(storage: Storage, tmp_path: Path) -> None:
    """G3, F3: the caller of all of the month's calls asks for it."""
    month = Month(storage, tmp_path)
    before = _figures(month)
    asked = privacy.take(
        storage, month.settings, RequestKind.DELETION, "+8613800138000", None, "本人", "身份证", month.ma, LATER
    )
    folder = tmp_path / "store"
    folder.mkdir()
    erased = erasure.erase(storage, FolderFiles(folder), month.settings, asked.id or 0, month.ma, LATER)
    assert erased.took["calls"] == 12
    with storage.reading() as tx:
        call = CallStore(tx).get("node1", "z-0")
    assert call is not None and call.caller.number == ""
    assert _figures(month) == before
