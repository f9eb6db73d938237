"""Who hears whom: a SIPp phone's media end, which sends a tone of its own, presses keys and keeps what comes in."""

from __future__ import annotations

import socket
import struct
import threading
import time

import numpy as np

from tests.support.tones import KEY_PAYLOAD, PACKET_SAMPLES, RATE, Samples, a_law, key_events, level, tone

_HEADER = 12  # bytes of RTP before the sound
_PACKET_SECONDS = PACKET_SAMPLES / RATE
#: A tone is there above this, and is not there below the other; between the two nothing can be said.
AUDIBLE_DBFS, SILENT_DBFS = -30.0, -45.0


class Ear:
    """Answers whoever sends here with its tone: as SIPp's SDP names this port instead of SIPp's own, Asterisk does."""

    def __init__(self, address: str, hertz: float) -> None:
        self.hertz = hertz
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 0))
        self._socket.settimeout(0.005)
        self.port = int(self._socket.getsockname()[1])
        self._sound = a_law(tone(hertz, 10.0))
        self._heard: list[bytes] = []
        self._keys: list[str] = []
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._peer: tuple[str, int] | None = None
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()

    def scenario(self, text: str) -> str:
        """SIPp's scenario with this ear for the sound."""
        return text.replace("m=audio [media_port]", f"m=audio {self.port}")

    def listen(self, seconds: float) -> Samples:
        """What comes in from now on."""
        wanted = round(seconds * RATE)
        with self._lock:
            self._heard.clear()
        deadline, heard = time.monotonic() + seconds + 5, b""
        while time.monotonic() < deadline:
            with self._lock:
                heard = b"".join(self._heard)
            if len(heard) >= wanted:
                break
            time.sleep(0.02)
        return decoded(heard[:wanted])

    def everything(self) -> Samples:
        """What has come in since it began, or since it last listened; where nothing was sent, nothing stands."""
        with self._lock:
            return decoded(b"".join(self._heard))

    def press(self, keys: str) -> None:
        """As somebody does by hand, each key a quarter of a second after the one before; back when all are pressed."""
        with self._lock:
            self._keys += keys
        deadline = time.monotonic() + len(keys) + 5
        while self._keys and time.monotonic() < deadline:
            time.sleep(0.02)

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._socket.close()

    def _live(self) -> None:
        number, due = 0, time.monotonic()
        key: list[tuple[int, bytes]] = []
        while not self._over.is_set():
            self._take()
            if self._peer and time.monotonic() >= due:
                if not key and self._keys:
                    # A while of sound behind each: keys that follow at once are one that is held.
                    key = [(number, event) for event in key_events(self._keys[0])] + [(0, b"")] * 8
                began, event = key.pop(0) if key else (0, b"")
                self._socket.sendto(self._event(number, began, event) if event else self._packet(number), self._peer)
                if self._keys and len(key) == 1:
                    self._keys.pop(0)
                number, due = number + 1, due + _PACKET_SECONDS
            elif not self._peer:
                due = time.monotonic()

    def _take(self) -> None:
        try:
            packet, sender = self._socket.recvfrom(2048)
        except TimeoutError:
            return
        if len(packet) > _HEADER and packet[1] & 0x7F == 8:  # A-law
            self._peer = sender
            with self._lock:
                self._heard.append(packet[_HEADER:])

    def _event(self, number: int, began: int, event: bytes) -> bytes:
        at = began * PACKET_SAMPLES & 0xFFFFFFFF
        return struct.pack("!BBHII", 0x80, KEY_PAYLOAD, number & 0xFFFF, at, int(self.hertz)) + event

    def _packet(self, number: int) -> bytes:
        start = number * PACKET_SAMPLES % len(self._sound)
        header = struct.pack("!BBHII", 0x80, 8, number & 0xFFFF, number * PACKET_SAMPLES & 0xFFFFFFFF, int(self.hertz))
        return header + self._sound[start : start + PACKET_SAMPLES]


def decoded(coded: bytes) -> Samples:
    """Samples of G.711 A-law (ITU-T G.711, table 1a)."""
    value = np.frombuffer(coded, np.uint8) ^ 0x55
    segment, step = (value >> 4) & 7, (value & 0x0F).astype(np.int32)
    size = np.where(segment == 0, (step << 4) + 8, ((step << 4) + 0x108) << np.maximum(segment.astype(np.int32) - 1, 0))
    return np.where(value & 0x80, size, -size).astype(np.int16)


def strength(samples: Samples, hertz: float) -> float:
    """How loud that tone is in this sound, among whatever else there is: dBFS, -120 for none."""
    if samples.size < RATE // 10:
        return -120.0
    at = np.arange(samples.size)
    wave = np.exp(-2j * np.pi * hertz / RATE * at)
    peak = 2 * abs(np.mean(samples.astype(float) * wave * np.hanning(samples.size) * 2))
    return level(np.full(8, peak / np.sqrt(2)))


def in_order(samples: Samples, *known: float) -> list[float]:
    """Which of these tones are heard one after the other; one that goes on is heard once."""
    found: list[float] = []
    size = RATE // 10
    for start in range(0, samples.size - size, size // 2):
        loudest = max(known, key=lambda hertz: strength(samples[start : start + size], hertz))
        if strength(samples[start : start + size], loudest) >= AUDIBLE_DBFS and found[-1:] != [loudest]:
            found.append(loudest)
    return found


def tones_in(samples: Samples, *known: float) -> set[float]:
    """Which of these tones are heard. Raises AssertionError for one of which nothing can be said."""
    loud = {hertz: strength(samples, hertz) for hertz in known}
    unclear = {hertz: dbfs for hertz, dbfs in loud.items() if SILENT_DBFS < dbfs < AUDIBLE_DBFS}
    assert not unclear, f"neither heard nor silent: {unclear}"
    return {hertz for hertz, dbfs in loud.items() if dbfs >= AUDIBLE_DBFS}
