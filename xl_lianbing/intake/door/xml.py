"""XML parts before anybody parses them: no DTD, no entities of their own, UTF-8."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from xl_lianbing.intake.door.limits import Unreadable, over_limit

_MARKUP: Final = re.compile(rb"!(?<=<!)\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_DECLARED: Final = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_UTF8: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_BOMS: Final = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def plain_xml(part: bytes, name: str) -> bytes:
    """The part in UTF-8 (itself, if it is that already). Raises Unreadable if it has a DTD or no known encoding."""
    part = in_utf8(part, name)
    if b"!" in part and _MARKUP.search(part):
        raise with_dtd(name)
    return part


def in_utf8(part: bytes, name: str) -> bytes:
    """The part in UTF-8 (itself, if it is that already). Raises Unreadable if its encoding is not known."""
    encoding = next((codec for bom, codec in _BOMS if part.startswith(bom)), "")
    if not encoding and b"\0" in part:
        encoding = "utf-16-be" if part[:1] == b"\0" else "utf-16-le"
    declared = _DECLARED.match(part[:200].removeprefix(b"\xef\xbb\xbf"))
    if not encoding and declared and declared[1].lower() not in _UTF8:
        encoding = declared[1].decode("ascii")
    if not encoding:
        return part
    try:
        return _DECLARATION.sub("", part.decode(encoding)).encode()
    except (UnicodeError, LookupError) as e:
        raise Unreadable(f"文件已损坏：其中的“{name}”的文字编码无法识别") from e


def with_dtd(name: str) -> Unreadable:
    """The refusal of a part that declares entities: Excel never writes them, and they can grow without end."""
    return over_limit(f"其中的“{name}”带有实体定义（DTD），可能是攻击文件")


def parser_of(name: str) -> expat.XMLParserType:
    """An expat parser that gives up at a DTD."""

    def refuse(*_: object) -> None:
        raise with_dtd(name)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def local(tag: str) -> str:
    """The name of an element without its prefix."""
    return tag.rpartition(":")[2]
