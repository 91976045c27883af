"""The ribbon tab 大练兵 with the master's buttons: one part and one relationship more in a finished .xlsm."""

from __future__ import annotations

import copy
import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lxml import etree

from xl_lianbing.excel.macros.buttons import BUTTON_MODULE, BUTTONS, Button

RIBBON_PART: Final = "customUI/customUI14.xml"
RIBBON_NAMESPACE: Final = "http://schemas.microsoft.com/office/2009/07/customui"
RIBBON_RELATIONSHIP: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
TAB_LABEL: Final = "大练兵"
GROUP_LABEL: Final = "总表操作"

_PACKAGE_RELATIONSHIPS: Final = "_rels/.rels"
_RELATIONSHIPS_NAMESPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIP_ID: Final = "rIdLianbingRibbon"
_PART_DATE: Final = (1980, 1, 1, 0, 0, 0)


def ribbon_xml(buttons: Sequence[Button] = BUTTONS) -> bytes:
    """The text of the ribbon part; every button calls its ``OnRibbon…`` Sub."""
    root = etree.Element(_ui("customUI"), nsmap={None: RIBBON_NAMESPACE})
    tabs = etree.SubElement(etree.SubElement(root, _ui("ribbon")), _ui("tabs"))
    tab = etree.SubElement(tabs, _ui("tab"), id="LianbingTab", label=TAB_LABEL)
    group = etree.SubElement(tab, _ui("group"), id="LianbingGroup", label=GROUP_LABEL)
    for button in buttons:
        etree.SubElement(
            group,
            _ui("button"),
            id=button.macro,
            label=button.caption,
            screentip=button.caption,
            supertip=button.tip,
            size="large",
            imageMso=button.image_mso,
            onAction=f"{BUTTON_MODULE}.{button.ribbon_macro}",
        )
    return _text(root)


def add_ribbon(package: Path) -> None:
    """Add the ribbon to a workbook that holds the VBA project; a second time replaces it.

    The file is replaced in one step; every other part keeps its bytes.

    Raises:
        zipfile.BadZipFile, KeyError: the file is no workbook package; it is left as it was.
        OSError: the file or its folder can't be written (for example, it is open); it is left as it was.
    """
    handle, name = tempfile.mkstemp(dir=package.parent, prefix=f".{package.stem}-", suffix=".tmp")
    written = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            with zipfile.ZipFile(package) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
                _copy_with_ribbon(source, target)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(package, written)
        written.replace(package)
    finally:
        written.unlink(missing_ok=True)


def _copy_with_ribbon(source: zipfile.ZipFile, target: zipfile.ZipFile) -> None:
    relationships = _with_relationship(source.read(_PACKAGE_RELATIONSHIPS))
    for part in source.infolist():
        if part.filename == RIBBON_PART:
            continue
        if part.filename == _PACKAGE_RELATIONSHIPS:
            target.writestr(copy.copy(part), relationships)
            continue
        with source.open(part) as read, target.open(copy.copy(part), "w") as write:
            shutil.copyfileobj(read, write)
    ribbon = zipfile.ZipInfo(RIBBON_PART, _PART_DATE)
    ribbon.compress_type = zipfile.ZIP_DEFLATED
    target.writestr(ribbon, ribbon_xml())


def _with_relationship(relationships: bytes) -> bytes:
    root = etree.fromstring(relationships, etree.XMLParser(resolve_entities=False, no_network=True))
    tag = f"{{{_RELATIONSHIPS_NAMESPACE}}}Relationship"
    for present in root.findall(tag):
        if present.get("Type") == RIBBON_RELATIONSHIP:
            root.remove(present)
    etree.SubElement(root, tag, Id=_RELATIONSHIP_ID, Type=RIBBON_RELATIONSHIP, Target=RIBBON_PART)
    return _text(root)


def _ui(name: str) -> str:
    return f"{{{RIBBON_NAMESPACE}}}{name}"


def _text(root: etree._Element) -> bytes:
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return text
