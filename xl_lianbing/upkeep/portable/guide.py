"""The guide that goes with a portable folder."""

from __future__ import annotations

from xl_lianbing import __version__
from xl_lianbing.launch.windows_paths import LONGEST_PATH, PORTABLE_ROOM
from xl_lianbing.upkeep.portable.made import PACKAGES, Portable, megabytes


def guide(built: Portable) -> str:
    """使用说明.txt, with CRLF: how to finish the folder and use it."""
    major = built.python_version
    short = major.replace(".", "")
    have = "python 文件夹已经在里面，不用再装 Python。"
    add = (
        f"1. 在能上网的电脑打开 https://www.python.org/downloads/windows/ ，找到 Python {major} 里最新的一个有\n"
        "   “Windows embeddable package (64-bit)”的版本，下载（约 11 MB）。\n"
        f"2. 解压到本文件夹下的 python 文件夹，使 python\\python.exe 存在。\n"
        f"3. 用记事本打开 python\\python{short}._pth，内容改成下面四行，保存：\n"
        f"     python{short}.zip\n     .\n     ..\\{PACKAGES}\n     import site"
    )
    text = f"""环境执法大练兵 xl-lianbing {__version__} 便携版

这个文件夹约 {megabytes(built.size)}，程序包约 {megabytes(built.packages_size)}，适用于64位的 Windows 10、11。

【准备 Python】
{have if built.has_python else add}

【使用】
1. 收到的是压缩包时：先右键点压缩包→属性→勾选“解除锁定”→确定，再全部解压。
   放到本机硬盘，例如 D:\\大练兵；不要放在 OneDrive 等同步文件夹，不要在压缩包里直接打开。
   文件夹的路径不要超过{LONGEST_PATH - PORTABLE_ROOM}个字符，太深的文件 Windows 打不开。
2. 双击 start.cmd：还没有活动时按菜单新建；已有活动时显示菜单（收取校核、计算得分……）。
   第一次运行会把这台电脑的 Python 写进总表，之后总表里的按钮就能用。
3. 打开活动文件夹里的 总表.xlsm，点“启用内容”，用“首页”上的按钮。
4. 整个文件夹移动或换电脑以后，先关闭总表，再双击一次 start.cmd。

【按钮不能用时】
单位的 Office 不允许宏启动程序，或者用的是 WPS：保持总表打开（WPS 要先保存并关闭），
双击 start.cmd，用菜单做同样的事。菜单里的“环境自检”逐项说明问题和处理办法。

【带了哪些程序包】
{chr(10).join(built.packages)}
"""
    return text.replace("\n", "\r\n")
