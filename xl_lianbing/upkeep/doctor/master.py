"""The master: open or closed, whole or damaged, its macros, its pack and the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from xl_lianbing.errors import MasterLocked, MasterUnreadable
from xl_lianbing.excel.closed.lock import refuse_if_open
from xl_lianbing.excel.macros.version import master_xlwings_version, shipped_xlwings_version
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError
from xl_lianbing.folder import MASTER, CampaignFolder
from xl_lianbing.intake.master.inputs import MasterInputs, read_master
from xl_lianbing.upkeep.doctor.check import Check, fine, note, problem
from xl_lianbing.upkeep.doctor.platform import Platform

_CONTENT = "总表内容"
_CALENDAR = "日期"


def opened(platform: Platform, folder: CampaignFolder) -> Check:
    """Whether a program has the master open, or a crash left its lock file behind."""
    locks = [folder.path / f"~${MASTER}", folder.path / f".~lock.{MASTER}#"]
    try:
        refuse_if_open(folder.master)
    except MasterLocked as e:
        if any(lock.exists() for lock in locks):
            fix = f"用按钮没有关系；用命令之前：{e.fix}"
            return note("总表是否打开", e.message, fix)
        return problem("总表是否打开", e.message, e.fix)
    return fine("总表是否打开", "没有被打开，命令可以写入")


def macros(platform: Platform, folder: CampaignFolder) -> Check:
    """Whether the master carries the macros, and whose."""
    restore = "从“备份”文件夹恢复一份 .xlsm 的总表；不要把总表另存为 .xlsx。"
    try:
        carried = master_xlwings_version(folder.master)
    except (PackageSyntaxError, OSError) as e:
        return problem("总表的宏", f"读不出来（{e}）", restore)
    if carried is None:
        return problem("总表的宏", "宏不见了（总表可能被存成了不带宏的格式），按钮不能用", restore)
    if carried != shipped_xlwings_version():
        return note("总表的宏", f"总表是用旧版本建立的（xlwings {carried}）", "按钮正常就不用管。")
    return fine("总表的宏", f"xlwings {carried}")


def content(platform: Platform, folder: CampaignFolder) -> Iterator[Check]:
    """Whether all tabs and columns are there, the rule pack loads, and the PC's date fits it."""
    try:
        master = read_master(folder.master)
    except MasterUnreadable as e:
        yield problem(_CONTENT, e.message, e.fix)
        return
    pack = master.pack
    yield fine(_CONTENT, f"{1 + len(master.tabs)}张录入表齐全，规则包 {pack.id} {pack.version}")
    yield _calendar(platform, master)


def _calendar(platform: Platform, master: MasterInputs) -> Check:
    """Late returns are told by the date of their files: a wrong clock would call all of them late, or none (D1)."""
    now, pack = platform.now(), master.pack
    today = f"{now:%Y-%m-%d}"
    if now.year < pack.year:
        fix = "右键点任务栏的时间→调整日期和时间，改正后重试。"
        return problem(_CALENDAR, f"电脑日期是 {today}，早于活动年度 {pack.year}", fix)
    due = pack.deadline("return")
    if due and now.date() > due.due:
        return note(_CALENDAR, f"今天 {today}，填报截止日期 {due.due} 已过，之后收到的填报表标为“迟报”")
    return fine(_CALENDAR, f"今天 {today}，填报截止日期 {due.due if due else '没有规定'}")
