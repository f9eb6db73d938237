"""One reader's place in the push."""

from __future__ import annotations

import logging

from hotline.domain.operators.push import Reader
from hotline.web.held.outlet import LIMIT, Outlet

logger = logging.getLogger(__name__)


class Subscriber(Outlet):
    """What is put to `reader` is taken out by whoever holds their connection."""

    def __init__(self, reader: Reader, limit: int = LIMIT) -> None:
        super().__init__(limit)
        self.reader = reader

    def cut(self) -> None:
        logger.warning("a page of %s did not keep up and was cut off", self.reader.who.name)
        super().cut()
