"""What a run adds to its findings: 谁来改, 进展 against the run before, and 依据 in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.few_words import Scene
from tests.said import said
from tests.tables import write
from xl_lianbing.excel.values import Cells
from xl_lianbing.findings import Finding, Where, finding, master
from xl_lianbing.findings.row import HEADERS, row_of
from xl_lianbing.glossary import Novelty, Severity
from xl_lianbing.intake.master.earlier import EarlierRun, earlier_run
from xl_lianbing.records.results import FINDINGS
from xl_lianbing.report.incoming.findings import finding_blocks
from xl_lianbing.report.incoming.standing import with_standing
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.pack.basis import _WITHOUT_VALUE as WITHOUT_VALUE
from xl_lianbing.rules.pack.basis import OWN, bases
from xl_lianbing.rules.pack.sources import named, paragraph
from xl_lianbing.upkeep.documents import CODES

OLD = HEADERS[:10]
PLACE = Where("回收/甲县.xlsx", "处罚案件", "J5", "甲县")


def a_master(path: Path, found: Sequence[Finding], headers: Sequence[str] = HEADERS) -> Path:
    rows = [[row_of(f)[header] for header in headers] for f in found]
    return write(path / "总表.xlsx", {FINDINGS.name: [["校核结果"], ["说明"], [], list(headers), *rows]})


def novelty(earlier: EarlierRun, found: Finding) -> Novelty:
    scores = Scene("jiangsu-2017").unit("甲县").score()
    return with_standing([found], scores, earlier, load_pack("jiangsu-2017"))[0].standing.novelty


def test_the_columns_are_those_of_the_contract() -> None:
    assert FINDINGS.grid.headers == HEADERS
    assert HEADERS[9:13] == ("依据", "谁来改", "影响", "进展")


@pytest.mark.parametrize("headers", [HEADERS, OLD])
def test_what_stood_there_at_the_last_run_is_unchanged_whatever_the_file(
    tmp_path: Path, headers: Sequence[str]
) -> None:
    before = said(PLACE, Severity.BLOCKING, shown=" 2017-02-30\n", code="C02")
    earlier = earlier_run(a_master(tmp_path, [before], headers))
    assert earlier.lacking == HEADERS[len(headers) :]
    assert novelty(earlier, before) == "未改"
    assert novelty(earlier, before.at(file="回收/改好了.xlsx")) == "未改"
    for other in (before.at(cell="J6"), before.at(unit="乙县"), before.at(sheet="重大案件")):
        assert novelty(earlier, other) == "新"
    assert novelty(earlier, said(PLACE, Severity.BLOCKING, shown="2017-02-31", code="C02")) == "新"
    assert novelty(earlier, said(PLACE, Severity.BLOCKING, shown="2017-02-30", code="C23")) == "新"


def test_at_the_first_run_everything_is_new(tmp_path: Path) -> None:
    assert novelty(earlier_run(a_master(tmp_path, [])), said(PLACE, Severity.NOTE)) == "新"


def test_a_master_of_an_older_version_gets_the_headers_it_lacks() -> None:
    def headers(lacking: Sequence[str]) -> dict[str, object]:
        cells = [b.values for b in finding_blocks([], lacking) if isinstance(b, Cells)]
        return {place: value for values in cells for place, value in values.items() if place != "A2"}

    assert headers(("谁来改", "影响")) == {"K4": "谁来改", "L4": "影响"}
    assert headers(()) == {}, "what the file has stays as it is"


def test_what_is_wrong_in_the_master_is_the_bureaus_to_mend() -> None:
    typed = said(Where("总表.xlsm", "案卷评审", "E5"), code="C03")
    assert (typed.audience, typed.at(file="回收/总表.xlsm").audience) == ("市局", "县区")
    assert row_of(typed)["谁来改"] == "市局"
    assert {kind.audience for kind in master.CATALOGUE} == {"市局"}


def test_a_basis_names_its_paragraphs_in_words_and_quotes_them() -> None:
    assert named("T17-¶10", "T17-¶11", "N16-¶057", "T17-¶10") == "任务分解表第10、11条；2016年通知第57段"
    written = bases(load_pack("jiangsu-2017"))
    assert written["B2.7"] == ("任务分解表第10条", "“处罚信息均应及时通过门户网站向社会公开（未公开的，按0分计）”")
    assert written["C3"].place == "2016年通知第125、127、135段等7处"
    assert "B2.10" not in written, "the program's own"


@pytest.mark.parametrize("pack", ["jiangsu-2016", "jiangsu-2017"])
def test_every_rule_of_a_finding_is_written_somewhere_or_our_own(pack: str) -> None:
    scores = Scene(pack).unit("甲县").score()
    kinds = [kind for kinds in CODES.values() for kind in kinds if load_pack(pack).has(_only_in_2017(kind.rule))]
    found = with_standing([finding(k, PLACE) for k in kinds], scores, EarlierRun(), load_pack(pack))
    assert all("¶" not in f.standing.basis for f in found)
    assert {f.source for f in found if f.standing.basis == OWN} == {"A1", "A2", "B1.6", "B2.10", "D7", "R1", "R3", "R5"}
    assert all(f.standing.quote for f in found if f.standing.basis != OWN)


def _only_in_2017(rule: str) -> str:
    return {"B2.7": "publication", "B2.8": "filing", "B2.9": "key_list", "B9": "adjustments"}.get(rule, "")


@pytest.mark.parametrize("rule", WITHOUT_VALUE)
def test_quotes_outside_the_packs_stand_in_their_paragraphs(rule: str) -> None:
    cited = WITHOUT_VALUE[rule]
    assert cited.quote in paragraph(cited.source)
