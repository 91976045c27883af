"""The workbook part and the file's properties: a first sheet put in and taken out again, a property kept."""

from __future__ import annotations

from typing import Final

from lxml import etree

from xl_lianbing.excel.ooxml.edited import REL, Package, main_tag
from xl_lianbing.excel.ooxml.zip_parts import PackageSyntaxError

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTY_SET: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
#: Before <definedNames> in a workbook (ECMA-376 part 1, 18.2.27).
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
#: Parts of a sheet that nothing else uses.
_OWN_PARTS = ("comments", "vmlDrawing", "drawing", "printerSettings", "table", "threadedComment")


class Workbook:
    """The sheets of a package by name, in their order."""

    def __init__(self, package: Package) -> None:
        """Raises PackageSyntaxError for what is no workbook of the transitional kind."""
        self.package = package
        self.part = next((to for _, kind, to in package.relations("") if kind == "officeDocument"), "")
        self._root = package.tree(self.part)
        found = self._root.find(main_tag("sheets"))
        if found is None:
            raise PackageSyntaxError("no sheets")
        self._sheets: etree._Element = found

    def sheet_parts(self) -> dict[str, str]:
        """Name → part of every worksheet."""
        parts = {i: to for i, kind, to in self.package.relations(self.part) if kind == "worksheet"}
        ids = {sheet.get("name", ""): sheet.get(f"{{{REL}}}id", "") for sheet in self._sheets}
        return {name: parts[i] for name, i in ids.items() if i in parts and parts[i] in self.package}

    def part_of(self, kind: str) -> str:
        """The part of a kind (styles, sharedStrings) that the workbook refers to; empty: none."""
        return next((to for _, k, to in self.package.relations(self.part) if k == kind and to in self.package), "")

    def remove_sheet(self, name: str) -> bool:
        """Takes a worksheet out with what is only its own. Returns whether there was one."""
        part = self.sheet_parts().get(name)
        if part is None or len(self._sheets) < 2:
            return False
        index = next(i for i, sheet in enumerate(self._sheets) if sheet.get("name") == name)
        for _, kind, target in list(self.package.relations(part)):
            if kind in _OWN_PARTS and target in self.package:
                self.package.remove(target)
        self.package.unrelate(self.part, part)
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
        for _, kind, target in list(self.package.relations(self.part)):
            if kind in kinds and target in self.package:
                self.package.unrelate(self.part, target)
                self.package.remove(target)

    def without_macros(self) -> None:
        """A workbook with macros as one without: a copy is never the way for a macro to travel."""
        if self.package.content_type(self.part) != _PLAIN_TYPE:
            self.take_parts_out("vbaProject")
            self.package.redeclare(self.part, _PLAIN_TYPE)


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
    return next((to for _, kind, to in package.relations("") if kind == "custom-properties" and to in package), "")
