"""Speech models on this machine: a folder each below HOTLINE_HOME/models, brought from a folder, an archive or a URL.

Real callers take vosk-model-small-cn or vosk-model-cn.
"""

from __future__ import annotations

import re
import shutil
import tarfile
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from hotline.domain.errors import NotFound, Refused
from hotline.domain.reasons import Reason, because
from recordings.files import digest

#: Of a model that Vosk can read, whatever its kind (https://alphacephei.com/vosk/models: model structure).
_NEEDED = ("am/final.mdl", "conf/mfcc.conf")
_GRAPHS = ("graph/HCLG.fst", "graph/HCLr.fst")
_ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
_CHUNK = 1 << 20
_NAME = re.compile(r"[^\W_][\w.+-]{0,79}")
#: The largest model there is (vosk-model-cn) unpacks to two gigabytes; a packed bomb to more.
MOST_UNPACKED = 8 << 30
MOST_FILES = 10_000
#: Left free beside it: recordings come first.
_SPARE = 1 << 30

#: Told how many bytes of how many (None: not known) are there.
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Model:
    name: str
    folder: Path
    size_bytes: int


def installed(models: Path) -> list[Model]:
    """By name. What is no model is left out."""
    folders = sorted(models.iterdir()) if models.is_dir() else []
    return [_model(folder) for folder in folders if folder.is_dir() and not unfit(folder)]


def find(models: Path, name: str) -> Path:
    """The folder of the model with that name, or of that path. Raises NotFound."""
    folder = Path(name) if "/" in name else models / name
    if not name or unfit(folder):
        known = tuple(model.name for model in installed(models)) or ("–",)
        raise NotFound("recordings.no_model", model=name or "–", known=known)
    return folder


def unfit(folder: Path) -> Reason | None:
    """Why Vosk could not read it; None when it can."""
    if not folder.is_dir():
        return because("recordings.no_folder", folder=str(folder))
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in _GRAPHS):
        missing.append(" / ".join(_GRAPHS))
    return because("recordings.model_lacks", folder=folder.name, files=tuple(missing)) if missing else None


def broken(models: Path) -> list[tuple[str, Reason]]:
    """Folders among the models that hold none, and why."""
    folders = sorted(models.iterdir()) if models.is_dir() else []
    found = [(each.name, unfit(each)) for each in folders if each.is_dir() and not each.name.startswith(".")]
    return [(name, why) for name, why in found if why is not None]


def remove(models: Path, name: str) -> None:
    """It is none any more at once, though a program that has it open goes on with it. Raises NotFound."""
    folder = models / _plain(name)
    if not folder.is_dir() or folder.is_symlink():
        raise NotFound(
            "recordings.no_model", model=name, known=tuple(each.name for each in installed(models)) or ("–",)
        )
    with tempfile.TemporaryDirectory(prefix=".removing-", dir=models) as gone:
        folder.replace(Path(gone) / "model")


def install(source: str, models: Path, name: str = "", sha256: str = "", progress: Progress | None = None) -> Model:
    """Bring a model from a folder, an archive or an http(s) URL of one. It has its place only once it is whole.

    `name`: "" = as the folder in it is called. `sha256`: of the archive, checked when given. Raises Refused for what
    is no model, has another checksum or a name that is taken, NotFound for a source that is not there.
    """
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".installing-", dir=models) as draft:
        folder = _unpacked(source, Path(draft), sha256.lower(), progress)
        problem = unfit(folder)
        if problem:
            raise Refused.of(problem)
        target = models / _plain(name or folder.name)
        if target.exists():
            raise Refused("recordings.model_there", model=target.name)
        folder.replace(target)
    return _model(target)


def _unpacked(source: str, draft: Path, sha256: str, progress: Progress | None) -> Path:
    if urlsplit(source).scheme in ("http", "https"):
        archive = draft / (PurePosixPath(urlsplit(source).path).name or "model.zip")
        _download(source, archive, progress)
    else:
        given = Path(source).expanduser()
        if given.is_dir():
            if sha256:
                raise Refused("recordings.checksum_of_folder")
            if problem := unfit(given):  # before it is copied: it may hold anything, this very folder too
                raise Refused.of(problem)
            return Path(shutil.copytree(given, draft / (given.resolve().name or "model")))
        if not given.is_file():
            raise NotFound("recordings.no_source", source=str(source))
        archive = given
    if sha256 and (found := digest(archive)) != sha256:
        raise Refused("recordings.archive_differs", file=archive.name, expected=sha256, found=found)
    return _extracted(archive, draft / "content")


def _extracted(archive: Path, into: Path) -> Path:
    into.mkdir()
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as packed:
                # No part is unpacked further than it is said to be long.
                _require_room(((each.filename, each.file_size) for each in packed.infolist()), archive, into)
                packed.extractall(into)
        elif archive.name.endswith(_ARCHIVES):
            with tarfile.open(archive) as packed:
                _require_room(_files_and_folders(packed, archive), archive, into)
                packed.extractall(into, filter="data")
        else:
            raise Refused("recordings.unknown_archive", file=archive.name, kinds=tuple(_ARCHIVES))
    except Refused:
        raise
    except Exception as error:  # each way of packing stumbles over a damaged or locked archive in ways of its own
        raise Refused("recordings.not_unpacked", file=archive.name, why=str(error)) from error
    folders = [folder for folder in [into, *sorted(into.rglob("*"))] if folder.is_dir() and not unfit(folder)]
    if not folders:
        raise Refused("recordings.no_model_in_archive", file=archive.name)
    if folders[0] != into:
        return folders[0]
    return into.rename(into.with_name(archive.name.split(".", maxsplit=1)[0]))


def _files_and_folders(packed: tarfile.TarFile, archive: Path) -> Iterator[tuple[str, int]]:
    """Name and size of each part. No model holds links, and a chain of them can lead out of its folder past what
    tarfile itself looks at."""
    for each in packed:
        if not each.isreg() and not each.isdir():
            raise Refused("recordings.archive_leads_out", file=archive.name, part=each.name[:80])
        yield each.name, each.size


def _require_room(parts: Iterable[tuple[str, int]], archive: Path, into: Path) -> None:
    """Raises Refused for what is a bomb, has no room, or would lead out of its folder. What comes after too much is not
    looked at any more."""
    most, bytes_ = min(MOST_UNPACKED, shutil.disk_usage(into).free - _SPARE), 0
    for count, (name, size) in enumerate(parts, start=1):
        bytes_ += size
        if bytes_ > most or count > MOST_FILES:
            raise Refused("recordings.archive_too_large", file=archive.name, most=max(most, 0) >> 20)
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match("[A-Za-z]:", name):
            raise Refused("recordings.archive_leads_out", file=archive.name, part=name[:80])


def _download(url: str, target: Path, progress: Progress | None) -> None:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer, target.open("wb") as file:
            length = answer.headers.get("Content-Length", "")
            total = int(length) if length.isdigit() else None
            done = 0
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                done += len(chunk)
                if progress:
                    progress(done, total)
    except OSError as error:
        raise NotFound("recordings.not_fetched", url=url, why=str(error)) from error
    if total is not None and done != total:
        raise Refused("recordings.download_cut_off", url=url, done=done, total=total)


def _plain(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Refused("recordings.model_name", got=name)
    return name


def _model(folder: Path) -> Model:
    return Model(folder.name, folder, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()))
