"""Writes 反馈/: a marked copy for every return with something to mend, and the list of all findings."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from xl_lianbing import __version__
from xl_lianbing.drafts import prefix_of, sweep
from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.closed.lock import refuse_if_open
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError
from xl_lianbing.faults import words_of
from xl_lianbing.feedback.listing import Heading
from xl_lianbing.feedback.mark import list_alone, made_from, marked_copy
from xl_lianbing.feedback.select import ENDING, Answer, answers
from xl_lianbing.feedback.table import NAME, findings_csv
from xl_lianbing.findings import Finding
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returned.receipts import Receipt

#: Changes when copies are made in another way, so that they are made anew.
_FORMAT: Final = "1"
_LARGEST_COPY = 64 * 1024 * 1024
#: What a file raises that is put together otherwise than the format asks for.
_NOT_OURS: Final = (PackageSyntaxError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What 反馈/ holds after a run: the copies (in the order of units), those of them made anew, copies taken away,
    and what could not be done, in sentences for people."""

    copies: tuple[Path, ...] = ()
    made: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()


def write_feedback(
    folder: CampaignFolder,
    receipts: Iterable[Receipt],
    findings: Sequence[Finding],
    due: date | None = None,
    *,
    unpacked: Mapping[str, Path] | None = None,
    today: date | None = None,
    executor: Executor | None = None,
    watcher: Callable[[int, int], None] = lambda done, total: None,
) -> Feedback:
    """Brings 反馈/ up to date with the findings of a run. Never raises for a file that can't be read or written.

    Args:
        folder: the campaign.
        receipts: what became of each file in 回收/.
        findings: all of the run.
        due: the deadline of returns (D1), told in the copies.
        unpacked: where the files lie that came inside an archive or a letter.
        today: the day told in the copies.
        executor: makes copies side by side, if there are many.
        watcher: told how many copies are done, and of how many.
    """
    wanted = answers(receipts, findings)
    today = today or date.today()
    place = folder.feedback
    problems: list[str] = []
    try:
        place.mkdir(exist_ok=True)
        sweep(place, "反馈")
        _replace(place / NAME, findings_csv(findings))
    except (LianbingError, OSError) as error:
        problems.append(f"《{NAME}》没有更新：{_told(error)}")
    heading = Heading(today, due)
    there = _copies_there(place)
    lies = unpacked or {}
    sources = [lies.get(a.file) or folder.path / a.file for a in wanted]
    names = [place / a.name for a in wanted]
    was = [there.get(a.name, "") for a in wanted]
    jobs = list(zip(sources, names, wanted, [heading] * len(wanted), was, strict=True))
    made: list[Path] = []
    results = (
        (executor.map if executor is not None and len(jobs) > 1 else map)(_bring_up_to_date, *zip(*jobs, strict=True))
        if jobs
        else ()
    )
    for done, (answer, (fresh, problem)) in enumerate(zip(wanted, results, strict=True), 1):
        if fresh:
            made.append(place / answer.name)
        if problem:
            problems.append(problem)
        watcher(done, len(jobs))
    removed = _remove(place, sorted(there.keys() - {a.name for a in wanted}), problems)
    copies = tuple(place / a.name for a in wanted if (place / a.name).is_file())
    return Feedback(copies, tuple(made), removed, tuple(problems))


def _bring_up_to_date(source: Path, target: Path, answer: Answer, heading: Heading, was: str) -> tuple[bool, str]:
    """Makes a copy if it would differ from the one that is there. Returns whether it did, and what kept it from it."""
    digest = _digest(answer, heading)
    if was == digest:
        return False, ""
    try:
        _replace(target, _made(source, answer, heading, digest))
    except (LianbingError, OSError) as error:
        return False, f"反馈副本《{target.name}》没有更新：{_told(error)}"
    except Exception as error:  # a copy is a service: the scores that it goes with are written, and stay
        return False, f"《{answer.file}》的反馈副本没有做成（{type(error).__name__}），问题见总表“校核结果”。"
    return True, ""


def _made(source: Path, answer: Answer, heading: Heading, digest: str) -> bytes:
    try:
        content = source.read_bytes() if answer.markable and source.stat().st_size <= _LARGEST_COPY else b""
        return marked_copy(content, answer, heading, digest)
    except _NOT_OURS:
        return list_alone(answer, Heading(heading.today, heading.due, marked=False), digest)


def _digest(answer: Answer, heading: Heading) -> str:
    """SHA-256 of everything that a copy depends on, the day apart."""
    late = heading.due is not None and heading.today > heading.due
    parts: list[object] = [
        _FORMAT,
        __version__,
        answer.unit,
        answer.file,
        answer.sha256,
        answer.used,
        heading.due,
        late,
    ]
    parts += [(f.severity, f.code, f.where, f.shown, f.problem, f.fix, f.source, f.cells) for f in answer.findings]
    return hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()


def _copies_there(place: Path) -> dict[str, str]:
    """Feedback copies that lie in 反馈/ by name, with what they were made from; other people's files are left out."""
    found: dict[str, str] = {}
    for file in sorted(place.glob(f"*{ENDING}")) if place.is_dir() else ():
        if file.name.startswith(("~$", ".")):
            continue
        try:
            digest = made_from(file.read_bytes())
        except (OSError, PackageSyntaxError):
            continue
        if digest:
            found[file.name] = digest
    return found


def _remove(place: Path, names: Iterable[str], problems: list[str]) -> tuple[Path, ...]:
    """Takes away the copies of units that have nothing to mend any more."""
    gone = []
    for name in names:
        try:
            refuse_if_open(place / name)
            (place / name).unlink()
        except (LianbingError, OSError) as error:
            problems.append(f"反馈副本《{name}》已经用不着，但没有删掉：{_told(error)}")
        else:
            gone.append(place / name)
    return tuple(gone)


def _replace(target: Path, content: bytes) -> None:
    """Writes a file in one step; nothing is written if it holds just that. Raises MasterLocked, OSError."""
    if target.exists():
        refuse_if_open(target)
        if target.stat().st_size == len(content) and target.read_bytes() == content:
            return
    handle, name = tempfile.mkstemp(".tmp", prefix_of("反馈"), target.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(0o644)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _told(error: Exception) -> str:
    if isinstance(error, LianbingError):
        return f"{error.message}{error.fix}"
    if isinstance(error, PermissionError):
        return "它正被其他程序打开，或者文件、文件夹是只读的。请关闭后重新运行。"
    return f"{words_of(error) if isinstance(error, OSError) else error}。"
