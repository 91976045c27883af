"""Workbooks that Excel encrypted without asking anybody: it opens them with a password of its own."""

from __future__ import annotations

import io
import re
import struct
from typing import Final

from xl_lianbing.intake.door import limits
from xl_lianbing.intake.door.compound import SECTOR, CompoundFile, of_one_stream
from xl_lianbing.intake.door.limits import Unreadable, with_password
from xl_lianbing.intake.door.xls import OldWorkbook
from xl_lianbing.intake.door.xml import plain_xml

#: What a workbook is encrypted with when its structure is protected and nobody chose a password ([MS-OFFCRYPTO]).
_DEFAULT: Final = "VelvetSweatshop"
_INFO: Final = "encryptioninfo"
_SPINS: Final = re.compile(rb"""spinCount\s*=\s*["'](\d+)""")
#: Excel turns 100,000 times; each turn is a hash, and a file that asks for more is only after our time.
_MOST_SPINS: Final = 200_000
#: FILEPASS as Excel 95 writes it: key and check of that password, and no word about the method.
_SHORT: Final = b"\x2f\0\4\0\x59\xb3\x0a\x9a"
_LARGEST_OLD: Final = 32 << 20


def opened_package(content: bytes, file: CompoundFile) -> bytes:
    """The package inside an encrypted file. Raises Unreadable: it has a password that somebody chose."""
    try:
        info = file.stream(_INFO)
    except KeyError as e:  # encrypted in another way, such as by rights management
        raise with_password() from e
    except (ValueError, IndexError) as e:
        raise Unreadable(limits.DAMAGED, limits.RESAVE) from e
    if info[:2] == b"\4\0" and info[2:4] == b"\4\0":
        plain_xml(info[8:], "EncryptionInfo")
        if any(int(spins) > _MOST_SPINS for spins in _SPINS.findall(info)):
            raise with_password()
    return _decrypted(content)


def opened_old(book: OldWorkbook) -> CompoundFile:
    """An encrypted old workbook, open. Raises Unreadable likewise."""
    if len(book.stream) > _LARGEST_OLD:
        raise with_password()
    return CompoundFile(_decrypted(of_one_stream("Workbook", _filled(book)), short=_SHORT in book.stream))


def _filled(book: OldWorkbook) -> bytes:
    """The records, and one that fills the rest of the last sector: the library takes no other rest."""
    left = -(book.end + 4) % SECTOR
    return book.stream[: book.end] + struct.pack("<HH", 0, left) + bytes(left)


def _decrypted(content: bytes, *, short: bool = False) -> bytes:
    plain = io.BytesIO()
    try:
        from msoffcrypto import OfficeFile  # seldom needed, and heavy

        file = OfficeFile(io.BytesIO(content))
        if short:  # of Excel 95, which the library can open and not recognize
            file.type, file.key = "xor", _DEFAULT
        else:
            file.load_key(password=_DEFAULT)
        file.decrypt(plain)
    except Exception as e:  # whatever a library raises on what strangers wrote: the file stays closed
        raise with_password() from e
    return plain.getvalue()
