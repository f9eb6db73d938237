"""AMI's wire format, without I/O: bytes in; frames and the unread rest out.

A frame is lines `Key: value` up to an empty line. Seen in the wild and tolerated: `\\n` for `\\r\\n` (even
mixed in one frame, `\\r\\n\\n`), the banner line before the first frame, garbage lines, `Key:value`, the same
key twice, bytes that are no UTF-8, U+2028 and its like inside values.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

#: No event of Asterisk comes near it (the largest seen is 2 kB); a longer one is a peer that is not Asterisk.
FRAME_LIMIT = 64 * 1024

_EVENT = b"Event: "


@dataclass(frozen=True, slots=True)
class Split:
    """`frames` are whole, their lines parted by a bare line feed. `rest` goes before the next bytes.
    `oversized` frames were longer than the limit and left out."""

    frames: list[bytes]
    rest: bytes
    oversized: int = 0


def split_frames(data: bytes, limit: int = FRAME_LIMIT) -> Split:
    """Cut `data` (the last rest and what came since) into frames.

    The same stream gives the same frames however it was cut into pieces: carriage returns, which mean nothing
    but as half of a line end, are dropped before anything is looked for. A frame that never ends costs
    `limit` bytes at most: what was too long is kept as filler of that length until its end comes.
    """
    pieces = data.replace(b"\r", b"").split(b"\n\n")
    rest = pieces.pop().lstrip(b"\n")
    frames = [frame for piece in pieces if (frame := piece.lstrip(b"\n"))]
    whole = [frame for frame in frames if len(frame) <= limit]
    if len(rest) > limit + 1:
        rest = b"?" * (limit + 1) + (b"\n" if rest.endswith(b"\n") else b"")
    return Split(whole, rest, len(frames) - len(whole))


def event_name(frame: bytes) -> bytes | None:
    """The event's name without reading the rest; None for a response or garbage."""
    for line in frame.split(b"\n"):
        key, colon, value = line.partition(b":")
        if colon and key == b"Event":
            return value.strip(b" ")
        if colon and key == b"Response":
            return None
    return None


def wanted_frames(frames: list[bytes], names: Collection[bytes]) -> list[bytes]:
    """The events with one of these names, in order. Nearly every frame is decided by its first line alone."""
    lines = frozenset(_EVENT + name for name in names)
    return [
        frame
        for frame in frames
        if frame.partition(b"\n")[0] in lines or (not frame.startswith(_EVENT) and event_name(frame) in names)
    ]


def headers(frame: bytes) -> dict[str, str]:
    """The frame's keys and values. Bytes that are no UTF-8 become U+FFFD; lines without a colon are left out;
    of a key that comes twice the first counts, so that nothing appended can take the place of what Asterisk
    said."""
    lines = frame.decode("utf-8", "replace").split("\n")
    lines.reverse()
    try:
        found = dict([line.split(": ", 1) for line in lines])
    except ValueError:
        return _tolerant(lines)
    return _tolerant(lines) if ":" in "".join(found) else found


def _tolerant(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if colon and key:
            found[key] = value.removeprefix(" ")
    return found
