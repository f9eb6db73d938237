"""Speech models: which there are, brought in as an archive, taken away."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.exchange import Exchange
from hotline.services.settings.settings import change_settings
from hotline.settings import Home
from hotline.storage.audit import AuditLog

#: The setting that names the model.
KEY = "speech.model"
#: Of an upload: vosk-model-cn has 1.3 GB; a larger one is installed by the command.
MOST_BYTES = 3 << 30
#: How archives of models end.
ENDINGS = (".zip", ".tar.gz", ".tgz", ".tar")
_SHA256 = re.compile("[0-9a-f]{64}")
#: What is no part of a plain name.
_UNFIT = re.compile(r"[^\w.+-]|^[\W_]+")


@dataclass(frozen=True, slots=True)
class FoundModel:
    """It is whole: all its files are there."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class BrokenModel:
    """A folder that is no model, and why."""

    name: str
    why: Reason


class SpeechModels(Protocol):
    """Those of this machine; recordings.speech.site_models fulfils it."""

    def found(self) -> Sequence[FoundModel]: ...

    def broken(self) -> Sequence[BrokenModel]: ...

    def install(self, archive: Path, sha256: str) -> FoundModel:
        """Raises Refused for what is no model, is not what its hash says, or would not fit; Conflict while another one
        is installed or removed."""

    def remove(self, name: str) -> None:
        """Raises NotFound, Conflict."""


@dataclass(frozen=True, slots=True)
class SeenModels:
    """`used`: the name that the settings have, "" for none."""

    found: Sequence[FoundModel]
    broken: Sequence[BrokenModel]
    used: str


def see_models(models: SpeechModels, exchange: Exchange, actor: Actor) -> SeenModels:
    """Raises Forbidden."""
    require_right(Act.CHANGE_SETTINGS, actor)
    return SeenModels(models.found(), models.broken(), exchange.in_force().speech.model)


def install_model(
    models: SpeechModels,
    exchange: Exchange,
    home: Home,
    sent: IO[bytes],
    file_name: str,
    sha256: str,
    actor: Actor,
    now: datetime,
) -> FoundModel:
    """From an archive that somebody sends, whose SHA-256 they know from whom it comes. Raises Forbidden, Refused with
    its field, Conflict."""
    require_right(Act.CHANGE_SETTINGS, actor)
    known = "".join(sha256.split()).lower()
    if not _SHA256.fullmatch(known):
        raise Refused("machine.model_hash", field="sha256")
    ending = next((each for each in ENDINGS if file_name.lower().endswith(each)), "")
    if not ending:
        raise Refused("machine.model_file", field="file", kinds=ENDINGS)
    home.models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sent-", dir=home.models) as folder:
        # A model without a folder of its own is called like its archive.
        stem = PurePosixPath(file_name.replace("\\", "/")).name[: -len(ending)]
        archive = Path(folder) / f"{_UNFIT.sub('', stem)[:60] or 'model'}{ending}"
        with archive.open("wb") as file:
            shutil.copyfileobj(sent, file, 1 << 20)
        made = models.install(archive, known)
    with exchange.storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "model.install", f"model:{made.name}", known)
    return made


def use_model(models: SpeechModels, exchange: Exchange, name: str, actor: Actor, now: datetime) -> bool:
    """It transcribes from now on, on every machine that has it; "": nothing does. False where that is so already.
    Raises Forbidden, and NotFound for one that is not whole here."""
    require_right(Act.CHANGE_SETTINGS, actor)
    if name and name not in {each.name for each in models.found()}:
        raise NotFound("machine.no_model", name=name[:80])
    if name == exchange.in_force().speech.model:
        return False
    change_settings(exchange.in_force, actor, {KEY: name}, now)
    return True


def remove_model(models: SpeechModels, exchange: Exchange, name: str, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, NotFound, Conflict for the one in use."""
    require_right(Act.CHANGE_SETTINGS, actor)
    if name == exchange.in_force().speech.model:
        raise Conflict("machine.model_used", name=name[:80])
    models.remove(name)
    with exchange.storage.writing() as tx:
        AuditLog(tx).add(now, actor.name, "model.remove", f"model:{PurePosixPath(name).name}")
