"""Numbers of documents (文号): what is one number, what are two, and what a cell holds more than one of."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_lianbing.records.documents import QUOTES, keys_of, names_issuer, several
from xl_lianbing.records.keys import document_key, document_keys

SPELLINGS = (
    (
        "龙环罚〔2017〕12号",
        "龙环罚[2017]12号",
        "龙环罚（2017）12号",
        "龙环罚【2017】12号",
        "龙环罚{2017}12号",
        "龙环罚<2017>12号",
        "龙环罚＜2017＞12号",
        "龙环罚《2017》12号",
        "龙环罚﹝2017﹞12号",
        "龙环罚［２０１７］１２号",
        "龙环罚[2017）12号",
        "龙环罚〔2017〕第12号",
        "龙环罚〔2017〕012号",
        "龙环罚〔2017〕第0012号",
        "龙环罚〔2017〕12",
        "龙环罚〔2017〕12 号",
        "龙 环 罚 〔2017〕 12 号",
        "龙环罚字〔2017〕12号",
        "龙环罚字〔2017〕第012号",
        "龙环罚〔2017〕字第12号",
        "龙环罚〔2017〕第(12)号",
        "龙环罚〔2017年〕12号",
        "龙环罚〔二〇一七〕12号",
        "龙环罚2017-012",
        "龙环罚2017—12号",
        "龙环罚2017年第12号",
        "龙环罚字2017第12号",
        "龙环罚字12号（2017年）",
        "'龙环罚〔2017〕12号",
        "’龙环罚〔2017〕12号",
        "‘龙环罚〔2017〕12号’",
        "＇龙环罚〔2017〕12号",
        '"龙环罚〔2017〕12号"',
        "《龙环罚〔2017〕12号》",
        "龙环罚〔2017〕12号。",
        "龙环罚〔2017〕12號",
        "龙环罚字〔2017〕第十二号",
        "文号：龙环罚〔2017〕12号",
        "处罚决定书文号: 龙环罚字[2017]12号",
    ),
    ("龙环罚〔2017〕105号", "龙环罚〔2017〕一百零五号"),
    ("龙环罚〔2017〕20号", "龙环罚〔2017〕二十号"),
    ("娄环罚(冷)〔2026〕2 号", "娄环罚（冷）[2026]02号", "娄环罚字(冷)〔2026〕第2号"),
    ("中（炬）环罚字{2017}25号", "中(炬)环罚〔2017〕025"),
    ("苏环行罚字[2019]05第12号", "苏环行罚〔2019〕05第012号", "苏环行罚字〔2019〕5-12号"),
    ("（2017）苏0583行审12号", "(2017)苏0583行审字第012号", "〔2017〕苏0583行审12"),
    ("昆环罚字第012号", "昆环罚12号"),
    ("昆环罚〔2017〕12-1号", "昆环罚〔2017〕12号-1"),
    ("沪环保罚2120170034号", "沪环保罚第2120170034号"),
)

APART = (
    "龙环罚〔2017〕12号",
    "龙环罚〔2016〕12号",
    "龙环罚〔2017〕120号",
    "龙环罚〔2017〕1-2号",
    "龙环罚〔2017〕1号2",
    "龙环罚〔2017〕1号",
    "龙环罚〔2017〕2号",
    "龙环移〔2017〕12号",
    "龙环罚决〔2017〕12号",
    "龙环罚（冷）〔2017〕12号",
    "环罚〔2017〕12号",
    "龙环罚201712号",
    "龙环罚2017012号",
    "龙环罚12号",
    "龙环罚〔2017〕A12号",
    "〔2017〕12号",
    "12号",
    "12",
    "012",
    "（2017）苏0583行审12号",
    "（2017）苏0582行审12号",
    "龙环罚〔20117〕2号",
    "龙环罚〔17〕12号",
)


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda s: s[0])
def test_b2_10_spellings_of_one_number_are_one_number(spellings: tuple[str, ...]) -> None:
    assert {s: document_key(s) for s in spellings} == dict.fromkeys(spellings, document_key(spellings[0]))


def test_b2_10_different_numbers_stay_apart() -> None:
    assert [(a, b) for a, b in combinations(APART, 2) if document_key(a) == document_key(b)] == [
        ("龙环罚〔2017〕1-2号", "龙环罚〔2017〕1号2")
    ], "12-1号 and 12号-1 are one number"


def test_b2_10_the_key_of_the_usual_spelling_is_the_number_itself() -> None:
    for number in ("龙环罚〔2017〕12号", "昆环罚决〔2017〕1号", "昆环罚〔2017〕5-12号"):
        assert document_key(number) == number


def test_many_numbers_at_once_have_the_keys_of_each() -> None:
    numbers = [*(s for spellings in SPELLINGS for s in spellings), *APART, None, "", "待定"]
    assert document_keys(numbers) == [document_key(n) if n else "" for n in numbers]
    plain = [n for n in numbers if n and QUOTES.isdisjoint(n)]
    assert keys_of(plain) == [document_key(n) for n in plain]


@given(st.lists(st.text("龙罚字第号年〔〕[]()<20171'-、\n 　", max_size=14), max_size=6))
def test_any_texts_at_once_have_the_keys_of_each(texts: list[str]) -> None:
    assert document_keys(texts) == [document_key(text) if text else "" for text in texts]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("甲环罚〔2017〕1号\n甲环罚〔2017〕11号", ("甲环罚〔2017〕1号", "甲环罚〔2017〕11号")),
        ("甲环罚〔2017〕2号、甲环罚〔2017〕12号", ("甲环罚〔2017〕2号", "甲环罚〔2017〕12号")),
        ("甲环罚〔2017〕2号，甲环罚[2017]12号；3号", ("甲环罚〔2017〕2号", "甲环罚〔2017〕12号", "甲环罚〔2017〕3号")),
        ("甲环罚〔2017〕1号 甲环罚〔2017〕2号", ("甲环罚〔2017〕1号", "甲环罚〔2017〕2号")),
        ("甲环罚〔2017〕1号甲环罚〔2017〕2号", ("甲环罚〔2017〕1号", "甲环罚〔2017〕2号")),
        ("甲1县环罚〔2017〕1号甲1县环罚〔2017〕2号", ("甲1县环罚〔2017〕1号", "甲1县环罚〔2017〕2号")),
        ("甲环罚〔2017〕1号（含2号）", ("甲环罚〔2017〕1号", "甲环罚〔2017〕2号")),
        ("甲环罚〔2017〕1号/2号", ("甲环罚〔2017〕1号", "甲环罚〔2017〕2号")),
        ("甲环罚〔2017〕11、12号", ("甲环罚〔2017〕11号", "甲环罚〔2017〕12号")),
        ("甲环罚〔2017〕1号和2号", ("甲环罚〔2017〕1号", "甲环罚〔2017〕2号")),
        ("甲环罚〔2017〕1号及甲环移〔2017〕1号", ("甲环罚〔2017〕1号", "甲环移〔2017〕1号")),
        ("甲环罚〔2017〕3-5号", ("甲环罚〔2017〕3号", "甲环罚〔2017〕5号")),
        ("甲环罚〔2017〕001-003号", ("甲环罚〔2017〕1号", "甲环罚〔2017〕3号")),
        ("甲环罚〔2017〕11号至13号", ("甲环罚〔2017〕11号", "甲环罚〔2017〕13号")),
        ("甲环罚〔2017〕第1号~第3号", ("甲环罚〔2017〕1号", "甲环罚〔2017〕3号")),
        ("甲环罚〔2017〕1号-甲环罚〔2017〕3号", ("甲环罚〔2017〕1号", "甲环罚〔2017〕3号")),
        ("甲环罚2017-1、2017-2", ("甲环罚〔2017〕1号", "甲环罚〔2017〕2号")),
        ("甲环罚〔2017〕1号（甲环听告〔2017〕1号）", ("甲环罚〔2017〕1号", "甲环听告〔2017〕1号")),
        ("(2017)苏0583行审1号、2号", ("〔2017〕苏0583行审1号", "〔2017〕苏0583行审2号")),
        ("甲环罚字第1号、甲环罚字第2号", ("甲环罚1号", "甲环罚2号")),
    ],
)
def test_b2_10_several_numbers_in_one_cell(text: str, numbers: tuple[str, ...]) -> None:
    assert several(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "和环罚〔2017〕12号",
        "甲环罚（水、气）〔2017〕12号",
        "甲环罚〔2017〕12-1号",
        "甲环罚〔2017〕05-12号",
        "甲环罚〔2017〕83-12号",
        "甲环罚〔2017〕3-412号",
        "苏环行罚字[2019]05第12号",
        "昆环罚决2017-012",
        "昆环罚2017/12",
        "甲环罚\n〔2017〕12号",
        "甲环罚〔2017〕\n12号",
        "甲环罚〔2017〕1号，罚款5万元",
        "甲环罚〔2017〕1号、甲环罚字〔2017〕第001号",
        "待定、正在办理",
        "1、2",
        "",
    ],
)
def test_b2_10_one_number_or_none_in_a_cell(text: str) -> None:
    assert several(text) == ()


def test_b2_10_a_number_without_its_issuer_may_be_anybodys() -> None:
    assert not any(map(names_issuer, map(document_key, ("12", "12号", "第12号", "〔2017〕12号", "2017-12"))))
    assert all(map(names_issuer, map(document_key, ("环罚12号", "A〔1〕", "第2120170034号", "〔2017〕苏行审1号"))))
