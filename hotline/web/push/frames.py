"""Server-sent events as bytes (WHATWG HTML, 9.2)."""

from __future__ import annotations

import json

from hotline.domain.operators.push import Share


def event(name: str, data: str, last_id: int | None) -> bytes:
    """One event; `data` is JSON on one line, as pydantic and json.dumps write it. With `last_id` the browser asks for
    what comes after it when it connects anew."""
    head = "" if last_id is None else f"id: {last_id}\n"
    return f"{head}event: {name}\ndata: {data}\n\n".encode()


def heartbeat(last_id: int) -> bytes:
    """A comment, for whoever stands between; and the id, which the browser takes although there is no data: so a
    reader whom nothing concerned for a day can still resume."""
    return f": \nid: {last_id}\n\n".encode()


#: Milliseconds after which a page that had to go for a newer one may ask again.
CROWDED_MS = 60_000


def crowded() -> bytes:
    """The last word to the oldest of too many streams of one person or display: the browser is not to come back at
    once, or the pages would push each other out without end."""
    return f"retry: {CROWDED_MS}\n".encode() + event("crowded", "{}", None)


def call_data(call: str, share: Share | None, pop: str | None) -> str:
    """The data of a `call` event, from JSON that is composed already."""
    mine = "null" if share is None else json.dumps(share.mine.value)
    by = json.dumps({"name": share.by}, ensure_ascii=False) if share is not None and share.by else "null"
    return f'{{"call":{call},"mine":{mine},"by":{by},"pop":{pop or "null"}}}'


def plain(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
