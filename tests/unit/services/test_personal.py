"""G3: what the features declare of their columns is what a copy holds and a deletion takes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from hotline.domain.people import Actor, Role
from hotline.domain.recordings.transcript import Side
from hotline.domain.search.search import SearchFilter, wanted_grams, words_of
from hotline.services.retention import erasure as privacy_erasure
from hotline.services.retention import export as privacy_export
from hotline.settings import Home, Settings, load_settings
from hotline.storage.migrate import reindex
from hotline.storage.personal import personal_tables
from hotline.storage.search.store import SearchStore
from hotline.storage.transaction import Storage
from recordings.files import FolderFiles
from tests.support.instance import at
from tests.support.personal_rows import ID, SOUND, Marks, names

LI = Actor("li", (Role.SUPERVISOR,), "Li")
THEN, NOW = at("2026-03-11 10:00:00"), at("2032-06-01 09:00:00")
TOLD = personal_tables()
#: What the log form and the transcript say is found by these.
SEARCHED = ("call_form.content", "transcript.text", "call_form.number")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(Home(tmp_path / "none"), environment={})


@dataclass(frozen=True)
class AsStored:
    """Clips that are the whole file as it is."""

    files: FolderFiles

    def cut(self, path: str, start: float, end: float | None, silenced: Collection[Side]) -> bytes:
        with self.files.open(path) as opened:
            return opened.file.read()


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    sound = tmp_path / "store" / SOUND
    sound.parent.mkdir(parents=True)
    sound.write_bytes(b"sound")
    return FolderFiles(tmp_path / "store")


@pytest.fixture
def marks(storage: Storage) -> Marks:
    """Everything that the tables can hold of one person is there."""
    marks = Marks(TOLD, THEN)
    with storage.engine.begin() as connection:
        marks.fill(connection)
    reindex(storage.engine)
    return marks


def left(storage: Storage, marks: Marks) -> set[tuple[str, str]]:
    with storage.engine.connect() as connection:
        return marks.left(connection)


def found(storage: Storage, marks: Marks) -> dict[str, int]:
    """How often each mark is found by a search, and stands in the index itself."""
    with storage.reading() as tx:
        times = {name: len(SearchStore(tx).find(SearchFilter(words_of(marks.written(name))), 10)) for name in SEARCHED}
    if storage.engine.dialect.name == "sqlite":
        with storage.engine.connect() as connection:
            for name in SEARCHED[:2]:
                grams = " AND ".join(wanted_grams(words_of(marks.written(name))))
                in_index = text("SELECT count(*) FROM search_gram WHERE search_gram MATCH :grams")
                times[f"grams of {name}"] = connection.scalar(in_index, {"grams": grams}) or 0
    return times


def test_g3_a_copy_holds_every_column_that_is_declared_as_copied(
    storage: Storage, settings: Settings, files: FolderFiles, marks: Marks
) -> None:
    target = io.BytesIO()
    privacy_export.export(storage, files, AsStored(files), settings, ID, target, LI, NOW)
    with zipfile.ZipFile(target) as copy:
        tables = {name: copy.read(name).decode() for name in copy.namelist() if not name.startswith("recordings/")}
        assert [copy.read(name) for name in copy.namelist() if name.startswith("recordings/")] == [b"sound"]
    wanted = [(name, told.part) for told in TOLD for name in names(told, told.copied)]
    # A number stands in data.json in several places: only the table of its part proves that it was copied.
    missing = [
        name
        for name, part in wanted
        if marks.written(name) not in tables.get(f"{part}.csv", "")
        and (marks.of[name] in marks.numbers or marks.written(name) not in tables["data.json"])
    ]
    assert not missing, f"declared as copied, and not in the copy: {missing}"
    given = [name for told in TOLD for name in names(told, told.not_copied) if marks.written(name) in str(tables)]
    assert not given, f"declared as not copied, and in the copy: {given}"


def test_g3_when_all_terms_are_over_a_deletion_leaves_only_what_is_declared_as_kept(
    storage: Storage, settings: Settings, files: FolderFiles, marks: Marks
) -> None:
    assert {name for name, _where in left(storage, marks)} == set(marks.of), "each mark is there before"
    assert all(found(storage, marks).values()), found(storage, marks)
    privacy_erasure.erase(storage, files, settings, ID, LI, NOW)
    kept = {name for told in TOLD for name in names(told, told.kept)}
    still = left(storage, marks)
    assert {(name, where) for name, where in still if where not in kept} == set()
    assert {name for name, _where in still} == kept, "what is declared as kept is kept"
    assert not any(found(storage, marks).values()), found(storage, marks)


def test_g3_within_the_term_the_law_keeps_the_calls_and_all_that_was_written_of_them(
    storage: Storage, settings: Settings, files: FolderFiles, marks: Marks
) -> None:
    before = left(storage, marks)
    erased = privacy_erasure.erase(storage, files, settings, ID, LI, THEN + timedelta(days=2 * 365))
    assert erased.calls_kept == 1 and set(erased.took) == {"customers", "blocks"}
    of_these = {told.table.name for told in TOLD if told.part in erased.took}
    numbers = {name for name in marks.of if marks.of[name] in marks.numbers}
    taken = {(name, where) for name, where in before - left(storage, marks) if name not in numbers}
    assert {where.partition(".")[0] for _name, where in taken} <= of_these
