"""How rules are named on the screens: by id, with their title in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from flask_babel import LazyString, get_locale
from markupsafe import Markup

from hotline.domain.rules.registry import RULES
from hotline.domain.rules.rule import Text


def in_language(text: Text) -> str:
    locale = get_locale()
    return text.zh if locale is not None and locale.language == "zh" else text.en


def rule_title(rule: str) -> str:
    """Raises KeyError: no such rule."""
    return in_language(RULES[rule].title)


def rule_mark(rule: str) -> Markup:
    """The id, which says what it stands for."""
    return Markup('<abbr class="rule" title="{}">{}</abbr>').format(rule_title(rule), rule)


def titles(rules: Iterable[str]) -> dict[str, LazyString]:
    """For scripts: "rule.A8" and so on."""
    return {f"rule.{rule}": LazyString(rule_title, rule) for rule in rules}


def install(app: Flask) -> None:
    app.jinja_env.globals.update(rule_mark=rule_mark)
