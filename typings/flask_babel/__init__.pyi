"""Flask-Babel, as far as hotline/web uses it."""

from collections.abc import Callable
from typing import Any

from babel import Locale
from flask import Flask

# It is none, but whatever takes text (Flask, WTForms, Jinja) takes it: it becomes text when it is read.
class LazyString(str):
    def __new__(cls, text: Callable[..., str], *arguments: object) -> LazyString: ...

class Babel:
    def __init__(
        self,
        app: Flask | None = None,
        *,
        default_locale: str = "en",
        default_translation_directories: str = ...,
        default_timezone: str = ...,
        locale_selector: Callable[[], str | None] | None = None,
        timezone_selector: Callable[[], str | None] | None = None,
    ) -> None: ...

def get_locale() -> Locale | None: ...
def gettext(string: str, **variables: Any) -> str: ...
def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str: ...
def lazy_gettext(string: str, **variables: Any) -> LazyString: ...
