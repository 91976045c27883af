"""Every rule of scoring is named by a test, so that a reader of the rules finds what keeps it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

RULES = (
    *(f"A{n}" for n in range(1, 5)),
    *(f"B1.{n}" for n in range(1, 7)),
    *(f"B2.{n}" for n in range(1, 11)),
    *("B3", "B4.1", "B4.2", "B9", "B10"),
    *(f"C{n}" for n in range(1, 6)),
    "D1",
    *(f"L{n}" for n in range(1, 13)),
)
NAMES = [
    name
    for folder in ("unit", "property")
    for file in (Path(__file__).parents[1] / folder).glob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("rule", RULES)
def test_a_test_names_the_rule(rule: str) -> None:
    words = rule.lower().replace(".", "_")
    assert [n for n in NAMES if f"_{words}_" in n], rule
