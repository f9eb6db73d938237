"""Who spoke a version, and voices that were asked for, on both databases; and what stood there before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from hotline.domain.prompts.version import Place, PromptVersion, SoundOrigin, spoken_otherwise
from hotline.domain.prompts.voice_task import VoiceTask
from hotline.domain.reasons import because
from hotline.storage import migrate
from hotline.storage.engine import make_engine
from hotline.storage.prompts.store import PromptStore
from hotline.storage.prompts.voice_tasks import VoiceTaskStore
from hotline.storage.transaction import Storage
from tests.support.databases import filled
from tests.support.rows import MORNING

SPOKEN = PromptVersion(Place("goodbye", "zh"), SoundOrigin.SPOKEN, "再见", "ab" * 32, 2.5, -20.1, "admin", MORNING)


def test_a_version_knows_who_spoke_it(storage: Storage) -> None:
    with storage.writing() as tx:
        made = PromptStore(tx).add(replace(SPOKEN, voice="kokoro-yunxi"))
    with storage.reading() as tx:
        assert PromptStore(tx).by_id(made.id) == made and made.voice == "kokoro-yunxi"


def test_what_was_asked_for_is_done_in_its_order(storage: Storage) -> None:
    with storage.writing() as tx:
        store = VoiceTaskStore(tx)
        assert store.open() is None and store.latest() is None
        first = store.add(VoiceTask("kokoro", "admin", MORNING))
        second = store.add(VoiceTask("kokoro", "boss", MORNING))
        assert store.open() == first and store.latest() == second
        ended = replace(
            first,
            begun_at=MORNING,
            finished_at=MORNING + timedelta(minutes=3),
            problem=because("prompts.voice_needs", program="npm"),
        )
        store.keep(ended)
        assert store.open() == second
        store.keep(replace(second, finished_at=MORNING))
        assert store.open() is None
    with storage.reading() as tx:
        assert VoiceTaskStore(tx).latest() == replace(second, finished_at=MORNING)


@pytest.fixture(params=["sqlite", "postgres"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database at the revision before, with a prompt that somebody typed."""
    yield from filled(request, tmp_path, _fill)


def _fill(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        command.upgrade(migrate._config(connection), "0054")
        at = MORNING if connection.dialect.name == "postgresql" else f"{MORNING:%Y-%m-%d %H:%M:%S}.000000"
        row = (
            "INSERT INTO prompt_version (prompt, language, line, origin, words, sha256, seconds, loudness, made_by, "
            "made_at) VALUES ('goodbye', 'zh', '', 'spoken', '再见', :sha256, 2.5, -20.1, 'admin', :at)"
        )
        connection.execute(text(row), {"at": at, "sha256": "ab" * 32})
    engine.dispose()


def test_what_was_typed_before_was_spoken_by_espeak(before: str) -> None:
    migrate.upgrade(before)
    storage = Storage(make_engine(before))
    with storage.writing() as tx:
        [version] = PromptStore(tx).all()
        assert version == replace(SPOKEN, id=version.id)
        VoiceTaskStore(tx).add(VoiceTask("kokoro", "admin", MORNING))
    today = MORNING.date()
    assert spoken_otherwise([version], "espeak-ng", "zh", today) == []
    assert spoken_otherwise([version], "kokoro-yunxi", "zh", today) == [version]
    storage.engine.dispose()
