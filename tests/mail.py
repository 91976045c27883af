"""What districts send by mail, for tests: archives as Chinese Windows writes them, letters, scans, returns as bytes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from xl_lianbing.demo.sheets.evidence import one_page_pdf
from xl_lianbing.glossary import Tier
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.workbooks.returns.blank_return import write_return

PACK = load_pack("jiangsu-2017")
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def case(number: int, scan: str | None, unit: str = "昆", **more: object) -> dict[str, object]:
    """A row of 处罚案件 that counts."""
    return {
        "处罚决定书文号": f"{unit}环罚字〔2017〕{number}号",
        "当事人名称": "演示公司",
        "违法行为类型": "大气污染",
        "处罚种类": "罚款",
        "罚款金额(万元)": 5,
        "决定日期": date(2017, 7, 3),
        "是否录入处罚系统": "是",
        "系统录入日期": date(2017, 7, 4),
        "是否公开": "是",
        "公开日期": date(2017, 7, 5),
        "移动执法平台": "是",
        "决定书扫描件": scan,
    } | more


def a_mailed_return(unit: str, cases: Sequence[Mapping[str, object]] = (), filled: date = date(2017, 9, 1)) -> bytes:
    """A return as bytes."""
    rows: Rows = {"单位信息": [{"填报日期": filled}], "处罚案件": cases}
    with TemporaryDirectory() as place:
        path = Path(place, "a.xlsx")
        write_return(path, PACK, unit, Tier.COUNTY, rows=rows)
        return path.read_bytes()


def scan(text: str = "扫描件") -> bytes:
    return one_page_pdf(text)


def an_archive(
    members: Mapping[str, bytes] | Sequence[tuple[str, bytes]],
    *,
    encoding: str = "gb18030",
    utf8: bool = False,
    locked: Sequence[str] = (),
    method: int | None = None,
    mode: int = 0,
) -> bytes:
    """A ZIP file written by hand: names in any encoding, with the flag for UTF-8 or, as Windows does, without."""
    pieces, listing, at = [], [], 0
    items = list(members.items()) if isinstance(members, Mapping) else list(members)
    for name, content in items:
        raw = name.encode("utf-8" if utf8 else encoding)
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        flags = (0x800 if utf8 else 0) | (1 if name in locked else 0)
        common = struct.pack(
            "<5H3L2H",
            20,
            flags,
            8 if method is None else method,
            0x6000,
            0x4AE1,
            zlib.crc32(content),
            len(packed),
            len(content),
            len(raw),
            0,
        )
        pieces += [b"PK\3\4", common, raw, packed]
        tail = struct.pack("<3H2L", 0, 0, 0, mode << 16, at)
        listing.append(b"PK\1\2\x14\3" + common + tail + raw)
        at += 30 + len(raw) + len(packed)
    directory = b"".join(listing)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(items), len(items), len(directory), at, 0)
    return b"".join((*pieces, directory, end))


def a_letter(attached: Mapping[str, bytes], subject: str = "报送大练兵填报表") -> bytes:
    """A letter saved as .eml."""
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = subject, "a@example.org", "b@example.org"
    letter.set_content("附件是我局的填报表和材料。")
    for name, content in attached.items():
        letter.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    made = io.BytesIO()
    made.write(letter.as_bytes())
    return made.getvalue()
