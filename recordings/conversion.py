"""Sound in the formats that recordings are kept in: 8 kHz, the two channels apart.

FLAC by libsndfile, within the process: to begin ffmpeg takes twenty times as long as the work (decision 86). Opus by
ffmpeg, called directly: pydub would probe each file in a further process, write the sound to a temporary file in
between, and read Opus as 48 kHz floats. What is made is proven before it is believed: FLAC gives back the very samples,
Opus as many on as many channels.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import numpy as np
import soundfile

from hotline.domain.reasons import Coded, Reason, because
from recordings.sound import RATE, Samples, UnreadableSound, parse_wav, write_wav

SUFFIXES = {"flac": ".flac", "opus": ".opus", "wav": ".wav"}
#: The same samples give the same bytes, whenever they are converted again: no time, no random number stands in them.
_ALWAYS = ["-fflags", "+bitexact", "-flags", "+bitexact", "-map_metadata", "-1"]
#: For both channels; with less the encoder mixes one faintly into the other.
_OPUS = ["-c:a", "libopus", "-b:a", "48k", "-f", "ogg", *_ALWAYS]
#: By so many samples Opus may differ in length: a frame.
_OPUS_FRAME = RATE // 50
_LONGEST_SECONDS = 600
#: Samples of FLAC that are read at a time.
_PART = RATE * 60


class NotConverted(Coded):
    """The encoder failed, or what it made is not this sound; the reason says which."""


def encode(samples: Samples, form: str, target: Path) -> None:
    """Write `target` in that format ("flac", "opus", "wav") and prove it. Raises NotConverted, OSError."""
    if form == "wav":
        with target.open("wb") as file:
            write_wav(file, samples)
        return
    {"flac": _make_flac, "opus": _make_opus}[form](samples, target)
    try:
        back = decode(target.read_bytes(), form)
    except UnreadableSound as error:
        raise NotConverted("recordings.form_not_read_back", form=form, why=error.reason) from error
    if not same_sound(back, samples, form):
        raise NotConverted("recordings.form_differs", form=form)


def decode(content: bytes, form: str) -> Samples:
    """The samples of a file of that format. Raises Unreadable."""
    if form == "wav":
        return parse_wav(content)
    return _read_flac(content) if form == "flac" else _read_opus(content)


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


def missing_program(form: str) -> Reason | None:
    """What is to be said when a program that this format needs is not there; None when nothing lacks."""
    return None if form != "opus" or shutil.which("ffmpeg") else because("recordings.no_ffmpeg")


def _make_flac(samples: Samples, target: Path) -> None:
    try:
        soundfile.write(str(target), samples, RATE, format="FLAC", subtype="PCM_16")
    except soundfile.LibsndfileError as error:
        raise NotConverted("recordings.not_converted", form="flac", why=str(error)) from error


def _read_flac(content: bytes) -> Samples:
    """A damaged frame is an error, not silence or noise in its place."""
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            if file.samplerate != RATE:  # a damaged header: none is kept so
                raise UnreadableSound("recordings.no_sound_file", form="flac", why=f"{file.samplerate} Hz")
            # A part at a time: it may tell of more than any memory holds.
            parts = [*file.blocks(_PART, dtype="int16", always_2d=True)]
            return np.concatenate(parts) if parts else np.zeros((0, file.channels), np.int16)
    except soundfile.LibsndfileError as error:
        raise UnreadableSound("recordings.no_sound_file", form="flac", why=str(error)) from error


def _make_opus(samples: Samples, target: Path) -> None:
    source = ["-f", "s16le", "-ar", str(RATE), "-ac", str(samples.shape[1]), "-i", "pipe:0"]
    made = _ffmpeg([*source, *_OPUS, "-y", str(target)], samples.astype("<i2").tobytes())
    if made.returncode:
        raise NotConverted("recordings.not_converted", form="opus", why=_reason(made))


def _read_opus(content: bytes) -> Samples:
    wanted = ["-f", "ogg", "-i", "pipe:0", "-ar", str(RATE), "-c:a", "pcm_s16le", "-f", "wav", *_ALWAYS]
    read = _ffmpeg([*wanted, "pipe:1"], content)
    if read.returncode:
        raise UnreadableSound("recordings.no_sound_file", form="opus", why=_reason(read))
    return parse_wav(read.stdout)


def _ffmpeg(arguments: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    # A damaged frame is an error, not silence in its place.
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1", "-xerror", *arguments]
    return subprocess.run(command, input=content, capture_output=True, timeout=_LONGEST_SECONDS, check=False)


def _reason(run: subprocess.CompletedProcess[bytes]) -> str:
    """ffmpeg says the reason last."""
    lines = run.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else f"ffmpeg ended with {run.returncode}"
