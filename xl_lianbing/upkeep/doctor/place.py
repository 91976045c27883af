"""The campaign folder: where it lies, what is in it, whether it can be written to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from xl_lianbing.folder import CampaignFolder
from xl_lianbing.launch.start_cmd import START_FILE, start_cmd_here
from xl_lianbing.launch.windows_paths import path_problems, too_long
from xl_lianbing.upkeep.doctor.check import Check, fine, note, problem
from xl_lianbing.upkeep.doctor.platform import Platform

_NEEDED_BYTES: Final = 500_000_000
_MEGABYTE: Final = 1_000_000
_ZONE: Final = "Zone.Identifier"
_MARK: Final = "来自网络的标记"


def location(platform: Platform, folder: CampaignFolder) -> Iterator[Check]:
    """Whether the buttons can work with the folder's path."""
    name = "活动文件夹"
    if not platform.is_windows:
        yield note(name, f"{folder.path}；不是 Windows，没有检查路径能不能用于按钮")
        return
    found = path_problems(str(folder.path), environment=platform.environment)
    for each in found:
        yield problem(name, each.what, each.fix) if each.fatal else note(name, each.what, each.fix)
    if not found:
        yield fine(name, str(folder.path))


def long_paths(platform: Platform, folder: CampaignFolder) -> Check:
    """Whether there are files that Windows or Excel can't open because they lie too deep: those of 佐证 would pass for
    missing, a marked copy in 反馈 for damaged."""
    name = "文件路径"
    if not platform.is_windows:
        return note(name, "不是 Windows，没有检查长度")
    found = [(file, told) for file in sorted(folder.path.rglob("*")) if (told := too_long(str(file)))]
    if not found:
        return fine(name, "没有太长的")
    first, told = found[0]
    more = f"等{len(found)}个文件" if len(found) > 1 else ""
    return problem(name, f"“{folder.shown(first)}”{more}：{told}", "也可以把文件名、子文件夹名改短，再运行一次。")


def subfolders(platform: Platform, folder: CampaignFolder) -> Check:
    """Whether 下发, 回收 … are there."""
    missing = [sub for sub in folder.subfolders if not sub.is_dir()]
    if not missing:
        return fine("子文件夹", "、".join(sub.name for sub in folder.subfolders))

    def make() -> str:
        for sub in missing:
            sub.mkdir()
        return f"已建立 {'、'.join(sub.name for sub in missing)}"

    names = "、".join(sub.name for sub in missing)
    return problem("子文件夹", f"缺少 {names}", f"在 {folder.path} 中新建这些文件夹（加 --fix 自动建立）。", make)


def writable(platform: Platform, folder: CampaignFolder) -> Check:
    """Whether files can be made in the folder."""
    try:
        platform.try_writing(folder.path)
    except OSError as e:
        return problem(
            "写入权限",
            f"不能在 {folder.path} 中写文件（{e.strerror or e}）",
            r"把活动文件夹移到自己有权限的位置，例如 D:\大练兵；在 U 盘、光盘上的先复制到硬盘。",
        )
    return fine("写入权限", "可以写入")


def free_space(platform: Platform, folder: CampaignFolder) -> Check:
    """Whether there is room for the results, a backup and a package."""
    megabytes = platform.free_bytes(folder.path) // _MEGABYTE
    if megabytes * _MEGABYTE < _NEEDED_BYTES:
        fix = "清理这个磁盘（例如旧的上报包、回收站），至少留出 500 MB。"
        return problem("磁盘空间", f"只剩 {megabytes} MB", fix)
    return fine("磁盘空间", f"剩余 {megabytes} MB")


def start_file(platform: Platform, folder: CampaignFolder) -> Check:
    """Whether start.cmd is there and finds this Python."""
    path = folder.path / START_FILE
    wanted = start_cmd_here(platform.interpreter())
    if path.is_file() and path.read_bytes() == wanted:
        return fine(START_FILE, "双击它可以打开菜单")

    def write() -> str:
        path.write_bytes(wanted)
        return f"已写好 {START_FILE}"

    if path.is_file() and not platform.is_windows:
        return note(START_FILE, "是别的电脑或别的版本写的；在 Windows 上用之前运行 doctor --fix 更新")
    found = "是别的电脑或别的版本写的" if path.is_file() else "没有"
    return problem(START_FILE, found, "运行 xl-lianbing doctor 活动文件夹 --fix 重新生成。", write)


def internet_marks(platform: Platform, folder: CampaignFolder) -> Check:
    """The mark that Windows puts on mailed and downloaded files; Excel runs no macro of a marked workbook."""
    if not platform.is_windows:
        return note(_MARK, "不是 Windows，没有检查")
    candidates = [folder.master, folder.path / START_FILE, *sorted(folder.path.glob("*.zip"))]
    marked = [path for path in candidates if path.is_file() and platform.stream(path, _ZONE) is not None]
    if not marked:
        return fine(_MARK, "没有")
    return problem(
        _MARK,
        f"{'、'.join(path.name for path in marked)} 被标记为来自网络，Excel 不运行其中的宏",
        "关闭总表，右键点文件→属性→勾选“解除锁定”→确定（加 --fix 自动解除）；压缩包要先解除再解压。",
        lambda: _unmark(platform, marked),
    )


def _unmark(platform: Platform, marked: list[Path]) -> str:
    for path in marked:
        platform.remove_stream(path, _ZONE)
    return f"已解除 {'、'.join(path.name for path in marked)}"
