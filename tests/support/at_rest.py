"""What stands in a database, whichever table it is in."""

from __future__ import annotations

from sqlalchemy import String, cast, select

from hotline.storage.schema import metadata
from hotline.storage.transaction import Storage


def tables_with(storage: Storage, words: str) -> list[str]:
    """The columns that hold these words, as "table.column"."""
    with storage.reading() as tx:
        return [
            f"{table.name}.{column.name}"
            for table in metadata.sorted_tables
            for column in table.columns
            if any(words in str(value) for (value,) in tx.connection.execute(select(cast(column, String))))
        ]
