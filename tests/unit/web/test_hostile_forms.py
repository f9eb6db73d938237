"""Every form of every page, and every page's address, with what nobody would type: each is refused in the reader's
words or taken as what it says; none is an error of ours, and nothing comes back as a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from hotline.web.kit.access import AccessKind, permission_of
from tests.support.full_site import full_web
from tests.support.html_forms import HtmlForm, forms_of
from tests.support.page_walk import NO_PAGES, SEEN_BY
from tests.support.routes import values_of
from tests.support.web import PASSWORD, Web, csrf_of, sign_in

Named = dict[str, dict[str, str]]

SCRIPT = "<script>alert(1)</script>"
TYPED: dict[str, str | bytes] = {
    "more digits than Python reads": "9" * 5000,
    "beyond 64 bits": str(2**63),
    "a day that is none": "9999-12-31T23:59",
    "a script, NUL and no UTF-8": b"a\0\"'><script>alert(1)</script>\xff\xed\xa0\x80",
}
#: What an address may ask for, beside what its own form does.
ASKED = ("page", "q", "day", "month", "since", "until", "period", "line", "after", "before", "person", "id")

#: They end the session of whoever asks.
_LEAVING = ("/sign-out", "/sessions", "/password")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, Named]]:
    with full_web(tmp_path_factory.mktemp("hostile")) as made:
        yield made


@dataclass(frozen=True)
class Seen:
    """A page as it is before anything is tried."""

    address: str
    client: FlaskClient
    username: str
    forms: list[HtmlForm]
    token: str


@pytest.fixture(scope="module")
def people(site: tuple[Web, Named]) -> dict[str, FlaskClient]:
    found = {}
    for username in {"boss", *SEEN_BY.values()}:
        found[username] = site[0].client()
        assert sign_in(found[username], username, PASSWORD).status_code == 302
    return found


@pytest.fixture(scope="module")
def pages(site: tuple[Web, Named], people: dict[str, FlaskClient]) -> list[Seen]:
    web, named = site
    adapter = web.app.url_map.bind("localhost")
    found = []
    for rule in web.app.url_map.iter_rules():
        permission = permission_of(web.app, rule.endpoint)
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES or permission is None:
            continue
        if permission.way is AccessKind.SESSION:
            address = adapter.build(rule.endpoint, named.get(rule.endpoint) or values_of(rule))
            username = SEEN_BY.get(rule.endpoint, "boss")
            page = people[username].get(address)
            forms = forms_of(page.text) if page.mimetype == "text/html" else []
            token = csrf_of(page) if forms and "csrf_token" in page.text else ""
            found.append(Seen(address, people[username], username, forms, token))
    return found


def _wrong(status: int, text: str, of: str) -> list[str]:
    worded = status < 400 or re.search("[\u4e00-\u9fff]", text)
    return [f"{of}: {status}"] if status == 500 or SCRIPT in text or not worded else []


@pytest.mark.timeout(600)  # hundreds of pages each
@pytest.mark.parametrize("what", TYPED)
def test_f8_no_form_breaks_by_what_is_typed(pages: list[Seen], people: dict[str, FlaskClient], what: str) -> None:
    wrong, seen = [], set()
    for page in pages:
        for form in page.forms:
            target = form.action or page.address
            kind = (page.username, re.sub(r"\d+", "1", target), *form.names)
            if form.method != "post" or kind in seen or any(each in target for each in _LEAVING):
                continue
            seen.add(kind)
            typed = urlencode({"csrf_token": page.token, **dict.fromkeys(form.names, TYPED[what])})
            answer = page.client.post(target, data=typed, content_type="application/x-www-form-urlencoded")
            wrong += _wrong(answer.status_code, answer.text, f"{page.address} -> {target} as {page.username}")
    assert wrong == [] and len(seen) > 150
    assert all(client.get("/password").status_code == 200 for client in people.values()), "signed out on the way"


@pytest.mark.timeout(600)  # hundreds of pages each
@pytest.mark.parametrize("what", TYPED)
def test_f8_no_page_breaks_by_what_its_address_asks(pages: list[Seen], what: str) -> None:
    wrong = []
    for page in pages:
        own = [name for form in page.forms if form.method == "get" for name in form.names]
        asked = urlencode(dict.fromkeys([*ASKED, *own], TYPED[what][:2000]))
        answer = page.client.get(f"{page.address}{'&' if '?' in page.address else '?'}{asked}")
        wrong += _wrong(answer.status_code, answer.text, f"{page.address} as {page.username}")
    assert wrong == [] and len(pages) > 100
