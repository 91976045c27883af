"""The notes (comments) of a sheet, in two parts of the package: ours come and go, everybody else's stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from xl_lianbing.addresses import MAX_COLUMN, MAX_ROW, column_letters, split_address
from xl_lianbing.excel.ooxml.package import Package
from xl_lianbing.excel.ooxml.sheet.cell_xml import storable
from xl_lianbing.excel.ooxml.sheet.restyled import Place, RestyledSheet
from xl_lianbing.excel.ooxml.xml import MAIN, main_tag

AUTHOR: Final = "大练兵校核"
#: Every note of ours begins with it; below a note of somebody else's, so does our part of it.
MARKER: Final = "【校核】"

_VML, _OFFICE, _EXCEL = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    ("urn:schemas-microsoft-com:office:excel"),
)
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SHAPE_KIND = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BLOCK = 1024
_ROW_PIXELS, _LINE_PIXELS, _WIDE_PIXELS = 20, 18, 320
_HALF_WIDTHS_A_LINE = 44
#: Notes that stand for a thread of newer programs; their text is not shown, so nothing is added to it.
_THREAD = "tc="


class Notes:
    """The notes of one sheet of a package."""

    def __init__(self, package: Package, sheet: str, xml: RestyledSheet) -> None:
        self._package = package
        self._sheet = sheet
        self._xml = xml
        self._comments = package.related(sheet, "comments")
        wanted = xml.notes_relation()
        drawings = (r.target for r in package.relationships(sheet) if r.kind == "vmlDrawing" and r.id == wanted)
        self._drawing = next((target for target in drawings if target in package), "")

    def take_off(self) -> int:
        """Removes our notes, and our part of other people's; returns how many there were."""
        if not self._comments:
            return 0
        root = self._package.tree(self._comments)
        names = [a.text or "" for a in root.iterfind(f"{main_tag('authors')}/{main_tag('author')}")]
        listed = root.find(main_tag("commentList"))
        if listed is None:
            return 0
        gone, cut = [], 0
        for comment in list(listed):
            text = _text_of(comment)
            author = names[int(comment.get("authorId", "0"))] if names else ""
            if text.lstrip().startswith(MARKER) or (author == AUTHOR and MARKER in text[:40]):
                listed.remove(comment)
                gone.append(comment.get("ref", ""))
            elif f"\n{MARKER}" in text:
                _cut(comment)
                cut += 1
        if gone:
            self._take_shapes_off({ref for ref in gone if ref})
            if not len(listed):
                self._package.remove(self._comments)
                self._comments = ""
        return len(gone) + cut

    def _take_shapes_off(self, refs: set[str]) -> None:
        if not self._drawing:
            return
        root = self._package.tree(self._drawing, lenient=True)
        places = {split_address(ref) for ref in refs}
        for shape in list(root.iterfind(f"{{{_VML}}}shape")):
            if _place_of(shape) in places:
                root.remove(shape)
        if root.find(f"{{{_VML}}}shape") is None and root.find(f".//{{{_EXCEL}}}ClientData") is None:
            self._package.remove(self._drawing)
            self._xml.set_notes_relation("")
            self._drawing = ""

    def add(self, texts: Mapping[Place, str]) -> None:
        """Puts notes on cells: below the note that somebody else left there, or as notes of their own."""
        if not texts:
            return
        if not self._comments:
            self._comments = self._package.free_name("xl/comments{}.xml")
            root = etree.Element(main_tag("comments"), nsmap={None: MAIN})
            etree.SubElement(root, main_tag("authors"))
            etree.SubElement(root, main_tag("commentList"))
            self._package.put_tree(self._comments, root)
            self._package.declare(self._comments, _COMMENTS_TYPE)
            self._package.relate(self._sheet, "comments", self._comments)
        root = self._package.tree(self._comments)
        authors, listed = root.find(main_tag("authors")), root.find(main_tag("commentList"))
        if authors is None or listed is None:
            return
        names = [a.text or "" for a in authors]
        there = {c.get("ref", ""): c for c in listed}
        fresh: dict[Place, str] = {}
        for (row, column), text in sorted(texts.items()):
            ref = f"{column_letters(column)}{row}"
            if ref not in there:
                fresh[row, column] = text
            elif not names[int(there[ref].get("authorId", "0"))].startswith(_THREAD):
                _append_run(there[ref], f"\n{text}")
        if not fresh:
            return
        if AUTHOR not in names:
            etree.SubElement(authors, main_tag("author")).text = AUTHOR
            names.append(AUTHOR)
        for (row, column), text in fresh.items():
            number = str(names.index(AUTHOR))
            comment = etree.SubElement(
                listed, main_tag("comment"), ref=f"{column_letters(column)}{row}", authorId=number
            )
            etree.SubElement(comment, main_tag("text"))
            _append_run(comment, text)
        listed[:] = sorted(listed, key=lambda c: _order(c.get("ref", "")))
        self._add_shapes(fresh)

    def _add_shapes(self, texts: Mapping[Place, str]) -> None:
        if not self._drawing:
            self._drawing = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
            root = etree.Element("xml", nsmap={"v": _VML, "o": _OFFICE, "x": _EXCEL})
            self._package.put_tree(self._drawing, root)
            self._package.declare_extension("vml", _VML_TYPE)
            self._xml.set_notes_relation(self._package.relate(self._sheet, "vmlDrawing", self._drawing))
        root = self._package.tree(self._drawing, lenient=True)
        if not any(kind.get("id") == "_x0000_t202" for kind in root.iterfind(f"{{{_VML}}}shapetype")):
            root.insert(0, etree.fromstring(_SHAPE_KIND))
        numbers = self._free_numbers(root, len(texts))
        for (place, text), number in zip(texts.items(), numbers, strict=False):
            root.append(etree.fromstring(self._shape(place, text, number)))

    def _free_numbers(self, root: etree._Element, count: int) -> Iterator[int]:
        """Numbers for shapes in blocks of 1,024 that no drawing of the package has taken; the blocks are taken."""
        taken = {0}
        for name in self._package.names():
            if name.lower().endswith(".vml"):
                found = re.findall(rb"""idmap[^>]*?\bdata=["']([\d,]+)["']""", self._package.read(name))
                taken |= {int(block) for blocks in found for block in blocks.split(b",") if block}
        first = max(taken) + 1
        blocks = list(range(first, first + -(-count // (_BLOCK - 1))))
        layout = root.find(f"{{{_OFFICE}}}shapelayout")
        if layout is None:
            layout = etree.Element(f"{{{_OFFICE}}}shapelayout", {f"{{{_VML}}}ext": "edit"})
            root.insert(0, layout)
        idmap = layout.find(f"{{{_OFFICE}}}idmap")
        if idmap is None:
            idmap = etree.SubElement(layout, f"{{{_OFFICE}}}idmap", {f"{{{_VML}}}ext": "edit"})
        known = idmap.get("data", "")
        idmap.set("data", ",".join([*([known] if known else []), *map(str, blocks)]))
        return (block * _BLOCK + n for block in blocks for n in range(1, _BLOCK))

    def _shape(self, place: Place, text: str, number: int) -> str:
        row, column = place
        left = min(column, MAX_COLUMN - 2)
        right, beyond = left, _WIDE_PIXELS + 12
        while right < MAX_COLUMN - 1 and beyond > (width := int(self._xml.column_width(right + 1) * 7 + 5)):
            beyond -= width
            right += 1
        lines = sum(
            -(-sum(2 if c > "\u2000" else 1 for c in line) // _HALF_WIDTHS_A_LINE) or 1 for line in text.split("\n")
        )
        top = max(row - 2, 0)
        rows, rest = divmod(10 + _LINE_PIXELS * (lines + 1), _ROW_PIXELS)
        bottom = min(top + rows, MAX_ROW - 1)
        return (
            f'<v:shape xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}" id="_x0000_s{number}"'
            ' type="#_x0000_t202" style="position:absolute;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
            ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
            '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/>'
            '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{left}, 12, {top}, 10, {right}, {max(beyond, 0)}, {bottom}, {rest}</x:Anchor>"
            f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData>"
            "</v:shape>"
        )


def _order(ref: str) -> Place:
    try:
        return split_address(ref)
    except ValueError:
        return (MAX_ROW + 1, 0)


def _text_of(comment: etree._Element) -> str:
    return "".join(t.text or "" for t in comment.iterfind(f"{main_tag('text')}//{main_tag('t')}"))


def _append_run(comment: etree._Element, text: str) -> None:
    holder = comment.find(main_tag("text"))
    if holder is None:
        holder = etree.SubElement(comment, main_tag("text"))
    run = etree.SubElement(holder, main_tag("r"))
    look = etree.SubElement(run, main_tag("rPr"))
    for name, value in (("sz", "9"), ("color", None), ("rFont", "微软雅黑"), ("family", "2"), ("charset", "134")):
        etree.SubElement(look, main_tag(name), {"val": value} if value else {"indexed": "81"})
    written = etree.SubElement(run, main_tag("t"))
    written.text = storable(text)
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _cut(comment: etree._Element) -> None:
    """Takes our part off: everything from the line that begins with the marker."""
    seen, ended = "", False
    for element in list(comment.iterfind(f"{main_tag('text')}//{main_tag('t')}")):
        text = element.text or ""
        if not ended:
            whole = seen + text
            at = whole.find(f"\n{MARKER}")
            if at < 0:
                seen = whole
                continue
            ended = True
            element.text = whole[len(seen) : at] if at >= len(seen) else ""
        else:
            element.text = ""
    for run in list(comment.iterfind(f"{main_tag('text')}/{main_tag('r')}")):
        if not "".join(t.text or "" for t in run.iterfind(main_tag("t"))):
            run.getparent().remove(run)


def _place_of(shape: etree._Element) -> Place | None:
    data = shape.find(f"{{{_EXCEL}}}ClientData")
    if data is None or data.get("ObjectType") != "Note":
        return None
    row, column = data.findtext(f"{{{_EXCEL}}}Row"), data.findtext(f"{{{_EXCEL}}}Column")
    return (int(row) + 1, int(column) + 1) if row and column else None
