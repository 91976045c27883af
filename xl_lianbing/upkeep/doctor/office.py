"""Excel or WPS, and what they allow macros to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xl_lianbing.upkeep.doctor.check import Check, fine, note, problem
from xl_lianbing.upkeep.doctor.platform import Platform

_PROGRAM = "表格程序"
_MACROS = "宏设置"
#: WPS 表格 and its registrations, in lower case.
_WPS_SIGNS: Final = ("wps", "kingsoft", "et.exe", "ksoet")
_EXCEL_VERSIONS: Final = ("16.0", "15.0", "14.0")
_LOWEST_USEFUL: Final = 1
_WITH_NOTIFICATION, _SIGNED_ONLY, _DISABLED = 2, 3, 4
_USE_COMMAND = "请保存并关闭总表，双击活动文件夹里的 start.cmd，或者用命令 xl-lianbing。"


def registration(platform: Platform) -> Check:
    """Which program answers to the name Excel.Application."""
    if not platform.is_windows:
        return note(_PROGRAM, f"本机是 {platform.name}，没有检查 Excel 和 WPS：总表的按钮只能在 Windows 的 Excel 中用")
    class_id = platform.registry_value("HKCR", r"Excel.Application\CLSID")
    if not class_id:
        return problem(
            _PROGRAM,
            "没有登记 Excel（没有安装，或者是不完整的绿色版）",
            f"装有 WPS 的，{_USE_COMMAND}要用按钮，请安装 Microsoft Excel 2010 或以上。",
        )
    server = platform.registry_value("HKCR", rf"CLSID\{class_id}\LocalServer32")
    if not server:
        return problem(_PROGRAM, f"Excel 的登记不完整（{class_id}）", "在“设置→应用”中修复 Microsoft Office，再试。")
    if any(sign in str(server).lower() for sign in _WPS_SIGNS):
        return problem(
            _PROGRAM,
            f"WPS 占用了 Excel 的登记：{server}",
            f"没有 Excel 的，{_USE_COMMAND}装有 Excel 的，打开“WPS 配置工具→高级→兼容设置”，"
            "取消“WPS Office 兼容第三方系统和软件”，再在“设置→应用”中修复 Microsoft Office。",
        )
    return fine(_PROGRAM, f"Excel：{server}")


def macro_policy(platform: Platform) -> Iterator[Check]:
    """Whether Excel's Trust Center or the organisation's policy keeps macros from running."""
    if not platform.is_windows:
        yield note(_MACROS, "不是 Windows，没有检查")
        return
    for version in _EXCEL_VERSIONS:
        policy = rf"Software\Policies\Microsoft\Office\{version}\Excel\Security"
        own = rf"Software\Microsoft\Office\{version}\Excel\Security"
        forced = platform.registry_value("HKCU", policy, "VBAWarnings")
        if forced is None:
            forced = platform.registry_value("HKLM", policy, "VBAWarnings")
        value = forced if forced is not None else platform.registry_value("HKCU", own, "VBAWarnings")
        if value is not None:
            yield _macro_setting(version, int(value), forced=forced is not None)
        blocked = platform.registry_value("HKCU", policy, "blockcontentexecutionfrominternet")
        if blocked:
            yield note(
                _MACROS,
                f"单位规定：来自网络、邮件的文件不许运行宏（Excel {version}）",
                "用 xl-lianbing new 在本机新建的总表不受影响；收到的文件先在“属性”中“解除锁定”。",
            )
        if value is not None:
            return
    yield fine(_MACROS, "没有改过，打开总表时点“启用内容”即可")


def _macro_setting(version: str, value: int, *, forced: bool) -> Check:
    if value <= _WITH_NOTIFICATION:
        shown = "全部允许" if value == _LOWEST_USEFUL else "打开总表时点“启用内容”"
        return fine(_MACROS, f"Excel {version}：{shown}")
    kind = "只允许有数字签名的宏" if value == _SIGNED_ONLY else "禁用所有宏，并且不提示"
    if forced:
        return problem(_MACROS, f"单位的安全策略：{kind}（Excel {version}）", f"总表上的按钮不能用。{_USE_COMMAND}")
    return problem(
        _MACROS,
        f"{kind}（Excel {version}）",
        "在 Excel 中打开“文件→选项→信任中心→信任中心设置→宏设置”，选“禁用所有宏，并发出通知”，"
        "关闭再打开总表，点“启用内容”。",
    )
