"""Sound in the formats that recordings are kept in: 8 kHz, the two channels apart; by ffmpeg.

Called directly: pydub would probe each file in a further process, write the sound to a temporary file in between, and
read Opus as 48 kHz floats. What is made is proven before it is believed: FLAC gives back the very samples, Opus as many
on as many channels.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path, PurePosixPath

import numpy as np

from hotline.domain.reasons import Coded, Reason, because
from recordings.sound import RATE, Samples, UnreadableSound, parse_wav, write_wav

SUFFIXES = {"flac": ".flac", "opus": ".opus", "wav": ".wav"}
#: The same samples give the same bytes, whenever they are converted again: no time, no random number stands in them.
_ALWAYS = ["-fflags", "+bitexact", "-flags", "+bitexact", "-map_metadata", "-1"]
_ENCODERS = {
    "flac": ["-c:a", "flac", "-compression_level", "8", "-f", "flac"],
    # For both channels; with less the encoder mixes one faintly into the other.
    "opus": ["-c:a", "libopus", "-b:a", "48k", "-f", "ogg"],
}
_CONTAINERS = {"flac": "flac", "opus": "ogg"}
#: By so many samples Opus may differ in length: a frame.
_OPUS_FRAME = RATE // 50
_LONGEST_SECONDS = 600


class NotConverted(Coded):
    """ffmpeg failed, or what it made is not this sound; the reason says which."""


def encode(samples: Samples, form: str, target: Path) -> None:
    """Write `target` in that format ("flac", "opus", "wav") and prove it. Raises NotConverted, OSError."""
    if form == "wav":
        with target.open("wb") as file:
            write_wav(file, samples)
        return
    source = ["-f", "s16le", "-ar", str(RATE), "-ac", str(samples.shape[1]), "-i", "pipe:0"]
    try:
        made = _ffmpeg([*source, *_ENCODERS[form], *_ALWAYS, "-y", str(target)], samples.astype("<i2").tobytes())
        back = decode(target.read_bytes(), form) if not made.returncode else None
    except UnreadableSound as error:
        raise NotConverted("recordings.form_not_read_back", form=form, why=error.reason) from error
    if back is None:
        raise NotConverted("recordings.not_converted", form=form, why=_reason(made))
    if not same_sound(back, samples, form):
        raise NotConverted("recordings.form_differs", form=form)


def decode(content: bytes, form: str) -> Samples:
    """The samples of a file of that format. Raises Unreadable."""
    if form == "wav":
        return parse_wav(content)
    wanted = ["-f", _CONTAINERS[form], "-i", "pipe:0", "-ar", str(RATE), "-c:a", "pcm_s16le", "-f", "wav", *_ALWAYS]
    read = _ffmpeg([*wanted, "pipe:1"], content)
    if read.returncode:
        raise UnreadableSound("recordings.no_sound_file", form=form, why=_reason(read))
    return parse_wav(read.stdout)


def format_of(path: str) -> str:
    """By the name's end. Raises Unreadable for another one."""
    suffix = PurePosixPath(path).suffix.lower()
    for form, known in SUFFIXES.items():
        if suffix == known:
            return form
    raise UnreadableSound("recordings.unknown_suffix", suffix=suffix)


def same_sound(back: Samples, samples: Samples, form: str) -> bool:
    """Opus is not lossless: as long, on as many channels."""
    if form == "opus":
        return back.shape[1] == samples.shape[1] and abs(len(back) - len(samples)) <= _OPUS_FRAME
    return np.array_equal(back, samples)


def missing_program() -> Reason | None:
    """What is to be said when ffmpeg is not there; None when it is."""
    return None if shutil.which("ffmpeg") else because("recordings.no_ffmpeg")


def _ffmpeg(arguments: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    # A damaged frame is an error, not silence in its place.
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1", "-xerror", *arguments]
    return subprocess.run(command, input=content, capture_output=True, timeout=_LONGEST_SECONDS, check=False)


def _reason(run: subprocess.CompletedProcess[bytes]) -> str:
    """ffmpeg says the reason last."""
    lines = run.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else f"ffmpeg ended with {run.returncode}"
