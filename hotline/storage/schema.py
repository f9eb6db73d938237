"""Every table. A change in one needs an Alembic revision beside it; a test compares the two.

A table is known once its module is imported; a new feature adds its line."""

import hotline.storage.accounts.tables
import hotline.storage.callbacks.tables
import hotline.storage.calls.tables
import hotline.storage.cases.tables
import hotline.storage.customers.tables
import hotline.storage.directory.tables
import hotline.storage.examination.tables
import hotline.storage.floor.tables
import hotline.storage.forms.tables
import hotline.storage.line.tables
import hotline.storage.operators.tables
import hotline.storage.quality.tables
import hotline.storage.recordings.tables
import hotline.storage.retention.tables
import hotline.storage.search.tables
import hotline.storage.tables
from hotline.storage.base import metadata

__all__ = ["metadata"]
