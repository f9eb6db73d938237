"""The pages that somebody reaches by clicking, from the first page on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from tests.support.page_walk import NO_PAGES

#: Addresses of one endpoint that are looked at: a table has a hundred rows that lead to the same page.
MOST = 3
_HOST = "http://localhost"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.append(address)


@dataclass
class Clicking:
    """Somebody who is signed in and clicks whatever they are shown, but for files and signing out."""

    client: FlaskClient
    addresses: MapAdapter
    _looked: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)

    def refused(self, first: str) -> dict[str, str]:
        """Each address that a page leads to and that lets them not in, or is not there, and which page that is."""
        wrong: dict[str, str] = {}
        waiting = [(first, "")]
        while waiting:
            address, page = waiting.pop(0)
            if page and not self._is_new(address):
                continue
            answer = self.client.get(address, follow_redirects=True)
            if answer.status_code >= 400:
                wrong[f"{answer.status_code} {address}"] = page
            elif answer.mimetype == "text/html":
                waiting += [(found, address) for found in _links(answer.text, answer.request.full_path)]
        return wrong

    def pages(self) -> int:
        return len(self._looked)

    def _is_new(self, address: str) -> bool:
        endpoint = self._endpoint(address)
        if endpoint in NO_PAGES or endpoint == "account.sign_out":
            return False
        asked = tuple(sorted(name for name, _value in parse_qsl(urlsplit(address).query)))
        if (endpoint, asked) in self._looked or sum(known[0] == endpoint for known in self._looked) >= MOST:
            return False
        self._looked.add((endpoint, asked))
        return True

    def _endpoint(self, address: str) -> str:
        """The address itself where nothing answers it."""
        try:
            endpoint, _values = self.addresses.match(urlsplit(address).path, method="GET")
        except (RequestRedirect, HTTPException):
            return address
        return str(endpoint)


def _links(text: str, page: str) -> Iterator[str]:
    parser = _Links()
    parser.feed(text)
    for each in parser.found:
        url = urlsplit(urljoin(_HOST + page, each))
        if url.netloc == "localhost" and "/api/" not in url.path:
            yield url.path + (f"?{url.query}" if url.query else "")
