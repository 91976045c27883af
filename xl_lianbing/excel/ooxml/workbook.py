"""The workbook part: its sheets and their names, how it calculates; and the custom properties of the file."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from xl_lianbing.excel.ooxml.package import Package
from xl_lianbing.excel.ooxml.xml import REL, PackageSyntaxError, main_tag

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY_SET: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: Before <definedNames> in a workbook (ECMA-376 part 1, 18.2.27).
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_CALC_TAG = re.compile(r"<((?:[\w.-]+:)?)calcPr(\s[^<>]*?)?(/?)>")
_FULL_CALC = re.compile(r"""(\sfullCalcOnLoad\s*=\s*)(?:"([^"]*)"|'([^']*)')""")
_BEFORE_CALC = re.compile(
    r"</((?:[\w.-]+:)?)(?:sheets|functionGroups|externalReferences|definedNames)\s*>"
    r"|<((?:[\w.-]+:)?)(?:functionGroups|externalReferences|definedNames)(?:\s[^<>]*)?/>"
)


class Workbook:
    """The sheets of a package by name, in their order."""

    def __init__(self, package: Package) -> None:
        """Raises PackageSyntaxError for what is no workbook."""
        self.package = package
        self.part = package.related("", "officeDocument")
        if self._root.find("{*}sheets") is None:
            raise PackageSyntaxError("no sheets")

    @property
    def _root(self) -> etree._Element:
        return self.package.tree(self.part)

    @property
    def _sheets(self) -> etree._Element:
        return self._root.find("{*}sheets")

    def sheet_parts(self) -> dict[str, str]:
        """Name → part of every worksheet; chart sheets and the like are left out."""
        parts = {r.id: r.target for r in self.package.relationships(self.part) if r.kind == "worksheet"}
        found = {}
        for sheet in self._sheets.iterfind("{*}sheet"):
            ids = [value for key, value in sheet.attrib.items() if key.endswith("/relationships}id")]
            if ids and ids[0] in parts:
                found[sheet.get("name", "")] = parts[ids[0]]
        return found

    def part_of(self, kind: str) -> str:
        """The part of a kind (styles, sharedStrings) that the workbook refers to; empty: none."""
        return self.package.related(self.part, kind)

    @property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        settings = self._root.find("{*}workbookPr")
        return settings is not None and settings.get("date1904", "") in ("1", "true")

    def calculate_on_load(self) -> None:
        """Has every formula calculated when the workbook is opened; the chain of an earlier calculation goes."""
        self.package.write(self.part, with_full_calculation(self.package.read(self.part)))
        self.take_parts_out("calcChain")

    def remove_sheet(self, name: str) -> bool:
        """Takes a worksheet out with what it alone uses. Returns whether there was one."""
        part = self.sheet_parts().get(name)
        if part is None or len(self._sheets) < 2:
            return False
        index = next(i for i, sheet in enumerate(self._sheets) if sheet.get("name") == name)
        self.package.remove(part)
        self._sheets.remove(self._sheets[index])
        self._shift_names(index, -1)
        for view in self._views():
            for place in ("activeTab", "firstSheet"):
                if int(view.get(place, "0")) > index:
                    view.set(place, str(int(view.get(place, "0")) - 1))
                elif int(view.get(place, "0")) == index:
                    view.attrib.pop(place, None)
        return True

    def add_first_sheet(self, name: str, content: bytes, names: dict[str, str]) -> None:
        """Puts a worksheet before all others and opens the workbook on it. `names`: its own defined names."""
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.write(part, content)
        self.package.declare(part, _SHEET_TYPE)
        number = 1 + max((int(sheet.get("sheetId", "0")) for sheet in self._sheets), default=0)
        made = etree.Element(main_tag("sheet"), name=name, sheetId=str(number))
        made.set(f"{{{REL}}}id", self.package.relate(self.part, "worksheet", part))
        self._sheets.insert(0, made)
        self._shift_names(0, 1)
        for view in self._views():
            view.attrib.pop("activeTab", None)
            view.attrib.pop("firstSheet", None)
        self._add_names(names)

    def _add_names(self, names: dict[str, str]) -> None:
        owner = self._root.find(main_tag("definedNames"))
        if owner is None:
            owner = etree.Element(main_tag("definedNames"))
            tags = [main_tag(tag) for tag in _BEFORE_NAMES]
            last = max(i for i, child in enumerate(self._root) if child.tag in tags)
            self._root.insert(last + 1, owner)
        for name, refers_to in names.items():
            made = etree.SubElement(owner, main_tag("definedName"), name=name, localSheetId="0")
            made.text = refers_to
            if name.endswith("_FilterDatabase"):
                made.set("hidden", "1")
        owner[:] = sorted(owner, key=lambda n: (n.get("name", "").lower(), int(n.get("localSheetId", "-1"))))

    def _views(self) -> list[etree._Element]:
        return list(self._root.iterfind(f"{main_tag('bookViews')}/{main_tag('workbookView')}"))

    def _shift_names(self, index: int, by: int) -> None:
        """Names that belong to a sheet say which by its place; those of a sheet that goes, go with it."""
        owner = self._root.find(main_tag("definedNames"))
        for name in [] if owner is None else list(owner):
            place = name.get("localSheetId")
            if place is None:
                continue
            if by < 0 and int(place) == index:
                owner.remove(name)
            elif int(place) >= index:
                name.set("localSheetId", str(int(place) + by))
        if owner is not None and not len(owner):
            self._root.remove(owner)

    def take_parts_out(self, *kinds: str) -> None:
        """Removes what the workbook refers to in these ways (a calculation chain, a macro project)."""
        for related in self.package.relationships(self.part):
            if related.kind in kinds and related.target in self.package:
                self.package.remove(related.target)

    def without_macros(self) -> None:
        """A workbook with macros as one without: a copy is never the way for a macro to travel."""
        if self.package.content_type(self.part) != _PLAIN_TYPE:
            self.take_parts_out("vbaProject")
            self.package.declare(self.part, _PLAIN_TYPE)


def with_full_calculation(workbook_xml: bytes) -> bytes:
    """The workbook part with ``fullCalcOnLoad="1"``; unchanged if it has that already."""
    text = workbook_xml.decode("utf-8", "surrogateescape")
    tag = _CALC_TAG.search(text)
    if tag is None:
        places = list(_BEFORE_CALC.finditer(text))
        if not places:
            return workbook_xml
        prefix = places[-1][1] or places[-1][2] or ""
        at = places[-1].end()
        text = f'{text[:at]}<{prefix}calcPr fullCalcOnLoad="1"/>{text[at:]}'
    else:
        given = _FULL_CALC.search(tag[0])
        if given is None:
            at = tag.start() + len(f"<{tag[1]}calcPr")
            text = f'{text[:at]} fullCalcOnLoad="1"{text[at:]}'
        elif (given[2] or given[3]) not in ("1", "true"):
            new = _FULL_CALC.sub(r'\g<1>"1"', tag[0])
            text = text[: tag.start()] + new + text[tag.end() :]
    return text.encode("utf-8", "surrogateescape")


def property_of(package: Package, name: str) -> str:
    """A custom property of the file; empty: it has none of that name."""
    part = _properties_part(package)
    for element in package.tree(part) if part else ():
        if element.get("name") == name:
            return "".join(element.itertext()).strip()
    return ""


def set_property(package: Package, name: str, value: str) -> None:
    """Sets a custom property of the file; empty: takes it out."""
    part = _properties_part(package)
    if not part:
        if not value:
            return
        part = "docProps/custom.xml"
        package.put_tree(part, etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _VALUES}))
        package.declare(part, _PROPERTIES_TYPE)
        package.relate("", f"{REL}/custom-properties", part)
    root = package.tree(part)
    for element in list(root):
        if element.get("name") == name:
            root.remove(element)
    if value:
        number = 1 + max((int(e.get("pid", "1")) for e in root), default=1)
        made = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_PROPERTY_SET, pid=str(number), name=name)
        etree.SubElement(made, f"{{{_VALUES}}}lpwstr").text = value


def _properties_part(package: Package) -> str:
    return package.related("", "custom-properties")
