"""Where the keys of the menus may lead on every line."""

from __future__ import annotations

from hotline.domain.menu_target import Leads, MenuTarget, MenuTargets, Section
from hotline.domain.reasons import Reason, because


def _no_queue(name: str, known: tuple[str, ...]) -> Reason:
    return because("settings.unknown_queue", got=name, known=known)


def _no_menu(name: str, known: tuple[str, ...]) -> Reason:
    return because("settings.unknown_menu", got=name, known=known)


MENU_TARGETS = MenuTargets(
    (
        MenuTarget("queue", Leads.OUT, Section("queues", _no_queue), person=True),
        MenuTarget("operator", Leads.OUT, person=True),
        MenuTarget("voicemail", Leads.OUT),
        MenuTarget("menu", Leads.MENU, Section("menus", _no_menu)),
        MenuTarget("announcement", Leads.PROMPT),
        MenuTarget("repeat", Leads.AGAIN),
    )
)
