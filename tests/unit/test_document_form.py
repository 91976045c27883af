"""What can be the number of a document (B2.10): real ones pass in silence, words and dates are none."""

from __future__ import annotations

import pytest

from xl_lianbing.intake.cells.document_form import DocumentForm, form_of, is_pending, odd_year
from xl_lianbing.records.documents import several

#: As bureaus, police, courts and governments write them.
REAL = """
龙环罚字〔2017〕12号
龙环罚〔2017〕12
聊环罚[2013]11号
德环罚字【2019】0013号
穗环法罚【2019】50号
娄环罚(冷)〔2026〕2 号
中（炬）环罚字{2017}25号
苏园环行罚字〔2017〕第001号
苏环行罚字[2019]05第12号
昆环罚决2017-012
昆环罚-2017-12
昆环罚字2017（12）号
昆环罚字〔2017〕第(12)号
昆环罚〔2017〕字第12号
昆环罚字12号（2017年）
2017年昆环罚字第12号
2017昆环罚12号
[2017]昆环罚12号
昆环罚2017年12号
昆环罚201712号
昆环罚20170012号
昆环罚<2017>012号
昆环罚《2017》12号
昆环罚字『2017』12号
昆环罚字「2017」12号
昆环罚字〖2017〗12号
昆环罚字［２０１７］１２号
昆环罚字﹝2017﹞12号
昆环罚字2017]12号
昆环罚〔二〇一七〕12号
昆环罚〔二○一七〕十二号
昆环罚〔2017年〕12号
昆 环 罚 字 〔2017〕 12 号
昆环罚字〔2017〕　12　号
《昆环罚字〔2017〕12号》
昆环罚字〔2017〕12号。
昆环罚〔2017〕12号之一
昆环罚〔2017〕12-1号
昆环罚〔2017〕12号(一)
昆环罚字〔2017〕A12号
石环罚(2017)ZD012号
烟环罚字〔2017〕KF12号
第2120170034号
沪环保罚2120170034号
沪0113环罚〔2021〕12号
通03环罚字〔2021〕12号
沪环保(徐)罚〔2017〕12号
浦环保决字【2017】第0012号
南环罚字（里）〔2017〕12号
连环(灌)行罚字〔2017〕12号
深龙华环水罚字〔2017〕12号
深环宝罚字[2017]第001号
京环保监察罚字〔2017〕1号
东环罚字[2017]1234号
豫环罚决字〔2017〕12号
和环罚字〔2017〕12号
环罚〔2017〕12号
吴江环罚〔2017〕12號
试001县环罚〔2017〕12号
昆环罚（按日）〔2017〕1号
昆环按日罚字〔2017〕1号
昆环查扣字〔2017〕第3号
昆环查(扣)〔2017〕3号
昆环责改字〔2017〕12号
昆环责停字〔2017〕12号
昆环限停〔2017〕1号
昆环罚告字[2017]12号
昆环移字〔2017〕1号
昆环移送〔2017〕第1号
昆公（环）行罚决字〔2017〕1234号
苏公(昆)拘字[2017]第1号
昆公（治）受案字〔2017〕1234号
苏环强申字〔2017〕1号
昆环强执〔2017〕1号
（2017）苏0583行审12号
(2017)苏05行审 3 号
(2017)苏0583行审字第012号
〔2017〕昆环强执1号
〔2017〕苏行复第12号
苏府行复决字〔2017〕12号
演示封〔2017〕1号
""".strip().splitlines()

NONE = """
待定
正在办理
办理中
审批中（第2批）
未下达
尚未下达
暂无文号
见附件
见附件1
详见附表2
同上
同上2
〃
"
〃〃
……
***
?
-
1
1.
(1)
0
12.5
12345
3件
第3件
共6件
第3批待下达
拟处罚5万元
2017
2017年
2017.8
2017年8月
8月1日
2017-08-01
2017/8/1
20170801
2017年8月1日
二〇一七年八月一日
2017-08-01 10:20:00
昆环罚〔2017〕号
昆环罚〔2017〕 号
昆环罚〔2017〕X号
昆环罚〔2017〕___号
昆环罚〔 〕号
待定〔2017〕
苏州测试公司
作废
甲
""".strip().splitlines()


@pytest.mark.parametrize("number", REAL)
def test_b2_10_a_real_number_is_never_doubted(number: str) -> None:
    assert (form_of(number), several(number)) == (DocumentForm.USUAL, ())


@pytest.mark.parametrize("text", NONE)
def test_b2_10_what_is_certainly_no_number(text: str) -> None:
    assert form_of(text) is DocumentForm.NONE


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("12号", DocumentForm.ODD),
        ("第12号", DocumentForm.ODD),
        ("〔2017〕12号", DocumentForm.ODD),
        ("2017-12", DocumentForm.ODD),
        ("A〔1〕", DocumentForm.ODD),
        ("某某公司2017", DocumentForm.ODD),
        ("91320583MA1234567X", DocumentForm.ODD),
        ("2120170034", DocumentForm.ODD),
        ("昆环罚〔2017〕12号（办理中）", DocumentForm.ODD),
        ("昆环罚〔2017〕甲号", DocumentForm.ODD),
        ("昆环罚3号", DocumentForm.WITHOUT_YEAR),
        ("昆环罚字第012号", DocumentForm.WITHOUT_YEAR),
        ("昆环罚〔2O17〕3号", DocumentForm.WITHOUT_YEAR),
        ("昆环罚〔17〕3号", DocumentForm.ODD_YEAR),
        ("昆环罚〔207〕3号", DocumentForm.ODD_YEAR),
        ("昆环罚〔20117〕3号", DocumentForm.ODD_YEAR),
    ],
)
def test_b2_10_what_may_be_a_number_is_asked_about(text: str, form: DocumentForm) -> None:
    assert form_of(text) is form


def test_the_year_in_question_is_named() -> None:
    assert [odd_year(f"昆环罚〔{year}〕3号") for year in ("17", "207", "20117")] == ["17", "207", "20117"]


def test_words_that_say_that_there_is_no_number_yet() -> None:
    assert all(map(is_pending, ("待定", "正在办理", "暂无文号", "未下达")))
    assert not any(map(is_pending, ("见附件", "同上", "〃", "1", "2017-08-01")))
