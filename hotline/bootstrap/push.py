"""What `hotline push` is made of."""

from __future__ import annotations

from hotline.bootstrap import Hotline
from hotline.services.operators.news import NewsSource
from hotline.web.push.service import Push


def make_push(hotline: Hotline) -> Push:
    """The push of all that this instance tells, until its `close`."""
    return Push(NewsSource(hotline.storage, hotline.in_force), hotline.clock)
