"""The script cards of this site: reloaded when a file changes, edited by supervisors."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from hotline.domain.cards.card import WRITTEN, Card, search
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.services.cards.files import checked_card, load_cards, signature, write_card, write_removed
from hotline.settings.inputs import reason_of
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage


class CardBox:
    """The cards, kept while their files stay as they are. Threads may share it."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._signature: tuple[object, ...] | None = None
        self._cards: tuple[Card, ...] = ()

    def all(self) -> tuple[Card, ...]:
        """By stage. Raises SettingsError when a file is wrong."""
        with self._lock:
            now = signature(self._site)
            if now != self._signature:
                self._cards, self._signature = load_cards(self._site), now
            return self._cards

    def find(self, written: str = "", stage: str = "", case: str = "") -> list[Card]:
        return search(self.all(), written, stage, case)

    def get(self, card_id: str) -> Card:
        """Raises NotFound."""
        found = next((card for card in self.all() if card.id == card_id), None)
        if found is None:
            raise NotFound("cards.no_card", id=card_id[:60])
        return found

    def add(self, storage: Storage, values: Mapping[str, object], actor: Actor, now: datetime) -> Card:
        """Raises Refused, Conflict when the id is taken."""
        card = _checked(values)
        if any(known.id == card.id for known in self.all()):
            raise Conflict("cards.card_there", id=card.id)
        self._keep(storage, card, "card.create", actor, now)
        return card

    def change(
        self, storage: Storage, card_id: str, version: str, values: Mapping[str, object], actor: Actor, now: datetime
    ) -> Card:
        """Raises NotFound, Refused, and Outdated if somebody was faster."""
        old = self.get(card_id)
        merged = {"id": old.id, **{name: getattr(old, name) for name in WRITTEN}, **values}
        card = _checked(merged)
        if old.version != version:
            raise Outdated("cards.changed_meanwhile", current=card_values(old))
        if card != old:
            self._keep(storage, card, "card.change", actor, now)
        return card

    def remove(self, storage: Storage, card_id: str, actor: Actor, now: datetime) -> None:
        """Raises NotFound."""
        self.get(card_id)
        with storage.writing() as tx:
            AuditLog(tx).add(now, actor.name, "card.remove", f"card:{card_id}")
            write_removed(self._site, card_id)

    def _keep(self, storage: Storage, card: Card, action: str, actor: Actor, now: datetime) -> None:
        # Within the transaction: what could not be written has not been done, and what was done stands in the log.
        with storage.writing() as tx:
            AuditLog(tx).add(now, actor.name, action, f"card:{card.id}", card.title)
            write_card(self._site, card)


def card_values(card: Card) -> dict[str, object]:
    """As JSON holds it."""
    return {
        **dataclasses.asdict(card),
        "stage": card.stage.value,
        "keywords": list(card.keywords),
        "version": card.version,
    }


def _checked(values: Mapping[str, object]) -> Card:
    try:
        return checked_card(dict(values))
    except ValidationError as error:
        wrong = [
            because("input.at_field", place=".".join(map(str, each["loc"])), what=reason_of(each))
            for each in error.errors(include_url=False)
        ]
        raise Refused("cards.wrong_card", problems=wrong) from None
