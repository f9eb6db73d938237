"""What can go wrong with prompts."""

from __future__ import annotations

from hotline.domain.errors import HotlineError


class PromptError(HotlineError):
    """A manifest or sound file is wrong, or a program is missing; the message says which."""

    kind = "prompts"
