"""How much a process tells in its log."""

from __future__ import annotations

import logging

from hotline.bootstrap import Hotline


class OneLine(logging.Formatter):
    """What a caller or visitor sent begins no line of its own and moves no cursor: a log shows who did what, and nobody
    writes another's line. What is told of an error below it stays as Python writes it."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return "".join(map(_shown, super().formatMessage(record)))


def log_as_set(hotline: Hotline) -> None:
    """By the level that is in force, also when another one is decided later."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler])
    hotline.in_force.follow(lambda settings: logging.getLogger().setLevel(settings.log.level))


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()
