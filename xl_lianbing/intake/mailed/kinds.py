"""What a file of 回收 may be: told by its name and its first bytes."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from xl_lianbing.intake.evidence.folder import begins_as_pdf

#: So many bytes are looked at.
HEAD: Final = 1024
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_TNEF: Final = b"\x78\x9f\x3e\x22"
#: What the archive of a workbook begins with.
_OF_A_WORKBOOK: Final = (b"[Content_Types].xml", b"_rels/", b"xl/", b"opendocument.spreadsheet")
_PACKED: Final = {
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "GZ",
    b"BZh": "BZ2",
    b"\xfd7zXZ": "XZ",
    b"MSCF": "CAB",
}
_WORKBOOK: Final = re.compile("xls[xmb]?|xlt[xm]?|ett?|ods|ots|fods|[ct]sv|numbers")
_OLD_DOCUMENT: Final = re.compile("do[ct]|wp[st]|pp[st]|dps|vsd")
_ZIPPED_DOCUMENT: Final = re.compile("doc[xm]|dotx|pp[st]x|odt|odp|ofd|epub|vsdx")
_SCAN: Final = re.compile(
    f"{_OLD_DOCUMENT.pattern}|{_ZIPPED_DOCUMENT.pattern}|pdf|ceb|caj|jpe?g?|jfif|png|bmp|gif|tiff?|webp|hei[cf]|rtf|txt"
    "|html?|mht|mhtml|dwg|mp[34]|m4[av]|amr|wav|wma|aac|avi|mov|wmv|mkv|mpe?g|3gp"
)


class FileKind(Enum):
    """How a file is taken. RETURN: read as a return, which tells what else it is."""

    RETURN = auto()
    SCAN = auto()
    ARCHIVE = auto()
    LETTER = auto()
    OTHER_ARCHIVE = auto()
    OTHER_LETTER = auto()


def kind_of(name: str, head: bytes) -> FileKind:
    """By the name where the first bytes don't say otherwise. ARCHIVE: a ZIP, which may yet be an office document."""
    ending = ending_of(name)
    if _WORKBOOK.fullmatch(ending):
        return FileKind.RETURN
    if begins_as_pdf(head) or head.startswith(_IMAGES):
        return FileKind.SCAN
    if head.startswith(_COMPOUND):
        if ending == "msg":
            return FileKind.OTHER_LETTER
        return FileKind.SCAN if _OLD_DOCUMENT.fullmatch(ending) else FileKind.RETURN
    if form_of_archive(name, head):
        return FileKind.OTHER_ARCHIVE
    if head.startswith(_TNEF):
        return FileKind.OTHER_LETTER
    is_scan = _SCAN.fullmatch(ending) is not None
    if head.startswith(b"PK") and is_scan and not _ZIPPED_DOCUMENT.fullmatch(ending):
        return FileKind.RETURN if any(part in head for part in _OF_A_WORKBOOK) else FileKind.SCAN
    if ending == "zip" or (head.startswith(b"PK") and not is_scan):
        return FileKind.ARCHIVE
    if ending == "eml":
        return FileKind.LETTER
    return FileKind.SCAN if is_scan else FileKind.RETURN


def form_of_archive(name: str, head: bytes) -> str:
    """What an archive is that is no ZIP; '' if it is none."""
    found = next((form for begin, form in _PACKED.items() if head.startswith(begin)), "")
    return found or ("RAR" if ending_of(name) == "rar" else "7z" if ending_of(name) == "7z" else "")


def form_of_letter(head: bytes) -> str:
    """What a letter is that is not read."""
    return "winmail.dat" if head.startswith(_TNEF) else ".msg"


def ending_of(name: str) -> str:
    """xlsx, pdf, …; '' if there is none."""
    return name.rpartition(".")[2].strip().lower() if "." in name else ""
