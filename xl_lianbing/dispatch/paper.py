"""An official document in the form of GB/T 9704-2012 (A4, 22 lines of 28 characters), a Word file anybody can edit.

python-docx is imported only where a document is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

#: Distance of lines, in points and in twentieths of a point: 22 of them fill the 225 mm between the margins.
_PITCH: Final = 28.95
_GRID: Final = 579
#: What draws the characters of the body together so that 28 fit on a line, in twentieths of a point.
_CLOSER: Final = -5
_BODY_SIZE: Final = 16
_LATIN: Final = "Times New Roman"
_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
#: The blank as wide as a character.
_WIDE: Final = "\u3000"
_RED: Final = "FF0000"


class Face(Enum):
    """The typefaces of the standard."""

    BODY = "仿宋"
    HEADING = "黑体"
    SUBHEADING = "楷体"
    TITLE = "方正小标宋简体"
    PAGE = "宋体"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under a title on a page of its own, its first row repeated on every page; `note` stands beneath it."""

    title: str
    rows: Sequence[Sequence[str]]
    note: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document says. `number`: what stands for the 发文字号; `body`: a text is a paragraph."""

    issuer: str
    number: str
    title: Sequence[str]
    addressees: str
    body: Sequence[str | Heading]
    signed_on: date
    attachment: Sheet


def typeset(paper: Paper) -> bytes:
    """The same paper gives the same bytes."""
    from docx import Document as new_document

    document = new_document()
    _strip(document)
    _set_page(document)
    _head(document, paper)
    for part in paper.body:
        if isinstance(part, Heading):
            keep = _paragraph(document, part.text, Face.HEADING).paragraph_format
            keep.keep_with_next = keep.keep_together = True
        else:
            _paragraph(document, part)
    _sign(document, paper)
    _attach(document, paper.attachment)
    _page_numbers(document)
    _describe(document, paper)
    stream = BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _strip(document: Document) -> None:
    """Leaves of python-docx's own template nothing but what a document can't be without: its styles name MS Mincho."""
    from docx.oxml.ns import qn

    for key, related in list(document.part.rels.items()):
        if related.reltype.endswith("/stylesWithEffects"):
            document.part.rels.pop(key)
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:default")) != "1":
            styles.remove(style)
    for latent in styles.findall(qn("w:latentStyles")):
        styles.remove(latent)
    defaults = styles.find(qn("w:docDefaults"))
    for properties in defaults.iter(qn("w:rPr")):
        for child in list(properties):
            properties.remove(child)
        properties.append(_element("w:rFonts", **_fonts(Face.BODY)))
        properties.append(_element("w:sz", val=2 * _BODY_SIZE))
        properties.append(_element("w:szCs", val=2 * _BODY_SIZE))
        properties.append(_element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    for properties in defaults.iter(qn("w:pPr")):
        for child in list(properties):
            properties.remove(child)
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) == "Normal":
            for child in style.findall(qn("w:rPr")) + style.findall(qn("w:pPr")):
                style.remove(child)


def _set_page(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)
    section.footer_distance = Mm(28)
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(_element("w:docGrid", type="lines", linePitch=_GRID))


def _head(document: Document, paper: Paper) -> None:
    mark = _paragraph(document, f"{paper.issuer}文件", Face.TITLE, 40, centred=True, pitch=60, color=_RED)
    mark.paragraph_format.space_before, mark.paragraph_format.space_after = _points(30), _points(30)
    number = _paragraph(document, paper.number, centred=True)
    border = _element("w:pBdr")
    border.append(_element("w:bottom", val="single", sz=18, space=4, color=_RED))
    _put(number, border)
    _blank(document)
    for line in paper.title:
        title = _paragraph(document, line, Face.TITLE, 22, centred=True, pitch=34)
        title.paragraph_format.keep_with_next = True
    _blank(document)
    _paragraph(document, paper.addressees, indented=False)


def _sign(document: Document, paper: Paper) -> None:
    """附件说明, then who signs and when: never alone on a page."""
    _blank(document).paragraph_format.keep_with_next = True
    _paragraph(document, f"附件：{paper.attachment.title}").paragraph_format.keep_with_next = True
    for _ in range(2):
        _blank(document).paragraph_format.keep_with_next = True
    day = paper.signed_on
    for text, last in ((paper.issuer, False), (f"{day.year}年{day.month}月{day.day}日", True)):
        line = _paragraph(document, text, indented=False)
        line.alignment = _align("RIGHT")
        line.paragraph_format.right_indent = _points(4 * _BODY_SIZE)
        line.paragraph_format.keep_with_next = not last


def _attach(document: Document, sheet: Sheet) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT

    label = _paragraph(document, "附件", Face.HEADING, indented=False)
    label.paragraph_format.page_break_before = True
    label.paragraph_format.keep_with_next = True
    title = _paragraph(document, sheet.title, Face.TITLE, 22, centred=True, pitch=34)
    title.paragraph_format.keep_with_next = True
    table = document.add_table(len(sheet.rows), len(sheet.rows[0]))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    borders = _element("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{edge}", val="single", sz=4, space=0, color="000000"))
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for number, texts in enumerate(sheet.rows):
        row = table.rows[number]
        properties = row._tr.get_or_add_trPr()
        properties.append(_element("w:cantSplit"))
        if number == 0:
            properties.append(_element("w:tblHeader"))
        for cell, text in zip(row.cells, texts, strict=True):
            line = cell.paragraphs[0]
            _set(line, text, Face.BODY if number else Face.HEADING, 12, pitch=20)
            line.alignment = _align("CENTER")
    note = _paragraph(document, sheet.note, Face.BODY, 12, indented=False, pitch=20)
    note.paragraph_format.space_before = _points(6)


def _page_numbers(document: Document) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line._p.get_or_add_pPr().style = None
    line.alignment = _align("CENTER")
    _run(line, "— ", Face.PAGE, 14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(line, "", Face.PAGE, 14)
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        else:
            code = _element("w:instrText")
            code.text = text
            run._r.append(code)
    _run(line, " —", Face.PAGE, 14)


def _describe(document: Document, paper: Paper) -> None:
    about, moment = document.core_properties, datetime(paper.signed_on.year, paper.signed_on.month, paper.signed_on.day)
    about.author = about.last_modified_by = _clean(paper.issuer)
    about.title, about.comments, about.keywords = _clean("".join(paper.title)), "", ""
    about.created = about.modified = moment
    about.revision = 1


def _paragraph(
    document: Document,
    text: str,
    face: Face = Face.BODY,
    size: float = _BODY_SIZE,
    *,
    centred: bool = False,
    indented: bool = True,
    pitch: float = _PITCH,
    color: str = "",
) -> Paragraph:
    line = document.add_paragraph()
    _set(line, text, face, size, pitch=pitch, color=color)
    if centred:
        line.alignment = _align("CENTER")
    elif indented:
        _put(line, _element("w:ind", firstLineChars=200, firstLine=2 * 20 * _BODY_SIZE))
    return line


def _blank(document: Document) -> Paragraph:
    return _paragraph(document, "", indented=False)


def _set(line: Paragraph, text: str, face: Face, size: float, *, pitch: float, color: str = "") -> None:
    from docx.enum.text import WD_LINE_SPACING

    shape = line.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, _points(pitch)
    shape.space_before = shape.space_after = _points(0)
    shape.widow_control = False
    if size != _BODY_SIZE:
        _put(line, _element("w:snapToGrid", val=0))
    _run(line, text, face, size, color)


def _run(line: Paragraph, text: str, face: Face, size: float, color: str = "") -> Any:
    run = line.add_run(_clean(text))
    properties = run._r.get_or_add_rPr()
    properties.append(_element("w:rFonts", **_fonts(face)))
    if color:
        properties.append(_element("w:color", val=color))
    if size == _BODY_SIZE:
        properties.append(_element("w:spacing", val=_CLOSER))
    properties.append(_element("w:sz", val=round(2 * size)))
    properties.append(_element("w:szCs", val=round(2 * size)))
    return run


def _fonts(face: Face) -> dict[str, str]:
    return {"ascii": _LATIN, "hAnsi": _LATIN, "eastAsia": face.value, "cs": _LATIN}


#: What stands after these in a paragraph's properties (CT_PPr asks for an order).
_AFTER: Final = {
    "w:pBdr": ("shd", "tabs", "suppressAutoHyphens", "snapToGrid", "spacing", "ind", "jc", "rPr"),
    "w:snapToGrid": ("spacing", "ind", "jc", "rPr"),
    "w:ind": ("jc", "rPr"),
}


def _put(line: Paragraph, element: Any) -> None:
    from docx.oxml.ns import NamespacePrefixedTag

    properties = line._p.get_or_add_pPr()
    tag = str(NamespacePrefixedTag.from_clark_name(element.tag))
    properties.insert_element_before(element, *(f"w:{name}" for name in _AFTER[tag]))


def _element(tag: str, **attributes: object) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def _align(name: str) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return getattr(WD_ALIGN_PARAGRAPH, name)


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _clean(text: str) -> str:
    """Without what XML can't hold."""
    return "".join(c if c.isprintable() or c == _WIDE else " " for c in text)


def _without_times(package: bytes) -> bytes:
    """The package with the same time at every part."""
    stream = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = ZipInfo(name, _FIXED_TIME)
            part.compress_type = ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return stream.getvalue()
