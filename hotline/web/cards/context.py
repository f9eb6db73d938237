"""The script cards of this instance, as the views find them."""

from __future__ import annotations

from flask import Flask, current_app

from hotline.services.cards.cards import CardBox

_KEY = "hotline_cards"


def card_box() -> CardBox:
    box: CardBox = current_app.extensions[_KEY]
    return box


def install(app: Flask) -> None:
    """Raises SettingsError when a file of cards is wrong: it is told at the start, not to an operator in a call."""
    box = CardBox(app.extensions["hotline"].home.cards)
    box.all()
    app.extensions[_KEY] = box
