"""What is wrong with fields, in words."""

from __future__ import annotations

from hotline.domain.errors import WrongFields
from hotline.domain.reasons import Reason
from hotline.web.kit.said import said


def in_words(error: WrongFields) -> dict[str, str]:
    """By field."""
    return {name: said(Reason(f"forms.{problem}")) for name, problem in error.problems.items()}
