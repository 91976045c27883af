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
from xl_lianbing.excel.closed.lock import on_windows, refuse_if_open
from xl_lianbing.faults import words_of
from xl_lianbing.feedback.listing import Heading
from xl_lianbing.feedback.mark import NOT_OURS, list_alone, marked_copy
from xl_lianbing.feedback.select import Answer, answers
from xl_lianbing.feedback.shelf import Shelf
from xl_lianbing.feedback.table import NAME, findings_csv
from xl_lianbing.findings import Finding
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returned.receipts import Receipt
from xl_lianbing.launch.windows_paths import too_long

#: Changes when copies are made in another way, so that they are made anew.
_FORMAT: Final = "2"
_LARGEST_COPY = 64 * 1024 * 1024
_Job = tuple[Path, Path, Answer, Heading]


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
    receipts = list(receipts)
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
    shelf = Shelf(place, {r.sha256 for r in receipts})
    problems += shelf.put_aside()
    lies = unpacked or {}
    jobs: list[_Job] = []
    for answer in wanted:
        if kept := shelf.kept(answer.name):
            problems.append(kept)
        elif shelf.made_from(answer.name) != _digest(answer, heading):
            jobs.append((lies.get(answer.file) or folder.path / answer.file, place, answer, heading))
    made: list[Path] = []
    run = executor.map if executor is not None and len(jobs) > 1 else map
    drafts = run(_draft, *zip(*jobs, strict=True)) if jobs else ()
    for done, ((_, _, answer, _), draft) in enumerate(zip(jobs, drafts, strict=True), 1):
        problem = draft if isinstance(draft, str) else _put(shelf, draft, answer.name)
        if problem:
            problems.append(problem)
        else:
            made.append(place / answer.name)
        watcher(done, len(jobs))
    removed = _remove(shelf, sorted(shelf.copies - {a.name for a in wanted}), problems)
    shelf.tidy()
    copies = tuple(place / a.name for a in wanted if a.name in shelf.copies)
    return Feedback(copies, tuple(made), removed, tuple(problems))


def _draft(source: Path, place: Path, answer: Answer, heading: Heading) -> Path | str:
    """A copy under a name for the time being, or what kept it from being made."""
    if on_windows() and (told := too_long(str(place / answer.name))):
        return f"反馈副本《{answer.name}》没有写：{told}"
    try:
        return _written(place, _made(source, answer, heading, _digest(answer, heading)))
    except (LianbingError, OSError) as error:
        return f"反馈副本《{answer.name}》没有更新：{_told(error)}"
    except Exception as error:  # a copy is a service: the scores that it goes with are written, and stay
        return f"《{answer.file}》的反馈副本没有做成（{type(error).__name__}），问题见总表“校核结果”。"


def _put(shelf: Shelf, draft: Path, name: str) -> str:
    """What kept the copy from getting its name; '' if it has it."""
    try:
        return shelf.put(draft, name)
    except (LianbingError, OSError) as error:
        return f"反馈副本《{name}》没有更新：{_told(error)}"
    finally:
        draft.unlink(missing_ok=True)


def _made(source: Path, answer: Answer, heading: Heading, digest: str) -> bytes:
    try:
        content = source.read_bytes() if answer.markable and source.stat().st_size <= _LARGEST_COPY else b""
        return marked_copy(content, answer, heading, digest)
    except NOT_OURS:
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


def _remove(shelf: Shelf, names: Iterable[str], problems: list[str]) -> tuple[Path, ...]:
    """Takes away the copies of units that have nothing to mend any more."""
    gone = []
    for name in names:
        try:
            gone.append(shelf.remove(name))
        except (LianbingError, OSError) as error:
            problems.append(f"反馈副本《{name}》已经用不着，但没有删掉：{_told(error)}")
    return tuple(gone)


def _replace(target: Path, content: bytes) -> None:
    """Writes a file in one step; nothing is written if it holds just that. Raises MasterLocked, OSError."""
    if target.exists():
        refuse_if_open(target)
        if target.stat().st_size == len(content) and target.read_bytes() == content:
            return
    draft = _written(target.parent, content)
    try:
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _written(place: Path, content: bytes) -> Path:
    """A file of that content under a name for the time being. Raises OSError."""
    handle, name = tempfile.mkstemp(".tmp", prefix_of("反馈"), place)
    draft = Path(name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    draft.chmod(0o644)
    return draft


def _told(error: Exception) -> str:
    if isinstance(error, LianbingError):
        return f"{error.message}{error.fix}"
    if isinstance(error, PermissionError):
        return "它正被其他程序打开，或者文件、文件夹是只读的。请关闭后重新运行。"
    return f"{words_of(error) if isinstance(error, OSError) else error}。"
