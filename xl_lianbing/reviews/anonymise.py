"""Takes out of a text what tells whose it is (R5): what the returns know, then formats; what else may be a name or a
place is left for a person to judge. Every replacement is kept, so that it can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from xl_lianbing.reviews.folded import Folded, folded
from xl_lianbing.reviews.formats import FORMATS, trimmed
from xl_lianbing.reviews.names import COMPOUND, SURNAMES, TITLES
from xl_lianbing.reviews.subjects import Known

SELF, PERSON, PARTY, PLACE, NUMBER = "候选人", "人员", "企业", "某地", "文号"
#: Labels of what has figures: a part without any is no part of it.
_FIGURES: Final = frozenset({NUMBER, "号码"})
_COMPANY_END: Final = re.compile(
    r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|分公司|公司|集团|合作社|经营部|总厂|分厂|厂)$"
)
_COMPANY_START: Final = re.compile(r"^(?:江苏省?|苏州市?|中国|.{2,3}[市县区镇])")
_TRADE: Final = re.compile(
    r"(?:化工|化学|电镀|印染|纺织|电子|科技|机械|金属|塑料|塑胶|制药|医药|食品|纸业|造纸|建材|水泥|钢铁|材料|制品|"
    r"实业|工业|环保|能源|热电|精密|五金|表面处理|涂料|新材料|贸易|发展|投资|建设|工程|服饰|光电|半导体|汽车|橡胶|"
    r"包装|印刷|家具|玻璃|陶瓷|皮革|染整|线路板|电路板|污水处理|水务)+$"
)
_BUREAU: Final = (
    r"(?:市|区|县)?(?:国土|规划建设|规划|建设|安监|和|与)*(?:生态环境|环境保护|环保|环境监察|环境执法|环监)"
    r"(?:局|分局|总队|支队|大队|中队|执法局|站|所)*"
)


@dataclass(frozen=True, slots=True)
class Swap:
    """A replacement: where in the original, what stood there, what stands there now, and for which reason."""

    start: int
    end: int
    old: str
    new: str
    why: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """What may be a name or a place, with its surroundings."""

    word: str
    context: str
    why: str


@dataclass(frozen=True, slots=True)
class Blind:
    """An anonymised text."""

    text: str
    swaps: Sequence[Swap]
    suspects: Sequence[Suspect]


def anonymise(text: str, person: str, unit: str, known: Known, places: Iterable[str]) -> Blind:
    """The text of a candidate without what tells person, unit and place. `places`: names of places."""
    work = _Work(text)
    _known(work, person, unit, known)
    for why, label, pattern in FORMATS:
        for found in pattern.finditer(work.folded.lines):
            span = trimmed(why, found)
            if span is not None:
                work.take(*work.folded.of_lines(*span), label, why)
    for place in sorted({folded(p) for p in places if len(folded(p)) > 1}, key=len, reverse=True):
        work.take_all(place, PLACE, "地名")
    swaps = work.swaps()
    blind = applied(text, swaps)
    return Blind(blind, swaps, list(_suspects(blind)))


def applied(text: str, swaps: Sequence[Swap]) -> str:
    parts, at = [], 0
    for swap in swaps:
        parts += [text[at : swap.start], swap.new]
        at = swap.end
    return "".join([*parts, text[at:]])


def undone(blind: str, swaps: Sequence[Swap]) -> str:
    """The original again."""
    parts, at, moved = [], 0, 0
    for swap in swaps:
        start = swap.start + moved
        parts += [blind[at:start], swap.old]
        at = start + len(swap.new)
        moved += len(swap.new) - (swap.end - swap.start)
    return "".join([*parts, blind[at:]])


class _Work:
    """A text and the spans of it that are taken so far: what was found first counts."""

    def __init__(self, text: str) -> None:
        self.folded = Folded(text)
        self._taken = bytearray(len(text))
        self._spans: list[tuple[int, int, str, str]] = []

    def take(self, start: int, end: int, label: str, why: str) -> None:
        """Takes what is not taken yet of a span."""
        while start < end and self._taken[start]:
            start += 1
        while start < end and self._taken[end - 1]:
            end -= 1
        if start == end:
            return
        inside = next((i for i in range(start, end) if self._taken[i]), None)
        if inside is not None:
            for part in ((start, inside), (inside, end)):
                if label not in _FIGURES or any(sign.isdigit() for sign in self.folded.text[slice(*part)]):
                    self.take(*part, label, why)
            return
        self._taken[start:end] = b"\1" * (end - start)
        self._spans.append((start, end, label, why))

    def take_all(self, word: str, label: str, why: str) -> None:
        flat, at = self.folded.flat, 0
        folded_case = flat.casefold()
        wanted = word.casefold()
        while (at := folded_case.find(wanted, at)) >= 0:
            self.take(*self.folded.of_flat(at, at + len(wanted)), label, why)
            at += len(wanted)

    def take_pattern(self, pattern: str, label: str, why: str) -> None:
        for found in re.finditer(pattern, self.folded.flat):
            self.take(*self.folded.of_flat(found.start(), found.end()), label, why)

    def swaps(self) -> list[Swap]:
        """The replacements in the order of the text; another original gets another number, the candidate none."""
        numbers: dict[tuple[str, str], int] = {}
        made = []
        for start, end, label, why in sorted(self._spans):
            old = self.folded.text[start:end]
            new = label
            if label != SELF:
                key = (label, folded(old))
                number = numbers.setdefault(key, sum(known == label for known, _ in numbers) + 1)
                new = f"{label}{number}"
            made.append(Swap(start, end, old, new, why))
        return made


def _known(work: _Work, person: str, unit: str, known: Known) -> None:
    own = folded(person)
    work.take_all(own, SELF, "本人姓名")
    for number in sorted({folded(n) for n in known.numbers}, key=len, reverse=True):
        if len(number) > 3:
            work.take_all(number, NUMBER, "填报表中的号码")
    for party in sorted({folded(p) for p in known.parties}, key=len, reverse=True):
        if len(party) > 1:
            work.take_all(party, PERSON if len(party) <= 3 else PARTY, "填报表中的当事人")
    for party in sorted({folded(p) for p in known.parties}, key=len, reverse=True):
        for short in short_forms(party):
            if short.endswith(("公司", "厂", "集团", "企业")) or len(short) > 2:
                work.take_all(short, PARTY, "当事人简称")
    for name in sorted({folded(n) for n in known.people}, key=len, reverse=True):
        if len(name) > 1 and name != own:
            work.take_all(name, PERSON, "填报表中的人员")
    for spelling in unit_patterns(known.units):
        work.take_pattern(spelling, PLACE, "单位和地区")
    mine = {surname(own)}
    for who, label in ((mine, SELF), ({surname(folded(n)) for n in known.colleagues.get(unit, ())} - mine, PERSON)):
        for first in sorted(filter(None, who)):
            work.take_pattern(
                rf"(?:[小老阿]{first}(?![一-龥]?[家年]))|{first}(?:{TITLES})|{first}某某?", label, "对人的称呼"
            )
    if len(own) - len(surname(own)) > 1:
        work.take_pattern(rf"{re.escape(own[len(surname(own)) :])}(?=同志|{TITLES}|[，。、：；]|$)", SELF, "本人名字")


def surname(name: str) -> str:
    return name[:2] if name[:2] in COMPOUND else name[:1]


def short_forms(party: str) -> list[str]:
    """What people call a company: 苏州华盛化工有限公司 → 华盛化工, 华盛公司, 华盛厂."""
    core = _COMPANY_END.sub("", re.sub(r"\(.*?\)", "", party))
    if core == party:
        return []
    core = _COMPANY_START.sub("", core)
    stem = _TRADE.sub("", core)
    forms = [core] if len(core) > 2 else []
    if 1 < len(stem) <= 4:
        forms += [f"{stem}{end}" for end in ("公司", "厂", "集团", "企业")]
        forms += [stem] if len(stem) > 2 else []
    return forms


def unit_patterns(units: Sequence[str]) -> Iterator[str]:
    """Every spelling of the units and their bureaus, the longest first."""
    stems: dict[str, str] = {}
    for unit in units:
        whole = folded(unit)
        stems[whole] = whole
        stem = re.sub(r"(?:市本级|市|区|县)$", "", whole)
        if len(stem) > 1:
            stems[stem] = stem
        zone = re.search(r"(工业园区|高新技术产业开发区|高新区|开发区|新区|度假区)$", whole)
        if zone is not None:
            stems[zone[1]] = zone[1]
            if zone[1] == "工业园区":
                stems["园区"] = "园区"
    for name in sorted(stems, key=len, reverse=True):
        yield rf"{re.escape(name)}(?:市|区|县)?(?:市级|本级)?{_BUREAU}"
        yield rf"{re.escape(name)}(?:市|区|县)?" if name != "园区" else r"(?<![一-龥])园区(?=管委会)"
    yield r"(?<![\u4e00-\u9fa5])环境监察(?:支队|大队)(?=[一二三四五六七八九十]中队)"


_NAME_BEFORE: Final = (
    r"(?:和|与|跟|同事|同志|队友|搭档|师傅|带领|会同|组员|队长|科长|局长|主任|书记|组长|徒弟|由|对|向|叫|名叫|是|的)"
)
_NAME_AFTER: Final = (
    r"(?:同志|说|告诉|表示|介绍|回忆|认为|等人|等同志|带领|一起|一道|负责|主动|坚持|连续|参与|参加|办理|查处|、)"
)
_SUSPICIOUS: Final = (
    ("像姓名", re.compile(rf"(?<=[，。、；：“”\n（(])([{SURNAMES}][一-龥]{{1,2}}?)(?={_NAME_AFTER})")),
    ("像姓名", re.compile(rf"{_NAME_BEFORE}([{SURNAMES}][一-龥]{{1,2}}?)(?={_NAME_AFTER}|[，。、；：）)]|$)")),
    ("像称呼", re.compile(rf"((?:[小老阿大][{SURNAMES}])(?![一-龥]?[家年]))")),
    ("像称呼", re.compile(rf"([{SURNAMES}](?:[一-龥]{{1,2}})?(?:{TITLES}))")),
    ("像称呼", re.compile(rf"([{SURNAMES}][×xX某*]{{1,2}})")),
    (
        "像地名",
        re.compile(
            r"([一-龥]{1,4}?(?:街道|开发区|工业园|工业区|集聚区|高新区|保税区|社区|小区|大道|[省市县镇乡村路街巷弄河湖江港塘浜泾荡桥山圩]))"
            r"(?=[一-龥，。、；：）)\d]|$)"
        ),
    ),
)  # fmt: skip
_NO_PLACE: Final = re.compile(
    r"(?:^(?:我|全|该|本|各|某|一|两|这|那|每|多|乡|城|外|省|上|下|在|为|市|县|出|道|思|心|铁|线|丝|公|马|十字|大|小|"
    r"过|半|同|走|问|门|网|电|水|气|管|后|之|的|了|和|到|向|沿|从|把|对|与|及)+"
    r"(?:省|市|县|镇|乡|村|路|街|巷|河|湖|江|港|桥|山)$)|某地|人员\d|企业\d"
)


def _suspects(text: str) -> Iterator[Suspect]:
    """What may still be a name or a place; each word once."""
    seen: set[str] = set()
    work = Folded(text)
    for why, pattern in _SUSPICIOUS:
        for found in pattern.finditer(work.lines):
            start, end = work.of_lines(found.start(1), found.end(1))
            word = text[start:end]
            if word in seen or (why == "像地名" and _NO_PLACE.search(word)):
                continue
            seen.add(word)
            context = text[max(0, start - 8) : end + 8].replace("\n", " ")
            yield Suspect(word, f"…{context}…", why)
