"""The database connection: SQLite beside the program, or what [database] url names."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine, event

from hotline.settings import Home, Settings


def database_url(settings: Settings, home: Home) -> str:
    return settings.database.url or f"sqlite:///{home.database_file}"


def make_engine(url: str) -> Engine:
    """An engine with the durability the ledger needs. SQLite: WAL, waits up to 10 s for a writer, begins writing
    transactions at once (two readers that both turn writers would otherwise fail)."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 10})

    @event.listens_for(engine, "connect")
    def _pragmas(connection, _record):  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection):  # type: ignore[no-untyped-def]
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine
