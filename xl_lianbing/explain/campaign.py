"""Finds who is meant, computes the campaign anew and derives the points; writes nothing."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from xl_lianbing.drafts import scratch
from xl_lianbing.errors import LianbingError
from xl_lianbing.explain.derivation import Explanation
from xl_lianbing.explain.officers import explain_officer
from xl_lianbing.explain.places import Places
from xl_lianbing.explain.units import explain_unit
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.pipeline import compute, uncollected
from xl_lianbing.progress import Stopwatch, Watcher, nobody
from xl_lianbing.records.keys import name_key
from xl_lianbing.scoring.score import Scores


def explain(
    folder: CampaignFolder, who: str, *, watcher: Watcher = nobody, master: Path | None = None
) -> list[Explanation]:
    """The derivation for a unit or for a candidate (several if candidates of that name stand in several units;
    “单位 姓名” names one of them).

    `master` is the file to read in place of the campaign's own (a snapshot of the open workbook).
    Raises LianbingError if there is no such unit or candidate.
    """
    master = master or folder.master
    with ExitStack() as stack:
        stack.enter_context(uncollected())
        spool = stack.enter_context(scratch())
        computed = compute(folder, Stopwatch(watcher), spool, master=master)
        scores, places, key = computed.scores, Places(computed), name_key(who)
        units = [u for u in scores.units if u.unit.key == key]
        officers = [s for s in scores.officers if key in (s.officer.key[1], "".join(s.officer.key))]
        if not units and not officers:
            raise LianbingError(f"没有叫“{who}”的单位或先进个人候选人。", _who_there_is(scores))
        return [*(explain_unit(places, u) for u in units), *(explain_officer(places, s) for s in officers)]


def _who_there_is(scores: Scores) -> str:
    units = "、".join(u.name for u in scores.roster.units)
    people = "、".join(f"{s.officer.unit} {s.officer.name}" for s in scores.officers[:20])
    return f"单位有：{units}。" + (f"候选人有：{people}。" if people else "")
