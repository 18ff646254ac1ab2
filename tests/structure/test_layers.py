"""The house rules that a reader would otherwise have to check by eye: who imports whom, and how long things may be."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "portal").rglob("*.py"))
WRITTEN_BY_HAND = sorted(
    path
    for folder in ("portal", "tests", "script", "deploy", "docs")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".html", ".css", ".js", ".md", ""}
    and path.is_file()
    and not {"vendor", "fonts", "__pycache__"} & set(path.parts)
)


def functions(path):
    tree = ast.parse(path.read_text("utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_each_layer_imports_only_those_below_it():
    command = [Path(sys.executable).with_name("lint-imports"), "--config", "setup.cfg", "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_file_is_above_350_lines():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in WRITTEN_BY_HAND}
    assert {name: length for name, length in lengths.items() if length > 350} == {}


def test_nothing_is_kept_from_the_formatter():
    kept = re.compile(r"#\s*fmt:")
    assert [str(path.relative_to(ROOT)) for path in WRITTEN_BY_HAND if kept.search(path.read_text("utf-8"))] == []


def test_no_module_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "common", "misc", "tools"}
    assert [path for path in MODULES if path.stem in drawers] == []


@pytest.mark.parametrize("path", [path for path in MODULES if "blueprints" in path.parts], ids=lambda path: path.name)
def test_no_view_is_above_30_lines(path):
    lengths = {each.name: each.end_lineno - each.lineno + 1 for each in functions(path)}
    assert {name: length for name, length in lengths.items() if length > 30} == {}


def test_verbs_take_their_arguments_by_keyword():
    """A verb is what happens at a moment: it has an `at`."""
    verbs = [
        (str(path.relative_to(ROOT)), verb.name)
        for path in (ROOT / "portal" / "domain").rglob("actions.py")
        for verb in functions(path)
        if not verb.name.startswith("_") and "at" in {argument.arg for argument in verb.args.args}
    ]
    assert verbs == []


def test_every_direct_dependency_is_pinned():
    pins = {line.partition("==")[0].lower().replace("_", "-") for line in lines("constraints.txt") if "==" in line}
    declared = {
        line.strip().partition(">=")[0] for line in lines("setup.cfg") if line.startswith("    ") and ">=" in line
    }
    assert declared - pins == set()


def lines(name):
    return (ROOT / name).read_text("utf-8").splitlines()
