"""The campaign folder: its names are a contract."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xl_lianbing.errors import CampaignNotFound

MASTER = "总表.xlsm"
#: Stands between an archive or a letter and a file in it: 回收/包.zip › 名.xlsx.
INSIDE: Final = " › "
#: What Windows forbids in the name of a file, and characters that nobody sees.
_NO_NAME_HOLDS: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]')
#: Names that Windows keeps for devices, in every folder and with any ending.
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\..*)?", re.IGNORECASE)
_LONGEST_NAME: Final = 60


def no_name_holds(text: str) -> bool:
    """Whether there is a character in it that the name of a file or folder can't have."""
    return _NO_NAME_HOLDS.search(text) is not None


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device and not for a file or folder."""
    return _DEVICES.fullmatch(name.strip()) is not None


def unit_name_fault(name: str) -> str:
    """Why files and folders can't be named after a unit; empty if they can."""
    if no_name_holds(name):
        return '含有文件名不能用的字符，如 \\ / : * ? " < > | 或看不见的字符'
    if name.strip(" .") != name:
        return "开头或末尾有点或空格，不能作文件名"
    if is_device(name):
        return "是Windows留给设备的名称，不能作文件夹的名称"
    return f"超过{_LONGEST_NAME}个字" if len(name) > _LONGEST_NAME else ""


def as_file_name(text: str) -> str:
    """The text as what a file's name, on Windows too, can end with; empty if nothing of it is left."""
    return _NO_NAME_HOLDS.sub("_", text)[:_LONGEST_NAME].rstrip(" .")


def stem_of(shown: str) -> str:
    """The name alone of a file as people see it: without its ending, the folders and archives that it lies in."""
    return Path(shown.rpartition(INSIDE)[2]).stem


def places_of(shown: str) -> list[str]:
    """The folders and archives that a file as people see it lies in, innermost first; the outermost (回收) not."""
    places, place = [], shown
    while (cut := max(place.rfind("/"), place.rfind(INSIDE))) >= 0:
        place = place[:cut]
        places.append(place)
    return places[:-1]


@dataclass(frozen=True, slots=True)
class CampaignFolder:
    """Where everything of a campaign lies."""

    path: Path

    @property
    def master(self) -> Path:
        return self.path / MASTER

    @property
    def blanks(self) -> Path:
        return self.path / "下发"

    @property
    def returns(self) -> Path:
        return self.path / "回收"

    @property
    def evidence(self) -> Path:
        return self.path / "佐证"

    @property
    def feedback(self) -> Path:
        return self.path / "反馈"

    @property
    def reviews(self) -> Path:
        """Blind reviews: what the bureau keeps, 发出/ and 收回/."""
        return self.path / "评审"

    @property
    def explanations(self) -> Path:
        """Made when the first explanation is saved."""
        return self.path / "说明"

    @property
    def issues(self) -> Path:
        """Frozen dispatches and their bulletins; made when the first one is issued."""
        return self.path / "调度"

    @property
    def backups(self) -> Path:
        """Earlier masters, and blanks that somebody had changed."""
        return self.path / "备份"

    @property
    def subfolders(self) -> tuple[Path, ...]:
        return (self.blanks, self.returns, self.reviews, self.evidence, self.feedback, self.path / "上报")

    def blank(self, unit: str) -> Path:
        return self.blanks / f"填报表_{unit}.xlsx"

    def shown(self, file: Path) -> str:
        """A file's name as people see it: below the campaign folder, with forward slashes."""
        return file.relative_to(self.path).as_posix()


def open_campaign(place: Path) -> CampaignFolder:
    """The campaign of a folder, or of the master inside it. Raises CampaignNotFound."""
    if place.parts[:1] and place.parts[0].lower() in {"http:", "https:"}:
        raise CampaignNotFound(
            f"“{place}”是网盘（OneDrive、SharePoint）上的网址，不是本机的文件夹。",
            r"把整个文件夹移到本机磁盘，例如 D:\大练兵，再用那里的路径。",
        )
    path = place.absolute()
    folder = CampaignFolder(path.parent if path.is_file() or path.suffix.lower() == ".xlsm" else path)
    if not folder.path.is_dir():
        raise CampaignNotFound(f"没有文件夹“{place}”。", "核对路径；新建活动用 xl-lianbing new 文件夹 --pack 规则包。")
    if not folder.master.is_file():
        raise CampaignNotFound(
            f"文件夹“{place}”里没有《{MASTER}》，不是大练兵活动文件夹。",
            "指定放着总表的文件夹；新建活动用 xl-lianbing new 文件夹 --pack 规则包。",
        )
    return folder
