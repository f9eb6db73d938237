"""What is wrong with answers, in words."""

from __future__ import annotations

from flask_babel import gettext

from hotline.domain.visits.record import WrongAnswers


def in_words(error: WrongAnswers) -> dict[str, str]:
    """By the question's id."""
    words = {
        "required": gettext("Please fill in this field."),
        "not_a_choice": gettext("Please choose one of the answers."),
        "too_long": gettext("That is too long."),
    }
    return {name: words[problem] for name, problem in error.problems.items()}
