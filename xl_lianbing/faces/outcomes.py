"""How things end: the one wording for commands, buttons and the menu, with the facts and the exit code of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.faults import advice_of, machine_fault, words_of


class Ended(IntEnum):
    """The exit code of a command."""

    DONE = 0
    DONE_WITH_BLOCKING = 1
    NOT_DONE = 2


EXIT_CODES: Final = "完成返回0；完成但有阻断问题返回1；没能完成返回2，此时没有改动任何文件。"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command or button answers: a text for people, the same as `facts` for programs, and how it ended."""

    text: str
    facts: Mapping[str, object]
    ended: Ended = Ended.DONE

    @property
    def json(self) -> dict[str, object]:
        return {"完成": self.ended is not Ended.NOT_DONE, **self.facts}


def done(text: str, facts: Mapping[str, object], *, blocking: bool = False) -> Answer:
    """It was done, though perhaps something that blocks was found."""
    return Answer(text, facts, Ended.DONE_WITH_BLOCKING if blocking else Ended.DONE)


def not_done(error: BaseException, *, gap: str = "\n") -> Answer:
    """What kept it from being done and what to do; `gap` stands between the two.

    To be called while `error` is handled: a fault of the program goes into the log for those who look after it.
    """
    if isinstance(error, KeyboardInterrupt):
        return Answer("已中断，没有改动总表。", {"问题": "被中断"}, Ended.NOT_DONE)
    problem, fix = _why(error)
    return Answer(f"没有完成：{problem}{gap}怎么办：{fix}", {"问题": problem, "怎么办": fix}, Ended.NOT_DONE)


def _why(error: BaseException) -> tuple[str, str]:
    if isinstance(error, LianbingError):
        return error.message, error.fix
    if (fault := machine_fault(error)) is not None:
        return fault.message, fault.fix
    if isinstance(error, OSError):
        return f"读写文件出错：{error.filename or ''} {words_of(error)}", advice_of(error)
    from xl_lianbing.faces.crash import record_crash

    return "程序出错，总表没有改动。", f"重试一次；仍然出错的，把这个文件发给维护人员：{record_crash()}"
