"""`hotline db`, as a process of its own: from nothing, again, and with a database of a newer version."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from hotline.settings.home import TREE
from tests.support.databases import REVISIONS


def _db(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")}
    return subprocess.run(
        [sys.executable, "-m", "hotline.cli", "db", *arguments],
        cwd=home.parent,
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
        env={**known, "PYTHONPATH": str(TREE), "HOTLINE_HOME": str(home), **environment},
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_upgrade_makes_the_database_and_doing_it_again_does_nothing(home: Path) -> None:
    assert json.loads(_db(home, "current", "--json").stdout) == {"current": None, "pending": REVISIONS}
    assert json.loads(_db(home, "upgrade", "--json").stdout) == {"applied": REVISIONS}
    assert _db(home, "upgrade").stdout == "nothing to do\n"
    assert _db(home, "current").stdout == f"at {REVISIONS[-1]}\n"
    assert home.stat().st_mode & 0o077 == 0, "the database holds personal data"


def test_the_database_that_the_settings_name_is_upgraded(home: Path, postgres_url: str) -> None:
    assert _db(home, "upgrade", HOTLINE_DATABASE__URL=postgres_url).stdout == "nothing to do\n"
    assert not (home / "hotline.db").exists()


def test_a_database_of_a_newer_version_is_refused(home: Path) -> None:
    assert _db(home, "upgrade").returncode == 0
    with sqlite3.connect(home / "hotline.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    refused = _db(home, "upgrade")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: The database is at revision 9999") and "Traceback" not in refused.stderr


def test_a_database_that_is_away_is_told_in_one_line(home: Path) -> None:
    refused = _db(home, "upgrade", HOTLINE_DATABASE__URL="postgresql://nobody@/none?host=/nonexistent")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: The database did not do its work") and "Traceback" not in refused.stderr
