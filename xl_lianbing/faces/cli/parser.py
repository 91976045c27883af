"""argparse in Chinese."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn

from xl_lianbing.faces.outcomes import Ended


class ChineseParser(argparse.ArgumentParser):
    """argparse in Chinese."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, **settings)  # type: ignore[arg-type]
        self._positionals.title = "要写的"
        self._optionals.title = "可选的"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        print(f"命令写得不对：{_translated(message)}\n怎么办：看一下用法。\n{self.format_usage()}", file=sys.stderr)
        raise SystemExit(int(Ended.NOT_DONE))


_PHRASES = (
    ("the following arguments are required: ", "缺少 "),
    ("unrecognized arguments: ", "不认识 "),
    ("expected one argument", "后面要写一个值"),
    ("invalid choice: ", "没有这个选择 "),
    (" (choose from ", "（可选："),
    ("argument ", "参数 "),
    ("command", "命令"),
)


def _translated(message: str) -> str:
    for english, chinese in _PHRASES:
        message = message.replace(english, chinese)
    return message.replace("可选：", "可选：").rstrip(")") + ("）" if "可选：" in message else "")
