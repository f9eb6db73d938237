"""What Alembic runs each time. There is no alembic.ini: hotline.storage.migrate hands in the connection, with the
transaction that everything happens in already begun."""

from __future__ import annotations

from alembic import context

from hotline.storage.migrations.render import render_type
from hotline.storage.schema import metadata
from hotline.storage.search.tables import is_ours

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    # SQLite alters little in place: Alembic copies the table instead.
    render_as_batch=True,
    render_item=render_type,
    include_name=is_ours,
)
context.run_migrations()
