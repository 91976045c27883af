"""What can be wrong with the files that a return names as evidence (佐证)."""

from __future__ import annotations

from typing import Final

from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Severity

W, N = Severity.WARNING, Severity.NOTE

MISSING: Final = Kind(
    "E01",
    W,
    "有{count}个文件在“佐证/{unit}”里没有找到：{names}。",
    "把文件报送市局放入“佐证/{unit}”（放在子文件夹里也可以），文件名与填报表一致；文件名填错的请改正。",
    "B2.6",
    "佐证文件缺失",
)
EMPTY: Final = Kind(
    "E02",
    W,
    "有{count}个佐证文件是空的（0字节）：{names}。",
    "请重新扫描或重新复制后报送。",
    "B2.6",
    "佐证文件是空的",
)
NOT_PDF: Final = Kind(
    "E03",
    W,
    "有{count}个佐证文件的内容不是PDF：{names}。",
    "请重新扫描成PDF，不要只改扩展名。",
    "B2.6",
    "佐证文件不是PDF",
)
USED_TWICE: Final = Kind(
    "E04",
    W,
    "同一份文件（内容完全相同）用作了不同案件的材料：{names}。",
    "请核对，每个案件报送自己的文件。",
    "B2.6",
    "不同案件用同一文件",
)
BAD_NAME: Final = Kind(
    "E05",
    W,
    "有{count}个文件名不能使用，没有查找：{names}。",
    '只填文件名，例如“1号决定书.pdf”；不要填盘符、网址、上级文件夹（..）和 \\ / : * ? " < > | 等字符。',
    "B2.6",
    "佐证文件名不能用",
)
UNREADABLE: Final = Kind(
    "E06",
    W,
    "有{count}个佐证文件打不开，没有核对内容：{names}。",
    "请关闭正在使用它的程序，检查文件权限，然后重新运行。",
    "B2.6",
    "佐证文件打不开",
)
NONE_YET: Final = Kind(
    "E07",
    N,
    "“佐证/{unit}”里还没有文件，填报表写的{count}个文件没有核对。",
    "收到佐证材料后放入这个文件夹，再重新运行。",
    "B2.6",
    "还没有报送佐证",
)

CATALOGUE: Final[tuple[Kind, ...]] = tuple(v for v in dict(globals()).values() if isinstance(v, Kind))
