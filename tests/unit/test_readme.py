"""The documents people start with are true: links, commands, the packs, the modules named."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from xl_lianbing.faces.cli import COMMANDS
from xl_lianbing.faces.cli.command import Argument
from xl_lianbing.rules.pack import SHIPPED
from xl_lianbing.upkeep.documents import ROOT
from xl_lianbing.upkeep.rooms import rooms

_README = (ROOT / "README.md").read_text("utf-8")
_ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
_PACKAGE = ROOT / "xl_lianbing"


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md", "docs/architecture.md"])
def test_links_lead_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8"))
    assert links
    assert [link for link in links if not link.startswith("https://") and not (path.parent / link).exists()] == []


def test_the_first_command_is_one_line_that_installs_and_runs_the_demo() -> None:
    first = next(line for line in _README.splitlines() if "xl-lianbing demo" in line)
    block = next(b for b in re.findall(r"^```\w*\n(.*?)^```$", _README, re.M | re.S) if "xl-lianbing demo" in b)
    assert block == f"{first}\n"
    assert "pip install . && " in first
    assert not Path(first.rsplit(maxsplit=1)[1]).is_absolute()


def test_the_line_for_the_tests_is_what_is_run_before_a_change_goes_in() -> None:
    """All cores by default, nothing set beside it: the same for whoever reads README."""
    (line,) = [line for line in _README.splitlines() if line.startswith("python3 ") and "pytest" in line]
    checks = (ROOT / ".ci" / "run").read_text("utf-8")
    assert line.endswith(' && .venv/bin/pip install -e ".[dev]" && .venv/bin/pytest')
    assert checks.splitlines()[-1] == "pytest" and 'pip install --quiet -e ".[dev]"' in checks
    assert "PYTEST_" not in checks


def test_the_table_of_commands_is_that_of_the_program() -> None:
    section = _README.split("\n## 命令\n", 1)[1].split("\n## ", 1)[0]
    rows = dict(re.findall(r"^\| `([a-z]+) ([^`]+)` \| \S", section, re.M))
    assert sorted(rows) == sorted(command.name for command in COMMANDS)
    for command in COMMANDS:
        told = sorted(part.strip("[]") for part in rows[command.name].split())
        assert told == sorted(word for argument in command.arguments for word in _words(argument))
    assert [pack for pack in SHIPPED if f"`{pack}`" not in section] == []


def _words(argument: Argument) -> Iterator[str]:
    """An argument as the table writes it: its flag, and what is to be written for it."""
    yield from (name for name in argument.names if name.startswith("--"))
    if "metavar" in argument.settings:
        yield argument.settings["metavar"]


def test_every_room_has_a_plate_and_every_module_says_what_it_is() -> None:
    silent = [line for line in rooms().splitlines() if line.startswith("- ") and line.endswith(": ")]
    bare = [
        f.parent.name for f in _PACKAGE.rglob("__init__.py") if not ast.get_docstring(ast.parse(f.read_text("utf-8")))
    ]
    assert (silent, bare) == ([], [])


def test_docstrings_name_only_modules_and_rooms_that_exist() -> None:
    """`x.py`, `a/b.py`, `a/`: seen from the room of whoever says so, from a room around it or from the package."""
    lost = []
    for file in _PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
        texts = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, documented)]
        named = re.findall(r"(?<![\w/.<])((?:[a-z_]+/)*[a-z_]+\.py|(?:[a-z_]+/)+)(?![\w.])", "\n".join(texts))
        around = [place for place in file.parents if place.is_relative_to(_PACKAGE)]
        lost += [(file.name, name) for name in named if not any((place / name).exists() for place in around)]
    assert lost == []


def test_architecture_names_only_modules_that_exist() -> None:
    named = re.findall(r"`([a-z_/]+\.py)`", _ARCHITECTURE)
    assert [name for name in named if not (ROOT / name).is_file() and not (_PACKAGE / name).is_file()] == []


def test_architecture_shows_the_floors_that_are_kept() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    floors = re.findall(r"^ \| (.+) \|$", _ARCHITECTURE, re.M)
    assert [floor.split() for floor in floors] == [layer.split(" | ") for layer in layers]
