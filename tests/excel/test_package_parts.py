"""Closed-file writing: the small parts of the package, and the ZIP container itself."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from xl_lianbing.addresses import Box
from xl_lianbing.excel.ooxml.package import CONTENT_TYPES, Package
from xl_lianbing.excel.ooxml.tables import resized_table, table_area
from xl_lianbing.excel.ooxml.workbook import with_full_calculation
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError
from xl_lianbing.excel.ooxml.zip_writer import DeflatedPart, copy_package


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<calcPr calcId="1"/>', '<calcPr fullCalcOnLoad="1" calcId="1"/>'),
        ('<calcPr calcId="1" fullCalcOnLoad="0"/>', '<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        ("<calcPr fullCalcOnLoad='true'/>", "<calcPr fullCalcOnLoad='true'/>"),
        ("<calcPr></calcPr>", '<calcPr fullCalcOnLoad="1"></calcPr>'),
        ("<sheets></sheets><x/>", '<sheets></sheets><calcPr fullCalcOnLoad="1"/><x/>'),
        ("<sheets></sheets><definedNames/>", '<sheets></sheets><definedNames/><calcPr fullCalcOnLoad="1"/>'),
        ("<x:sheets></x:sheets><x:ext/>", '<x:sheets></x:sheets><x:calcPr fullCalcOnLoad="1"/><x:ext/>'),
        ("<x:calcPr/>", '<x:calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_full_calculation_is_asked_for_in_that_attribute_alone(before: str, after: str) -> None:
    assert with_full_calculation(f"<a>{before}</a>".encode()) == f"<a>{after}</a>".encode()


def test_a_table_without_header_row_is_left_alone() -> None:
    assert table_area(b'<table id="1" ref="A1:B3" headerRowCount="0"/>') is None
    assert table_area(b'<table id="1" ref="B2:D9"/>') == Box(2, 2, 9, 4)


def test_a_resized_table_keeps_what_it_is() -> None:
    before = (
        "<x:table id='1' ref='A3:B9' totalsRowCount='1'><x:autoFilter ref='A3:B8' xr:uid='{0}'><x:filterColumn/>"
        "<x:sortState ref='A4:B8'/></x:autoFilter><x:sortState ref='A4:B8'><x:sortCondition/></x:sortState>"
        "<x:tableColumns count='2'><x:tableColumn id='1' name='甲' totalsRowLabel='汇总'/></x:tableColumns></x:table>"
    )
    after = (
        "<x:table id='1' ref=\"A3:B4\"><x:autoFilter ref=\"A3:B4\" xr:uid='{0}'/>"
        "<x:tableColumns count='2'><x:tableColumn id='1' name='甲' totalsRowLabel='汇总'/></x:tableColumns></x:table>"
    )
    assert resized_table(before.encode(), Box(3, 1, 4, 2)) == after.encode()


_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {
    CONTENT_TYPES: f'<Types xmlns="{_TYPES}"><Default Extension="bin" ContentType="x/bin"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="x/book"/>'
    '<Override PartName="/xl/sheet%201.xml" ContentType="x/sheet"/>'
    '<Override PartName="/xl/drawing.xml" ContentType="x/drawing"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="a" Type="t/book" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": "<workbook/>",
    "xl/_rels/workbook.xml.rels": f'<p:Relationships xmlns:p="{_RELS}">'
    '<p:Relationship Id="rId1" Type="t/sheet" Target="sheet%201.xml"/><!-- -->'
    '<p:Relationship Id="rId2" Type="t/shared" Target="/xl/shared.bin"/></p:Relationships>',
    "xl/sheet 1.xml": "<sheet/>",
    "xl/_rels/sheet 1.xml.rels": f'<Relationships xmlns="{_RELS}">'
    '<Relationship Id="x" Type="t/link" Target="xl/workbook.xml" TargetMode="External"/>'
    '<Relationship Id="y" Type="t/drawing" Target="drawing.xml"/>'
    '<Relationship Id="z" Type="t/shared" Target="shared.bin"/></Relationships>',
    "xl/drawing.xml": "<drawing/>",
    "xl/_rels/drawing.xml.rels": f'<Relationships xmlns="{_RELS}">'
    '<Relationship Id="x" Type="t/sheet" Target="../xl/sheet%201.xml"/></Relationships>',
    "xl/shared.bin": "shared",
}


def _package(parts: dict[str, str] = _PARTS) -> Package:
    file = io.BytesIO()
    with ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return Package(file.getvalue())


def test_relationships_are_resolved_from_the_part_that_has_them() -> None:
    package = _package()
    assert package.related("", "book") == "xl/workbook.xml"
    assert [(r.id, r.kind, r.target, r.external) for r in package.relationships("xl/sheet 1.xml")] == [
        ("x", "link", "xl/workbook.xml", True),
        ("y", "drawing", "xl/drawing.xml", False),
        ("z", "shared", "xl/shared.bin", False),
    ]
    assert package.content_type("xl/sheet 1.xml") == "x/sheet"
    assert package.content_type("xl/shared.bin") == "x/bin"


def test_a_package_that_was_only_looked_at_is_not_changed() -> None:
    package = _package()
    package.relationships("xl/workbook.xml")
    package.write("xl/workbook.xml", b"<workbook/>")
    assert package.changed() == []


def test_a_removed_part_takes_along_what_it_alone_uses_and_all_that_points_to_it() -> None:
    package = _package()
    package.remove("xl/sheet 1.xml")
    left = Package(package.to_bytes())
    assert left.names() == [
        CONTENT_TYPES,
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/shared.bin",
    ]
    assert [r.id for r in left.relationships("xl/workbook.xml")] == ["rId2"]
    assert b"sheet" not in left.read(CONTENT_TYPES) and b"drawing" not in left.read(CONTENT_TYPES)
    assert left.content_type("xl/workbook.xml") == "x/book"


def test_an_added_part_comes_last_and_is_found_again() -> None:
    package = _package()
    package.write("xl/new/名.xml", b"<new/>")
    package.declare("xl/new/名.xml", "x/new")
    identity = package.relate("xl/sheet 1.xml", "t://new", "xl/new/名.xml")
    made = Package(package.to_bytes())
    assert made.names()[-1] == "xl/new/名.xml"
    assert [r.id for r in made.relationships("xl/sheet 1.xml") if r.target == "xl/new/名.xml"] == [identity]
    assert made.content_type("xl/new/名.xml") == "x/new"


def test_a_damaged_part_that_would_be_copied_is_noticed() -> None:
    content = _package().to_bytes()
    package = Package(content.replace(b"<drawing/>", b"<drawinG/>"))
    with pytest.raises(PackageSyntaxError, match="drawing"):
        package.check()


class _Unseekable(io.BytesIO):
    """Makes zipfile write data descriptors after the members, as programs that stream do."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def _streamed() -> bytes:
    file = _Unseekable()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name in ("a.xml", "b.xml", "目录/c.xml"):
            package.writestr(name, name * 50)
        package.comment = "演示".encode()
    return file.getvalue()


def _zip64() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as package:
        for name in ("a.xml", "b.xml", "目录/c.xml"):
            info = ZipInfo(name, (2017, 9, 1, 10, 15, 2))
            with package.open(info, "w", force_zip64=True) as member:
                member.write((name * 50).encode())
    return file.getvalue()


def _with_other_extra_fields() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name in ("a.xml", "b.xml", "目录/c.xml"):
            info = ZipInfo(name, (2017, 9, 1, 10, 15, 2))
            info.extra = struct.pack("<HH4s", 0x4D4C, 4, b"demo")
            info.external_attr = 0o640 << 16
            info.comment = b"note"
            package.writestr(info, name * 50)
    return b"before the package" + file.getvalue()


@pytest.mark.parametrize("make", [_streamed, _zip64, _with_other_extra_fields])
def test_any_kind_of_zip_is_copied(tmp_path: Path, make: Callable[[], bytes]) -> None:
    source = make()
    new = DeflatedPart(6)
    new.write("后面".encode() * 1000)
    new.finish("前面".encode())
    target = tmp_path / "out.zip"
    with ZipFile(io.BytesIO(source)) as old, target.open("wb") as file:
        copy_package(old, io.BytesIO(source), file, {"b.xml": new, "a.xml": None})
        infos = {info.filename: info for info in old.infolist()}
    with ZipFile(target) as package:
        assert package.testzip() is None
        assert package.namelist() == ["b.xml", "目录/c.xml"]
        assert package.read("b.xml").decode() == "前面" + "后面" * 1000
        assert package.read("目录/c.xml").decode() == "目录/c.xml" * 50
        for info in package.infolist():
            was = infos[info.filename]
            assert (info.date_time, info.external_attr, info.comment) == (was.date_time, was.external_attr, was.comment)
        assert package.comment == old.comment


def test_a_part_larger_than_memory_should_hold_is_whole() -> None:
    part = DeflatedPart(1)
    noise = random.Random(1).randbytes(3_000_000)
    for _ in range(3):
        part.write(noise)
    part.finish(b"head")
    packed = b"".join(part.chunks())
    assert len(packed) == part.compressed_size
    content = zlib.decompress(packed, -15)
    assert content == b"head" + noise * 3
    assert (part.size, part.crc) == (len(content), zlib.crc32(content))
    part.close()
