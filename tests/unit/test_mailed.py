"""回收 takes what the mail brings: folders, archives and letters with returns and their scans in them (B2.6)."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail import PACK, a_letter, a_mailed_return, an_archive, case, scan
from xl_lianbing.findings import Finding
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.door import limits
from xl_lianbing.pipeline import CHECK, Outcome, run
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.setup import new_campaign

ROSTER = [
    RosterUnit(unit="苏州市", tier="市级", city="苏州市"),
    RosterUnit(unit="昆山市", tier="县级", city="苏州市"),
    RosterUnit(unit="吴江区", tier="县级", city="苏州市"),
]
#: What these small campaigns are told anyway.
_KUNSHAN, _WUJIANG = "填报表_昆山市.xlsx", "填报表_吴江区.xlsx"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_campaign(tmp_path_factory.mktemp("new") / "活动", PACK, ROSTER).path


class Post:
    """A campaign and what came by mail."""

    def __init__(self, place: Path) -> None:
        self.folder = CampaignFolder(place)
        self.outcome: Outcome | None = None

    def put(self, name: str, content: bytes) -> Post:
        path = self.folder.returns / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return self

    def run(self) -> Post:
        before = {p: p.read_bytes() for p in self.folder.returns.rglob("*") if p.is_file()}
        self.outcome = run(self.folder, CHECK)
        assert before == {p: p.read_bytes() for p in self.folder.returns.rglob("*") if p.is_file()}
        return self

    def receipts(self) -> list[tuple[str, str, str]]:
        """Without those of units that sent nothing."""
        assert self.outcome is not None
        told = self.outcome.computed.collected.receipts
        return [(r.unit, str(r.state), r.file.removeprefix("回收/")) for r in told if r.state != "未报"]

    def note(self, state: str) -> str:
        assert self.outcome is not None
        [receipt] = [r for r in self.outcome.computed.collected.receipts if r.state == state]
        return receipt.note

    def findings(self, *letters: str) -> list[Finding]:
        assert self.outcome is not None
        return [f for f in self.outcome.computed.findings if f.code.startswith(letters)]

    def codes(self, *letters: str) -> list[str]:
        return [f.code for f in self.findings(*letters)]


@pytest.fixture
def post(template: Path, tmp_path: Path) -> Iterator[Post]:
    place = tmp_path / "活动"
    shutil.copytree(template, place)
    yield Post(place)


MAIL = ("R6", "E")
ONE = [case(1, "1号.pdf")]


class TestArchives:
    @pytest.mark.parametrize(("encoding", "utf8"), [("gb18030", False), ("utf-8", False), ("utf-8", True)])
    def test_a_return_with_its_scans_however_the_names_are_written(self, post: Post, encoding: str, utf8: bool) -> None:
        content = a_mailed_return("昆山市", ONE)
        members = {f"昆山市报送/{_KUNSHAN}": content, "昆山市报送/扫描件/1号.pdf": scan()}
        post.put("昆山.zip", an_archive(members, encoding=encoding, utf8=utf8)).run()
        assert post.receipts() == [
            ("昆山市", "已收", f"昆山.zip › 昆山市报送/{_KUNSHAN}"),
            ("昆山市", "佐证", "昆山.zip › 昆山市报送/扫描件/1号.pdf"),
        ]
        assert post.codes(*MAIL) == [] and post.note("佐证").startswith("1个文件")
        assert post.outcome is not None
        [received] = [r for r in post.outcome.computed.collected.receipts if r.state == "已收"]
        assert received.sha256 == hashlib.sha256(content).hexdigest()

    def test_short_names_of_windows_are_no_utf_8(self, post: Post) -> None:
        """What some short names are in GB18030 is UTF-8 as well, but of no Chinese."""
        name = "目录.xlsx"
        post.put("a.zip", an_archive({name: a_mailed_return("昆山市")})).run()
        assert post.receipts() == [("昆山市", "已收", f"a.zip › {name}")]

    def test_several_scans_are_one_line_with_their_number(self, post: Post) -> None:
        rows = [case(n, f"{n}号.pdf") for n in range(1, 6)]
        members = {_KUNSHAN: a_mailed_return("昆山市", rows)}
        members |= {f"扫描件/{n}号.pdf": scan(f"{n}") for n in range(1, 5)} | {"封面.jpg": b"\xff\xd8\xff"}
        post.put("昆山.zip", an_archive(members)).run()
        assert post.receipts() == [("昆山市", "已收", f"昆山.zip › {_KUNSHAN}"), ("昆山市", "佐证", "昆山.zip")]
        assert post.note("佐证") == f"5个文件，随《回收/昆山.zip › {_KUNSHAN}》报来"
        [missing] = post.findings(*MAIL)
        assert missing.code == "E01" and "有1个文件" in missing.problem and "5号.pdf" in missing.problem

    def test_what_lies_in_an_archive_is_looked_at_like_any_other_evidence(self, post: Post) -> None:
        rows = [case(n, f"{n}号.pdf") for n in range(1, 5)]
        members = {_KUNSHAN: a_mailed_return("昆山市", rows), "1号.pdf": b"", "2号.pdf": b"PK\3\4"}
        members |= {"3号.pdf": scan("一样"), "4号.pdf": scan("一样")}
        post.put("昆山.zip", an_archive(members)).run()
        assert sorted(post.codes("E")) == ["E02", "E03", "E04"]

    def test_an_archive_in_an_archive_is_opened_and_a_third_is_not(self, post: Post) -> None:
        inner = an_archive({"1号.pdf": scan()})
        post.put("昆山.zip", an_archive({_KUNSHAN: a_mailed_return("昆山市", ONE), "扫描.zip": inner})).run()
        assert ("昆山市", "佐证", "昆山.zip › 扫描.zip › 1号.pdf") in post.receipts() and post.codes(*MAIL) == []
        post.put(
            "昆山.zip", an_archive({_KUNSHAN: a_mailed_return("昆山市", ONE), "外.zip": an_archive({"内.zip": inner})})
        )
        post.run()
        assert post.codes("R6") == ["R65"]
        assert ("", "退回", "昆山.zip › 外.zip › 内.zip") in post.receipts()

    def test_a_password_is_asked_for_and_the_rest_is_read(self, post: Post) -> None:
        members = {_KUNSHAN: a_mailed_return("昆山市", ONE), _WUJIANG: b"secret", "1号.pdf": scan()}
        post.put("市局.zip", an_archive(members, locked=[_WUJIANG])).run()
        [locked] = post.findings("R6")
        assert locked.code == "R60" and locked.where.file == "回收/市局.zip" and _WUJIANG in locked.problem
        assert "密码" in locked.problem and "解压" in locked.fix
        assert post.receipts() == [
            ("昆山市", "已收", f"市局.zip › {_KUNSHAN}"),
            ("昆山市", "佐证", "市局.zip › 1号.pdf"),
            ("", "退回", "市局.zip"),
        ]

    @pytest.mark.parametrize(
        "name",
        [
            "../总表.xlsx",
            "a/../../总表.xlsx",
            "/etc/总表.xlsx",
            "C:\\总表.xlsx",
            "..\\总表.xlsx",
            "aux.xlsx",
            "a/NUL",
            "a:b.xlsx",
        ],
    )
    def test_names_that_lead_elsewhere_are_refused(self, post: Post, name: str, tmp_path: Path) -> None:
        members = {name: a_mailed_return("吴江区"), _KUNSHAN: a_mailed_return("昆山市")}
        files = {p for p in tmp_path.rglob("*") if p.is_file()}
        post.put("昆山.zip", an_archive(members)).run()
        assert post.receipts() == [("昆山市", "已收", f"昆山.zip › {_KUNSHAN}"), ("", "退回", "昆山.zip")]
        [bad] = post.findings("R6")
        assert bad.code == "R64" and bad.severity == "阻断" and name.replace("\\", "/")[:60] in bad.problem
        new = {p for p in tmp_path.rglob("*") if p.is_file()} - files
        assert all({"反馈", "备份", "回收"} & set(p.relative_to(tmp_path).parts) for p in new)

    def test_links_in_an_archive_are_refused(self, post: Post) -> None:
        post.put("a.zip", an_archive({"1.pdf": b"/etc/passwd"}, mode=0o120777)).run()
        assert post.codes("R6") == ["R64"]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "R62"),
            (b"PK\3\4 cut off", "R62"),
            (an_archive({}), "R62"),
            (an_archive({"a.pdf": scan()})[:-30], "R62"),
            (an_archive({_KUNSHAN: b"x"}, method=9), "R62"),
            (b"Rar!\x1a\7\0", "R61"),
            (b"7z\xbc\xaf\x27\x1c", "R61"),
        ],
    )
    def test_what_cannot_be_opened_is_told(self, post: Post, content: bytes, code: str) -> None:
        post.put("包.zip", content).run()
        assert post.codes("R6") == [code] and [state for _, state, _ in post.receipts()] == ["退回"]
        assert post.findings("R6")[0].where.file.startswith("回收/包.zip")

    def test_a_member_that_is_not_what_its_checksum_says(self, post: Post) -> None:
        content = an_archive({_KUNSHAN: a_mailed_return("昆山市"), _WUJIANG: a_mailed_return("吴江区")})
        spoilt = bytearray(content)
        spoilt[2000:2010] = b"0123456789"
        post.put("a.zip", bytes(spoilt)).run()
        assert post.codes("R6") == ["R62"]
        assert ("吴江区", "已收", f"a.zip › {_WUJIANG}") in post.receipts()

    def test_bombs_are_told_and_not_unpacked(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        post.put("零.zip", an_archive({_KUNSHAN: bytes(limits.RATIO_FROM + 1)})).run()
        assert post.codes("R6") == ["R63"] and "炸弹" in post.findings("R6")[0].problem
        post.put("零.zip", an_archive({f"{n}.pdf": b"%PDF-" for n in range(5)}))
        monkeypatch.setattr(limits, "MOST_MAIL_FILES", 4)
        assert post.run().codes("R6") == ["R63"]
        monkeypatch.undo()
        monkeypatch.setattr(limits, "MOST_MAIL_UNPACKED", 20)
        assert post.run().codes("R6") == ["R63"]

    def test_members_that_share_bytes(self, post: Post) -> None:
        content = bytearray(an_archive([("a.pdf", scan()), ("b.pdf", scan())]))
        second = content.rindex(b"PK\1\2")
        content[second + 20 : second + 24] = (1 << 20).to_bytes(4, "little")
        post.put("a.zip", bytes(content)).run()
        assert post.codes("R6") == ["R63"]

    def test_what_a_mac_adds_is_no_file(self, post: Post) -> None:
        members = {
            _KUNSHAN: a_mailed_return("昆山市"),
            f"__MACOSX/._{_KUNSHAN}": b"x",
            ".DS_Store": b"x",
            "~$a.xlsx": b"x",
        }
        post.put("昆山.zip", an_archive(members)).run()
        assert post.receipts() == [("昆山市", "已收", f"昆山.zip › {_KUNSHAN}")] and post.codes("R6") == []

    def test_a_return_inside_is_called_so_everywhere_and_gets_its_feedback(self, post: Post) -> None:
        rows = [case(1, None, **{"罚款金额(万元)": "五千"})]
        post.put("昆山.zip", an_archive({_KUNSHAN: a_mailed_return("昆山市", rows)})).run()
        assert post.outcome is not None
        shown = f"回收/昆山.zip › {_KUNSHAN}"
        assert {f.where.file for f in post.outcome.computed.findings if f.where.unit == "昆山市"} == {shown}
        assert not post.outcome.feedback.problems
        [copy] = post.outcome.feedback.copies
        assert copy.name == "昆山市_反馈.xlsx"
        with zipfile.ZipFile(copy) as package:
            assert "校核反馈" in package.read("xl/workbook.xml").decode()
            assert "处罚案件" in package.read("xl/workbook.xml").decode()
        assert str(post.outcome.computed.unpacked[shown]).count("›") == 0

    def test_two_versions_in_one_archive_the_later_counts(self, post: Post) -> None:
        both = {"一.xlsx": a_mailed_return("昆山市", ONE), "二.xlsx": a_mailed_return("昆山市", [*ONE, case(2, None)])}
        post.put("昆山.zip", an_archive(both)).run()
        assert post.receipts() == [("昆山市", "已收", "昆山.zip › 二.xlsx"), ("昆山市", "重复", "昆山.zip › 一.xlsx")]

    def test_a_return_without_its_ending_is_no_archive(self, post: Post) -> None:
        post.put("昆山市填报表", a_mailed_return("昆山市")).run()
        assert post.receipts() == [("昆山市", "已收", "昆山市填报表")]


class TestBeside:
    """Whose the scans are."""

    def test_a_folder_with_a_return_and_its_scans(self, post: Post) -> None:
        post.put(f"昆山市/{_KUNSHAN}", a_mailed_return("昆山市", ONE)).put("昆山市/决定书/1号.pdf", scan())
        post.put("吴江区/表.xlsx", a_mailed_return("吴江区", [case(2, "1号.pdf", "吴")])).run()
        assert ("昆山市", "佐证", "昆山市/决定书/1号.pdf") in post.receipts()
        assert [(f.code, f.where.unit) for f in post.findings(*MAIL)] == [("E07", "吴江区")]

    def test_in_one_folder_with_several_units_the_name_tells(self, post: Post) -> None:
        for unit, letter in (("昆山市", "昆"), ("吴江区", "吴")):
            post.put(f"苏州/填报表_{unit}.xlsx", a_mailed_return(unit, [case(1, f"{unit}1号.pdf", letter)]))
            post.put(f"苏州/{unit}1号.pdf", scan(unit))
        post.put("苏州/总说明.docx", b"PK\3\4").run()
        assert {r for r in post.receipts() if r[1] == "佐证"} == {
            ("昆山市", "佐证", "苏州/昆山市1号.pdf"),
            ("吴江区", "佐证", "苏州/吴江区1号.pdf"),
            ("", "佐证", "苏州/总说明.docx"),
        }
        [stray] = post.findings(*MAIL)
        assert (stray.code, stray.severity) == ("R68", "提醒") and "总说明.docx" in stray.problem

    def test_directly_in_the_box_the_name_or_the_return_that_names_it_tells(self, post: Post) -> None:
        post.put(_KUNSHAN, a_mailed_return("昆山市", [case(1, "1号.pdf"), case(2, "昆山2.pdf")]))
        post.put(_WUJIANG, a_mailed_return("吴江区", [case(1, "3号", "吴"), case(2, "共.pdf", "吴")]))
        for name in ("1号.pdf", "昆山2.pdf", "3号.pdf", "无人.pdf"):
            post.put(name, scan(name))
        post.run()
        evidence = {r for r in post.receipts() if r[1] == "佐证"}
        assert evidence == {
            ("昆山市", "佐证", "1号.pdf、昆山2.pdf".replace("、", "、回收/")),
            ("吴江区", "佐证", "3号.pdf"),
            ("", "佐证", "无人.pdf"),
        }
        assert [(f.code, f.where.unit) for f in post.findings(*MAIL)] == [("R68", ""), ("E01", "吴江区")]

    def test_a_folder_or_archive_of_scans_called_after_the_unit(self, post: Post) -> None:
        post.put(_KUNSHAN, a_mailed_return("昆山市", [case(1, "1号.pdf"), case(2, "2号.pdf")]))
        post.put(_WUJIANG, a_mailed_return("吴江区"))
        post.put("苏州昆山佐证.zip", an_archive({"1号.pdf": scan("1")})).put("昆山市/2号.pdf", scan("2")).run()
        assert ("昆山市", "佐证", "昆山市、回收/苏州昆山佐证.zip") in post.receipts() and post.codes(*MAIL) == []

    def test_scans_of_the_only_return(self, post: Post) -> None:
        post.put("a.xlsx", a_mailed_return("昆山市", ONE)).put("1号.pdf", scan()).run()
        assert ("昆山市", "佐证", "1号.pdf") in post.receipts() and post.codes(*MAIL) == []

    def test_scans_in_both_places_are_found(self, post: Post) -> None:
        post.put("昆山/a.xlsx", a_mailed_return("昆山市", [case(1, "1号.pdf、2号.pdf")])).put("昆山/1号.pdf", scan("1"))
        (post.folder.evidence / "昆山市" / "2号.pdf").write_bytes(scan("2"))
        assert post.run().codes(*MAIL) == []

    def test_the_stamped_print_beside_its_return_is_evidence_and_alone_is_refused(self, post: Post) -> None:
        post.put("昆山/填报表_昆山市.xlsx", a_mailed_return("昆山市")).put("昆山/填报表_昆山市（盖章）.pdf", scan())
        post.put("填报表_吴江区.pdf", scan()).run()
        assert post.receipts() == [
            ("昆山市", "已收", "昆山/填报表_昆山市.xlsx"),
            ("昆山市", "佐证", "昆山/填报表_昆山市（盖章）.pdf"),
            ("吴江区", "退回", "填报表_吴江区.pdf"),
        ]
        [refused] = post.findings("R32")
        assert "PDF" in refused.problem and "Excel" in refused.fix
        [missing] = [f for f in post.findings("R22") if f.where.unit == "吴江区"]
        assert "填报表_吴江区.pdf" in missing.problem

    def test_scans_that_came_before_their_return(self, post: Post) -> None:
        post.put("昆山市材料/1号.pdf", scan()).run()
        assert post.receipts() == [("昆山市", "佐证", "昆山市材料/1号.pdf")]
        assert "还没有收到" in post.note("佐证")

    def test_a_return_that_cannot_be_used_keeps_its_scans(self, post: Post) -> None:
        post.put("昆山市/a.xlsx", b"PK\3\4 cut off").put("昆山市/1号.pdf", scan()).run()
        assert [(unit, state) for unit, state, _ in post.receipts()] == [("昆山市", "佐证"), ("", "退回")]

    def test_a_pdf_called_a_workbook_is_refused_still(self, post: Post) -> None:
        post.put("昆山/a.xlsx", a_mailed_return("昆山市")).put("昆山/b.xlsx", scan()).run()
        assert post.codes("R3") == ["R32"]


class TestLetters:
    def test_attachments_are_read_like_an_archive(self, post: Post) -> None:
        letter = a_letter({_KUNSHAN: a_mailed_return("昆山市", ONE), "扫描.zip": an_archive({"1号.pdf": scan()})})
        post.put("报送.eml", letter).run()
        assert post.receipts() == [
            ("昆山市", "已收", f"报送.eml › {_KUNSHAN}"),
            ("昆山市", "佐证", "报送.eml › 扫描.zip › 1号.pdf"),
        ]
        assert post.codes(*MAIL) == []

    @pytest.mark.parametrize(
        "header",
        [
            'filename="填报表.xlsx"'.encode("gb18030"),
            'filename="填报表.xlsx"'.encode(),
            b'filename="=?gb18030?B?zO6xqLHtLnhsc3g=?="',
            b"filename*=utf-8''%E5%A1%AB%E6%8A%A5%E8%A1%A8.xlsx",
        ],
    )
    def test_names_as_mail_programs_write_them(self, post: Post, header: bytes) -> None:
        letter = a_letter({"x.xlsx": a_mailed_return("昆山市")})
        start = letter.index(b'filename="x.xlsx"')
        post.put("报送.eml", letter.replace(b'filename="x.xlsx"', header, 1)).run()
        assert start and post.receipts() == [("昆山市", "已收", "报送.eml › 填报表.xlsx")]

    def test_a_letter_without_attachments(self, post: Post) -> None:
        assert post.put("a.eml", a_letter({})).run().codes("R6") == ["R67"]

    def test_a_letter_of_outlook_is_to_be_opened_first(self, post: Post) -> None:
        post.put("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).run()
        [told] = post.findings("R6")
        assert told.code == "R66" and ".msg" in told.problem and "另存" in told.fix
        assert post.receipts() == [("", "退回", "a.msg")]


def test_a_campaign_without_mail_says_nothing_new(post: Post) -> None:
    post.put(_KUNSHAN, a_mailed_return("昆山市", ONE)).run()
    assert post.codes(*MAIL) == ["E07"] and post.receipts() == [("昆山市", "已收", _KUNSHAN)]
