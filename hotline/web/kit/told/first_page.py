"""Where somebody begins who has just signed in and wanted to go nowhere else, as features tell of it: `FIRST_PAGE` in
hotline/web/<feature>/first_page.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hotline.discovery import gathered


@dataclass(frozen=True)
class FirstPage:
    """`address`: of a page that comes before their usual one; "" for none."""

    address: Callable[[], str]


def first_page() -> str:
    """Of the features the first that has one; "" for none."""
    told = gathered("hotline.web", "first_page", "FIRST_PAGE", FirstPage)
    return next((found for each in told if (found := each.address())), "")
