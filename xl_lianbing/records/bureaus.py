"""Which unit a bureau's name means: 昆山市环境保护局, 苏州市环境保护局吴江分局, 苏州市昆山生态环境局."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from xl_lianbing.records.keys import name_key

_BUREAU: Final = re.compile(r"(.*?)(?:生态环境|环境保护|环保|环境监察|环境执法)(.*)")
_OWN_OFFICE: Final = re.compile(r"^[^局]{0,6}局")
_BRANCH: Final = re.compile(
    r"(?:生态环境|环境保护|环保|环境)?(?:综合行政执法|综合执法|行政执法|监察|执法|稽查)?(?:分局|局|总队|支队|大队|中队)$"
)
#: What an office of a zone is for beside the environment: 苏州工业园区国土环保局.
_JOINT: Final = re.compile(r"(?:国土|规划|建设|城建|住建|水务|水利|安监|安全|资源|农业|和|与|、)+$")
_KIND: Final = re.compile(r"(?:市本级|本级|地级市|县级市|自治县|新区|市|区|县)$")


def unit_of_bureau(name: str, units: Iterable[str]) -> str | None:
    """The one of the units that is meant by a bureau's (or the unit's own) name; None if none or several may be."""
    known = {name_key(unit): unit for unit in units}
    key = name_key(name).removesuffix("(本级)")
    if key in known:
        return known[key]
    found = _BUREAU.fullmatch(key)
    place, branch = (_JOINT.sub("", found[1]), _BRANCH.sub("", _OWN_OFFICE.sub("", found[2]))) if found else (key, "")
    return _of_place(branch or place, known)


def _of_place(place: str, known: dict[str, str]) -> str | None:
    stem = _stem(place)
    if len(stem) < 2:
        return None
    for fits in (
        lambda key: key == place,
        lambda key: _stem(key) == stem,
        lambda key: place.endswith(key),
        lambda key: stem.endswith(_stem(key)) and len(_stem(key)) > 1,
    ):
        meant = [unit for key, unit in known.items() if fits(key)]
        if meant:
            return meant[0] if len(meant) == 1 else None
    return None


def _stem(name: str) -> str:
    """昆山市 → 昆山, 苏州市本级 → 苏州."""
    return _KIND.sub("", name)
