"""The console's own logic in the browser's language, by node's test runner: tests/js. Fails where node is missing."""

from __future__ import annotations

import re
import shutil
import subprocess

from hotline.settings.home import TREE

SCRIPTS = TREE / "hotline" / "web" / "static" / "js" / "console"


def test_the_logic_of_the_console_holds() -> None:
    node = shutil.which("node")
    assert node, "node is needed (apt-get install nodejs)"
    files = sorted(map(str, (TREE / "tests" / "js").glob("*.test.mjs")))
    assert files
    done = subprocess.run([node, "--test", *files], cwd=TREE, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_script_of_the_console_makes_markup_of_data() -> None:
    """Hostile names and texts stay text."""
    forbidden = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    found = [path.name for path in SCRIPTS.glob("*.js") if forbidden.search(path.read_text("utf-8"))]
    assert found == []


def test_each_script_of_the_console_is_small() -> None:
    assert [path.name for path in SCRIPTS.glob("*.js") if len(path.read_text("utf-8").splitlines()) > 400] == []
