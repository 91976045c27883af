"""When scoring needs a cell (B2.10): then an empty or unreadable one blocks its row.

Columns are as the year asks for them (`RulePack.columns`).
"""

from __future__ import annotations

from collections.abc import Mapping

from xl_lianbing.glossary import PublicityKind, YesNo
from xl_lianbing.records.column import FILLED_WHEN, Column, Scored
from xl_lianbing.rules.readings import DailyFine
from xl_lianbing.rules.ruleset import Ruleset


def needed(scored: Scored, values: Mapping[str, object], rules: Ruleset) -> bool:
    """Whether scoring needs a column's cell in the row with these values (field → value)."""
    match scored:
        case Scored.NEVER:
            return False
        case Scored.ALWAYS | Scored.FINE:
            return True
        case Scored.DAILY_AMOUNT:
            return _says_so(scored, values) and rules.reading(DailyFine) is DailyFine.COUNTS
        case Scored.CORRECTION:
            return _says_so(scored, values)
        case Scored.ARTICLE:
            return values.get("kind") == PublicityKind.ARTICLE
        case Scored.COMPLETE:
            return values.get("complete") != YesNo.NO


def needed_filled(scored: Scored, values: Mapping[str, object], rules: Ruleset) -> bool:
    """Whether scoring needs something in the cell: of the amounts, only that of a 罚款 must be there (B2.5)."""
    return _says_so(scored, values) if scored is Scored.FINE else needed(scored, values, rules)


def must_be_filled(column: Column) -> bool:
    """Whether an empty cell may be a finding."""
    return column.required or column.scored in FILLED_WHEN


def _says_so(scored: Scored, values: Mapping[str, object]) -> bool:
    field, telling = FILLED_WHEN[scored]
    return values.get(field) in telling
