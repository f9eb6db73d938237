"""A sound of whatever format as Asterisk plays it: decoded and levelled by ffmpeg, which is trusted with nothing else.

What is uploaded may be made to harm: ffmpeg reads one file of ours, by no address, no playlist, no pictures, one
thread, so many seconds of sound, so many seconds of time and so much memory.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greetings import audio
from greetings.errors import PromptError

#: EBU R128, of what a telephone carries (8 kHz); where espeak-ng's prompts of -20 dBFS lie. In LUFS and dBTP.
LOUDNESS = -20.0
TRUE_PEAK = -2.0
#: Quieter than this nobody has said anything.
SILENT_LUFS = -60.0
#: Between the two silences at its ends.
SHORTEST_SECONDS = 0.3
KEPT_SILENCE_MS = 100

#: Demuxers that hold a sound by themselves. Playlists (hls, concat) are not among them: they read other files.
FORMATS = "aac,ac3,aiff,amr,ape,asf,au,caf,flac,matroska,webm,mov,mp4,m4a,3gp,mp3,ogg,opus,w64,wav,wv"
TIMEOUT_SECONDS = 60
#: ffmpeg looks into covers too, and a picture of a few bytes unpacks to gigabytes. One that is larger than this is left
#: alone; the program as a whole, which needs 400 MB of addresses for its libraries, gets no more than that.
MOST_BYTES_AT_ONCE = 50_000_000
MOST_MEMORY_KB = 800_000
_SAFE = ["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS, "-threads", "1"]
_SAFE += ["-max_alloc", str(MOST_BYTES_AT_ONCE)]
_NARROW = f"aresample={audio.RATE},aformat=channel_layouts=mono"


@dataclass(frozen=True, slots=True)
class LevelledSound:
    """A wave file of 8 kHz, mono, 16 bit. `loudness` in LUFS."""

    content: bytes
    seconds: float
    loudness: float


def levelled_file(file: Path, most_seconds: float) -> LevelledSound:
    """Raises PromptError: no sound in it, a video, silent, shorter or longer than it may be, ffmpeg missing."""
    _require_sound(file)
    plain = file.with_name(f"{file.name}.plain.wav")
    even = file.with_name(f"{file.name}.even.wav")
    try:
        _decode(file, plain, most_seconds)
        if audio.seconds(plain) > most_seconds:
            raise PromptError("prompts.sound_too_long", seconds=round(most_seconds))
        measured = _measured(plain)
        if not _loud(measured):
            raise PromptError("prompts.sound_silent")
        _level(plain, even, measured)
        samples = audio.trim(audio.read_wav(even.read_bytes())[0], KEPT_SILENCE_MS)
        if len(samples) < SHORTEST_SECONDS * audio.RATE:
            raise PromptError("prompts.sound_silent")
        content = audio.to_wav(samples)
        even.write_bytes(content)
        return LevelledSound(content, round(len(samples) / audio.RATE, 2), round(_measured(even)["input_i"], 1))
    finally:
        plain.unlink(missing_ok=True)
        even.unlink(missing_ok=True)


def loudness(content: bytes, folder: Path) -> float:
    """Of a wave file, in LUFS; -inf for silence. `folder`: for a moment it lies there."""
    file = folder / f"{uuid.uuid4().hex}.wav"
    try:
        file.write_bytes(content)
        return round(_measured(file)["input_i"], 1)
    finally:
        file.unlink(missing_ok=True)


def _require_sound(file: Path) -> None:
    """By what it holds, never by its name."""
    asked = ["-show_entries", "stream=codec_type:stream_disposition=attached_pic", "-of", "json", str(file)]
    done = _run("ffprobe", [*_SAFE, *asked])
    try:
        streams: list[dict[str, Any]] = json.loads(done.stdout).get("streams", []) if done.returncode == 0 else []
    except ValueError:
        streams = []
    kinds = [each.get("codec_type") for each in streams if not each.get("disposition", {}).get("attached_pic")]
    if "video" in kinds:
        raise PromptError("prompts.sound_video")
    if "audio" not in kinds:
        raise PromptError("prompts.sound_unreadable")


def _decode(file: Path, plain: Path, most_seconds: float) -> None:
    """A little more than is allowed, so that one can tell what is longer."""
    made = ["-vn", "-sn", "-dn", "-map", "0:a:0", "-map_metadata", "-1", "-t", f"{most_seconds + 1:g}", "-af", _NARROW]
    done = _run("ffmpeg", [*_SAFE, "-i", str(file), *made, "-c:a", "pcm_s16le", "-f", "wav", "-y", str(plain)])
    if done.returncode or not plain.is_file() or not audio.is_ready(plain):
        raise PromptError("prompts.sound_unreadable")


def _measured(plain: Path) -> dict[str, float]:
    """What loudnorm's first pass finds."""
    asked = f"loudnorm=I={LOUDNESS}:TP={TRUE_PEAK}:LRA=11:print_format=json"
    done = _run("ffmpeg", ["-i", str(plain), "-af", asked, "-f", "null", "-"], level="info")
    text = done.stderr.decode(errors="replace")
    try:
        found = json.loads(text[text.rindex("{") : text.rindex("}") + 1])
        return {key: float(value) for key, value in found.items() if key.startswith("input_") or key == "target_offset"}
    except (ValueError, TypeError):
        raise PromptError("prompts.sound_unreadable") from None


def _loud(measured: dict[str, float]) -> bool:
    """Silence is -inf, and a sound too short to be measured too."""
    return measured["input_i"] > SILENT_LUFS


def _level(plain: Path, even: Path, measured: dict[str, float]) -> None:
    """loudnorm's second pass: one gain for all of it, and where its peaks forbid that, the peaks held back."""
    given = {"I": LOUDNESS, "TP": TRUE_PEAK, "LRA": 11.0, "linear": "true", "offset": measured["target_offset"]}
    given |= {f"measured_{key}": measured[f"input_{key.lower()}"] for key in ("I", "TP", "LRA", "thresh")}
    asked = "loudnorm=" + ":".join(f"{key}={value}" for key, value in given.items())
    done = _run(
        "ffmpeg", ["-i", str(plain), "-af", f"{asked},{_NARROW}", "-c:a", "pcm_s16le", "-f", "wav", "-y", str(even)]
    )
    if done.returncode:
        raise PromptError("prompts.sound_unreadable")


def _run(program: str, arguments: list[str], level: str = "quiet") -> subprocess.CompletedProcess[bytes]:
    if shutil.which(program) is None:
        raise PromptError("prompts.no_ffmpeg", program=program)
    bounded = ["sh", "-c", f'ulimit -v {MOST_MEMORY_KB} && exec "$@"', "sh"]
    command = [*bounded, program, "-hide_banner", "-loglevel", level, *(["-nostdin"] if program == "ffmpeg" else [])]
    try:
        return subprocess.run([*command, *arguments], capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise PromptError("prompts.sound_unreadable") from None
    except OSError as error:
        raise PromptError("prompts.not_written", file=program, why=str(error.strerror)) from None
