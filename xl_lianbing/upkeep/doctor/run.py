"""All checks in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.upkeep.doctor import master, office, place, python, settings_sheet
from xl_lianbing.upkeep.doctor.check import Check, problem
from xl_lianbing.upkeep.doctor.platform import Platform
from xl_lianbing.upkeep.doctor.this_pc import this_platform

Probe = Callable[[Platform], Check | Iterable[Check]]
FolderProbe = Callable[[Platform, CampaignFolder], Check | Iterable[Check]]

OF_THE_PC: Final[tuple[tuple[str, Probe], ...]] = (
    ("Python", python.python),
    ("程序包", python.packages),
    ("xlwings", python.xlwings),
    ("表格程序", office.registration),
    ("宏设置", office.macro_policy),
)
OF_THE_FOLDER: Final[tuple[tuple[str, FolderProbe], ...]] = (
    ("活动文件夹", place.location),
    ("文件路径", place.long_paths),
    ("子文件夹", place.subfolders),
    ("写入权限", place.writable),
    ("磁盘空间", place.free_space),
    ("start.cmd", place.start_file),
    ("总表是否打开", master.opened),
    ("来自网络的标记", place.internet_marks),
    ("总表的宏", master.macros),
    ("总表内容", master.content),
    ("按钮用的 Python", settings_sheet.interpreter),
)


def run_doctor(folder: CampaignFolder | None, *, fix: bool = False, platform: Platform | None = None) -> list[Check]:
    """Looks at the PC and, if one is given, at a campaign folder.

    Args:
        folder: the campaign.
        fix: repair what can be repaired; the checks returned are those after it.
        platform: the computer; the real one by default.

    Never raises for what it finds: a check that cannot be done is a problem itself.
    """
    computer = platform or this_platform()
    place_of_settings = folder.path if folder else None
    probes: list[tuple[str, Probe]] = [
        *OF_THE_PC,
        ("xlwings.conf", lambda p: python.settings_files(p, place_of_settings)),
    ]
    if folder is not None:
        probes += [(name, _on_folder(probe, folder)) for name, probe in OF_THE_FOLDER]
    found: list[Check] = []
    for name, probe in probes:
        checks = _look(name, probe, computer)
        repairs = [check for check in checks if check.repair is not None]
        if fix and repairs:
            failed = [message for check in repairs if (message := _repaired(check))]
            checks = _look(name, probe, computer) + failed
        found += checks
    return found


def _on_folder(probe: FolderProbe, folder: CampaignFolder) -> Probe:
    return lambda platform: probe(platform, folder)


def _look(name: str, probe: Probe, platform: Platform) -> list[Check]:
    try:
        result = probe(platform)
        return [result] if isinstance(result, Check) else list(result)
    except LianbingError as e:
        return [problem(name, e.message, e.fix)]
    except Exception as e:
        what = f"没能检查（{type(e).__name__}：{e}）"
        return [problem(name, what, "按其他各行处理后重试；仍然这样，把这一行发给维护人员。")]


def _repaired(check: Check) -> Check | None:
    """Repairs; returns what kept it from being repaired."""
    assert check.repair is not None
    try:
        check.repair()
    except LianbingError as e:
        return problem(check.name, f"没能自动处理：{e.message}", e.fix)
    except OSError as e:
        return problem(check.name, f"没能自动处理（{e.strerror or e}）", check.fix)
    return None
