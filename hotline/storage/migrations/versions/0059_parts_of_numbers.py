"""Parts of numbers by an index

The ledger, the log forms, the cases and the customers were read row by row by whoever looked for the end of a number.
"""

from __future__ import annotations

from alembic import op

from hotline.storage.number_parts import POSTGRESQL_FUNCTION, postgresql_index, sqlite_filling, sqlite_index

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_INDEXED = {
    "call": ("caller_number", "caller_original"),
    "call_form": ("number", "callback_number"),
    "service_case": ("caller_number",),
    "customer_number": ("number",),
}


def upgrade() -> None:
    for table, columns in _INDEXED.items():
        if op.get_bind().dialect.name == "sqlite":
            statements = [*sqlite_index(table, columns), sqlite_filling(table, columns)]
        else:
            statements = [POSTGRESQL_FUNCTION, postgresql_index(table, columns)]
        for each in statements:
            op.get_bind().exec_driver_sql(each)
