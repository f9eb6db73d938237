"""The passwords of phones are changed while everything runs, by whoever comes first and whoever comes second."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.settings import Home
from hotline.settings.secrets import give_phone_password, load_or_create_secrets
from hotline.settings.secrets_file import SecretsFile, StoredSecrets


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    return home


def test_a_phone_that_is_given_a_password_has_it_in_every_process_at_once(home: Home) -> None:
    ours, theirs = load_or_create_secrets(home), load_or_create_secrets(home)
    before = theirs.phone_password("1003")
    given = give_phone_password(ours, "1003")
    assert given != before and theirs.phone_password("1003") == ours.phone_password("1003") == given
    again = give_phone_password(theirs, "1003")
    assert again != given and ours.phone_password("1003") == again
    assert load_or_create_secrets(home) == ours, "nothing else has changed"


def test_what_was_not_given_one_keeps_what_it_had(home: Home) -> None:
    secrets = load_or_create_secrets(home)
    before = secrets.phone_password("1001")
    give_phone_password(secrets, "1003")
    assert secrets.phone_password("1001") == before != secrets.phone_password("1003")


def test_the_file_is_readable_by_its_owner_alone_and_outlives_a_lost_line(home: Home) -> None:
    secrets = load_or_create_secrets(home)
    given = give_phone_password(secrets, "1003")
    assert stat.S_IMODE(home.secrets_file.stat().st_mode) == 0o600
    lines = home.secrets_file.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("web_session_key")]
    home.secrets_file.write_text("\n".join(kept), "utf-8")
    mended = load_or_create_secrets(home)
    assert mended.web_session_key != secrets.web_session_key
    assert mended.phone_password("1003") == given and mended.ami_password == secrets.ami_password


def test_many_who_write_at_once_lose_nothing(home: Home) -> None:
    load_or_create_secrets(home)
    extensions = [str(number) for number in range(1001, 1041)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: SecretsFile(home.secrets_file).give_phones({each: f"p{each}"}), extensions))
    assert SecretsFile(home.secrets_file).read().phones == {each: f"p{each}" for each in extensions}


def test_a_change_that_fails_leaves_the_file_as_it_was(home: Home) -> None:
    load_or_create_secrets(home)
    before = home.secrets_file.read_bytes()

    def fails(stored: StoredSecrets) -> StoredSecrets:
        replace(stored, phones={})
        raise OSError("disk full")

    with pytest.raises(OSError):
        SecretsFile(home.secrets_file).change(fails)
    assert home.secrets_file.read_bytes() == before
    SecretsFile(home.secrets_file).give_phones({"1003": "x"})
    assert SecretsFile(home.secrets_file).read().phones == {"1003": "x"}, "the lock is free again"
