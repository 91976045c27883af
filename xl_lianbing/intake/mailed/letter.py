"""The attachments of a letter saved as .eml, by their true names."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from typing import Final

from xl_lianbing.findings import mailed as c
from xl_lianbing.intake.mailed.archive import NotTaken, decoded

_NAMED_IN: Final = ("Content-Disposition", "Content-Type")


def attachments(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each; pictures that belong to the text are left out. Raises NotTaken."""
    try:
        for part in email.message_from_bytes(content).walk():
            name = _name(part)
            if name and not part.is_multipart() and not _is_of_the_text(part):
                payload = part.get_payload(decode=True)
                yield name, payload if isinstance(payload, bytes) else b""
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as e:
        raise NotTaken(c.DAMAGED, why="邮件已损坏，附件读不出") from e


def _is_of_the_text(part: Message) -> bool:
    return part.get_content_maintype() == "image" and bool(part.get("Content-ID")) and _is_inline(part)


def _is_inline(part: Message) -> bool:
    return part.get_content_disposition() != "attachment"


def _name(part: Message) -> str:
    """What an attachment is called; some programs write the name as it is, in no encoding that a letter may have."""
    headers = {key.lower(): value for key, value in reversed(list(part.raw_items()))}
    for header in _NAMED_IN:
        told = Message()
        raw = str(headers.get(header.lower(), ""))
        told[header] = decoded(raw.encode("ascii", "surrogateescape")) if not raw.isascii() else raw
        if name := told.get_filename():
            return _words(name).replace("\\", "/").rpartition("/")[2].strip()
    return ""


def _words(name: str) -> str:
    if "=?" not in name:
        return name
    try:
        return str(make_header(decode_header(" ".join(name.split()))))
    except (LookupError, ValueError):
        return name
