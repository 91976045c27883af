"""Names that cannot be mistaken for real ones: people, companies, credit codes, document numbers."""

from __future__ import annotations

from stdnum.cn import uscc

from xl_lianbing.glossary import ViolationType

DEMO = "演示数据"

#: How a unit's authority begins its document numbers.
_PREFIXES = {
    "苏州市": "苏环",
    "张家港市": "张环",
    "常熟市": "常环",
    "太仓市": "太环",
    "昆山市": "昆环",
    "吴江区": "吴江环",
    "吴中区": "吴中环",
    "相城区": "相环",
    "姑苏区": "姑苏环",
    "苏州工业园区": "苏园环",
    "苏州高新区": "苏新环",
}

TRADES: dict[ViolationType, tuple[str, ...]] = {
    ViolationType.AIR: ("精密铸造", "家具制造", "包装印刷", "沥青混凝土"),
    ViolationType.WATER: ("印染", "电镀", "食品加工", "线路板"),
    ViolationType.SOLID_WASTE: ("再生资源", "建筑材料", "造纸"),
    ViolationType.HAZARDOUS_WASTE: ("表面处理", "化工新材料", "汽车维修"),
    ViolationType.NOISE: ("五金冲压", "木业", "混凝土"),
    ViolationType.CONSTRUCTION: ("精密机械", "塑料制品", "电子科技", "橡胶制品"),
    ViolationType.RADIATION: ("无损检测", "医疗器械"),
    ViolationType.MONITORING: ("热电", "污水处理", "钢管"),
    ViolationType.FALSIFIED_DATA: ("检测技术", "纺织整理"),
    ViolationType.OTHER: ("仓储服务", "机械设备"),
}

_STEMS = "甲乙丙丁戊己庚辛壬癸"


def document_prefix(unit: str) -> str:
    """The authority's abbreviation in document numbers: 昆山市 → 昆环."""
    return _PREFIXES.get(unit) or f"{unit.rstrip('市区县')}环"


def document_number(unit: str, kind: str, year: int, number: int) -> str:
    """A document number in the local style: 昆环罚〔2017〕1号."""
    return f"{document_prefix(unit)}{kind}〔{year}〕{number}号"


def officer(unit_index: int, number: int) -> str:
    """An enforcement officer: 演示员03甲."""
    return f"演示员{unit_index:02d}{_STEMS[number]}"


def officers(unit_index: int) -> tuple[str, ...]:
    return tuple(officer(unit_index, n) for n in range(len(_STEMS)))


def person_party(unit_index: int, number: int) -> str:
    """A natural person that was fined."""
    return f"演示个体户{unit_index:02d}{number:03d}"


def company(trade: str, unit_index: int, number: int) -> str:
    """A company: 演示精密机械03001有限公司."""
    return f"演示{trade}{unit_index:02d}{number:03d}有限公司"


def credit_code(division_code: str, unit_index: int, number: int) -> str:
    """An 18-digit credit code with a right check digit and a body (X and a serial number) that nobody was given."""
    body = f"91{division_code}X{unit_index:04d}{number:04d}"
    return body + uscc.calc_check_digit(body)


def certificate(unit_index: int, number: int) -> str:
    return f"YS{unit_index:03d}{number:05d}"
