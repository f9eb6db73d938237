"""Erlang A: a queue whose callers hang up when their patience is over (M/M/n+M).

C. Palm, "Research on telephone traffic carried by full availability groups", Tele 1 (1957); in the form of
A. Mandelbaum and S. Zeltyn, "The Palm/Erlang-A queue, with applications to call centers" (2005), where V is how long a
caller of endless patience would wait. With arrivals at the rate a, talks that end at the rate m, and patience that ends
at the rate p:

    H(x) = (1 - exp(-p x)) / p          J(t) = integral from t to infinity of exp(a H(x) - n m x) dx
    E = sum over j < n of ((n-1)! / j!) (m / a)^(n-1-j)
    P(V > 0) = a J(0) / (E + a J(0))    P(abandoned) = (1 + (a - n m) J(0)) / (E + a J(0))
    P(served, V > t) = (n m J(t) - exp(a H(t) - n m t)) / (E + a J(0))

J is an incomplete gamma function; its series has positive terms alone, and logarithms keep it in range.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

#: More people than any hotline has; beyond it nobody searches.
MOST_PEOPLE = 2000
_EXACT = 1e-16
_LARGE = 1e250


@dataclass(frozen=True, slots=True)
class Demand:
    """`calls` in half an hour; `handle_seconds`: talk and wrap-up on average; `patience_seconds`: how long callers wait
    on average before they hang up. All above zero."""

    calls: float
    handle_seconds: float
    patience_seconds: float

    @property
    def load(self) -> float:
        """People who would be busy all the time (erlang)."""
        return self.calls * self.handle_seconds / 1800


@dataclass(frozen=True, slots=True)
class Service:
    """Shares of all callers, 0 to 1. `waits`: find nobody free. `in_time`: are answered within the seconds asked
    for."""

    waits: float
    abandons: float
    in_time: float


def service(demand: Demand, people: int, seconds: float) -> Service:
    """What `people` make of it. Nobody there answers nobody."""
    if people <= 0:
        return Service(1.0, 1.0, 0.0)
    arrive, serve, leave = demand.calls / 1800, people * people_rate(demand), 1 / demand.patience_seconds
    log_all, log_late = _log_j(arrive, serve, leave, 0.0), _log_j(arrive, serve, leave, seconds)
    scale = math.exp(-log_all)  # everything is divided by J(0)
    whole = _log_free(demand.load, people) - log_all
    below = (math.exp(whole) if whole < math.log(_LARGE) else _LARGE) + arrive
    waited = -math.expm1(-leave * seconds) / leave
    late = serve * math.exp(log_late - log_all) - math.exp(arrive * waited - serve * seconds - log_all)
    abandons = min(max((scale + arrive - serve) / below, 0.0), 1.0)
    return Service(arrive / below, abandons, min(max(1 - abandons - late / below, 0.0), 1.0))


def people_rate(demand: Demand) -> float:
    """Talks that one person ends in a second."""
    return 1 / demand.handle_seconds


def people_needed(demand: Demand, percent: float, seconds: float) -> int:
    """The fewest of whom `percent` of the callers are answered within `seconds`; none for no calls."""
    if demand.calls <= 0:
        return 0
    low, high = 0, max(1, math.ceil(demand.load))
    while high < MOST_PEOPLE and service(demand, high, seconds).in_time * 100 < percent:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if service(demand, middle, seconds).in_time * 100 >= percent:
            high = middle
        else:
            low = middle
    return min(high, MOST_PEOPLE)


def with_shrinkage(people: int, percent: float) -> int:
    """How many must be planned so that `people` sit there, when this share is ill, in training or away."""
    return math.ceil(people / (1 - percent / 100) - 1e-9)


def _log_free(load: float, people: int) -> float:
    """log E, by E(1) = 1, E(n) = 1 + E(n-1) (n-1) / load."""
    found, log = 1.0, 0.0
    for each in range(1, people):
        found = math.exp(-log) + found * each / load
        if found > _LARGE:
            found, log = found / _LARGE, log + math.log(_LARGE)
    return math.log(found) + log


def _log_j(arrive: float, serve: float, leave: float, seconds: float) -> float:
    """log J(t) = a H(t) - n m t - log p + log of the sum of x^k / (s (s+1) … (s+k)), where s = n m / p and
    x = a exp(-p t) / p."""
    shape, x = serve / leave, arrive / leave * math.exp(-leave * seconds)
    term = total = 1 / shape
    log, step = 0.0, 0
    while term > total * _EXACT or x > shape + step:
        step += 1
        term *= x / (shape + step)
        total += term
        if total > _LARGE:
            term, total, log = term / _LARGE, total / _LARGE, log + math.log(_LARGE)
    waited = -math.expm1(-leave * seconds) / leave
    return arrive * waited - serve * seconds - math.log(leave) + math.log(total) + log
