"""One dialect and one store of compiled statements for all databases of a process: each has them for its own
otherwise, and a test's database would compile every statement anew."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Engine, create_engine

from hotline.storage import engine

#: More than all statements there are: none is compiled twice.
_STATEMENTS = 10_000


class _First:
    """The first engine of a kind; it is shared once it has been connected, and knows its server."""

    def __init__(self) -> None:
        self.engine: Engine | None = None

    def share(self, made: Engine) -> Engine:
        if self.engine is None or self.engine.dialect.server_version_info is None:
            self.engine = made
            return made
        made.dialect.initialize = _nothing  # type: ignore[assignment]
        made.dialect = made.pool._dialect = self.engine.dialect
        made._compiled_cache = self.engine._compiled_cache
        return made


def _nothing(_connection: Connection) -> None:
    """What a server can do is known already."""


def share_statements() -> None:
    """From now on, in this process."""
    first: dict[str, _First] = defaultdict(_First)

    def made(url: Any, **options: Any) -> Engine:
        new = create_engine(url, query_cache_size=_STATEMENTS, **options)
        return first[new.driver].share(new)

    setattr(engine, create_engine.__name__, made)
