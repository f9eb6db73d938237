"""Building the audio of every prompt below HOTLINE_HOME; only what changed is made again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from greetings import audio
from greetings.chosen import NOTHING, Chosen
from greetings.errors import PromptError
from greetings.manifest import load_manifest
from greetings.plan import Item, plan
from hotline.settings import Home, Settings

#: Told before each file that has to be made: files made so far, files to make, the next one's name.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What the index knows of a built file. `size` in bytes finds one that was cut or replaced by hand."""

    prompt_id: str
    line: str
    language: str
    text: str
    source: str
    fingerprint: str
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Files made now, files that stood already, files removed because no prompt has them any more."""

    made: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]


def build(
    settings: Settings, home: Home, progress: Progress = lambda done, total, name: None, chosen: Chosen = NOTHING
) -> BuildReport:
    """Make every sound of this instance that is not there yet or is made from something else now.

    Each file appears whole or not at all; a build that breaks off goes on where it stopped when called again.
    Raises PromptError naming what is wrong: a manifest, a sound file, a missing program.
    """
    data = home.asterisk / "data"
    items = plan(settings, home, load_manifest(home), chosen)
    index = dict(read_index(home))
    todo = [item for item in items if not _stands(data, item, index.get(str(item.file)))]
    try:
        for done, item in enumerate(todo):
            progress(done, len(todo), str(item.file))
            index[str(item.file)] = _make(data, item)
        removed = tuple(sorted(set(index) - {str(item.file) for item in items}))
        for name in removed:
            (data / name).unlink(missing_ok=True)
            del index[name]
    finally:
        _write_index(home, index)
    if todo:
        progress(len(todo), len(todo), "")
    return BuildReport(tuple(str(item.file) for item in todo), len(items) - len(todo), removed)


def read_index(home: Home) -> Mapping[str, Built]:
    """What was built, by file below Asterisk's data folder; empty before the first build or if unreadable."""
    try:
        table = json.loads(_index_file(home).read_text("utf-8"))
        return {name: Built(**entry) for name, entry in table.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        # Costs no more than building again.
        return {}


def _index_file(home: Home) -> Path:
    return home.asterisk / "data" / "prompts.json"


def _write_index(home: Home, index: Mapping[str, Built]) -> None:
    table = {name: asdict(built) for name, built in sorted(index.items())}
    write_atomically(_index_file(home), json.dumps(table, ensure_ascii=False, indent=1).encode())


def write_atomically(file: Path, content: bytes) -> None:
    """The file with this content, or as it was before; never half of it (a call may be playing it)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        os.replace(draft, file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise PromptError("prompts.not_written", file=str(file), why=str(error.strerror)) from None


def _stands(data: Path, item: Item, built: Built | None) -> bool:
    if built is None or built.fingerprint != item.fingerprint:
        return False
    file = data / item.file
    return file.is_file() and file.stat().st_size == built.size


def _make(data: Path, item: Item) -> Built:
    content = item.make()
    file = data / item.file
    write_atomically(file, content)
    return Built(
        item.prompt_id,
        item.line,
        item.language,
        item.text,
        item.source,
        item.fingerprint,
        len(content),
        audio.seconds(file),
    )
