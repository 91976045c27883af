"""The program against the independent reference scorer, cell by cell, on made-up campaigns."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import campaigns, compare, fill
from tests.oracle.scorer import PACKS, SWITCHES, Campaign

Filled = Callable[[str, int, bool], tuple[Path, Campaign]]

IRRELEVANT = {"jiangsu-2016": {"L6", "L8", "L9", "L10"}, "jiangsu-2017": {"L5"}}
SINGLE = [
    (pack, name, choice)
    for pack in PACKS
    for name, choices in SWITCHES.items()
    if name not in IRRELEVANT[pack]
    for choice in choices[1:]
]
SHOWN_BY: dict[str, dict[str, Any]] = {"L2": {"专家评审权重": Decimal("0.7")}, "L9": {"L10": "不计入"}}
"""What else must be set for a reading to show: a weight that is not one half, late cases that do not count."""
BASE = {"jiangsu-2016": (5, False), "jiangsu-2017": (6, False)}
"""The campaigns in which every reading changes something."""
SEEDS = [
    ("jiangsu-2016", 5, False),
    ("jiangsu-2016", 2, False),
    ("jiangsu-2016", 3, True),
    ("jiangsu-2017", 6, False),
    ("jiangsu-2017", 1, False),
    ("jiangsu-2017", 2, True),
]
RESAVED_BY_LIBREOFFICE = ("jiangsu-2017", 1, False)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """A filled campaign folder for a pack and a seed, made once."""
    made: dict[tuple[str, int, bool], tuple[Path, Campaign]] = {}

    def get(pack: str, seed: int, province: bool) -> tuple[Path, Campaign]:
        key = pack, seed, province
        if key not in made:
            folder = tmp_path_factory.mktemp("campaign") / "大练兵"
            campaign = campaigns.make(pack, seed, province=province, quotas=seed != 3)
            fill.build(folder, campaign, seed, libreoffice=key == RESAVED_BY_LIBREOFFICE)
            made[key] = folder, campaign
        return made[key]

    return get


def check(source: Path, target: Path, campaign: Campaign, rules: dict[str, Any]) -> None:
    """Score a copy of the folder under other values of 规则 and compare."""
    shutil.copytree(source, target)
    if rules:
        fill.set_rules(target, rules)
    found = compare.differences(target, campaigns.with_rules(campaign, rules))
    assert not found, f"{len(found)} 处不一致：\n" + "\n".join(found[:60])


@pytest.mark.parametrize(("pack", "seed", "province"), SEEDS)
def test_default_readings(filled: Filled, tmp_path: Path, pack: str, seed: int, province: bool) -> None:
    source, campaign = filled(pack, seed, province)
    check(source, tmp_path / "活动", campaign, {})


@pytest.mark.parametrize(("pack", "name", "choice"), SINGLE)
def test_one_other_reading(filled: Filled, tmp_path: Path, pack: str, name: str, choice: str) -> None:
    source, campaign = filled(pack, *BASE[pack])
    check(source, tmp_path / "活动", campaign, SHOWN_BY.get(name, {}) | {name: choice})


@pytest.mark.parametrize(("pack", "seed", "province"), SEEDS)
def test_random_combination(filled: Filled, tmp_path: Path, pack: str, seed: int, province: bool) -> None:
    rng = random.Random(f"{pack}-{seed}")
    source, campaign = filled(pack, seed, province)
    check(source, tmp_path / "活动", campaign, {name: rng.choice(choices) for name, choices in SWITCHES.items()})
