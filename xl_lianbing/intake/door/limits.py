"""How much of a file is looked at before it is refused, and the refusal. Stated to users in docs/数据校核.md."""

from __future__ import annotations

from typing import Final

from xl_lianbing.findings import Kind
from xl_lianbing.findings import reading as c

_MIB: Final = 1 << 20

#: Bytes of a file as it lies in the folder.
MOST_FILE: Final = 100 * _MIB
#: Bytes of an archive that came by mail, as it lies in the folder; of what it unpacks to; and files in it.
MOST_MAIL: Final = 2048 * _MIB
MOST_MAIL_UNPACKED: Final = 4096 * _MIB
MOST_MAIL_FILES: Final = 20_000
#: Members of a package.
MOST_MEMBERS: Final = 2_000
#: Sheets of a workbook; a return has thirteen.
MOST_SHEETS: Final = 200
#: Merged ranges of a sheet.
MOST_MERGED: Final = 20_000
#: Bytes of all parts of a package that are read, unpacked.
MOST_UNPACKED: Final = 1024 * _MIB
#: Bytes of one part, unpacked; of a sheet: of its rows that hold something.
MOST_PART: Final = 64 * _MIB
#: Unpacked size over packed size, for parts larger than `RATIO_FROM` bytes.
MOST_RATIO: Final = 500
RATIO_FROM: Final = 8 * _MIB
#: Bytes without the beginning of a row.
MOST_ROW: Final = 8 * _MIB
#: A sheet up to this size is looked at in one piece.
AT_ONCE: Final = 16 * _MIB
#: The last column (DX) that a sheet can have content in; what stands beyond is listed, not read.
LAST_COLUMN: Final = 128
#: As many rows and columns a sheet of Excel can have.
LAST_ROW: Final = 1 << 20
LAST_COLUMN_OF_ALL: Final = 1 << 14
#: Rows with content × columns, of one sheet.
MOST_CELLS: Final = 8_000_000
#: Cells of a file that are looked at one by one, formats alone apart: some 20 seconds.
MOST_LOOKED_AT: Final = 4_000_000
#: Cells listed one by one: far from the table, formulas, errors.
MOST_LISTED: Final = 100_000

DAMAGED: Final = "文件已损坏或没有传完整"
RESEND: Final = "请报送单位重新报送Excel格式（.xlsx）的填报表。"
RESAVE: Final = "请报送单位用Excel或WPS打开，另存为“Excel 工作簿（*.xlsx）”后重新报送。"
SLIM: Final = "请报送单位把内容复制到新下发的填报表后重新报送；不明来源的文件不要打开。"
UNLOCK: Final = "请报送单位取消打开密码（文件→信息→保护工作簿），保存后重新报送。"


class Unreadable(Exception):
    """The file is not a workbook that can be read; `why` is a Chinese phrase, `fix` what to do."""

    def __init__(self, why: str, fix: str = RESEND, kind: Kind = c.UNREADABLE) -> None:
        super().__init__(why)
        self.why = why
        self.fix = fix
        self.kind = kind


def over_limit(why: str) -> Unreadable:
    """The refusal of a file that asks for more than the limits give, or that is built to do harm."""
    return Unreadable(why, SLIM, c.OVER_LIMIT)


def with_password() -> Unreadable:
    """The refusal of a file that only opens with a password."""
    return Unreadable("文件设有打开密码，无法读取", UNLOCK, c.LOCKED)


def check_sheets(count: int) -> None:
    """Raises Unreadable above `MOST_SHEETS`."""
    if count > MOST_SHEETS:
        raise over_limit(f"文件有{count}张工作表，超过{MOST_SHEETS}张")
