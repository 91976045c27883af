"""Words that call a row void or double: in its number, its party or its remark (B2.10)."""

from __future__ import annotations

import pytest

from xl_lianbing.intake.checks.called_off import word_in_name, word_in_number, word_in_remark


@pytest.mark.parametrize(
    ("remark", "word"),
    [
        ("作废", "作废"),
        ("该案已撤销", "撤销"),
        ("已撤销", "撤销"),
        ("撤销", "撤销"),
        ("处罚决定被法院撤销", "撤销"),
        ("经复议撤销", "撤销"),
        ("重复", "重复"),
        ("与第3行重复", "重复"),
        ("和昆环罚〔2017〕3号重复", "重复"),
        ("已重复填报", "重复"),
        ("误录", "误录"),
        ("本案已取消", "取消"),
        ("决定书作废，重新编号", "作废"),
        ("已整改，此条重复", "重复"),
        ("本条不计入", "不计入"),
        ("请删除此行", "删除"),
    ],
)
def test_b2_10_a_remark_that_calls_its_row_off(remark: str, word: str) -> None:
    assert word_in_remark(remark) == word


@pytest.mark.parametrize(
    "remark",
    [
        "未重复",
        "无重复",
        "没有重复",
        "不存在重复填报",
        "与其他案件不重复",
        "避免重复录入，请核对",
        "重复违法",
        "因重复超标排放从重处罚",
        "重复投诉",
        "信访重复件处理",
        "取消听证",
        "当事人取消听证申请",
        "取消查封后整改",
        "营业执照已撤销",
        "不予撤销",
        "未作废",
        "已整改",
    ],
)
def test_b2_10_a_remark_about_something_else(remark: str) -> None:
    assert word_in_remark(remark) == ""


def test_b2_10_a_party_that_is_called_off_and_one_that_only_sounds_like_it() -> None:
    called_off = ("昆山演示公司（作废）", "演示公司(已撤销)", "作废", "演示公司-重复", "演示公司作废", "演示【误录】")
    assert all(map(word_in_name, called_off))
    assert not any(map(word_in_name, ("昆山重复利用有限公司", "苏州演示有限公司", "撤销商贸有限公司")))


def test_b2_10_a_number_that_is_called_off() -> None:
    assert [word_in_number(n) for n in ("昆环罚〔2017〕1号（作废）", "昆环罚〔2017〕1号")] == ["作废", ""]
