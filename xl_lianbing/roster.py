"""The roster a campaign starts with when the bureau gives none: Suzhou's (A1). Liaisons are made up (演示)."""

from __future__ import annotations

from xl_lianbing.glossary import Tier
from xl_lianbing.records.inputs import RosterUnit

_CITY = "苏州市"
#: Unit, GB/T 2260 division code (functional zones have none), liaison and mailbox (演示数据).
_UNITS = (
    (_CITY, "320500", "演示联络员甲", "suzhou@example.com"),
    ("张家港市", "320582", "演示联络员乙", "zhangjiagang@example.com"),
    ("常熟市", "320581", "演示联络员丙", "changshu@example.com"),
    ("太仓市", "320585", "演示联络员丁", "taicang@example.com"),
    ("昆山市", "320583", "演示联络员戊", "kunshan@example.com"),
    ("吴江区", "320509", "演示联络员己", "wujiang@example.com"),
    ("吴中区", "320506", "演示联络员庚", "wuzhong@example.com"),
    ("相城区", "320507", "演示联络员辛", "xiangcheng@example.com"),
    ("姑苏区", "320508", "演示联络员壬", "gusu@example.com"),
    ("苏州工业园区", None, "演示联络员癸", "sip@example.com"),
    ("苏州高新区", None, "演示联络员子", "snd@example.com"),
)

SUZHOU: tuple[RosterUnit, ...] = tuple(
    RosterUnit(
        unit=unit,
        tier=Tier.CITY if unit == _CITY else Tier.COUNTY,
        division_code=code,
        city=_CITY,
        liaison=liaison,
        email=email,
    )
    for unit, code, liaison, email in _UNITS
)
