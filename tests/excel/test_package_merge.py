"""Closed-file writing: old and new cells of one sheet, merged, against a plain model of what must come out."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_lianbing.addresses import column_letters, split_address
from xl_lianbing.excel.ooxml.sheet import scan as sheet_scan
from xl_lianbing.excel.ooxml.sheet.rewrite import rewrite_sheet
from xl_lianbing.excel.ooxml.sheet.scan import SheetScan
from xl_lianbing.excel.values import Cells, Table, by_sheet

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Grid = dict[tuple[int, int], int]


def sheet_xml(cells: Mapping[tuple[int, int], int], prefix: str = "", note: str = "") -> bytes:
    """A worksheet part with these numbers; the style of each is its column + 10."""
    p = f"{prefix}:" if prefix else ""
    rows = ""
    for row in sorted({row for row, _ in cells}):
        inner = "".join(
            f'<{p}c r="{column_letters(column)}{row}" s="{column + 10}"><{p}v>{value}</{p}v></{p}c>{note}'
            for (at, column), value in sorted(cells.items())
            if at == row
        )
        rows += f'<{p}row r="{row}" spans="1:9">{inner}</{p}row>'
    namespace = f"xmlns:{prefix}" if prefix else "xmlns"
    return (
        f'<?xml version="1.0"?>\n<{p}worksheet {namespace}="{_NS[1:-1]}"><{p}dimension ref="A1"/>'
        f"<{p}sheetData>{rows}</{p}sheetData><{p}pageMargins/></{p}worksheet>"
    ).encode()


def rewritten(xml: bytes, blocks: Sequence[Table | Cells]) -> bytes:
    (owned,) = by_sheet(blocks).values()
    part = rewrite_sheet(io.BytesIO(xml), owned).part
    content = zlib.decompress(b"".join(part.chunks()), -15)
    assert (len(content), zlib.crc32(content)) == (part.size, part.crc)
    part.close()
    return content


def read(xml: bytes) -> tuple[dict[tuple[int, int], tuple[int, str]], str]:
    """The cells that hold something, with their styles, and the dimension; checks order and addresses."""
    root = ElementTree.fromstring(xml)
    found: dict[tuple[int, int], tuple[int, str]] = {}
    places = []
    for row in root.iter(f"{_NS}row"):
        for cell in row.iter(f"{_NS}c"):
            place = split_address(cell.attrib["r"])
            assert place[0] == int(row.attrib["r"])
            places.append(place)
            value = cell.findtext(f"{_NS}v")
            if value is not None:
                found[place] = (int(value), cell.get("s", ""))
    assert places == sorted(set(places))
    return found, root.find(f"{_NS}dimension").attrib["ref"]  # type: ignore[union-attr]


cell_places = st.tuples(st.integers(1, 9), st.integers(1, 9))
row_values = st.lists(st.lists(st.none() | st.integers(0, 99), min_size=2, max_size=2), max_size=8)


@given(
    old=st.dictionaries(cell_places, st.integers(100, 999)),
    first=st.tuples(st.integers(1, 6), row_values),
    second=st.none() | st.tuples(st.integers(1, 6), row_values),
    single=st.dictionaries(st.tuples(st.integers(1, 9), st.sampled_from([1, 9])), st.integers(1000, 1999), max_size=3),
    prefix=st.sampled_from(["", "x"]),
)
def test_merging_follows_the_model(
    old: Grid,
    first: tuple[int, list[list[int | None]]],
    second: tuple[int, list[list[int | None]]] | None,
    single: Grid,
    prefix: str,
) -> None:
    blocks: list[Table | Cells] = [Cells("表", {f"{column_letters(c)}{r}": v for (r, c), v in single.items()})]
    expected = {place: (value, str(place[1] + 10)) for place, value in old.items()}
    for left, table in ((2, first), (6, second)):
        if table is None:
            continue
        header, rows = table
        blocks.append(Table("表", header, left, 2, iter(rows)))
        for place in [place for place in expected if place[0] > header and left <= place[1] < left + 2]:
            del expected[place]
        for number, values in enumerate(rows, header + 1):
            for column, value in enumerate(values, left):
                if value is not None:
                    style = str(column + 10) if (header + 1, column) in old else ""
                    expected[number, column] = (value, style)
    for place, value in single.items():
        expected[place] = (value, str(place[1] + 10) if place in old else "")
    found, _ = read(rewritten(sheet_xml(old, prefix), blocks))
    assert found == expected


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 64, 1000])
@pytest.mark.parametrize("note", ["", "<!-- </row></sheetData> -->"])
def test_where_the_reader_cuts_its_chunks_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, chunk: int, note: str
) -> None:
    xml = sheet_xml({(row, column): row * column for row in range(1, 8) for column in (1, 2, 5)}, note=note)
    blocks: list[Table | Cells] = [Table("表", 2, 1, 2, [[1, 2], [3, 4]]), Cells("表", {"B1": 5})]
    whole = rewritten(xml, blocks)
    monkeypatch.setattr(sheet_scan, "_CHUNK", chunk)
    assert rewritten(xml, blocks) == whole
    assert read(whole)[1] == "A1:E7"


def test_what_is_scanned_put_together_is_the_part_again() -> None:
    xml = sheet_xml({(row, column): 1 for row in range(1, 400) for column in range(1, 30)})
    scan = SheetScan(io.BytesIO(xml))
    rows = b"".join(b"<row%b>%b</row>" % (row.attributes, row.inner or b"") for row in scan.rows())
    assert scan.head + rows + b"".join(scan.tail()) == xml


def test_the_dimension_grows_and_shrinks() -> None:
    xml = sheet_xml({(1, 1): 1, (2, 1): 1, (90, 2): 1})
    for count, ref in ((0, "A1:B3"), (1, "A1:B3"), (200, "A1:B202")):
        xml = rewritten(xml, [Table("表", 2, 1, 2, [[i, i] for i in range(count)])])
        assert read(xml)[1] == ref


def test_new_rows_repeat_a_height_that_was_set_but_not_one_that_was_fitted() -> None:
    for given_attributes, lasting in (
        ('ht="40" customHeight="1"', ' ht="40" customHeight="1"'),
        ('ht="40" customHeight="true" hidden="1"', ' ht="40" customHeight="true"'),
        ('ht="40" customHeight="false"', ""),
        ('ht="40"', ""),
    ):
        xml = sheet_xml({(1, 1): 1, (2, 1): 1}).replace(b'r="2" spans="1:9"', f'r="2" {given_attributes}'.encode())
        result = rewritten(xml, [Table("表", 1, 1, 1, [[1], [2]])]).decode()
        assert re.findall(r'<row r="[23]"([^>]*)>', result) == [lasting, lasting]
