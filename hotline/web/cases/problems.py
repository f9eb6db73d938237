"""What is wrong with fields, in words."""

from __future__ import annotations

from hotline.domain.errors import WrongFields
from hotline.web.kit.errors import errors_of


def in_words(error: WrongFields) -> dict[str, str]:
    """By field."""
    return {each["field"]: each["message"] for each in errors_of(error)}
