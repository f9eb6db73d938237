"""Shares, as figures and pages have them."""

from __future__ import annotations


def percent(part: float, whole: float) -> float | None:
    """To a tenth; None where there is nothing to take a share of."""
    return round(100 * part / whole, 1) if whole else None
