"""A14: no whole number leaves by a gateway; days, times and links stay as they are."""

from __future__ import annotations

import pytest

from hotline.domain.notifications.discreet import discreet, discreet_text
from hotline.domain.notifications.notification import Text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("来电 13800138000 投诉", "来电 138****8000 投诉"),
        ("+8613800138000", "861****8000"),
        ("138 0013 8000", "138****8000"),
        ("0755-8888-6666", "075****6666"),
        ("88886666", "88****"),
        ("due 2026-11-29 15:13", "due 2026-11-29 15:13"),
        ("2026-11-29", "2026-11-29"),
        ("case 20261122-001, due 2026-11-29 15:13", "case 20261122-001, due 2026-11-29 15:13"),
        ("20261322-001", "202****2001"),
        ("1001, 400, 12:30", "1001, 400, 12:30"),
    ],
)
def test_numbers_are_hidden_and_nothing_else(text: str, told: str) -> None:
    assert discreet(text) == told


def test_a_link_stays_what_it_is() -> None:
    told = discreet_text(Text("13800138000", "13800138000\nhttps://h.example/notifications/12345678"))
    assert told == Text("138****8000", "138****8000\nhttps://h.example/notifications/12345678")
