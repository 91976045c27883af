"""What scoring asks of every pack: the keys it reads, and the switches with exactly the readings it knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xl_lianbing.rules.readings import SWITCH_READINGS

_WINDOWS = ("decisions", "major", "reconsiderations", "files", "activity")
_FILES = ("penalty", "daily_penalty", "detention_transfer", "criminal_transfer", "court_enforcement")
_ADJUSTMENTS = ("supervision", "compliance", "taihu", "other")

VALUE_KEYS = frozenset(
    [f"window.{w}.{edge}" for w in _WINDOWS for edge in ("start", "end")]
    + [f"quota.{q}" for q in ("county", "city", "officers", "candidates_per_unit")]
    + [f"full.{f}" for f in ("case_files", "cases", "fines", "major", "satisfaction")]
    + [f"officer.full.{f}" for f in ("cases", "file", "votes", "deeds")]
    + [f"review.{r}" for r in ("full", "expert_weight", "gap", "experts", "peers", "deeds")]
    + [f"files.{tier}.{f}" for tier in ("county", "city") for f in _FILES]
    + ["files.city.internal_audit", "files.recommended_units"]
    + ["baseline.upper", "baseline.lower", "satisfaction.loss", "satisfaction.floor"]
    + ["officer.cases.loss", "officer.votes.loss", "officer.floor", "deeds.item_full", "deeds.max_chars"]
    + ["dispatch.pace", "dispatch.per_month", "task.near_days", "duty.bulletins_per_month", "training.coverage_cap"]
    + [f"total.{t}" for t in ("cases", "fines", "major", "key_enterprises")]
)
#: Keys that a pack has if it has the feature; those of a feature that is off may stay.
FEATURE_VALUE_KEYS: Mapping[str, frozenset[str]] = {
    "filing": frozenset({"filing.days"}),
    "adjustments": frozenset(f"adjust.{a}.{edge}" for a in _ADJUSTMENTS for edge in ("min", "max")),
}
#: Keys that a pack may have.
OPTIONAL_VALUE_KEYS = frozenset({"duty.supervision_bulletins", "duty.department_bulletins"})
#: The totals that the bureau types in; nothing else may be without a value.
BLANK_VALUE_KEYS = frozenset({"total.cases", "total.fines", "total.major", "total.key_enterprises"})

FEATURE_KEYS = frozenset(
    {"publication", "filing", "key_list", "model_case", "adjustments", "export", "air_veto", "water_veto"}
    | {"integrity_veto", "certificate", "tie_break_articles", "mobile_platform"}
)
INDICATOR_KEYS = frozenset(
    {"case_files", "cases", "satisfaction", "adjustments", "air_veto", "water_veto"}
    | {"officer.cases", "officer.file", "officer.votes", "officer.deeds", "officer.integrity"}
)


def _difference(part: str, found: Iterable[str], asked: frozenset[str], allowed: frozenset[str]) -> list[str]:
    keys = frozenset(found)
    return [f"{part} 缺少 {key}" for key in sorted(asked - keys)] + [
        f"{part} 里的 {key} 不是程序认识的键" for key in sorted(keys - asked - allowed)
    ]


def breaches(
    values: Iterable[str],
    features: Mapping[str, bool],
    indicators: Iterable[str],
    switches: Mapping[str, tuple[str, ...]],
) -> list[str]:
    """What a pack lacks, or has that nothing reads: one Chinese sentence each."""
    asked = VALUE_KEYS.union(*(keys for feature, keys in FEATURE_VALUE_KEYS.items() if features.get(feature)))
    allowed = OPTIONAL_VALUE_KEYS.union(*FEATURE_VALUE_KEYS.values())
    found = _difference("values", values, asked, allowed)
    found += _difference("features", features, FEATURE_KEYS, frozenset())
    found += _difference("indicators", indicators, INDICATOR_KEYS, frozenset())
    found += _difference("switches", switches, frozenset(SWITCH_READINGS), frozenset())
    for code, readings in switches.items():
        known = SWITCH_READINGS.get(code, readings)
        if sorted(readings) != sorted(known):
            found.append(f"switches.{code} 的 readings 应为：{'、'.join(known)}")
    return found
