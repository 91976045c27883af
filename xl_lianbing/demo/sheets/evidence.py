"""The scans of the demonstration: small, valid and each different, for the units that have handed theirs in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from xl_lianbing.demo.made_up.names import DEMO

#: The others have yet to hand in their evidence.
HANDED_IN: Final = frozenset({"吴中区", "姑苏区"})

_FIXED_TIME: Final = (2017, 1, 1, 0, 0, 0)
_DOCUMENT: Final = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{title}</w:t></w:r></w:p></w:body></w:document>",
}


def write_evidence(evidence: Path, files: Mapping[str, Sequence[str]]) -> None:
    """Writes the files that units hand in (unit → names) below 佐证/, scans in a sub-folder of their own."""
    for unit, names in files.items():
        if unit not in HANDED_IN:
            continue
        folder = evidence / unit
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_bytes(_proof(unit, name))


def write_parcel(place: Path, returned: Path, unit: str, files: Sequence[str]) -> None:
    """Writes a ZIP as a district would mail it: its return and its scans in a folder."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr(_entry(f"{unit}填报表.xlsx"), returned.read_bytes())
        for name in files:
            parcel.writestr(_entry(f"佐证材料/{name}"), _proof(unit, name))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _proof(unit: str, name: str) -> bytes:
    title = f"{DEMO} {unit} {name}"
    return one_page_pdf(title) if name.lower().endswith(".pdf") else _word_document(title)


def one_page_pdf(title: str) -> bytes:
    """A page that says DEMO; its title tells it from others."""
    text = b"BT /F1 36 Tf 72 760 Td (DEMO) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title<feff%s>>>" % title.encode("utf-16-be").hex().encode(),
    ]
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)


def _word_document(title: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in _DOCUMENT.items():
            package.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content.format(title=title))
    return made.getvalue()
