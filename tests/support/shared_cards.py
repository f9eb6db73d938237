"""One reading of the cards that are shipped for all applications of a process."""

from __future__ import annotations

from pathlib import Path

from hotline.domain.cards.card import Card
from hotline.services.cards import files
from hotline.settings.errors import SettingProblem

_read = files._read_folder
_shipped: list[Card | str] = []


def _shared(folder: Path, problems: list[SettingProblem]) -> list[Card | str]:
    if folder == files.DEFAULT_CARDS and _shipped:
        return list(_shipped)
    read = _read(folder, problems)
    if folder == files.DEFAULT_CARDS and not problems:
        _shipped.extend(read)
    return read


def share_cards() -> None:
    """From now on, in this process."""
    setattr(files, _read.__name__, _shared)
