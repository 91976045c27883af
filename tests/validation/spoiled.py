"""A workbook package as texts, for spoiling it in one place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from tests.surgery import parts as read_parts

WORKBOOK = "xl/workbook.xml"
WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"


class Spoiled:
    """The parts of a package, to be changed and written again; a change that changes nothing is an error."""

    def __init__(self, workbook: Path) -> None:
        self._parts = read_parts(workbook)

    def text(self, part: str) -> str:
        return self._parts[part].decode("utf-8")

    def swap(self, part: str, old: str, new: str) -> None:
        """Replaces the first occurrence of a text."""
        before = self.text(part)
        assert old in before, f"{part} has no {old}"
        assert old != new
        self._parts[part] = before.replace(old, new, 1).encode("utf-8")

    def edit(self, part: str, pattern: str, new: str | Callable[[re.Match[str]], str]) -> None:
        """Replaces the first match of a pattern."""
        before = self.text(part)
        after = re.sub(pattern, new, before, count=1, flags=re.DOTALL)
        assert after != before, f"{part} has no {pattern}"
        self._parts[part] = after.encode("utf-8")

    def add(self, part: str, text: str) -> None:
        assert part not in self._parts
        self._parts[part] = text.encode("utf-8")

    def remove(self, part: str) -> None:
        del self._parts[part]

    def sheet(self, name: str) -> str:
        """The part of a sheet."""
        found = re.search(rf'<sheet name="{re.escape(name)}"[^>]* r:id="(\w+)"', self.text(WORKBOOK))
        assert found, f"no sheet {name}"
        target = re.search(rf'Id="{found[1]}"[^>]* Target="([^"]+)"', self.text(WORKBOOK_LINKS))
        assert target
        return f"xl/{target[1]}"

    def links(self, sheet: str) -> str:
        """The part with the relationships of a sheet."""
        return self.sheet(sheet).replace("worksheets/", "worksheets/_rels/") + ".rels"

    def table(self, sheet: str) -> str:
        """The part of a sheet's first table."""
        target = re.search(r'Target="\.\./(tables/[^"]+)"', self.text(self.links(sheet)))
        assert target, f"no table on {sheet}"
        return f"xl/{target[1]}"

    def save(self, path: Path) -> Path:
        with ZipFile(path, "w") as package:
            for name, content in self._parts.items():
                package.writestr(name, content)
        return path


@dataclass(frozen=True)
class Defect:
    """One thing that is wrong with a workbook."""

    name: str
    says: str
    """What the lint says of it, as a pattern; empty for what is left to the validators."""
    spoil: Callable[[Spoiled], None]


class Defects(list[Defect]):
    """The defects of one kind of workbook; the functions that make them are added by decoration."""

    def add(self, says: str = "") -> Callable[[Callable[[Spoiled], None]], Callable[[Spoiled], None]]:
        def take(spoil: Callable[[Spoiled], None]) -> Callable[[Spoiled], None]:
            self.append(Defect(spoil.__name__, says, spoil))
            return spoil

        return take
