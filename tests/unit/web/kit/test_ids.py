"""Whatever stands where an id is asked for, the answer is a refusal in words and never a fault of the server.

Routes, fields and the document's numbers are found in the application, so that a new one cannot be left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

import pytest
from flask import Request
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule

from hotline.domain.people import Role
from hotline.storage.engine import make_engine
from hotline.storage.transaction import Storage
from hotline.web.kit.access import AccessKind
from hotline.web.kit.ids import IdConverter
from tests.support.routes import routes
from tests.support.sample_calls import abandoned_call, answered_call, duty_call
from tests.support.web import NOW, Web, a_web

#: None of these is the id of a row.
NO_IDS = (
    "0",
    "-1",
    str(2**31),
    str(2**63 - 1),
    str(2**63),
    str(2**64),
    str(10**40),
    "٣",
    "１",
    "01",
    "+1",
    "1.0",
    "1e3",
    "1_0",
    " 1",
    "1\n",
    "\0",
    "1\0",
    "1/2",
    "",
    "%",
    "²",
    "NaN",
    "null",
    "'",
    "\ud800",
)

REFUSED = (400, 404, 405, 422)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("ids")
    if request.param == "sqlite":
        yield _filled(a_web(folder))
        return
    with request.getfixturevalue("postgres").database() as url:
        storage = Storage(make_engine(url))
        yield _filled(a_web(folder, storage=storage))
        storage.close()


def _filled(web: Web) -> Web:
    web.keep(
        *(
            make(f"x{n}", NOW - timedelta(minutes=n))
            for n, make in enumerate((answered_call, abandoned_call, duty_call))
        )
    )
    return web


@pytest.fixture(scope="module")
def people(filled: Web) -> dict[Role, FlaskClient]:
    """Whom no CSRF token is asked of: what is to be seen lies behind that check."""
    filled.app.config["WTF_CSRF_ENABLED"] = False
    return {role: filled.signed_in(role) for role in Role}


@dataclass(frozen=True)
class Asked:
    rule: str
    method: str
    path: str
    roles: tuple[Role, ...]


def _rules_with_ids(web: Web) -> list[Rule]:
    return [
        rule
        for rule in web.app.url_map.iter_rules()
        if any(isinstance(converter, IdConverter) for converter in rule._converters.values())
    ]


def _with_no_ids(web: Web) -> Iterator[Asked]:
    """Every rule × each of its ids × every method × all that is no id."""
    known = {(route.rule, route.method): route for route in routes(web.app)}
    for rule in _rules_with_ids(web):
        ids = [name for name, converter in rule._converters.items() if isinstance(converter, IdConverter)]
        for name in ids:
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
                route = known[rule.rule, method]
                for wrong in NO_IDS:
                    there = quote(wrong, safe="", errors="surrogatepass")
                    placeholder = f"<int:{name}>"
                    assert placeholder in rule.rule
                    path = rule.rule.replace(placeholder, there)
                    for other in ids:
                        path = path.replace(f"<int:{other}>", "1")
                    path = path.replace("<any(approve, refuse):what>", "approve")
                    yield Asked(rule.rule, method, path, route.permission.roles if route.permission else ())


def test_an_address_with_what_is_no_id_is_no_page(filled: Web, people: dict[Role, FlaskClient]) -> None:
    walked = set()
    for asked in _with_no_ids(filled):
        client = people[asked.roles[0] if asked.roles else Role.ADMINISTRATOR]
        answer = client.open(asked.path, method=asked.method, json={} if "/api/" in asked.path else None)
        assert answer.status_code in REFUSED, f"{asked.method} {asked.path} is {answer.status_code}"
        if answer.status_code != 405:
            in_words = answer.json["detail"] if "/api/" in asked.path else answer.text
            assert in_words.strip(), asked.path
        walked.add((asked.rule, asked.method))
    assert len(walked) > 70


def test_every_id_in_an_address_goes_through_the_one_converter(filled: Web) -> None:
    """A view that took its id as text would read it by itself. A card's id is a word."""
    texts = {
        name
        for rule in filled.app.url_map.iter_rules()
        for name, converter in rule._converters.items()
        if (name.endswith("_id") or name == "id") and not isinstance(converter, IdConverter)
    }
    assert texts == {"card_id", "prompt_id"}


class Everywhere(MultiDict[str, str]):
    """A form or query in which every field is there and holds the same."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self._value = value

    def __contains__(self, key: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, key: str) -> str:
        return self._value

    def get(self, key: str, default: object = None, type: object = None) -> str:  # type: ignore[override]
        return self._value

    def getlist(self, key: str, type: object = None) -> list[str]:  # type: ignore[override]
        return [self._value]


@pytest.mark.parametrize("wrong", NO_IDS)
def test_no_field_of_a_page_breaks_by_what_is_no_id(
    filled: Web, people: dict[Role, FlaskClient], wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever fields a view reads, by whatever name, of form and address: hidden ones too."""
    text = wrong.encode("utf-8", "replace").decode()  # an address or form holds no half characters
    monkeypatch.setattr(Request, "form", Everywhere(text))
    monkeypatch.setattr(Request, "args", Everywhere(text))
    walked = 0
    for route in routes(filled.app):
        permission = route.permission
        if (
            route.rule.startswith("/api/")
            or permission is None
            or permission.way is AccessKind.PUBLIC
            or route.rule in ("/sign-out", "/floor/wall/events")
        ):
            continue
        client = people[permission.roles[0] if permission.roles else Role.ADMINISTRATOR]
        answer = client.open(route.path, method=route.method)
        assert answer.status_code < 500, f"{route} with {text!r} is {answer.status_code}"
        answer.close()
        walked += 1
    assert walked > 100


def _numbers(schema: object, document: dict, seen: tuple[str, ...] = ()) -> Iterator[tuple[str, dict]]:
    """Every integer below this part of the document, with its place."""
    if isinstance(schema, list):
        for each in schema:
            yield from _numbers(each, document, seen)
    if not isinstance(schema, dict):
        return
    reference = schema.get("$ref")
    if reference and reference not in seen:
        name = reference.rpartition("/")[2]
        yield from _numbers(document["components"]["schemas"][name], document, (*seen, reference))
    if schema.get("type") == "integer" and "enum" not in schema and "const" not in schema:
        yield " > ".join(seen), schema
    for key, below in schema.items():
        if key != "$ref":
            yield from _numbers(below, document, seen)


def test_every_whole_number_that_the_api_takes_has_bounds(filled: Web) -> None:
    """By its document: in addresses, queries and bodies."""
    document = filled.client().get("/api/v1/openapi.json").get_json()
    taken = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for part in (operation.get("parameters", []), operation.get("requestBody", {})):
                taken += [(f"{method} {path} {place}", number) for place, number in _numbers(part, document)]
    assert len(taken) > 100
    assert [place for place, number in taken if "minimum" not in number or "maximum" not in number] == []
    assert max(number["maximum"] for _place, number in taken) <= 2**63 - 1


@pytest.mark.parametrize("wrong", [*NO_IDS, "9" * 5000])
def test_an_unreadable_last_event_id_begins_anew(filled: Web, people: dict[Role, FlaskClient], wrong: str) -> None:
    """The stream answers; that there is no such place is told in it."""
    if any(c in wrong for c in "\r\n\0\ud800") or not wrong.isascii():
        wrong = "x" + wrong.encode("ascii", "replace").decode().translate({10: None, 0: None})
    answer = people[Role.OPERATOR].get("/api/v1/events", headers={"Last-Event-ID": wrong}, buffered=False)
    assert answer.status_code == 200
    answer.close()
