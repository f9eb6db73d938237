"""Checks of the script cards."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.reasons import because
from hotline.services.cards.files import load_cards
from hotline.services.check import CheckResult, Checks, failed, ok
from hotline.settings import Home, Settings, SettingsError


def check_cards(settings: Settings, home: Home, now: datetime) -> list[CheckResult]:
    """The script cards can be read (C10)."""
    try:
        cards = load_cards(home.cards)
    except SettingsError as error:
        return [
            failed("cards", because("checks.wrong_setting", place=problem.place), problem.expected)
            for problem in error.problems
        ]
    return [ok("cards", because("checks.cards", count=len(cards)))]


CHECKS = Checks(files=check_cards)
