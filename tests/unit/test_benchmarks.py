"""The benchmark's own parts: the returns it makes, the yardstick, the measuring."""

from __future__ import annotations

import csv
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.bare_read import bare_read
from benchmarks.make_returns import RETURNS_FOLDER, ROSTER_FILE, made_up_roster, make_returns
from benchmarks.measure import run_python
from xl_lianbing.glossary import Tier


def test_made_up_roster_has_a_city_for_every_ten_counties() -> None:
    roster = made_up_roster(23)
    assert [index for index, unit in enumerate(roster) if unit.tier is Tier.CITY] == [0, 11, 22]
    assert len({unit.unit for unit in roster}) == 23
    assert {unit.city for unit in roster[11:22]} == {roster[11].unit}


def test_returns_of_the_asked_size_are_made_and_read(tmp_path: Path) -> None:
    paths = make_returns(tmp_path, units=2, cases=45, pack_id="jiangsu-2017", workers=1)
    assert sorted(paths) == sorted((tmp_path / RETURNS_FOLDER).iterdir())
    with (tmp_path / ROSTER_FILE).open(encoding="utf-8", newline="") as file:
        assert [row["单位"] for row in csv.DictReader(file)] == [unit.unit for unit in made_up_roster(2)]
    for path in paths:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_name("处罚案件").to_python()
        assert sum("罚〔2017〕" in str(row[1]) for row in rows) == 45
    read = bare_read(tmp_path)
    assert read["files"] == 2
    assert read["rows"] > 2 * 45


def test_a_command_is_measured_with_its_output_and_exit_code() -> None:
    measured = run_python(["-c", "import sys; print('好'); sys.exit(1)"])
    assert (measured.code, measured.output.strip()) == (1, "好")
    assert measured.seconds > 0
