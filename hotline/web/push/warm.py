"""What is loaded before anybody is served: no pop and nobody who types a name is to wait for it."""

from __future__ import annotations

import gc
from threading import Thread

from hotline.domain.pinyin import fit
from hotline.services.shown import region


def warm_up_pages() -> None:
    """As `warm_up`, and how characters sound: names are found by it, which nothing that is pushed does."""
    fit("赵敏", "zm")
    warm_up()


def warm_up() -> None:
    """The tables of regions, which take half a second, are loaded beside what is served already."""
    Thread(target=settle, daemon=True).start()


def settle() -> None:
    """What is there then stays, and the collector need not look through it again: 0.1 s in which nothing would be
    pushed."""
    region("+8613800138000")
    gc.collect()
    gc.freeze()
