"""The forms of a page, as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class HtmlForm:
    """`names`: of its fields, files and the token left out. `action`: "" is the page itself."""

    action: str
    method: str
    id: str
    names: dict[str, None] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[HtmlForm] = []
        self.elsewhere: list[tuple[str, str]] = []
        self._open: HtmlForm | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = HtmlForm(told.get("action", ""), told.get("method", "get").lower(), told.get("id", ""))
            self.forms.append(self._open)
        elif tag in ("input", "select", "textarea", "button") and (name := told.get("name", "")):
            if told.get("type") == "file" or name == "csrf_token":
                return
            if "form" in told:
                self.elsewhere.append((told["form"], name))
            elif self._open is not None:
                self._open.names[name] = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


def forms_of(html: str) -> list[HtmlForm]:
    reader = _Reader()
    reader.feed(html)
    for form in reader.forms:
        form.names |= {name: None for of, name in reader.elsewhere if of == form.id}
    return reader.forms
