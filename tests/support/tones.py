"""Tones that go in at one end of a call, and what is found of them in its recording.

A test lets the caller send one tone and our side another; the recording must then hold the right one left and
the right one right, for the right seconds.
"""

from __future__ import annotations

import struct
import subprocess
import wave
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recordings.conversion import decode

RATE = 8000
PACKET_SAMPLES = 160  # 20 ms of sound a packet, the usual of G.711 (RFC 3551 4.5.14, table 1)
A_LAW_PAYLOAD = 8
U_LAW_PAYLOAD = 0
KEY_PAYLOAD = 101
A_LAW_SILENCE = 0xD5

#: Windows of 0.1 s tell tones apart that lie 40 Hz and more from each other.
WINDOW = RATE // 10
NEAR_HERTZ = 25.0
#: Quieter than this is silence, not a tone: A-law's own noise stands near -70.
AUDIBLE_DBFS = -45.0

Samples = NDArray[np.int16]


def tone(hertz: float, seconds: float, dbfs: float = -10.0) -> Samples:
    """A sine of that level (rms against a full-scale sine, dBFS); 0 Hz is digital silence."""
    at = np.arange(round(seconds * RATE))
    if not hertz:
        return np.zeros(at.size, np.int16)
    peak = 32767 * 10 ** (dbfs / 20)
    return np.round(peak * np.sin(2 * np.pi * hertz / RATE * at)).astype(np.int16)


def a_law(samples: Samples) -> bytes:
    """G.711 A-law, even bits inverted as on the line (ITU-T G.711, table 1a)."""
    value = samples.astype(np.int32) >> 3
    negative = value < 0
    size = np.where(negative, ~value, value)
    segment = np.maximum(np.frexp(np.maximum(size, 1))[1] - 5, 0)
    step = np.where(segment < 2, size >> 1, size >> segment) & 0x0F
    code = (segment << 4) | step
    return np.where(negative, code ^ 0x55, code ^ 0xD5).astype(np.uint8).tobytes()


def u_law(samples: Samples) -> bytes:
    """G.711 µ-law, by ffmpeg."""
    command = f"ffmpeg -loglevel error -f s16le -ar {RATE} -ac 1 -i - -f mulaw -"
    return subprocess.run(command.split(), input=samples.tobytes(), capture_output=True, check=True).stdout


#: Payload type and coder of each codec that a phone can have.
CODECS = {"alaw": (A_LAW_PAYLOAD, a_law), "ulaw": (U_LAW_PAYLOAD, u_law)}


def tone_pcap(path: Path, hertz: float, seconds: float) -> Path:
    """A pcap for SIPp's play_pcap_audio: that tone as A-law RTP, 20 ms a packet."""
    return sequence_pcap(path, [(hertz, seconds)])


def sequence_pcap(path: Path, parts: Sequence[tuple[float, float]], later: int = 0, codec: str = "alaw") -> Path:
    """The same of several tones one after the other: (hertz, seconds); 0 Hz is silence, still sent. `later`: packets
    that were sent before, with some to spare."""
    # The higher the tone the lower it begins: phones number their packets from anywhere, and whoever comes on later
    # in a call with lower numbers has been lost from recordings.
    first = 60000 - 13 * int(parts[0][0])
    return sound_pcap(
        path, np.concatenate([tone(hertz, seconds) for hertz, seconds in parts]), first + later, later, codec
    )


def sound_pcap(path: Path, samples: Samples, first: int = 1, later: int = 0, codec: str = "alaw") -> Path:
    """The same of any sound; its packets are numbered from `first` on."""
    payload_type, coder = CODECS[codec]
    return _write_pcap(path, _frames(payload_type, coder(samples), first & 0xFFFF, later))


def _frames(payload_type: int, coded: bytes, first: int, later: int) -> Iterator[bytes]:
    """Ethernet frames of RTP, sequence numbers from `first`."""
    for number, start in enumerate(range(0, len(coded), PACKET_SAMPLES)):
        payload = coded[start : start + PACKET_SAMPLES].ljust(PACKET_SAMPLES, bytes([A_LAW_SILENCE]))
        marker = 0x80 if number == 0 else 0
        yield _frame(payload_type | marker, first + number, 1000 + (later + number) * PACKET_SAMPLES, payload)


def key_pcap(path: Path, key: str, press: int) -> Path:
    """A telephone key as RFC 4733 events, 160 ms and three ends. `press` counts the caller's key presses: each has a
    time of its own, or it would be taken for the one before, heard again."""
    timestamp = 1000 + press * 8000
    frames = []
    for number, event in enumerate(key_events(key)):
        marker = 0x80 if number == 0 else 0
        frames.append(_frame(KEY_PAYLOAD | marker, press * 100 + number, timestamp, event))
    return _write_pcap(path, frames)


def key_events(key: str) -> list[bytes]:
    """The events of one press, 20 ms after one another; all have the time of the first."""
    code = "0123456789*#".index(key)
    return [
        struct.pack("!BBH", code, (0x80 if number >= 8 else 0) | 10, min(number + 1, 8) * PACKET_SAMPLES)
        for number in range(11)
    ]


def _write_pcap(path: Path, frames: Iterable[bytes]) -> Path:
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for number, frame in enumerate(frames):
            at = number * PACKET_SAMPLES / RATE
            seconds, microseconds = int(at), round(at % 1 * 1e6)
            file.write(struct.pack("<IIII", 1000 + seconds, microseconds, len(frame), len(frame)) + frame)
    return path


def _frame(kind: int, sequence: int, timestamp: int, payload: bytes) -> bytes:
    """RTP in UDP in IP in Ethernet; SIPp replaces addresses and ports by the call's."""
    sequence, timestamp = sequence & 0xFFFF, timestamp & 0xFFFFFFFF
    rtp = struct.pack("!BBHII", 0x80, kind, sequence, timestamp, 0x11223344) + payload
    udp = struct.pack("!HHHH", 6000, 6002, 8 + len(rtp), 0) + rtp
    here = bytes([127, 0, 0, 1])
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), sequence, 0, 64, 17, 0, here, here) + udp
    return bytes(12) + b"\x08\x00" + ip


def read(path: Path) -> Samples:
    """Samples by channel, shape (channels, length), of an 8 kHz 16-bit .wav, MixMonitor's stereo .raw, or a kept
    recording."""
    if path.suffix == ".raw":
        content = path.read_bytes()
        return np.frombuffer(content[: len(content) // 4 * 4], "<i2").reshape(-1, 2).T
    if path.suffix in (".flac", ".opus"):
        return decode(path.read_bytes(), path.suffix[1:]).T
    with wave.open(str(path), "rb") as file:
        assert (file.getframerate(), file.getsampwidth()) == (RATE, 2), f"{path.name}: 8 kHz, 16 bit expected"
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels()).T


def write_wav(path: Path, *channels: Samples) -> Path:
    """An 8 kHz 16-bit WAV of these channels (left first), all of one length."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.stack(channels, axis=1).astype("<i2").tobytes())
    return path


def write_raw(path: Path, left: Samples, right: Samples) -> Path:
    """What MixMonitor(…,D) writes: interleaved, the caller first."""
    path.write_bytes(np.stack([left, right], axis=1).astype("<i2").tobytes())
    return path


def dominant(path: Path, channel: int, from_s: float, to_s: float) -> float | None:
    """The strongest frequency of that channel (0 left, 1 right) from–to, in Hz; None when it is silent."""
    part = read(path)[channel][round(from_s * RATE) : round(to_s * RATE)].astype(float)
    if part.size < WINDOW or level(part) < AUDIBLE_DBFS:
        return None
    power = _power(part)
    return float(power.argmax() * RATE / part.size)


def seconds_of_tone(path: Path, channel: int, hertz: float) -> float:
    """For how many seconds that tone is what is heard on that channel, to 0.1 s."""
    samples = read(path)[channel]
    windows = samples[: samples.size // WINDOW * WINDOW].reshape(-1, WINDOW).astype(float)
    return round(sum(_is_tone(window, hertz) for window in windows) * WINDOW / RATE, 1)


def seconds_of_silence(path: Path, channel: int) -> float:
    """For how many seconds nothing audible is on that channel, to 0.1 s."""
    samples = read(path)[channel]
    windows = samples[: samples.size // WINDOW * WINDOW].reshape(-1, WINDOW).astype(float)
    return round(sum(level(window) < AUDIBLE_DBFS for window in windows) * WINDOW / RATE, 1)


def length(path: Path) -> float:
    """Seconds of sound."""
    return read(path).shape[1] / RATE


def level(samples: NDArray[np.float64]) -> float:
    """rms in dBFS, 0 being a full-scale sine; -120 for digital silence."""
    rms = float(np.sqrt(np.mean(samples**2))) / (32767 / np.sqrt(2))
    return 20 * np.log10(rms) if rms > 1e-6 else -120.0


def _is_tone(window: NDArray[np.float64], hertz: float) -> bool:
    if level(window) < AUDIBLE_DBFS:
        return False
    power = _power(window)
    frequencies = np.arange(power.size) * RATE / window.size
    near = np.abs(frequencies - hertz) <= NEAR_HERTZ
    return bool(power[near].sum() > 0.5 * power.sum())


def _power(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.abs(np.fft.rfft((samples - samples.mean()) * np.hanning(samples.size))) ** 2
