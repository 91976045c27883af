"""What can be odd about what came by mail as it is: archives, letters, and scans beside the returns (回收)."""

from __future__ import annotations

from typing import Final

from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Audience, Severity

B, W = Severity.BLOCKING, Severity.WARNING

_SUBFOLDER: Final = "“回收”下的一个子文件夹（一个单位一个文件夹）"

LOCKED: Final = Kind(
    "R60",
    B,
    "压缩包设了密码，里面有{count}个文件读不出：{names}。",
    f"请向报送单位问到密码，解压到{_SUBFOLDER}，再运行一次；或者请其去掉密码重新报送。",
    "B2.6",
    "压缩包设了密码",
    audience=Audience.BUREAU,
)
OTHER_ARCHIVE: Final = Kind(
    "R61",
    B,
    "是程序打不开的压缩包（{form}），里面的文件没有读取。",
    f"请解压到{_SUBFOLDER}，再运行一次；或者请报送单位改用ZIP格式。",
    "B2.6",
    "不是ZIP格式的压缩包",
    audience=Audience.BUREAU,
)
DAMAGED: Final = Kind(
    "R62",
    B,
    "{why}，里面的文件没有读取。",
    "请报送单位重新压缩（不要分卷）后再报送；在本机能打开的，可以解压到“回收”下的一个子文件夹，再运行一次。",
    "B2.6",
    "压缩包打不开",
)
TOO_MUCH: Final = Kind(
    "R63",
    B,
    "{why}，没有读取。",
    f"来历不明的不要打开。确实是报送单位发来的，请解压到{_SUBFOLDER}，再运行一次；或者请其分成几个小的压缩包。",
    "B2.6",
    "压缩包超过限度",
    audience=Audience.BUREAU,
)
BAD_NAMES: Final = Kind(
    "R64",
    B,
    "压缩包里有{count}个文件的名称指向压缩包以外，或者不能作文件名，没有读取：{names}。",
    "正常压缩的文件不会这样，来历不明的不要打开。请报送单位把文件改成普通的名称，重新压缩后再报送。",
    "B2.6",
    "压缩包里的文件名不能用",
)
TOO_DEEP: Final = Kind(
    "R65",
    B,
    "压缩包套了三层以上，最里面的没有读取。",
    f"请解压到{_SUBFOLDER}，再运行一次。",
    "B2.6",
    "压缩包套得太深",
    audience=Audience.BUREAU,
)
LETTER: Final = Kind(
    "R66",
    B,
    "是邮件文件（{form}），程序打不开，里面的附件没有读取。",
    f"请双击打开这封邮件，把附件另存到{_SUBFOLDER}，再运行一次。",
    "B2.6",
    "邮件文件没有读取",
    audience=Audience.BUREAU,
)
NO_ATTACHMENT: Final = Kind(
    "R67",
    W,
    "邮件里没有附件，没有可以读取的填报表和材料。",
    "请打开邮件看看正文；附件可能在网盘里（超大附件），请下载后放进“回收”下的一个子文件夹。",
    "B2.6",
    "邮件没有附件",
    audience=Audience.BUREAU,
)
SCANS_OF_NOBODY: Final = Kind(
    "R68",
    W,
    "有{count}个文件看不出是哪个单位的材料，没有用作佐证：{names}。",
    "请把它们和该单位的填报表放进同一个子文件夹，或者在文件名里写上单位，或者放进“佐证”下该单位的文件夹。",
    "B2.6",
    "看不出是谁的材料",
    audience=Audience.BUREAU,
)

CATALOGUE: Final[tuple[Kind, ...]] = tuple(v for v in dict(globals()).values() if isinstance(v, Kind))
