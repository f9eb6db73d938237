"""What the web server and the process of the push say to each other of one reader: the server asks, the process
answers, and the connection follows."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.domain.operators.push import Reader
from hotline.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class Asked:
    """A stream for this reader, as `Push.open` has it."""

    reader: Reader
    after: int | None


@dataclass(frozen=True, slots=True)
class NotOpened:
    """What kept it from being opened; `kind` of the error."""

    kind: str
    reason: Reason


#: The first words to the browser.
Answer = bytes | NotOpened
