"""tests/ mirrors portal/: what is kept in a folder of the program is tested in the folder of the same name."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PORTAL, TESTS = ROOT / "portal", ROOT / "tests"
# Folders of the program that have no mirror, and where they are tested instead.
ELSEWHERE = {
    "blueprints": "tests/structure/test_access_map.py: it only gathers the counters, whose every address is there",
    "domain": "tests/structure/test_migrations.py: errors have no rule, and the list of tables is compared there",
    "blueprints/office/forms": "tests/blueprints/office: a form is seen through the page that shows it",
    "blueprints/tenant/forms": "tests/blueprints/tenant: a form is seen through the page that shows it",
    "migrations": "tests/structure/test_migrations.py: what they make must be what the models say",
    "web/mine": "tests/structure/test_neighbour.py: every loader, by every address that uses it",
}
# Folders of tests that mirror none: they look at the whole program at once, at its bench, or are what tests stand on.
OF_THE_WHOLE = {"bench", "crash", "fixtures", "journeys", "stories", "structure", "support"}


def folders(root: Path) -> set[str]:
    """The folders under a root that hold Python of their own."""
    written = (path for path in root.rglob("*.py") if path.stat().st_size and path.parent != root)
    return {path.parent.relative_to(root).as_posix() for path in written}


def rules_in(folder: Path) -> int:
    """How many tests a folder itself holds."""
    trees = (ast.parse(path.read_text("utf-8")) for path in folder.glob("test_*.py"))
    return sum(node.name.startswith("test_") for tree in trees for node in tree.body if hasattr(node, "name"))


@pytest.mark.parametrize("folder", sorted(folders(PORTAL) - ELSEWHERE.keys()))
def test_each_folder_of_the_program_has_its_tests_in_the_folder_of_the_same_name(folder):
    assert rules_in(TESTS / folder), f"nothing in tests/{folder}: write its rules there, or say in ELSEWHERE where"


@pytest.mark.parametrize("folder", sorted(ELSEWHERE))
def test_what_is_tested_elsewhere_is_there_and_has_no_mirror_too(folder):
    assert folder in folders(PORTAL)
    assert not rules_in(TESTS / folder)
    assert (ROOT / ELSEWHERE[folder].partition(":")[0]).exists()


def test_each_folder_of_tests_mirrors_one_of_the_program():
    strays = {each for each in folders(TESTS) if each.partition("/")[0] not in OF_THE_WHOLE} - folders(PORTAL)
    assert strays == set()
