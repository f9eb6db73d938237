"""The OpenAPI document tells the truth of every operation: no input breaks one, every answer is as described.

Operations are found in the document, so a new one is checked without being named here. One test walks along all of
them, in an order in which what one makes is there for the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from hotline.domain.people import Role
from hotline.web.kit.access import AccessKind
from tests.support.routes import routes
from tests.support.sample_calls import abandoned_call, answered_call, duty_call, talking_call
from tests.support.web import NOW, Web, a_web

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
)

#: What is written into a field without bounds may be too large for any body: that is refused too.
REFUSED = ["400", "401", "403", "404", "405", "409", "413", "422", "429", "503"]
KNOWN = schemathesis.Config.from_dict({"checks": {"negative_data_rejection": {"expected-statuses": REFUSED}}})

#: Of each operation and mode. The walk has to end within a minute.
EXAMPLES = {GenerationMode.POSITIVE: 7, GenerationMode.NEGATIVE: 4}

#: What answers for as long as somebody listens is tested where it is pushed.
ENDLESS = "text/event-stream"


@pytest.fixture(scope="module")
def full_web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    web = a_web(tmp_path_factory.mktemp("api"))
    web.keep(
        *(
            make(f"x{n}", NOW - timedelta(minutes=n))
            for n, make in enumerate((answered_call, abandoned_call, duty_call, talking_call))
        )
    )
    return web


@pytest.fixture(scope="module")
def program(full_web: Web) -> dict[str, str]:
    """Of one that may do everything."""
    return full_web.program(Role.OPERATOR, Role.EXAMINER, Role.SUPERVISOR, Role.ADMINISTRATOR)


def _operations(schema: schemathesis.schemas.BaseSchema) -> Iterator[schemathesis.APIOperation]:
    """What makes things first, what takes them away last."""
    results = list(schema.get_all_operations())
    assert all(isinstance(result, Ok) for result in results)
    found = [result.ok() for result in results if isinstance(result, Ok)]
    order = {"post": 0, "put": 1, "get": 2, "delete": 3}
    found.sort(key=lambda operation: (operation.path.count("{"), order[operation.method], operation.path))
    return (operation for operation in found if ENDLESS not in str(operation.definition.raw["responses"]))


def _ids_that_exist(case: schemathesis.Case, wanted: bool) -> schemathesis.Case:
    """Whatever was made first has the id 1."""
    if wanted:
        for name, value in case.path_parameters.items():
            if isinstance(value, int):
                case.path_parameters[name] = 1
    return case


@pytest.mark.parametrize("mode", GenerationMode)
def test_no_input_breaks_the_api_and_every_answer_is_as_described(
    full_web: Web, program: dict[str, str], mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", full_web.app, config=KNOWN)
    broken = []
    for operation in _operations(schema):
        if mode.is_negative and not _takes_input(operation):
            continue
        try:
            _check(operation, mode, program)
        except (Exception, BaseExceptionGroup) as error:  # told of with all the others: one run shows what is wrong
            broken.append(f"{operation.method.upper()} {operation.path}: {_words(error)}")
    assert broken == [], "\n\n".join(broken)


def _takes_input(operation: schemathesis.APIOperation) -> bool:
    return any(len(part) for part in (operation.path_parameters, operation.query, operation.body))


def _check(operation: schemathesis.APIOperation, mode: GenerationMode, program: dict[str, str]) -> None:
    @settings(
        max_examples=EXAMPLES[mode],
        deadline=None,
        derandomize=True,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode), st.booleans())
    def holds(case: schemathesis.Case, known: bool) -> None:
        case = _ids_that_exist(case, known and mode.is_positive)
        case.validate_response(case.call(headers={**program, "Accept-Encoding": "identity"}), checks=list(CHECKS))

    holds()


def _words(error: BaseException) -> str:
    parts = getattr(error, "exceptions", None)
    return "\n".join(map(_words, parts)) if parts else f"{type(error).__name__}: {error}"[:1500]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_operation_takes_a_day_of_another_time(full_web: Web, program: dict[str, str], day: str) -> None:
    """There is no such midnight in Shanghai."""
    document = full_web.client().get("/api/v1/openapi.json").json
    models = document["components"]["schemas"]
    asked = 0
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            parts = {each["name"]: each["schema"] for each in operation.get("parameters", ()) if each["in"] == "query"}
            bodies = [each["schema"] for each in operation.get("requestBody", {}).get("content", {}).values()]
            body = bodies[0] if bodies else {}
            written = models.get(body.get("$ref", "").rpartition("/")[2], body).get("properties", {})
            for name in (each for each, schema in {**parts, **written}.items() if '"date"' in json.dumps(schema)):
                answer = full_web.client().open(
                    re.sub(r"{\w+}", "1", path),
                    method=method.upper(),
                    headers=program,
                    json={name: day} if name in written else None,
                    query_string=None if name in written else {name: day},
                )
                told = [each["field"] for each in (answer.json or {}).get("errors", ())]
                assert answer.status_code == 422 and name in told, f"{method} {path} {name}: {answer.text}"
                asked += 1
    assert asked > 10


def test_every_operation_says_who_may_call_it_and_what_its_problems_are(full_web: Web) -> None:
    document = full_web.client().get("/api/v1/openapi.json").json
    open_to_all = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule), route.method.lower())
        for route in routes(full_web.app)
        if route.permission and route.permission.way is AccessKind.PUBLIC
    }
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            told = f"{method} {path}"
            assert operation.get("summary"), told
            assert operation["tags"], told
            if (path, method) not in open_to_all:
                assert operation["security"], told
                assert {"401", "403", "422"} <= set(operation["responses"]), told


def test_no_two_models_share_a_name(full_web: Web) -> None:
    """The document knows them by their names alone: the second would stand in the place of the first."""
    modules: dict[str, set[str]] = {}
    waiting = [BaseModel]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if model.__module__.startswith(("hotline.web", "hotline.services")):
            modules.setdefault(model.__name__, set()).add(model.__module__)
    values: list[type[Enum]] = [Enum]
    while values:
        value = values.pop()
        values += value.__subclasses__()
        if value.__module__.startswith("hotline."):
            modules.setdefault(value.__name__, set()).add(value.__module__)
    described = full_web.client().get("/api/v1/openapi.json").json["components"]["schemas"]
    assert {name: sorted(where) for name, where in modules.items() if len(where) > 1 and name in described} == {}
