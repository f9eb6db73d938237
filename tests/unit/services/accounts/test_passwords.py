"""What a new password must be: long, and none that is tried first."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from hotline.services.accounts.passwords import (
    MAX_LENGTH,
    UnfitPassword,
    generate_password,
    require_fit_password,
    verify_password,
)
from hotline.settings.home import TREE

KNOWN = ("赵敏敏", "hotline", "示例公司", "Acme Tools")


def reason(password: str) -> str:
    try:
        require_fit_password("zhaominmin", password, KNOWN)
    except UnfitPassword as unfit:
        return unfit.code.removeprefix("accounts.password_")
    return ""


@pytest.mark.parametrize(
    "word",
    [
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "password123",
        "P@ssw0rd1234",
        "1qaz2wsx3edc",
        "iloveyou1234",
        "13800138000",
        "qwerty123456",
        "abcdabcdabcd",
        "2026-11-2026",
        "administrator",
    ],
)
def test_what_everybody_takes_is_refused(word: str) -> None:
    assert reason(word) == "common"


@pytest.mark.parametrize(
    "word",
    [
        "my-Hotline-is-long",
        "Ｈｏｔｌｉｎｅ and more words",
        "示例公司-dragonfly-88",
        "shiligongsi-dragonfly",
        "ACMEtools rule!!",
        "赵敏敏 likes tea a lot",
    ],
)
def test_the_names_of_company_person_and_product_are_refused(word: str) -> None:
    assert reason(word) == "known"


def test_a_word_in_the_middle_of_the_own_name_is_refused() -> None:
    assert reason("xx-ZhaoMinMin-xx") == "username"


@pytest.mark.parametrize(
    "word", ["correct horse battery", "三个和尚没水喝一条河", "tea 7 Lamps under", "одинокий-парус", "(:;-7Kp2v!"]
)
def test_words_of_ones_own_are_taken_whatever_they_are_made_of(word: str) -> None:
    assert reason(word) == ""


def test_what_is_generated_is_fit() -> None:
    assert [reason(generate_password()) for _ in range(20)] == [""] * 20


def test_a_long_one_costs_no_time_without_end() -> None:
    """Only its beginning is looked at, so the most that is taken is taken."""
    assert reason("".join(chr(0x4E00 + 7 * n) for n in range(MAX_LENGTH))) == ""
    assert reason("x" * (MAX_LENGTH + 1)) == "long"


def test_a_guess_costs_what_argon2_advises() -> None:
    """In a process of its own: here the tests hash at a lower cost. RFC 9106's second choice: 64 MiB, three passes."""
    code = "from hotline.services.accounts.passwords import hash_password; print(hash_password('correct horse'))"
    found = subprocess.run([sys.executable, "-c", code], cwd=TREE, capture_output=True, text=True, check=True).stdout
    cost = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$", found)
    assert cost is not None
    memory, passes, lanes = map(int, cost.groups())
    assert memory >= 64 * 1024 and passes >= 3 and lanes >= 1
    assert verify_password(found.strip(), "correct horse")
    assert not verify_password(found.strip(), "correct house")
