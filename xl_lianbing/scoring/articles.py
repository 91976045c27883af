"""Articles in the 大练兵 columns: the tie-break (B10), and which publicity rows count."""

from __future__ import annotations

from collections.abc import Iterable

from xl_lianbing.glossary import TIE_BREAK_MEDIA, PublicityKind, YesNo
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.lines import Line
from xl_lianbing.records.returns import Publicity
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.counting import blocked_reason


def count_articles(lines: Iterable[Line[Publicity]], rules: Ruleset) -> tuple[int, dict[int, str]]:
    """B10: the number of articles of the unit's own return, and the reason for every publicity row left out.

    A 简报 or 信息 counts for the reporting duty (D1) if dated inside the activity.
    """
    window = rules.window("activity")
    articles: set[tuple[str, str]] = set()
    reasons: dict[int, str] = {}
    for line in lines:
        record = line.record
        if line.blocked:
            reasons[line.row] = blocked_reason(line.blocked)
        elif record.dated is None or record.dated not in window:
            reasons[line.row] = "日期不在活动期内"
        elif record.kind is PublicityKind.ARTICLE:
            place = (name_key(record.headline or ""), record.medium or "")
            if record.medium not in TIE_BREAK_MEDIA:
                reasons[line.row] = "不是《中国环境报》或省厅网站"
            elif record.campaign_column is not YesNo.YES:
                reasons[line.row] = "不在大练兵专栏"
            elif place in articles:
                reasons[line.row] = "同一媒体的同一标题只计一次"
            else:
                articles.add(place)
    return len(articles), reasons
