"""E11: customers are shared out evenly by number, and as evenly as can be by potential."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has: how many customers, and how much these count together."""

    customers: int = 0
    potential: int = 0


def share_out(fresh: Iterable[tuple[int, int]], loads: Mapping[str, Load]) -> dict[int, str]:
    """By customer, whose they are. `fresh`: id and potential; `loads`: of all who may have customers, by user name;
    nobody gets any where there is none. Who has the fewest gets the next one, of several the one whose customers count
    least; those who count most are shared out first. The same from the same, whatever order they come in."""
    having = dict(loads)
    found: dict[int, str] = {}
    if not having:
        return found
    for customer_id, potential in sorted(fresh, key=lambda each: (-each[1], each[0])):
        name = min(having, key=lambda each: (having[each].customers, having[each].potential, each))
        before = having[name]
        having[name] = Load(before.customers + 1, before.potential + potential)
        found[customer_id] = name
    return found
