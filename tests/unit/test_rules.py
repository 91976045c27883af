"""The scoring formulas: the check values worked by hand (E1–E5), and what holds for any numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_lianbing.exact import half_up
from xl_lianbing.rules.baseline import READINGS, by_reading, linear
from xl_lianbing.rules.deeds import deeds_mean
from xl_lianbing.rules.files import file_full, file_mean, file_score
from xl_lianbing.rules.limits import held_sum
from xl_lianbing.rules.loss import ROUNDINGS, gap_percent, loss_per_percent
from xl_lianbing.rules.ranks import rank
from xl_lianbing.rules.readings import AboveBaseline, BetweenTheLines, GapRounding, ReviewsTogether
from xl_lianbing.rules.vetoes import integrity_veto, worsened

F = Fraction
UPPER, LOWER = F(3, 2), F(1, 2)


def exact(text: str) -> Fraction:
    return Fraction(text)


# --- E1: the baseline of B2


@pytest.mark.parametrize(
    ("cases", "points"),
    [(200, "7.5"), (300, "15"), (301, "15"), (100, "0"), (99, "0"), (150, "3.75"), (260, "12")],
)
def test_e1_linear(cases: int, points: str) -> None:
    """B2.1–B2.3: 60/1200 of 4000 cases is a baseline of 200."""
    line = F(60, 1200) * 4000
    assert line == 200
    assert linear(F(cases), line, F(15), LOWER, UPPER) == exact(points)
    assert by_reading("线性", F(cases), line, F(15), UPPER, LOWER) == exact(points)


@pytest.mark.parametrize(
    ("reading", "cases", "points"),
    [
        ("超过1.5倍", 300, 0),
        ("超过1.5倍", 301, 15),
        ("阶梯", 300, 0),
        ("阶梯", 301, 15),
        ("超过0.5倍", 100, 0),
        ("超过0.5倍", 101, 15),
    ],
)
def test_e1_step_is_strict(reading: str, cases: int, points: int) -> None:
    """B2.4."""
    assert by_reading(reading, F(cases), F(200), F(15), UPPER, LOWER) == points


def test_the_bureaus_own_bounds_are_used() -> None:
    """B2.3: with lines at 1 × and 2 ×, 1.5 × is half way."""
    assert linear(F(300), F(200), F(15), lower=F(1), upper=F(2)) == exact("7.5")
    assert by_reading("线性", F(300), F(200), F(15), F(2), F(1)) == exact("7.5")


# --- E2, E4: a loss for each percent (B3, C2, C3)


@pytest.mark.parametrize(
    ("votes", "rounding", "points"),
    [
        (1000, "按比例", "20"),
        (666, "按比例", "9.98"),
        (0, "按比例", "0"),
        (666, "整数向下", "10.1"),
        (666, "整数向上", "9.8"),
        (1000, "整数向上", "20"),
    ],
)
def test_e2_votes(votes: int, rounding: str, points: str) -> None:
    assert loss_per_percent(F(votes), F(1000), F(20), exact("0.3"), F(0), rounding) == exact(points)


@pytest.mark.parametrize(("cases", "points"), [(48, F(30)), (36, F(25)), (47, 30 - F(100, 48) / 5)])
def test_e4_cases_of_officers(cases: int, points: Fraction) -> None:
    found = loss_per_percent(F(cases), F(48), F(30), exact("0.2"), F(0), "按比例")
    assert found == points
    if cases == 47:
        assert half_up(found, 6) == Decimal("29.583333")


def test_gap_percent() -> None:
    assert ROUNDINGS["按比例"](gap_percent(F(666), F(1000))) == exact("33.4")
    assert ROUNDINGS["整数向下"](gap_percent(F(666), F(1000))) == 33
    assert ROUNDINGS["整数向上"](gap_percent(F(666), F(1000))) == 34
    assert ROUNDINGS["整数向上"](gap_percent(F(660), F(1000))) == 34
    assert ROUNDINGS["整数向上"](gap_percent(F(1000), F(1000))) == 0


# --- E3: the mean of case files (B1.3, B1.4)

REVIEWS = [(90, 80), (85, 85), (70, 60), (88, 92), (60, 70), (95, 85)]


@pytest.mark.parametrize(("divisor", "points", "shown"), [(7, F(960, 35), "27.43"), (6, F(32), "32.00")])
def test_e3_mean_of_files(divisor: int, points: Fraction, shown: str) -> None:
    scores = [file_score(F(e), F(c), "相加", LOWER) for e, c in REVIEWS]
    assert scores == [170, 170, 130, 180, 130, 180]
    found = file_mean(scores, divisor, file_full("相加", F(100)), F(40))
    assert found == points
    assert half_up(found, 2) == Decimal(shown)


@pytest.mark.parametrize(("reading", "score", "full"), [("相加", "170", 200), ("平均", "85", 100), ("加权", "86", 100)])
def test_l2_readings(reading: str, score: str, full: int) -> None:
    assert file_score(F(90), F(80), reading, exact("0.6")) == exact(score)
    assert file_full(reading, F(100)) == full


def test_a_missing_review_counts_zero() -> None:
    """B1.3."""
    assert file_score(None, F(80), "相加", LOWER) == 80
    assert file_score(F(90), None, "平均", LOWER) == 45
    assert file_score(None, F(80), "加权", exact("0.6")) == 32
    assert file_score(None, None, "相加", LOWER) == 0


# --- E5: ranks (B10)


def test_e5_ties() -> None:
    total = exact("83.125")
    assert rank([(total, 4), (total, 2), (F(80), 9)]) == [1, 2, 3]
    assert rank([(F(80), 0), (total, 4), (total, 4)]) == [3, 1, 1]
    assert rank([]) == []


# --- the rest


def test_deeds_mean() -> None:
    """C4: two reviewers with 80 and 90 of 100 give 85% of 30."""
    assert deeds_mean([F(80), F(90)], F(100), F(30)) == exact("25.5")
    assert deeds_mean([], F(100), F(30)) == 0


def test_held_sum() -> None:
    """B9."""
    assert held_sum([F(2), exact("1.5")], F(0), F(5)) == exact("3.5")
    assert held_sum([F(4), F(4)], F(0), F(5)) == 5
    assert held_sum([F(-9)], F(-5), F(5)) == -5
    assert held_sum([], F(0), F(5)) == 0


def test_vetoes() -> None:
    """B4.1, B4.2: the same as last year is not worse. C5."""
    assert worsened(F(50), exact("50.1"))
    assert not worsened(F(50), F(50))
    assert integrity_veto(statement=False, proven=False)
    assert integrity_veto(statement=True, proven=True)
    assert not integrity_veto(statement=True, proven=False)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (F(5, 1000), 2, "0.01"),
        (F(4999, 1000000), 2, "0.00"),
        (F(-5, 1000), 2, "-0.01"),
        (F(-1, 1000), 2, "0.00"),
        (Decimal("2.675"), 2, "2.68"),
        (F(1, 3), 0, "0"),
        (F(10**40) + F(1, 2), 0, "1" + "0" * 39 + "1"),
        (F(20), 2, "20.00"),
    ],
)
def test_half_up(value: Fraction | Decimal, places: int, shown: str) -> None:
    assert str(half_up(value, places)) == shown


def test_readings_are_those_of_the_switches() -> None:
    assert set(READINGS) == set(BetweenTheLines) | set(AboveBaseline)
    assert set(ROUNDINGS) == set(GapRounding)
    for reading in ReviewsTogether:
        assert file_score(F(1), F(1), reading, LOWER) > 0
    with pytest.raises(KeyError):
        by_reading("取高", F(1), F(1), F(1), UPPER, LOWER)
    with pytest.raises(ValueError, match="取高"):
        file_score(F(1), F(1), "取高", LOWER)


@pytest.mark.parametrize("line", [F(0), F(-1)])
@pytest.mark.parametrize("reading", sorted(READINGS))
def test_no_baseline_is_refused(reading: str, line: Fraction) -> None:
    with pytest.raises(ValueError, match="baseline > 0"):
        by_reading(reading, F(1), line, F(15), UPPER, LOWER)


def test_nothing_to_divide_by_is_refused() -> None:
    with pytest.raises(ValueError, match="upper > lower"):
        linear(F(1), F(1), F(15), F(1), F(1))
    with pytest.raises(ValueError, match="most"):
        gap_percent(F(0), F(0))
    with pytest.raises(ValueError, match="most"):
        gap_percent(F(2), F(1))
    with pytest.raises(ValueError, match="divisor"):
        file_mean([], 0, F(200), F(40))
    with pytest.raises(ValueError, match="full_of_sum"):
        deeds_mean([F(1)], F(0), F(30))


# --- properties

amounts = st.fractions(min_value=0, max_value=10**6, max_denominator=1000)
positive = st.fractions(min_value=F(1, 1000), max_value=10**6, max_denominator=1000)
fulls = st.fractions(min_value=0, max_value=100, max_denominator=100)


@given(st.sampled_from(sorted(READINGS)), amounts, amounts, positive, fulls)
def test_more_never_scores_less_and_stays_in_the_full_mark(
    reading: str, one: Fraction, other: Fraction, line: Fraction, full: Fraction
) -> None:
    less, more = sorted((one, other))
    low, high = (by_reading(reading, v, line, full, UPPER, LOWER) for v in (less, more))
    assert 0 <= low <= high <= full


@given(st.sampled_from(sorted(ROUNDINGS)), st.lists(amounts, min_size=1), positive, fulls)
def test_more_votes_never_score_less(rounding: str, votes: list[Fraction], loss: Fraction, full: Fraction) -> None:
    ordered = sorted(votes)
    most = ordered[-1] or F(1)
    points = [loss_per_percent(v, most, full, loss, F(0), rounding) for v in ordered]
    assert points == sorted(points)
    assert all(0 <= p <= full for p in points)
    if ordered[-1]:
        assert points[-1] == full


@given(amounts, positive)
def test_whole_percents_enclose_the_proportional_gap(value: Fraction, most: Fraction) -> None:
    value = min(value, most)
    down, gap, up = (ROUNDINGS[r](gap_percent(value, most)) for r in ("整数向下", "按比例", "整数向上"))
    assert down <= gap <= up <= down + 1


@given(st.lists(st.tuples(fulls, st.integers(0, 5)), max_size=20))
def test_equal_keys_have_equal_ranks_and_only_they(keys: list[tuple[Fraction, int]]) -> None:
    ranks = rank(keys)
    for a, rank_a in zip(keys, ranks, strict=True):
        assert rank_a == 1 + sum(b > a for b in keys)
        for b, rank_b in zip(keys, ranks, strict=True):
            assert (a == b) == (rank_a == rank_b)


@given(st.fractions(), st.integers(0, 8))
def test_half_up_is_never_more_than_half_a_unit_off(value: Fraction, places: int) -> None:
    shown = Fraction(half_up(value, places))
    assert abs(shown - value) <= F(1, 2) / 10**places


@given(st.lists(st.fractions(0, 200), min_size=1, max_size=7), fulls)
def test_the_mean_stays_in_the_full_mark_and_one_more_file_never_lowers_it(
    scores: list[Fraction], full: Fraction
) -> None:
    points = file_mean(scores, 7, F(200), full)
    assert 0 <= file_mean(scores[1:], 7, F(200), full) <= points <= full
