"""What may leave the house by a gateway: no whole telephone number (A14). Pure."""

from __future__ import annotations

import re

from hotline.domain.notifications.notification import Text

#: Digits as people write numbers: seven and more, with what stands between them. A day or a time of day has fewer.
_NUMBER = re.compile(r"\+?\d(?:[ ()-]?\d){6,}")
#: What looks like one and is none: a day, with its hour, and a case's number (20261122-001).
_NONE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2})?|20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d{3,4}")


def discreet(text: str) -> str:
    """The text with each number's middle hidden."""
    return _NUMBER.sub(_hidden, text)


def discreet_text(text: Text) -> Text:
    """Links stay as they are: a page asks who opens it."""
    lines = (line if line.startswith(("http://", "https://")) else discreet(line) for line in text.body.split("\n"))
    return Text(discreet(text.title), "\n".join(lines), text.key)


def _hidden(found: re.Match[str]) -> str:
    whole = found[0]
    if _NONE.fullmatch(whole):
        return whole
    digits = re.sub(r"\D", "", whole)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 9 else f"{digits[:2]}****"
