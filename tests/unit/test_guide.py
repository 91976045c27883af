"""The user guide is true and whole: links, pictures, every button, every command, every command line in it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from xl_lianbing.excel.macros.buttons import BUTTONS
from xl_lianbing.faces.cli import main, parser
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.records.inputs import INPUT_TABS, RULES_TAB
from xl_lianbing.records.results import RESULT_TABS
from xl_lianbing.rules.pack import SHIPPED
from xl_lianbing.upkeep.documents import ROOT

_GUIDE = ROOT / "docs" / "用户指南.md"
_TEXT = _GUIDE.read_text("utf-8")
_IMAGES = ROOT / "docs" / "images"
_LARGEST = 150_000


def _section(title: str) -> str:
    """What stands below a heading, up to the next of its rank."""
    rank = re.search(rf"^(#+) {re.escape(title)}$", _TEXT, re.M)
    assert rank, f"the guide has no heading {title}"
    below = _TEXT[rank.end() :]
    return re.split(rf"^#{{1,{len(rank[1])}}} ", below, maxsplit=1, flags=re.M)[0]


def _command_lines() -> list[list[str]]:
    """The arguments of every `xl-lianbing …` in the guide that is a whole command line."""
    blocks = re.findall(r"^ *```text\n(.*?)^ *```", _TEXT, re.M | re.S)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    lines += re.findall(r"`(xl-lianbing [^`]+)`", _TEXT)
    found = [re.fullmatch(r"(?:\.venv\\Scripts\\)?xl-lianbing (.+)", line) for line in lines]
    return [shlex.split(match[1].replace("\\", "/")) for match in found if match]


def _anchor(heading: str) -> str:
    """A heading's address, as GitHub makes it."""
    kept = "".join(c for c in heading.lower() if c.isalnum() or c in "-_ ")
    return kept.replace(" ", "-")


def test_links_and_pictures_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", _TEXT)
    anchors = {_anchor(heading) for heading in re.findall(r"^#+ (.+)$", _TEXT, re.M)}
    assert any(target.endswith(".png") for target in targets)
    files = [target for target in targets if not target.startswith(("#", "https://"))]
    assert [target for target in files if not (_GUIDE.parent / target).is_file()] == []
    assert [target for target in targets if target.startswith("#") and target[1:] not in anchors] == []


def test_pictures_are_small_and_each_is_used() -> None:
    texts = _TEXT + (ROOT / "README.md").read_text("utf-8")
    pictures = sorted(_IMAGES.iterdir())
    assert [p.name for p in pictures if p.stat().st_size > _LARGEST] == []
    assert [p.name for p in pictures if f"images/{p.name})" not in texts] == []


@pytest.mark.parametrize("caption", [button.caption for button in BUTTONS])
def test_every_button_is_explained(caption: str) -> None:
    (row,) = re.findall(rf"^\| \*\*{caption}\*\* \| (.+?) \| (.+?) \|$", _section("3 每个按钮做什么"), re.M)
    assert all(len(cell) > 4 for cell in row)


def test_no_other_button_is_explained_and_the_menu_is_that_of_start_cmd() -> None:
    named = re.findall(r"^\| \*\*(.+?)\*\* \|", _section("3 每个按钮做什么"), re.M)
    assert sorted(named) == sorted(button.caption for button in BUTTONS)
    menu = [f"  {number}  {button.caption}" for number, button in enumerate(BUTTONS, 1)]
    assert "\n".join([*menu, "  0  退出"]) in _section("4 不用按钮的办法")


def test_every_command_is_explained_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    offered = re.findall(r"^ {4}([a-z]+) ", capsys.readouterr().out, re.M)
    assert sorted(re.findall(r"^\| `([a-z]+)` \| \S", _section("命令一览"), re.M)) == sorted(offered)
    mentioned = set(re.findall(r"xl-lianbing ([a-z]+)", _TEXT))
    assert mentioned - set(offered) == set()


def test_every_command_line_is_one_the_program_takes() -> None:
    lines = _command_lines()
    assert len(lines) > 10
    taken = parser()
    for arguments in lines:
        if "--help" in arguments:
            continue
        taken.parse_args(arguments)


def test_every_folder_and_pack_is_named() -> None:
    folders = [sub.name for sub in CampaignFolder(Path("x")).subfolders if sub.name not in {"评审", "上报"}]
    assert [name for name in folders if f"“{name}”" not in _TEXT] == []
    assert [pack for pack in SHIPPED if f"`{pack}`" not in _TEXT] == []


def test_sheets_named_in_the_entry_table_exist() -> None:
    table = re.search(r"\| 表 \| 录入什么 \|\n.*?\n\n", _section("5 一年的流程"), re.S)
    assert table
    rows = re.findall(r"^ *\| ([^|]+?) \| .+ \|$", table[0], re.M)[1:]
    named = {name for row in rows for name in row.split("、") if not set(name) <= {"-"}}
    tabs = {tab.sheet for tab in INPUT_TABS} | {RULES_TAB}
    assert named <= tabs
    assert tabs - named == {"任务分解"}, "every other one is said what to enter into"


def test_result_sheets_named_exist() -> None:
    known = {tab.name for tab in RESULT_TABS}
    quoted = re.findall(r"“([^”\n]+)”", _section("3 每个按钮做什么"))
    sheets = [name for name in quoted if name.endswith(("登记", "结果", "排名", "得分", "候选", "名单"))]
    assert len(sheets) > 5
    assert [name for name in sheets if name not in known] == []
