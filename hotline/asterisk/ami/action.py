"""Actions as they go out."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.domain.errors import PbxError


def checked(what: str, value: str) -> str:
    """`value`, which goes out under the name `what`. Raises PbxError when it would begin a line of its own:
    it could then carry headers, or another action, of somebody else's choosing."""
    if any(character in value for character in "\r\n\0"):
        raise PbxError("asterisk.line_break", what=what)
    return value


def action_bytes(name: str, headers: Mapping[str, str]) -> bytes:
    """The action on the wire. Raises PbxError for a line break in it."""
    lines = [f"Action: {checked('Action', name)}"]
    lines += [f"{checked('a header', key)}: {checked(key, value)}" for key, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
