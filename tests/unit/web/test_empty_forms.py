"""Forms of which the fields are missing: of a page of another version, or made by hand. Each is refused with words, or
means that nothing is given; none is an error of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hotline.web.kit.access import AccessKind
from tests.support.full_site import full_web
from tests.support.routes import changing, values_of
from tests.support.web import PASSWORD, Web, csrf_of, sign_in

#: They end the session of whoever asks, or that person's account.
_LEAVING = ("account.sign_out", "own_sessions.", "sign_ins.", "people.", "hiring.")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Web, dict[str, dict[str, str]]]]:
    with full_web(tmp_path_factory.mktemp("empty")) as made:
        yield made


def test_f8_a_form_without_its_fields_breaks_no_page(site: tuple[Web, dict[str, dict[str, str]]]) -> None:
    """On a site on which there is one of each thing."""
    web, named = site
    client = web.client()
    sign_in(client, "boss", PASSWORD)
    token = csrf_of(client.get("/admin/menus"))
    adapter = web.app.url_map.bind("localhost")
    pages = {
        each.endpoint: adapter.build(each.endpoint, named.get(each.endpoint) or values_of(each), method="POST")
        for each in web.app.url_map.iter_rules()
        if "POST" in (each.methods or ()) and not each.endpoint.startswith(_LEAVING)
    }
    kinds = {route.rule: route.permission for route in changing(web.app) if route.permission}
    broken, asked = [], 0
    for endpoint, address in sorted(pages.items()):
        rule = next(each for each in web.app.url_map.iter_rules() if each.endpoint == endpoint)
        permission = kinds.get(rule.rule)
        if permission is None or permission.way is not AccessKind.SESSION:
            continue
        answer = client.post(address, data={"csrf_token": token})
        asked += 1
        if answer.status_code == 500:
            broken.append(f"{endpoint} {address}")
    assert broken == [] and asked > 150
    assert client.get("/admin/menus").status_code == 200, "signed out on the way: the rest was not tried"
