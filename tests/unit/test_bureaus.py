"""Which unit of the roster the name of a bureau means (B2.6)."""

from __future__ import annotations

import pytest

from xl_lianbing.records.bureaus import unit_of_bureau

UNITS = ("苏州市", "张家港市", "昆山市", "吴江区", "吴中区", "姑苏区", "苏州工业园区", "苏州高新区", "试001县")


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("昆山市", "昆山市"),
        ("昆山", "昆山市"),
        ("昆山市环境保护局", "昆山市"),
        ("昆山市环保局", "昆山市"),
        ("昆山环保局", "昆山市"),
        ("苏州市昆山生态环境局", "昆山市"),
        ("江苏省苏州市昆山市生态环境局", "昆山市"),
        ("昆山市环境监察大队", "昆山市"),
        ("昆山市环境保护局环境监察大队", "昆山市"),
        ("张家港市生态环境综合行政执法局", "张家港市"),
        ("苏州市环境保护局吴江分局", "吴江区"),
        ("苏州市吴江区环境保护局", "吴江区"),
        ("吴中环境保护分局", "吴中区"),
        ("苏州市环境保护局", "苏州市"),
        ("苏州市生态环境局（本级）", "苏州市"),
        ("苏州工业园区环境保护局", "苏州工业园区"),
        ("试001县环境保护局", "试001县"),
        ("无锡市环境保护局", None),
        ("江苏省环境保护厅", None),
        ("苏州市环境保护局某某分局", None),
        ("环境保护局", None),
        ("市", None),
    ],
)
def test_b2_6_the_unit_that_a_bureau_means(name: str, unit: str | None) -> None:
    assert unit_of_bureau(name, UNITS) == unit


def test_b2_6_a_name_that_may_mean_two_units_means_none() -> None:
    assert unit_of_bureau("鼓楼环保局", ("鼓楼区", "鼓楼县")) is None
