"""The measuring tools of the other tests measure right."""

from __future__ import annotations

import audioop
import struct
from pathlib import Path

import numpy as np
import pytest

from tests.support import tones


def test_a_law_is_that_of_g711_for_every_sample_value() -> None:
    every = np.arange(-32768, 32768).astype(np.int16)
    assert tones.a_law(every) == audioop.lin2alaw(every.astype("<i2").tobytes(), 2)


def test_a_pcap_holds_rtp_of_20_ms_a_packet(tmp_path: Path) -> None:
    content = tones.tone_pcap(tmp_path / "t.pcap", 440, 1.0).read_bytes()
    seconds, microseconds, length, _ = struct.unpack_from("<IIII", content, 24 + 16 + 214)
    assert (len(content) - 24) // (16 + 214) == 50
    assert (seconds, microseconds, length) == (1000, 20_000, 14 + 20 + 8 + 12 + 160)


@pytest.mark.parametrize("hertz", [300, 440, 700, 1000, 1633, 3000])
def test_a_tone_is_found_on_its_channel_only(tmp_path: Path, hertz: int) -> None:
    silence, sound = tones.tone(0, 1.0), tones.tone(hertz, 2.0)
    path = tones.write_wav(
        tmp_path / "x.wav", np.concatenate([silence, sound]), np.concatenate([tones.tone(520, 2.0), silence])
    )
    assert tones.seconds_of_tone(path, 0, hertz) == 2.0
    assert tones.seconds_of_tone(path, 1, hertz) == 0.0
    assert tones.seconds_of_tone(path, 1, 520) == 2.0
    assert tones.dominant(path, 0, 0, 1) is None
    assert tones.dominant(path, 0, 1.2, 2.8) == pytest.approx(hertz, abs=2)
    assert (tones.length(path), tones.seconds_of_silence(path, 0)) == (3.0, 1.0)


def test_raw_stereo_is_read_as_asterisk_writes_it_with_a_torn_last_sample(tmp_path: Path) -> None:
    path = tones.write_raw(tmp_path / "x.raw", tones.tone(440, 1.0), tones.tone(880, 1.0))
    path.write_bytes(path.read_bytes() + b"\x01")
    assert tones.seconds_of_tone(path, 0, 440) == tones.seconds_of_tone(path, 1, 880) == 1.0
