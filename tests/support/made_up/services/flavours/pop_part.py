"""What the pop shows of the caller's flavour: whole to some, and to others not."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.services.pop_part import PopPart, Section, WhoCalls
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


class Flavour(Section):
    flavour: str


def _read(tx: Transaction, settings: Settings, caller: WhoCalls) -> str:
    return f"{caller.call.line} flavour"


def _show(name: str, settings: Settings, actor: Actor, now: datetime) -> Flavour:
    return Flavour(flavour=name if _sees(name, actor) else "")


def _sees(name: str, actor: Actor) -> bool:
    return actor.extension == "1001"


POP_PART = PopPart(Flavour, _read, _show, alike=_sees)
