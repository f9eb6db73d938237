"""What every database can hold: PostgreSQL refuses NUL, UTF-8 refuses half a surrogate pair.

Both can come from outside (a SIP header, a form), and one such character must not stop a batch of calls.
"""

from __future__ import annotations

from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def plain(text: str) -> str:
    """`text` without NUL, half surrogate pairs replaced by U+FFFD; nearly always `text` itself."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(REPLACEMENT if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def plain_json(value: Any) -> Any:
    """`value` (of JSON's own types) with every string in it made plain."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(str(key)): plain_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_json(item) for item in value]
    return value
