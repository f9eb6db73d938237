"""An audit is clean only if each package was looked at: read from what pip-audit and npm audit have printed."""

from __future__ import annotations

import json

import pytest

from hotline.settings.home import TREE
from scripts.dependencies.judgement import Answer, Verdict, judge_npm, judge_python, worst

CAPTURED = TREE / "tests" / "fixtures" / "audit"
ASKED = frozenset({("flask", "3.1.0"), ("jinja2", "3.1.5"), ("numpy", "2.4.6")})
#: How many packages the captured lock of npm had.
IN_NPMS_LOCK = 40


def printed(name: str, complaint: str = "") -> Answer:
    return Answer((CAPTURED / name).read_text("utf-8"), complaint)


def away() -> Answer:
    return Answer("", (CAPTURED / "pip-audit-away.txt").read_text("utf-8"))


def test_nothing_known_against_any_package_is_clean() -> None:
    judged = judge_python([printed("pip-audit-clean.json")], ASKED)
    assert judged.verdict is Verdict.CLEAN
    assert judged.lines == ("nothing is known against any of 3 packages",)
    assert judge_npm(printed("npm-clean.json"), IN_NPMS_LOCK).verdict is Verdict.CLEAN


def test_a_known_weakness_is_told_with_its_names_and_the_release_that_mends_it() -> None:
    judged = judge_python([printed("pip-audit-vulnerable.json")], ASKED)
    assert judged.verdict is Verdict.NOT_CLEAN
    assert judged.lines == ("jinja2 3.1.5: CVE-2025-27516, GHSA-cpwx-vrp4-4pq7; mended in 3.1.6",)


def test_a_weakness_of_the_browsers_packages_is_told_with_its_weight_and_address() -> None:
    judged = judge_npm(printed("npm-vulnerable.json"), IN_NPMS_LOCK)
    assert judged.verdict is Verdict.NOT_CLEAN
    told = "An invented weakness (https://advisories.invalid/GHSA-xxxx-xxxx-xxxx)"
    assert judged.lines == (f"htmx.org *, high: {told}",)


def test_a_package_that_only_holds_a_weak_one_is_told_by_that_ones_name() -> None:
    entry = {"name": "jssip", "severity": "low", "via": ["debug"], "range": "<3", "nodes": []}
    output = {"vulnerabilities": {"jssip": entry}, "metadata": {"dependencies": {"total": 40}}}
    assert judge_npm(Answer(json.dumps(output), ""), IN_NPMS_LOCK).lines == ("jssip <3, low: by debug",)


def test_a_service_that_skips_every_package_was_not_asked_although_nothing_is_known() -> None:
    """pip-audit exits 0 and says that no weakness is known."""
    judged = judge_python([printed("pip-audit-skipped.json", "No known vulnerabilities found")], ASKED)
    assert judged.verdict is Verdict.COULD_NOT_ASK
    assert judged.lines[0].startswith("could not ask: of 3 packages none was audited (Dependency not found")


def test_a_package_that_was_skipped_is_not_clean() -> None:
    found = json.loads(printed("pip-audit-clean.json").output)
    found["dependencies"][1] = json.loads(printed("pip-audit-skipped.json").output)["dependencies"][1]
    judged = judge_python([Answer(json.dumps(found), "")], ASKED)
    assert judged.verdict is Verdict.NOT_CLEAN
    assert judged.lines == ("jinja2 3.1.5 was not audited",)


def test_a_package_that_the_answer_leaves_out_or_has_in_another_version_is_not_clean() -> None:
    judged = judge_python([printed("pip-audit-clean.json")], ASKED | {("numpy", "2.5.5"), ("yarl", "1.25.1")})
    assert judged.verdict is Verdict.NOT_CLEAN
    assert judged.lines == ("numpy 2.5.5 was not audited", "yarl 1.25.1 was not audited")
    assert judge_npm(printed("npm-clean.json"), 42).lines == ("2 of 42 packages were not audited",)
    assert judge_npm(printed("npm-clean.json"), 42).verdict is Verdict.NOT_CLEAN


def test_several_runs_are_one_answer_and_one_of_them_without_an_answer_is_none() -> None:
    other = Answer('{"dependencies": [{"name": "numpy", "version": "2.5.5", "vulns": []}], "fixes": []}', "")
    asked = ASKED | {("numpy", "2.5.5")}
    assert judge_python([printed("pip-audit-clean.json"), other], asked).verdict is Verdict.CLEAN
    assert judge_python([printed("pip-audit-clean.json"), away()], asked).verdict is Verdict.COULD_NOT_ASK


def test_a_service_that_is_away_could_not_be_asked_and_its_last_word_is_told() -> None:
    judged = judge_python([away()], ASKED)
    assert judged.verdict is Verdict.COULD_NOT_ASK
    assert judged.lines[0].startswith("could not ask: requests.exceptions.ConnectionError: ")


@pytest.mark.parametrize("name", ["npm-refused.json", "npm-away.json"])
def test_npms_service_that_refuses_or_is_away_could_not_be_asked(name: str) -> None:
    judged = judge_npm(printed(name), IN_NPMS_LOCK)
    assert judged.verdict is Verdict.COULD_NOT_ASK
    assert judged.lines[0].startswith("could not ask: ") and "registry.invalid" in judged.lines[0]


@pytest.mark.parametrize("output", ["", "nonsense", "[]", "{}", '{"vulnerabilities": {}}'])
def test_what_is_no_answer_is_never_clean(output: str) -> None:
    assert judge_python([Answer(output, "")], ASKED).verdict is Verdict.COULD_NOT_ASK
    assert judge_npm(Answer(output, ""), IN_NPMS_LOCK).verdict is Verdict.COULD_NOT_ASK
    assert judge_npm(Answer(output, ""), IN_NPMS_LOCK).lines == ("could not ask: no answer",)


def test_a_known_weakness_weighs_more_than_a_service_that_is_away() -> None:
    assert worst([Verdict.CLEAN, Verdict.COULD_NOT_ASK, Verdict.NOT_CLEAN]) is Verdict.NOT_CLEAN
    assert worst([Verdict.CLEAN, Verdict.COULD_NOT_ASK]) is Verdict.COULD_NOT_ASK
    assert worst([Verdict.CLEAN, Verdict.CLEAN]) is Verdict.CLEAN
    assert [int(each) for each in Verdict] == [0, 1, 3]
