"""A feature that nobody has listed anywhere tells all that it has to tell; every folder of a feature has its place in
the order of imports."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from hotline.settings.home import TREE

#: Folders of no feature.
NO_FEATURES = {"storage/migrations"}

CONTRACTS = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]


def test_what_a_feature_tells_is_found_without_a_line_of_ours(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "tests.support.made_up.told", str(tmp_path)]
    said = subprocess.run(argv, cwd=TREE, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout) == {
        "tables": True,
        "jobs": ["flavours.tasted"],
        "checks": ["flavours.files", "flavours.stored"],
        "consequences": ["flavours_noted"],
        "demo": ["by simulation"],
        "menus": "flavours",
        "pop": ["main flavour", "", ""],
        "alike": [False, True],
    }


@pytest.mark.parametrize("layer", ["domain", "services", "storage", "web"])
def test_each_features_folder_has_its_place_in_the_order(layer: str) -> None:
    orders = [contract for contract in CONTRACTS if f"hotline.{layer}" in contract.get("containers", ())]
    [placed] = [set(re.findall(r"\w+", " ".join(order["layers"]))) for order in orders]
    folders = {folder.parent.name for folder in (TREE / "hotline" / layer).glob("*/__init__.py")}
    assert {f"{layer}/{folder}" for folder in folders - placed} <= NO_FEATURES
