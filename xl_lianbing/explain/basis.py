"""What a step rests on: the paragraphs and words that the rule pack cites, and the values of 规则 in use."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.exact import in_full
from xl_lianbing.explain.derivation import Input
from xl_lianbing.explain.places import Places
from xl_lianbing.rules.pack import Cited
from xl_lianbing.rules.pack.sources import named
from xl_lianbing.rules.ruleset import Ruleset


def basis(*parts: Cited) -> list[str]:
    """The paragraphs cited, each once, and what is assumed."""
    told: dict[str, None] = {}
    for part in parts:
        told |= dict.fromkeys(f"{named(cite.source)}“{cite.quote}”" for cite in part.cites)
        if part.assumed:
            told[f"待确认：{part.assumed}"] = None
    return list(told)


def parts(
    rules: Ruleset, *, keys: Sequence[str] = (), switches: Sequence[str] = (), indicator: str = ""
) -> list[Cited]:
    """Entries of the pack: of an indicator, of values (by key) and of switches (by code)."""
    found: list[Cited] = [rules.pack.indicator(indicator)] if indicator else []
    found += [rules.pack.by_key[key] for key in keys]
    return [*found, *(s for s in rules.pack.switches if s.code in switches)]


def rule_inputs(places: Places, *, keys: Sequence[str] = (), switches: Sequence[str] = ()) -> list[Input]:
    """Values and readings of 规则 with their cells."""
    rules = places.computed.master.rules
    values = [rules.pack.by_key[key] for key in keys]
    named = {s.code: s.item for s in rules.pack.switches}
    return [Input(v.item, in_full(rules.optional(v.key)), places.rule(v.key)) for v in values] + [
        Input(f"口径{code} {named[code]}", rules.chosen(code), places.rule(code)) for code in switches
    ]
