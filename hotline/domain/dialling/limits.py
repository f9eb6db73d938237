"""How much is dialled at most: what a stolen account or a wild script could cost (toll fraud)."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.domain.reasons import Reason, because


@dataclass(frozen=True, slots=True)
class Limits:
    """Calls at most: of one operator within a minute and an hour, of all at once, to one number within a day of
    Shanghai."""

    a_minute: int
    an_hour: int
    at_once: int
    same_number_a_day: int


@dataclass(frozen=True, slots=True)
class Dialled:
    """How many there were, without the one that is asked for."""

    in_minute: int = 0
    in_hour: int = 0
    at_once: int = 0
    same_number_today: int = 0


def limit_hit(dialled: Dialled, limits: Limits) -> Reason | None:
    """Which limit the next call would break; the one that holds longest is said."""
    if dialled.same_number_today >= limits.same_number_a_day:
        return because("dialling.too_often", most=limits.same_number_a_day)
    if dialled.in_hour >= limits.an_hour:
        return because("dialling.too_many_an_hour", most=limits.an_hour)
    if dialled.in_minute >= limits.a_minute:
        return because("dialling.too_many_a_minute", most=limits.a_minute)
    if dialled.at_once >= limits.at_once:
        return because("dialling.too_many_at_once", most=limits.at_once)
    return None


#: Limits that guard against fraud, so that an alert tells of them. How often one number is dialled is the customer's
#: peace.
OF_FRAUD = frozenset({"dialling.too_many_an_hour", "dialling.too_many_a_minute", "dialling.too_many_at_once"})
