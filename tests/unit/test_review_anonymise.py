"""Anonymised texts (R5): what the returns know, formats, suspects; a log that brings the original back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_lianbing.reviews.anonymise import anonymise, undone
from xl_lianbing.reviews.subjects import Known

KNOWN = Known(
    people={"陆建国", "王小明", "李为民"},
    parties={"苏州华盛化工有限公司", "钱七"},
    numbers={"昆环罚〔2017〕12号", "YF0512345"},
    units=["苏州市", "昆山市", "吴江区", "苏州工业园区"],
    colleagues={"昆山市": {"陆建国", "王小明"}},
)


def blind(text: str) -> str:
    return anonymise(text, "陆建国", "昆山市", KNOWN, ["玉山镇", "娄江"]).text


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("陆建国同志", "陆建国"),
        ("陆 建　国同志", "建"),
        ("与王小 明一起", "明"),
        ("查处苏州华盛 化工有限公司", "华盛"),
        ("到华盛公司检查", "华盛"),
        ("当事人钱七", "钱七"),
        ("昆环罚〔2017〕 12号", "12"),
        ("昆环罚字[2017]第0012号", "2017"),
        ("持证 YF0512345 上岗", "0512345"),
        ("昆山市环境保护局", "昆山"),
        ("昆山环保局", "昆山"),
        ("苏州市昆山生态环境局", "昆山"),
        ("吴江区环境监察大队", "吴江"),
        ("园区环保局", "园区"),
        ("陆队长带队", "陆队"),
        ("小陆和老陆", "陆"),
        ("手机13812345678", "138"),
        ("手机138-1234-5678", "1234"),
        ("手机１３８ 1234 5678", "1234"),
        ("电话0512-57381234", "57381234"),
        ("电话：57381234", "57381234"),
        ("身份证320583198001011234", "3205"),
        ("32058319800101123X", "3205"),
        ("代码91320583MA1ABCDE1K", "91320583"),
        ("执法证号苏E05-12345", "12345"),
        ("邮箱lu.jg@ks.gov.cn", "@"),
        ("见http://www.ks.gov.cn/a?b=1。", "ks.gov"),
        ("见www.ks.gov.cn", "ks.gov"),
        ("微信号lujg_88", "lujg"),
        ("（2017）苏0583行审123号", "123"),
        ("苏园环行罚字〔2017〕第88号", "88"),
        ("对和顺精密电子有限公司立案", "和顺"),
        ("查处鑫达电镀厂", "鑫达"),
        ("在玉山镇检查", "玉山"),
        ("沿娄江巡查", "娄江"),
    ],
)
def test_r5_nothing_of_it_is_left(text: str, gone: str) -> None:
    assert gone not in blind(f"他{text}，很好。")


@pytest.mark.parametrize(
    "text", ["该公司整改到位", "全市环保系统的标杆", "检查企业120家，罚款350万元", "2017年6月至10月"]
)
def test_r5_what_tells_nothing_stays(text: str) -> None:
    assert blind(f"{text}。") == f"{text}。"


def test_r5_the_same_name_gets_the_same_number() -> None:
    assert blind("王小明请李为民帮忙，王 小明负责。") == "人员1请人员2帮忙，人员1负责。"


def test_r5_suspects_are_left_for_a_person() -> None:
    found = anonymise("由老张和周伟负责，赵科长到北洋镇检查。", "陆建国", "昆山市", KNOWN, [])
    words = {suspect.word for suspect in found.suspects}
    assert {"老张", "周伟", "赵科长"} <= words and any("北洋镇" in word for word in words)
    assert "周伟" in found.text


@given(st.text(alphabet="陆建国王小明昆山市环保局 　\n0123456789-〔〕号罚华盛化工有限公司，。", max_size=60))
def test_r5_the_log_brings_the_original_back(text: str) -> None:
    found = anonymise(text, "陆建国", "昆山市", KNOWN, ["娄江"])
    assert undone(found.text, found.swaps) == text
    assert "陆建国" not in "".join(found.text.split())
