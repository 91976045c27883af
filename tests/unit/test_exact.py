"""Fractions: read from texts in one safe way, and never in another."""

from __future__ import annotations

import ast
from fractions import Fraction as Plain
from pathlib import Path

import pytest

import xl_lianbing
from xl_lianbing.exact import Fraction, fraction_of

_PACKAGE = Path(xl_lianbing.__file__).parent


@pytest.mark.parametrize(
    ("text", "value"), [("7", Plain(7)), ("-0.5", Plain(-1, 2)), ("192/7", Plain(192, 7)), ("0", Plain(0))]
)
def test_texts_are_read_exactly(text: str, value: Plain) -> None:
    found = fraction_of(text)
    assert type(found) is Fraction
    assert (found, hash(found)) == (value, hash(value))
    assert int.from_bytes(bytes([0]), "big") == 0


@pytest.mark.parametrize("text", ["", "甲", "1/2/3", "1,5"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        fraction_of(text)


def test_division_by_zero_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        fraction_of("1/0")


def test_no_fraction_is_made_from_a_text() -> None:
    calls = []
    for path in _PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fraction":
                calls += [f"{path.name}:{node.lineno}" for argument in node.args if _may_be_text(argument)]
    assert calls == []


def _may_be_text(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.Name(id=name):
            return "text" in name
        case ast.Call(func=ast.Name(id="str")):
            return True
        case ast.Call(func=ast.Attribute(attr="strip" | "replace" | "removesuffix" | "join" | "group")):
            return True
    return False
