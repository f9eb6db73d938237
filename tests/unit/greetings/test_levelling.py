"""What is uploaded becomes what Asterisk plays, at one loudness; what is made to harm is refused by a code."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import wave
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest

from greetings import audio
from greetings.errors import PromptError
from greetings.levelling import LOUDNESS, levelled_file, loudness
from tests.support.tones import tone, write_wav


def made(file: Path, *arguments: str) -> Path:
    """A file of two seconds of a quiet tone, as ffmpeg encodes it by these arguments."""
    source = write_wav(file.with_name("source.wav"), tone(500, 2.0, -35.0))
    subprocess.run(["ffmpeg", "-loglevel", "error", "-y", "-i", source, *arguments, str(file)], check=True)
    return file


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("say.wav", ["-ar", "44100", "-ac", "2"]),
        ("say.mp3", ["-ar", "44100"]),
        ("say.m4a", ["-ar", "44100"]),
        ("say.ogg", ["-c:a", "libopus", "-ar", "48000"]),
        ("say.webm", ["-c:a", "libopus", "-ar", "48000"]),
        ("say.flac", ["-ar", "48000"]),
        ("say.txt", ["-f", "mp3", "-ar", "44100"]),
    ],
)
def test_each_format_comes_to_one_loudness(tmp_path: Path, name: str, arguments: list[str]) -> None:
    """By what the file holds, not by its name."""
    found = levelled_file(made(tmp_path / name, *arguments), 60)
    with wave.open(io.BytesIO(found.content)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 1, 2)
    assert found.seconds == pytest.approx(2.2, abs=0.15)
    assert found.loudness == pytest.approx(LOUDNESS, abs=1.0)
    assert loudness(found.content, tmp_path) == pytest.approx(found.loudness, abs=0.2)
    samples, _rate = audio.read_wav(found.content)
    assert np.max(np.abs(samples)) < 32767
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted({name, "source.wav"}), "nothing is left behind"


def refused(file: Path, most_seconds: float = 5) -> str:
    with pytest.raises(PromptError) as told:
        levelled_file(file, most_seconds)
    return told.value.reason.code


def test_what_holds_no_sound_is_refused(tmp_path: Path) -> None:
    for name, content in (
        ("empty.wav", b""),
        ("text.wav", "您好".encode() * 1000),
        ("half.wav", b"RIFF\xff\xff\xff\xffWAVEfmt "),
        ("page.mp3", b"<html><script>alert(1)</script></html>"),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"),
        ("list.txt", b"ffconcat version 1.0\nfile /etc/passwd\n"),
        ("noise.bin", bytes(np.random.default_rng(1).integers(0, 256, 100_000, np.uint8))),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        assert refused(file) in ("prompts.sound_unreadable", "prompts.sound_silent"), name
    bomb = tmp_path / "bomb.wav"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("0", bytes(10_000_000))
    assert refused(bomb) == "prompts.sound_unreadable"


def test_a_playlist_reads_no_other_file(tmp_path: Path) -> None:
    """HLS and concat would have ffmpeg read what they name."""
    other = made(tmp_path / "other.wav")
    for name, text in (
        ("list.m3u8", f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{other}\n#EXT-X-ENDLIST\n"),
        ("list.ffconcat", f"ffconcat version 1.0\nfile {other}\n"),
    ):
        file = tmp_path / name
        file.write_text(text)
        assert refused(file) == "prompts.sound_unreadable", name


def black(side: int) -> bytes:
    """A PNG of few bytes that unpacks to side² pixels of three."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes((1 + side * 3) * side), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def with_covers(sound: Path, picture: bytes, count: int) -> Path:
    """An MP3 with so many pictures in its ID3 tag."""
    body = b"\0image/png\0\3%d\0"
    pictures = [body % each + picture for each in range(count)]
    frames = b"".join(b"APIC" + struct.pack(">I", len(each)) + b"\0\0" + each for each in pictures)
    size = bytes(len(frames) >> shift & 127 for shift in (21, 14, 7, 0))
    file = sound.with_name("covers.mp3")
    file.write_bytes(b"ID3\3\0\0" + size + frames + sound.read_bytes())
    return file


@pytest.mark.parametrize(("side", "count", "most_megabytes"), [(14000, 1, 300), (4000, 40, 1000)])
def test_covers_that_unpack_to_gigabytes_are_left_alone(
    tmp_path: Path, side: int, count: int, most_megabytes: int
) -> None:
    """ffmpeg would unpack each, to find out what it is: in all 600 MB and 1.9 GB."""
    file = with_covers(made(tmp_path / "say.mp3"), black(side), count)
    measured = f"""
import resource
from pathlib import Path
from greetings.levelling import levelled_file
print(levelled_file(Path({str(file)!r}), 60).seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000)
"""
    done = subprocess.run([sys.executable, "-c", measured], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds == pytest.approx(2.2, abs=0.15)
    assert megabytes < most_megabytes


def test_what_is_told_of_a_sound_does_not_go_with_it(tmp_path: Path) -> None:
    """Its name and comment, which may be megabytes, and may look like what ffmpeg measured."""
    file = made(tmp_path / "told.mp3", "-metadata", 'title={"input_i": "0"}', "-metadata", "comment=" + "x" * 10_000)
    found = levelled_file(file, 60)
    assert found.loudness == pytest.approx(LOUDNESS, abs=1.0)
    assert b"input_i" not in found.content and b"xxx" not in found.content


def test_a_video_is_refused(tmp_path: Path) -> None:
    picture = ["-f", "lavfi", "-i", "color=size=32x32:rate=5:duration=2"]
    video = made(tmp_path / "film.mp4", *picture, "-map", "0:a", "-map", "1:v", "-c:v", "mpeg4")
    assert refused(video) == "prompts.sound_video"


def test_silence_and_what_is_too_long_or_too_short_is_refused(tmp_path: Path) -> None:
    silent = write_wav(tmp_path / "silent.wav", np.zeros(16000, np.int16))
    assert refused(silent) == "prompts.sound_silent"
    assert refused(write_wav(tmp_path / "click.wav", tone(500, 0.02))) in (
        "prompts.sound_silent",
        "prompts.sound_unreadable",
    )
    assert refused(write_wav(tmp_path / "long.wav", tone(500, 6.5))) == "prompts.sound_too_long"
    an_hour = tmp_path / "an_hour.flac"
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "sine=500:sample_rate=8000", "-t", "3600", an_hour],
        check=True,
    )
    assert refused(an_hour) == "prompts.sound_too_long"
