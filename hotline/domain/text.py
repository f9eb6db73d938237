"""Text that people typed, cleaned for storage: without control characters. Pure."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """`text` without control characters and line breaks, blanks at the ends cut off."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def several_lines(text: str) -> str:
    """`text` without control characters but line breaks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c if c.isprintable() or c == "\n" else " " for c in plain).strip()


def clean(text: str, several_lines: bool) -> str:
    """`text` without control characters; line breaks stay, or become blanks. Nothing else is taken from what people
    write: joined emoji and marks of direction are part of it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "\n\t" if several_lines else ""
    return "".join(c if c in kept or unicodedata.category(c) != "Cc" else " " if c in "\n\t" else "" for c in text)
