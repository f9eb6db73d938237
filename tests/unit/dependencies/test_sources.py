"""Where packages come from is the machine's own setting: no file of ours names a registry's host."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from hotline.settings.home import TREE

#: In parts, so that this file does not name them either.
HOSTS = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("npmmirror", "com"),
    ("yarnpkg", "com"),
    ("deb", "debian", "org"),
    ("archive", "ubuntu", "com"),
)
NAMED = re.compile("|".join(re.escape(".".join(parts)) for parts in HOSTS).encode(), re.IGNORECASE)


def files() -> list[bytes]:
    """What git keeps, and what it would be given next."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=TREE, capture_output=True, check=True).stdout
    return [name for name in listed.split(b"\0") if name]


def test_no_file_names_the_host_of_a_registry() -> None:
    paths = {name.decode(): TREE / name.decode() for name in files()}
    assert {"requirements/tests.txt", "package-lock.json", "scripts/lock"} <= paths.keys()
    assert [name for name, path in paths.items() if path.is_file() and NAMED.search(path.read_bytes())] == []


@pytest.mark.parametrize("parts", HOSTS, ids=lambda parts: parts[0])
def test_a_host_would_be_seen(parts: tuple[str, ...]) -> None:
    assert NAMED.search(f"--index-url https://{'.'.join(parts).upper()}/simple".encode())


def test_every_set_up_checks_hashes_and_fetches_nothing_for_the_hotline_itself() -> None:
    """Whatever a script installs by pip is in a lock; the hotline is put in as it stands in the tree."""
    scripts = [path for path in (TREE / "scripts").rglob("*") if path.is_file() and path.suffix in ("", ".sh")]
    text = "\n".join(path.read_text("utf-8") for path in scripts).replace("\\\n", "")
    installs = [
        " ".join(line.split()) for line in text.splitlines() if re.search(r"-m pip install|bin/pip install", line)
    ]
    assert len(installs) == 2
    checked = [line for line in installs if "--require-hashes --no-build-isolation" in line]
    ours = [line for line in installs if "--no-deps --no-build-isolation -e ." in line]
    assert len(checked) == len(ours) == 1


def test_the_browsers_lock_has_a_checksum_and_no_address_for_each_package() -> None:
    packages = json.loads((TREE / "package-lock.json").read_text("utf-8"))["packages"]
    ours = packages.pop("")
    assert ours["name"] == "hotline" and packages
    assert [name for name, each in packages.items() if "resolved" in each or "integrity" not in each] == []
