"""Numbers from the words that Asterisk's own prompts have."""

from __future__ import annotations


def number_prompts(number: int, language: str) -> list[str]:
    """The prompts' ids for 1 to 99. Chinese makes 11 to 19 of 十 and a digit, English has words of their own."""
    tens, ones = divmod(number, 10)
    if number <= 10 or (number < 20 and language != "zh"):
        return [f"asterisk/digits/{number}"]
    return [f"asterisk/digits/{tens * 10}", *([f"asterisk/digits/{ones}"] if ones else [])]
