"""The ribbon tab 大练兵 with the master's buttons: one part and one relationship more in a finished .xlsm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lxml import etree

from xl_lianbing.excel.macros.buttons import BUTTON_MODULE, BUTTONS, Button
from xl_lianbing.excel.ooxml.package import Package
from xl_lianbing.excel.ooxml.xml import serialised

RIBBON_PART: Final = "customUI/customUI14.xml"
RIBBON_NAMESPACE: Final = "http://schemas.microsoft.com/office/2009/07/customui"
RIBBON_RELATIONSHIP: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
TAB_LABEL: Final = "大练兵"
GROUP_LABEL: Final = "总表操作"

_RELATIONSHIP_ID: Final = "rIdLianbingRibbon"


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
    return serialised(root)


def add_ribbon(workbook: Path) -> None:
    """Add the ribbon to a workbook that holds the VBA project; a second time replaces it.

    The file is replaced in one step; every other part keeps its bytes.

    Raises:
        PackageSyntaxError: the file is no workbook package; it is left as it was.
        OSError: the file or its folder can't be written (for example, it is open); it is left as it was.
    """
    with workbook.open("rb") as file:
        package = Package(file)
        if not any(related.type == RIBBON_RELATIONSHIP for related in package.relationships("")):
            package.relate("", RIBBON_RELATIONSHIP, RIBBON_PART, id=_RELATIONSHIP_ID)
        package.write(RIBBON_PART, ribbon_xml())
        written = package.write_beside(workbook)
    try:
        written.replace(workbook)
    finally:
        written.unlink(missing_ok=True)


def _ui(name: str) -> str:
    return f"{{{RIBBON_NAMESPACE}}}{name}"
