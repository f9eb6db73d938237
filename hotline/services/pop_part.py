"""Parts of the pop (what an operator sees of caller and call when their phone rings), as features tell of them: in
`hotline/services/<feature>/pop_part.py`, in `POP_PART`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from hotline.domain.calls.call import Call
from hotline.domain.people import Actor
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

Read = TypeVar("Read")


class Section(BaseModel):
    """The fields that a part adds to the pop's JSON. No other part has one of the same name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class WhoCalls:
    """The call, and the ids of the customers whose number the caller's is."""

    call: Call
    customer_ids: Sequence[int]

    @property
    def number(self) -> str:
        """ "" for one that is withheld: nothing is asked about it."""
        return self.call.caller.number


@dataclass(frozen=True, slots=True)
class PopPart(Generic[Read]):
    """`read` asks once a call, by an index: calls wait for it. `show` asks nothing: it makes of what was read what one
    person may see. `alike`: whom the same is shown, told by equal values; without it, all who see as much of numbers
    (A14)."""

    section: type[Section]
    read: Callable[[Transaction, Settings, WhoCalls], Read]
    show: Callable[[Read, Settings, Actor, datetime], Section]
    alike: Callable[[Read, Actor], object] | None = None
