"""Articles in the 大练兵 columns: the tie-break (B10), and which publicity rows count."""

from __future__ import annotations

from collections.abc import Iterable

from xl_lianbing.glossary import TIE_BREAK_MEDIA, NotCounted, PublicityKind, Reason, YesNo
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import Line
from xl_lianbing.records.returns import Publicity
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting.rows import unreadable


def count_articles(lines: Iterable[Line[Publicity]], rules: Ruleset) -> tuple[int, dict[int, Reason]]:
    """B10: the number of articles of the unit's own return, and the reason for every publicity row left out.

    A 简报 or 信息 counts for the reporting duty (D1) if dated inside the activity.
    """
    window = rules.window("activity")
    articles: set[tuple[str, str]] = set()
    reasons: dict[int, Reason] = {}
    for line in lines:
        record = line.record
        if line.blocked:
            reasons[line.row] = unreadable(line.blocked)
        elif record.dated is None or record.dated not in window:
            reasons[line.row] = Reason(NotCounted.OUTSIDE_ACTIVITY)
        elif record.kind is PublicityKind.ARTICLE:
            place = (name_key(record.headline or ""), record.medium or "")
            if record.medium not in TIE_BREAK_MEDIA:
                reasons[line.row] = Reason(NotCounted.OTHER_MEDIUM)
            elif record.campaign_column is not YesNo.YES:
                reasons[line.row] = Reason(NotCounted.OTHER_COLUMN)
            elif place in articles:
                reasons[line.row] = Reason(NotCounted.SAME_ARTICLE)
            else:
                articles.add(place)
    return len(articles), reasons
