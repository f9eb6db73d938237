"""What callers hear now, as the prompts are built from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from greetings.chosen import NOTHING, Chosen, ChosenSound
from hotline.domain.calendar import local_day
from hotline.domain.errors import StorageError
from hotline.domain.prompts.version import for_line, heard
from hotline.settings import Home, Settings
from hotline.storage.engine import database_url, make_engine
from hotline.storage.prompts.store import AnnouncementStore, PromptStore
from hotline.storage.transaction import Storage


def chosen_now(storage: Storage, settings: Settings, now: datetime) -> Chosen:
    """Sounds are read from the database when a file of theirs is made. Raises StorageError."""
    with storage.reading() as tx:
        versions = heard(PromptStore(tx).all(), local_day(now))
        announcements = AnnouncementStore(tx).standing(now)
    prompts: dict[tuple[str, str, str], ChosenSound] = {}
    for prompt, language in {(prompt, language) for prompt, _line, language in versions}:
        common = versions.get((prompt, "", language))
        for line in ("", *settings.lines):
            found = for_line(versions, prompt, line, language)
            if found is not None and not (line and found is common):
                prompts[prompt, line, language] = ChosenSound(
                    found.sha256, found.words, partial(read_sound, storage, found.sha256)
                )
    others = {
        each.sound: ChosenSound(each.sha256, each.words, partial(read_sound, storage, each.sha256))
        for each in announcements
    }
    return Chosen(prompts, others)


def read_sound(storage: Storage, sha256: str) -> bytes:
    """Raises StorageError, also for one that is not there."""
    with storage.reading() as tx:
        found = PromptStore(tx).sound(sha256)
    if found is None:
        raise StorageError("prompts.sound_gone", sha256=sha256)
    return found


@contextmanager
def chosen_for_build(home: Home, settings: Settings, now: datetime) -> Iterator[Chosen]:
    """For a command that builds within; nothing where there is no database yet."""
    if not settings.database.url and not home.database_file.exists():
        yield NOTHING
        return
    storage = Storage(make_engine(database_url(settings, home)))
    try:
        yield chosen_now(storage, settings, now)
    finally:
        storage.close()
