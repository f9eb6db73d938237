"""Tables sent to the page that brings them in."""

from __future__ import annotations

import io

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.web import csrf_of


def send(client: FlaskClient, kind: str, content: bytes, name: str = "table.csv") -> TestResponse:
    """Leads to the page of its columns, or shows why it is no table."""
    path = f"/{kind}/import"
    return client.post(path, data={"csrf_token": csrf_of(client.get(path)), "file": (io.BytesIO(content), name)})


def answer(client: FlaskClient, path: str, do: str, **columns: str) -> TestResponse:
    """With what each column means: column_0="name"."""
    chosen = {name.replace("_", "-"): value for name, value in columns.items()}
    return client.post(path, data={"csrf_token": csrf_of(client.get(path)), "do": do, **chosen})


def take(client: FlaskClient, kind: str, content: bytes) -> TestResponse:
    """A table whose headings are all known, brought in as it is."""
    path = send(client, kind, content).location
    page = client.get(path).text
    columns = {}
    for place, part in enumerate(page.split('name="column-')[1:]):
        options = part.split("</select>")[0].split('<option value="')[1:]
        columns[f"column_{place}"] = next(each for each in options if " selected" in each.split(">")[0]).split('"')[0]
    return answer(client, path, "take", **columns)
