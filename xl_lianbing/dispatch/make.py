"""The issue that is due on a day: which period, which number, what stands in it; and putting it into 调度/."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xl_lianbing.dispatch.corrections import corrections
from xl_lianbing.dispatch.figures import gather
from xl_lianbing.dispatch.issue import Correction, Issue, UnitLine, bulletin_file, frozen, frozen_file, previous
from xl_lianbing.dispatch.pace import SLOW_BELOW, STAND_IN, paces, receipts_in_use, silent, stands_in, state
from xl_lianbing.drafts import prefix_of, sweep
from xl_lianbing.errors import LianbingError
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.returned.receipts import Collected
from xl_lianbing.rules.pack import RulePack
from xl_lianbing.rules.periods import Period, last_ended, next_to_end
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.roster import Unit
from xl_lianbing.scoring.score import Scores

_NOTHING = "没有改动任何文件"


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be issued: `replaced`: the newest issue, sent for the same period."""

    period: Period
    number: int
    before: Issue | None
    replaced: Issue | None = None


def due(day: date, rules: Ruleset, sent: Sequence[Issue], *, again: bool) -> Due:
    """The period that `day` last ended. Raises LianbingError if none has, or it was sent, or a later one was."""
    period = last_ended(day, rules)
    if period is None:
        raise _none_ended(day, rules)
    same = next((issue for issue in sent if issue.period.end == period.end), None)
    newest = sent[-1] if sent else None
    if newest is not None and newest.period.end > period.end:
        done = f"（{same.label}）" if same else ""
        raise LianbingError(
            f"{period.name}的调度{done}之后已经发出{newest.period.name}（{newest.label}），不能再发更早的，{_NOTHING}。",
            "早先的数有变化的，会在下一期里作为更正说明；要重做最新一期的，日期写在那一期结束以后，加 --again。",
        )
    if same is not None and not again:
        raise LianbingError(
            f"{period.name}（截至{period.end}）的调度已经发出，是{same.label}，{_NOTHING}。",
            "要重做这一期的，加 --again（原来的一份存进“备份”）；要调度下一期的，等它结束以后再做。",
        )
    number = same.number if same else (newest.number + 1 if newest else 1)
    return Due(period, number, previous(sent, period), same)


def _none_ended(day: date, rules: Ruleset) -> LianbingError:
    coming = next_to_end(day, rules)
    when = f"第一期{coming.name}到{coming.end}结束" if coming else "本年没有调度期"
    start, regular = rules.window("decisions").start, rules.window("activity").start
    earlier = f"；要调度活动以前的月份，日期写在{start}以后、{regular}以前" if start < regular else ""
    return LianbingError(f"到{day}还没有一期结束，不能调度，{_NOTHING}。", f"{when}，那天或以后再做{earlier}。")


def make_issue(asked: Due, day: date, scores: Scores, collected: Collected, pack: RulePack) -> Issue:
    """The figures of the period, of the returns as they are now (D1.1)."""
    period, before, returns = asked.period, asked.before, collected.returns
    receipts = receipts_in_use(collected.receipts)
    gathered = gather(scores, returns, period.end)
    found: tuple[Correction, ...] = ()
    if before is not None:
        first = before.period.start
        anew = gather(scores, returns, before.period.end)
        found = tuple(corrections(before, anew, lambda unit: silent(unit, returns, receipts, first)))
    pace = paces(scores, gathered, period.end)
    why = {u.name: silent(u.name, returns, receipts, period.start) for u in scores.roster.units}
    stand_in = stands_in(scores)

    def remarks(place: Unit) -> Iterator[str]:
        unit = place.name
        if why[unit]:
            yield why[unit]
        if absent := [u.name for u in scores.roster.districts(place) if why[u.name]]:
            yield f"行政区域内未报：{'、'.join(absent)}"
        if pace[unit].why:
            yield pace[unit].why
        elif stand_in:
            yield STAND_IN
        own = [c.told for c in found if c.unit == unit and not c.late]
        late = [c.told for c in found if c.unit == unit and c.late]
        if late:
            yield "；".join(late)
        if own:
            yield f"更正：{'；'.join(own)}"

    lines = tuple(
        UnitLine(
            unit=u.name,
            tier=u.tier,
            figures=gathered.shown[u.name],
            expected=pace[u.name].expected,
            ratio=pace[u.name].ratio,
            state=state(why[u.name], pace[u.name], scores),
            silent=why[u.name],
            remarks=tuple(remarks(u)),
        )
        for u in scores.roster.units
    )
    return Issue(
        number=asked.number,
        period=period,
        issued=day,
        pack=f"{pack.id} {pack.version}",
        campaign=pack.title,
        issuer=pack.issuer,
        next_due=_next_due(day, scores.rules),
        slow_below=scores.rules.exact(SLOW_BELOW),
        stand_in=stand_in,
        whole=gathered.whole,
        own=gather(scores, returns, period.end, period.start).whole,
        lines=lines,
        corrections=found,
        returns={unit: (intake.file, intake.sha256) for unit, intake in collected.used.items()},
    )


def _next_due(day: date, rules: Ruleset) -> date | None:
    """By when the next figures are asked for: the end of the next period, after the last one the returns' deadline."""
    coming, deadline = next_to_end(day, rules), rules.pack.deadline("return")
    if coming is not None:
        return coming.end
    return deadline.due if deadline is not None and deadline.due >= day else None


@dataclass(frozen=True, slots=True)
class Issued:
    """What a dispatch made: `kept` are the files of the issue it replaced, now among the backups."""

    issue: Issue
    frozen: Path
    bulletin: Path
    kept: tuple[Path, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue and its bulletin, written beside their places; `issues`: all, with this as the newest.

    As a context, it takes the drafts away again if what is done inside fails.
    """

    folder: CampaignFolder
    issues: tuple[Issue, ...]
    files: tuple[tuple[Path, Path], ...]

    @classmethod
    def written(cls, folder: CampaignFolder, issue: Issue, others: Sequence[Issue], document: bytes) -> Draft:
        """Raises OSError, and LianbingError if a file of that name is open in a program."""
        folder.issues.mkdir(exist_ok=True)
        places = {frozen_file(folder, issue): frozen(issue), bulletin_file(folder, issue): document}
        sweep(folder.issues, *(place.stem for place in places))
        for place in places:
            _refuse_if_open(place)
        files = []
        for place, content in places.items():
            draft = folder.issues / f"{prefix_of(place.stem)}{secrets.token_hex(4)}.tmp"
            draft.write_bytes(content)
            files.append((draft, place))
        return cls(folder, (*others, issue), tuple(files))

    def __enter__(self) -> Draft:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for draft, _place in self.files:
                draft.unlink(missing_ok=True)
            with suppress(OSError):
                self.folder.issues.rmdir()  # where nothing was issued before

    def settle(self, now: datetime) -> Issued:
        """Puts the files in their places; what lay there is kept among the backups."""
        kept = []
        for _, place in self.files:
            if place.exists():
                self.folder.backups.mkdir(exist_ok=True)
                to = _free(self.folder.backups / f"{place.stem}_{now:%Y%m%d-%H%M%S}{place.suffix}")
                shutil.copy2(place, to)
                kept.append(to)
        for draft, place in self.files:
            draft.replace(place)
        (_, frozen_at), (_, bulletin_at) = self.files
        return Issued(self.issues[-1], frozen_at, bulletin_at, tuple(kept), self.issues)


def _refuse_if_open(place: Path) -> None:
    try:
        with place.open("r+b"):
            pass
    except FileNotFoundError:
        pass
    except PermissionError as e:
        raise LianbingError(
            f"《{place.name}》正被别的程序打开，或者不能修改，{_NOTHING}。", "关闭打开它的程序（例如Word），再试。"
        ) from e


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}_{number}")
    return free
