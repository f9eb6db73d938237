"""How much a process tells in its log."""

from __future__ import annotations

import logging

from hotline.bootstrap import Hotline


def log_as_set(hotline: Hotline) -> None:
    """By the level that is in force, also when another one is decided later."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    hotline.in_force.follow(lambda settings: logging.getLogger().setLevel(settings.log.level))
