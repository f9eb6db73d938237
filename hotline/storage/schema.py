"""Every table. A change in one needs an Alembic revision beside it; a test compares the two."""

from hotline.storage import tables
from hotline.storage.accounts import tables as accounts_tables
from hotline.storage.base import metadata
from hotline.storage.callbacks import tables as callbacks_tables
from hotline.storage.calls import tables as calls_tables
from hotline.storage.cases import tables as cases_tables
from hotline.storage.customers import tables as customers_tables
from hotline.storage.directory import tables as directory_tables
from hotline.storage.examination import tables as examination_tables
from hotline.storage.floor import tables as floor_tables
from hotline.storage.forms import tables as forms_tables
from hotline.storage.line import tables as line_tables
from hotline.storage.operators import tables as operators_tables
from hotline.storage.quality import tables as quality_tables
from hotline.storage.recordings import tables as recordings_tables
from hotline.storage.retention import tables as retention_tables
from hotline.storage.search import tables as search_tables

#: Where they stand: one module a feature, and what all share.
TABLES = (
    tables,
    accounts_tables,
    callbacks_tables,
    calls_tables,
    cases_tables,
    customers_tables,
    directory_tables,
    examination_tables,
    floor_tables,
    forms_tables,
    line_tables,
    operators_tables,
    quality_tables,
    recordings_tables,
    retention_tables,
    search_tables,
)

__all__ = ["TABLES", "metadata"]
