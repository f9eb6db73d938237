"""Every table. A change in one needs an Alembic revision beside it; a test compares the two."""

import hotline.storage.tables
from hotline.discovery import modules
from hotline.storage.base import metadata

# A table is known once its module is imported.
modules("hotline.storage", "tables")

__all__ = ["metadata"]
