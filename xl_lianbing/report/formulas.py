"""Pieces of Excel formulas that the score columns share: named cells of 规则, no functions newer than Excel 2010."""

from __future__ import annotations

from xl_lianbing.excel.values import Formula
from xl_lianbing.records.results import Grid
from xl_lianbing.rules.ruleset import Ruleset

#: Decimals to which formulas compare; Python compares exactly.
EXACT_ENOUGH = 9


class Names:
    """The defined names of 规则 by pack key, and of the switches by code."""

    def __init__(self, rules: Ruleset) -> None:
        self._values = {key: value.name for key, value in rules.pack.by_key.items()}
        self._switches = {s.code: s.name for s in rules.pack.switches}

    def __getitem__(self, key: str) -> str:
        return self._values[key]

    def switch(self, code: str) -> str:
        return self._switches[code]


class Row:
    """Addresses of one row of a grid: `row["总分"]` is `$H7`, `row.all("总分")` the whole column's data."""

    def __init__(self, grid: Grid, index: int, rows: int) -> None:
        self.grid, self.rows = grid, rows
        self.number = grid.header_row + 1 + index

    def __getitem__(self, header: str) -> str:
        return f"${self.grid.letter(header)}{self.number}"

    def all(self, header: str) -> str:
        return self.grid.span(header, self.rows)


def file_points(expert: str, cross: str, names: Names) -> str:
    """L2: one file's score from the cells of its two reviews (B1.3)."""
    l2, weight = names.switch("L2"), names["review.expert_weight"]
    return (
        f'IF({l2}="相加",N({expert})+N({cross}),'
        f'IF({l2}="平均",(N({expert})+N({cross}))/2,{weight}*N({expert})+(1-{weight})*N({cross})))'
    )


def file_full(names: Names) -> str:
    """L2: the full mark of one file (B1.3)."""
    return f'(IF({names.switch("L2")}="相加",2,1)*{names["review.full"]})'


def rounded_gap(gap: str, names: Names) -> str:
    """L11: what a gap in percent becomes (B3, C2, C3)."""
    l11, exact = names.switch("L11"), f"ROUND({gap},{EXACT_ENOUGH})"
    return f'IF({l11}="按比例",{gap},IF({l11}="整数向下",INT({exact}),ROUNDUP({exact},0)))'


def loss(gap: str, full: str, per_percent: str, floor: str, names: Names) -> str:
    """B3, C2, C3: full mark less the loss for each 1% of the gap, not under the floor."""
    return f"MAX({names[floor]},{names[full]}-{names[per_percent]}*{rounded_gap(gap, names)})"


def better(column: str, own: str) -> str:
    """Rows of `column` above the own value, as 0/1, compared to the decimals that doubles can tell."""
    return f"(ROUND({column},{EXACT_ENOUGH})>ROUND({own},{EXACT_ENOUGH}))"


def equal(column: str, own: str) -> str:
    return f"(ROUND({column},{EXACT_ENOUGH})=ROUND({own},{EXACT_ENOUGH}))"


def quota(key: str, rules: Ruleset, names: Names, *, several_cities: bool) -> Formula:
    """A4: the quota of 规则; over several cities the province's, as long as 规则 still holds the city's."""
    effective = rules.number(key)
    value = rules.pack.by_key[key]
    if several_cities and value.province is not None and effective == value.province:
        return Formula(f"IF({names[key]}={value.value},{value.province},{names[key]})", int(effective))
    return Formula(names[key], int(effective))
