"""The ribbon part: well-formed, bound to Subs that exist, and nothing else in the package touched."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.excel.button_book import write_button_book
from tests.surgery import parts
from xl_lianbing.excel.macros.buttons import BUTTONS
from xl_lianbing.excel.macros.ribbon import RIBBON_NAMESPACE, RIBBON_PART, RIBBON_RELATIONSHIP, add_ribbon
from xl_lianbing.excel.macros.source import button_module_source
from xl_lianbing.excel.macros.vba import shipped_code_names, shipped_vba_project
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsm"
    write_button_book(path, shipped_vba_project(shipped_code_names()), shipped_code_names())
    return path


def relationships(path: Path) -> list[tuple[str, str]]:
    root = etree.fromstring(parts(path)["_rels/.rels"])
    identifiers = [item.get("Id") for item in root]
    assert len(set(identifiers)) == len(identifiers)
    return [(str(item.get("Type")), str(item.get("Target"))) for item in root]


def test_every_other_part_keeps_its_bytes_and_place(book: Path) -> None:
    before, order = parts(book), list(parts(book))
    add_ribbon(book)
    with zipfile.ZipFile(book) as package:
        assert package.testzip() is None
    after = parts(book)
    assert list(after) == [*order, RIBBON_PART]
    assert {name for name in before if after[name] != before[name]} == {"_rels/.rels"}
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_the_package_points_to_the_ribbon_beside_all_it_pointed_to(book: Path) -> None:
    before = relationships(book)
    add_ribbon(book)
    assert relationships(book) == [*before, (RIBBON_RELATIONSHIP, RIBBON_PART)]


def test_a_second_time_changes_nothing(book: Path) -> None:
    add_ribbon(book)
    once = book.read_bytes()
    add_ribbon(book)
    assert book.read_bytes() == once


def test_each_button_is_on_the_ribbon_and_its_callback_exists(book: Path) -> None:
    add_ribbon(book)
    root = etree.fromstring(parts(book)[RIBBON_PART])
    found = root.findall(f".//{{{RIBBON_NAMESPACE}}}button")
    assert [button.get("label") for button in found] == [button.caption for button in BUTTONS]
    source = button_module_source()
    for button in found:
        module, callback = str(button.get("onAction")).split(".")
        assert source.startswith(f'Attribute VB_Name = "{module}"\n')
        assert f"Public Sub {callback}(control As Object)\n" in source
    assert [tab.get("label") for tab in root.iter(f"{{{RIBBON_NAMESPACE}}}tab")] == ["大练兵"]


def test_a_file_that_is_no_workbook_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsm"
    path.write_bytes(b"not a package")
    with pytest.raises(PackageSyntaxError):
        add_ribbon(path)
    assert path.read_bytes() == b"not a package"
    assert list(tmp_path.iterdir()) == [path]
