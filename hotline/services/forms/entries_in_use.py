"""Entries of the settings that log forms have."""

from __future__ import annotations

from hotline.services.entries_used import Used
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Transaction


def _has_category(tx: Transaction, category: str) -> bool:
    return FormStore(tx).has_category(category)


IN_USE: dict[str, Used] = {"categories": _has_category}
