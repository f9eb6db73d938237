"""Which extension somebody new may have."""

from __future__ import annotations

import pytest

from hotline.domain.errors import Refused
from hotline.domain.hiring.extension import EMERGENCY, next_free, require_free

LINES = {"4001234567", "95123"}


@pytest.mark.parametrize(
    ("extension", "code"),
    [
        ("", "hiring.extension_shape"),
        ("12", "hiring.extension_shape"),
        ("0123", "hiring.extension_shape"),
        ("1234567", "hiring.extension_shape"),
        ("100x", "hiring.extension_shape"),
        ("１００３", "hiring.extension_shape"),
        ("*51", "hiring.extension_shape"),
        ("1001", "hiring.extension_taken"),
        ("110", "hiring.extension_emergency"),
        ("95123", "hiring.extension_is_line"),
    ],
)
def test_what_nobody_may_have_is_refused_with_its_reason(extension: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        require_free(extension, {"1001"}, LINES)
    assert (refused.value.code, refused.value.field) == (code, "extension")


@pytest.mark.parametrize("extension", ["1003", "100", "999999"])
def test_any_other_may_be_had(extension: str) -> None:
    require_free(extension, {"1001"}, LINES)


@pytest.mark.parametrize(
    ("known", "free"),
    [
        ((), "1001"),
        (("1001", "1002"), "1003"),
        (("1001", "1003"), "1002"),
        (("8001", "8002", "100001"), "8003"),
        (("109",), "111"),
        (tuple(str(number) for number in range(990, 1000)), ""),
    ],
)
def test_the_next_one_is_the_first_that_is_free(known: tuple[str, ...], free: str) -> None:
    assert next_free(known, LINES) == free
    if free:
        assert free not in EMERGENCY
        require_free(free, known, LINES)
