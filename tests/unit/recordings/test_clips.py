"""F9: a part cut out of a kept recording, with or without the caller's voice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hotline.domain.errors import NotFound
from hotline.domain.recordings.transcript import Side
from recordings.clips import FileClips
from recordings.sound import RATE, parse_wav
from tests.support.recording_site import RecordingSite, expected_sound


@pytest.mark.parametrize("form", ["flac", "wav"])
def test_only_the_part_is_in_the_clip_to_the_sample(tmp_path: Path, form: str) -> None:
    site = RecordingSite(tmp_path, form)
    site.take_in("a", 2.0)
    assert site.finaliser.one()
    clips, path, whole = FileClips(site.files), site.row("a").path, expected_sound(2.0)
    assert np.array_equal(parse_wav(clips.cut(path, 0.5, 1.25, ())), whole[RATE // 2 : RATE * 5 // 4])
    assert np.array_equal(parse_wav(clips.cut(path, 1.0, None, ())), whole[RATE:])
    assert len(parse_wav(clips.cut(path, 1.5, 99.0, ()))) == RATE // 2


def test_a_silenced_side_is_silent_and_the_other_is_not(tmp_path: Path) -> None:
    site = RecordingSite(tmp_path)
    site.take_in("a", 1.0)
    assert site.finaliser.one()
    part = parse_wav(FileClips(site.files).cut(site.row("a").path, 0.0, None, (Side.CALLER,)))
    assert not part[:, Side.CALLER].any()
    assert np.array_equal(part[:, Side.OURS], expected_sound(1.0)[:, Side.OURS])


def test_what_is_gone_or_damaged_is_said_and_only_a_few_clips_are_held(tmp_path: Path) -> None:
    site = RecordingSite(tmp_path)
    site.take_in("a", 1.0)
    assert site.finaliser.one()
    clips, path = FileClips(site.files), site.row("a").path
    for start in range(6):
        clips.cut(path, start / 10, None, ())
    (site.store / path).write_bytes(b"fLaC nothing")
    assert clips.cut(path, 0.5, None, ()), "held"
    with pytest.raises(NotFound, match=r"^recordings.unreadable why="):
        clips.cut(path, 0.0, None, ())
    (site.store / path).unlink()
    with pytest.raises(NotFound, match=r"^recordings.file_gone$"):
        clips.cut(path, 0.0, None, ())
    with pytest.raises(NotFound):
        clips.cut("../../etc/passwd.flac", 0.0, None, ())
