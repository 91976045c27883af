"""Copies of scans that tell nothing but their pages: neutral names, no title, author or path inside (R5)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject, StreamObject

#: What pages and pictures say of who made them, when and with what.
_TELLING: Final = tuple(map(NameObject, ("/Metadata", "/PieceInfo", "/LastModified")))
_OF_NOTES: Final = tuple(map(NameObject, ("/T", "/NM", "/M", "/CreationDate", "/RC")))


def copy_blind(source: Path, target: Path) -> str:
    """Copies a PDF without its metadata, bookmarks and attachments. Returns why it can't be copied, else ''."""
    try:
        reader = PdfReader(source)
        if reader.is_encrypted and not reader.decrypt(""):
            return "要口令才能打开"
        writer = PdfWriter()
        for page in reader.pages:
            writer.add_page(page)
        if not writer.pages:
            return "没有一页"
        writer.metadata = None
        for thing in writer._objects:
            _without_telling(thing)
        with target.open("wb") as stream:
            writer.write(stream)
    except ImportError:
        return "加密方式不支持，请去掉限制后重新存一份"
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as e:
        target.unlink(missing_ok=True)
        return f"PDF损坏（{type(e).__name__}）"
    return ""


def _without_telling(thing: object) -> None:
    if isinstance(thing, DictionaryObject | StreamObject):
        keys = (*_TELLING, *_OF_NOTES) if thing.get("/Subtype") and "/Rect" in thing else _TELLING
        for key in keys:
            thing.pop(key, None)
