"""Flask-WTF, as far as hotline/web uses it: the fields' types are WTForms' own."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Form

class FlaskForm(Form):
    def __init__(self, formdata: Any = ..., **kwargs: Any) -> None: ...
    def is_submitted(self) -> bool: ...
    def validate_on_submit(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool: ...
