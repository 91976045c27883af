"""Runs worked examples and says which of them hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from xl_lianbing.exact import Fraction, half_up
from xl_lianbing.worked_cases.functions import FUNCTIONS, Answer, Given, number, parts
from xl_lianbing.worked_cases.table import Case, parse_cases

SHIPPED = "算例.csv"


@dataclass(frozen=True, slots=True)
class Checked:
    """An example and what the program gives; `problem` says why it could not be run or what differs, '' = passed."""

    case: Case
    got: str
    problem: str

    @property
    def passed(self) -> bool:
        return not self.problem


def shipped_file() -> bytes:
    """The examples that come with the program (UTF-8 with a mark, as Excel wants it)."""
    return (resources.files("xl_lianbing.worked_cases") / SHIPPED).read_bytes()


def shipped_cases() -> list[Case]:
    return parse_cases(shipped_file(), SHIPPED)


def check_cases(cases: Iterable[Case]) -> list[Checked]:
    """Every example run against its rule's function; exact numbers, no tolerance."""
    return [_checked(case) for case in cases]


def _checked(case: Case) -> Checked:
    rule = case.rule.split()[0] if case.rule.split() else ""
    if rule not in FUNCTIONS:
        return Checked(case, "", f"没有规则“{case.rule}”的算法，可写：{'、'.join(FUNCTIONS)}")
    given = Given(case.given)
    try:
        places = int(given.number("保留小数", "-1"))
        answer = FUNCTIONS[rule].function(given)
        unused = given.unused()
        if unused:
            raise ValueError(f"输入中有不认识的“{'”“'.join(unused)}”")
        if places >= 0 and isinstance(answer, Fraction):
            answer = Fraction(half_up(answer, places))
        return Checked(case, told(answer), _difference(answer, case.expected))
    except ZeroDivisionError:
        return Checked(case, "", f"除数是0。样例：{FUNCTIONS[rule].sample}")
    except ValueError as e:
        why = (
            str(e)
            if any(ord(c) > 127 for c in str(e))
            else "数值不在规则允许的范围内（如基准值不大于0、数值大于最高值）"
        )
        return Checked(case, "", f"{why}。样例：{FUNCTIONS[rule].sample}")


def _difference(answer: Answer, expected: str) -> str:
    if isinstance(answer, str):
        return "" if answer == expected else f"期望{expected}，程序得{answer}"
    if isinstance(answer, list):
        wanted = [number(part, "期望") for part in parts(expected)]
        return "" if wanted == answer else f"期望{expected}，程序得{told(answer)}"
    wanted_number = number(expected, "期望")
    gap = answer - wanted_number
    return f"期望{expected}，程序得{told(answer)}，相差{told(gap)}" if gap else ""


def told(answer: Answer) -> str:
    """An answer as the examples write it: a decimal where it ends, else a fraction and its value."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, list):
        return "、".join(map(str, answer))
    for places in range(13):
        if (answer * 10**places).denominator == 1:
            return str(half_up(answer, places))
    return f"{answer}（约{float(answer):.6f}）"
