"""Seeded damage to a return: to its bytes, to the XML of its parts, to its cells."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping

Parts = dict[str, bytes]

_TEXTS = (
    "=1+1", "@x", "-", "无", "\u202e逆", "\u200b", "𠮷", "👨‍👩‍👧", "字" * 10_000, "合计", "2017-13-45", "1e400", "nan",
    "吴环罚〔2017〕1号", "999999999999999999999", "是", "#N/A", "&lt;x&gt;", "_x0000_", " ", "%s%n",
    "\\\\srv\\x", "../../x",
)  # fmt: skip
_NUMBERS = ("0", "-1", "1e308", "-1e-300", "42948", "2958466", "99999999999999999999", "", "NaN", "1,5", "０")
_ADDRESSES = (
    "A1", "B5", "XFD1048576", "ZZ99", "A1048576", "AAAA1", "A0", "A99999999999", "", "1A", "a5", "DY7",
    "B99999", "&#65;1",
)  # fmt: skip
_SNIPPETS = (
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"<!-- ", b"-->", b"<![CDATA[", b"]]>", b"</row>", b"<row>",
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b"<c><v>1</v></c>", b"\xff\xfe", b"\0", b"</sheetData>",
    b"<sheetData>", b'<c r="A1" t="s"><v>99999999</v></c>', b'<c r="C7" t="e"><v>#WAT!</v></c>', b"<f>1</f>", b"<x:c/>",
    b'<mergeCell ref="A1:XFD1048576"/>', b'<row r="9" hidden="1"/>', b'" hidden="1"', b"<is><t>x</t></is>",
)  # fmt: skip


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def in_bytes(dice: random.Random, content: bytes) -> bytes:
    """Bits turned, pieces cut, doubled, moved or blanked anywhere in the file."""
    data = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 5, 40))):
        at, length = dice.randrange(len(data)), dice.choice((1, 2, 4, 30, 500))
        # The directory at the end is small, and most of the harm can be done there.
        at = max(len(data) - dice.randrange(2_000) - 1, 0) if dice.random() < 0.4 else at
        match dice.randrange(6):
            case 0:
                data[at] ^= 1 << dice.randrange(8)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                data[at : at + length] = bytes(len(data[at : at + length]))
            case 4:
                data[at : at + 4] = dice.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"))
            case 5:
                del data[at:]
        if not data:
            return b""
    return bytes(data)


def in_xml(dice: random.Random, parts: Parts) -> bytes:
    """Markup thrown into, cut out of or moved between the parts."""
    changed = dict(parts)
    for _ in range(dice.choice((1, 1, 2, 4))):
        name = dice.choice(list(changed))
        data = changed[name]
        match dice.randrange(7):
            case 0:
                at = dice.randrange(len(data) + 1)
                changed[name] = data[:at] + dice.choice(_SNIPPETS) + data[at:]
            case 1:
                tags = [m.start() for m in re.finditer(b"<", data)] or [0]
                at = dice.choice(tags)
                changed[name] = data[:at] + dice.choice(_SNIPPETS) + data[at:]
            case 2:
                at = dice.randrange(len(data) + 1)
                changed[name] = data[:at] + data[at + dice.choice((1, 5, 50)) :]
            case 3:
                if len(changed) > 1:
                    del changed[name]
            case 4:
                changed[dice.choice(list(changed))] = data
            case 5:
                changed[name] = data.decode("utf-8", "replace").encode(
                    dice.choice(("utf-16", "utf-8-sig", "gb18030")), "replace"
                )
            case 6:
                found = re.findall(rb'="([^"]{1,30})"', data)
                if found:
                    value = dice.choice(_ADDRESSES + _NUMBERS).encode()
                    changed[name] = data.replace(b'="' + dice.choice(found) + b'"', b'="' + value + b'"', 1)
    return packed(changed)


def in_cells(dice: random.Random, parts: Parts) -> bytes:
    """Cells with other addresses, types, values; rows moved, hidden, doubled; everything else in order."""
    changed = dict(parts)
    sheets = [name for name in changed if name.startswith("xl/worksheets/sheet")]
    for _ in range(dice.choice((1, 3, 10))):
        name = dice.choice(sheets)
        xml = changed[name].decode("utf-8", "replace")
        cells = list(re.finditer(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', xml))
        rows = list(re.finditer(r'<row r="(\d+)"', xml))
        if not cells:
            continue
        cell, row = dice.choice(cells), dice.choice(rows)
        changed[name] = dice.choice(_CELL_CHANGES)(dice, xml, cell, row).encode("utf-8", "replace")
    return packed(changed)


_Change = Callable[[random.Random, str, "re.Match[str]", "re.Match[str]"], str]


def _put(xml: str, match: re.Match[str], text: str) -> str:
    return xml[: match.start()] + text + xml[match.end() :]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


_CELL_CHANGES: tuple[_Change, ...] = (
    lambda d, x, c, r: _put(
        x, c, f'<c r="{c[1]}{c[2]}" t="inlineStr"><is><t>{_escaped(d.choice(_TEXTS))}</t></is></c>'
    ),
    lambda d, x, c, r: _put(x, c, f'<c r="{c[1]}{c[2]}"><v>{d.choice(_NUMBERS)}</v></c>'),
    lambda d, x, c, r: _put(x, c, f'<c r="{c[1]}{c[2]}" t="e"><v>{d.choice(("#N/A", "#REF!", "#DIV/0!"))}</v></c>'),
    lambda d, x, c, r: _put(x, c, f'<c r="{c[1]}{c[2]}"><f>[1]x!A1</f><v>{d.choice(_NUMBERS)}</v></c>'),
    lambda d, x, c, r: _put(x, c, c[0].replace(f'"{c[1]}{c[2]}"', f'"{d.choice(_ADDRESSES)}"')),
    lambda d, x, c, r: _put(x, c, ""),
    lambda d, x, c, r: _put(x, c, c[0] + c[0]),
    lambda d, x, c, r: _put(x, c, f'<c r="{c[1]}{c[2]}" t="b"><v>1</v></c>'),
    lambda d, x, c, r: _put(x, r, f'<row r="{d.choice((1, 4, 7, 1_048_576, 99_999_999, 0))}"'),
    lambda d, x, c, r: _put(x, r, f'{r[0]} hidden="1"'),
    lambda d, x, c, r: x.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="B5:B7"/></mergeCells>'),
    lambda d, x, c, r: x.replace("<sheetData>", '<cols><col min="1" max="3" hidden="1"/></cols><sheetData>'),
)
