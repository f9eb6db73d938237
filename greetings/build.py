"""Building the audio of every prompt below HOTLINE_HOME; only what changed is made again."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from greetings import audio
from greetings.chosen import NOTHING, Chosen
from greetings.errors import PromptError
from greetings.manifest import load_manifest
from greetings.plan import Item, made, plan
from hotline.settings import Home, Settings

#: Told before each file that has to be made: files made so far, files to make, the next one's name.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What the index knows of a built file. `size` in bytes finds one that was cut or replaced by hand. `failed`: why
    the voice in use did not speak it, so that espeak-ng did (a Reason as it is stored)."""

    prompt_id: str
    line: str
    language: str
    text: str
    source: str
    fingerprint: str
    size: int
    seconds: float
    failed: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Files made now, files that stood already, files removed because no prompt has them any more; `left`: files that
    the next build makes, because the time for this one was over."""

    made: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    left: int = 0


def build(
    settings: Settings,
    home: Home,
    progress: Progress = lambda done, total, name: None,
    chosen: Chosen = NOTHING,
    most_seconds: float = math.inf,
) -> BuildReport:
    """Make every sound of this instance that is not there yet, is made from something else now, or was spoken by
    espeak-ng because the voice in use failed. What was chosen comes first: an emergency waits for nobody's voice.

    Each file appears whole or not at all; a build that breaks off goes on where it stopped when called again.
    Raises PromptError naming what is wrong: a manifest, a sound file, a missing program.
    """
    data = home.asterisk / "data"
    items = plan(settings, home, load_manifest(home), chosen)
    index = dict(read_index(home))
    todo = [item for item in items if not _stands(data, item, index.get(str(item.file)))]
    todo.sort(key=lambda item: item.source != "chosen")
    until, new = monotonic() + most_seconds, []
    try:
        for done, item in enumerate(todo):
            if done and monotonic() > until:
                break
            new.append(str(item.file))
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
    return BuildReport(tuple(new), len(items) - len(todo), removed, len(todo) - len(new))


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
    if built is None or built.fingerprint != item.fingerprint or built.failed:
        return False
    file = data / item.file
    return file.is_file() and file.stat().st_size == built.size


def _make(data: Path, item: Item) -> Built:
    content, failed = made(item)
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
        failed.as_json() if failed else None,
    )
