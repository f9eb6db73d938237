"""The levels of customers, as pages name them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hotline.domain.numbers import Number
from hotline.settings import Settings
from hotline.storage.customers.levels import LevelStore
from hotline.storage.transaction import Transaction


def levels_of(tx: Transaction, settings: Settings, numbers: Collection[Number]) -> Mapping[Number, str]:
    """By number, the name of the level of whoever has it: of several the one that is put through first. Usual
    customers' numbers are left out."""
    levels, asked = settings.customers.levels, {each for each in numbers if each}
    if not levels or not asked:
        return {}
    order = sorted(levels, key=lambda each: -levels[each].queue_priority)
    found = LevelStore(tx).of_numbers(asked)
    known = {number: next((each for each in order if each in theirs), "") for number, theirs in found.items()}
    return {number: levels[level].name for number, level in known.items() if level}
