"""Numbers of documents (文号): their parts, and the one form that all spellings of a number share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

#: Signs that exports put before (and around) what is to stay text.
APOSTROPHES: Final = frozenset("'’‘＇‛`´′")
QUOTES: Final = APOSTROPHES | frozenset('"“”＂')
_AROUND: Final = "".join(QUOTES)
_OPENING, _CLOSING = "([{（［｛【〈《「『〖〘<＜‹«⟨", ")]}）］｝】〉》」』〗〙>＞›»⟩"
_SIGNS: Final = (
    dict.fromkeys(_OPENING, "〔")
    | dict.fromkeys(_CLOSING, "〕")
    | dict.fromkeys("‐‑‒–—―−─", "-")
    | dict.fromkeys("～〜", "~")
    | {"號": "号"}
)
_TABLE: Final = str.maketrans(_SIGNS)
_CHINESE_FIGURES: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
#: Stands between texts that are treated together; no cell of a return holds it.
_APART: Final = "\0"

#: The usual kind, in one go: 龙环罚字〔2017〕第012号.
_USUAL: Final = re.compile(r"([^〔〕第:]*[^〔〕第\d字\-_/.·:,、])字?〔(\d{4})〕第?0*([1-9]\d*)号?")
_YEAR: Final = re.compile(r"〔(\d{4})(?:年度?)?〕")
_CHINESE_YEAR: Final = re.compile(r"〔([〇○零一二三四五六七八九]{4})(?:年度?)?〕")
#: A year that lost its brackets, or one of them: 昆环罚决2017-012, 昆环罚2017年第12号, 昆环罚〔2017第12号.
_BARE_YEAR: Final = re.compile(
    r"(?<!\d)〔?((?:19|20)\d\d)(?:(?:年度?|〕|第|字|[-_/.·:])+(?=[A-Z]{0,3}〔?\d)|(?=〔\d{1,5}〕)|(?<=^\d{4})年?度?(?=[^\W\d号年月日件]))"
)
_WITHOUT_YEAR: Final = re.compile(r"(.*[^\d第字〔〕.\-/])字?第?0*([1-9]\d*)号?")
_STANDS: Final = re.compile(r"[^\W号]")
_CHINESE_NUMBER: Final = re.compile(
    r"([一二三四五六七八九]?百)?零?([一二三四五六七八九]?十)?([一二三四五六七八九])?(?=号)"
)
#: Said before the number: 文号：…, 决定书编号：…
_LABEL: Final = re.compile(r"[^:〔〕\d]{0,10}[文编字]号:")
_BRACKETED: Final = re.compile(r"字?第?〔(\d+)〕号?")
#: What tells whose a number is: a letter, or the many figures of a city where they say it: 第2120170034号.
#: Signs of the longest text that is unified.
LONGEST: Final = 2_000
_ISSUER: Final = re.compile(r"[^\W\d_号年第字]|\d{8}")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """Parts of a number that has a year: 龙环罚, 2017, 12; a court's (〔2017〕苏0583行审12号) has no first part."""

    issuer: str
    year: str
    number: str

    def __str__(self) -> str:
        return f"{self.issuer}〔{self.year}〕{self.number}号"


def unified(text: str) -> str:
    """Full-width and other forms of signs unified (NFKC); a text longer than any name, which may grow eighteenfold,
    is left as it is."""
    return unicodedata.normalize("NFKC", text) if len(text) <= LONGEST else text


def plain(number: str) -> str:
    """A number with one spelling of widths, brackets and dashes, without white space and quotes around it."""
    text = "".join(unified(number.strip().strip(_AROUND)).split())
    return text.translate(_TABLE).upper()


def parsed(text: str) -> DocumentNumber | None:
    """The parts of a plain number; None if it names no year. Its `number` is '' where nothing stands for one."""
    usual = _USUAL.fullmatch(text)
    if usual:
        return DocumentNumber(*usual.groups())
    named = _CHINESE_YEAR.sub(lambda m: f"〔{m[1].translate(_CHINESE_FIGURES)}〕", _unwrapped(text))
    found = _YEAR.search(named) or _BARE_YEAR.search(named)
    if found is None:
        return None
    before, behind = named[: found.start()], named[found.end() :]
    if not _STANDS.search(behind) and (turned := _WITHOUT_YEAR.fullmatch(before)):
        before, behind = turned.groups()  # 昆环罚12号〔2017〕
    return DocumentNumber(_issuer(before), found[1], _number(behind))


def _unwrapped(text: str) -> str:
    """Without brackets around the whole: 《昆环罚〔2017〕1号》."""
    wrapped = text.startswith("〔") and text.endswith("〕") and text.count("〔") > 1 and not text[1].isdigit()
    return text[1:-1] if wrapped else text


def _issuer(text: str) -> str:
    return _LABEL.sub("", text).replace("第", "").replace("字〔", "〔").rstrip("〔-_.:·,、").removesuffix("字")


def _number(text: str) -> str:
    """012, 第012号, 字第(12)号, 十二号 → 12; 05第12号 → 5-12."""
    bare = text.lstrip("〕第").rstrip("。.;,、:")
    if (chinese := _CHINESE_NUMBER.match(bare)) and chinese[0] and bare == f"{chinese[0]}号":
        return str(_of_chinese(chinese))
    bracketed = _BRACKETED.fullmatch(bare)
    apart = re.sub(r"(?<=\d)[第号](?=\d)", "-", bracketed[1] if bracketed else bare)
    whole = re.sub(r"字(?=第|\d)", "", apart).replace("第", "").replace("号", "").lstrip("-_./:·")
    return re.sub(r"(?<!\d)0+(?=\d+(?!\w))", "", whole)  # the code of a court keeps its zero


def _of_chinese(found: re.Match[str]) -> int:
    hundreds, tens, ones = ((part or "零").translate(_CHINESE_FIGURES) for part in found.groups())
    return sum(int(part.strip("百十") or "1") * each for part, each in ((hundreds, 100), (tens, 10), (ones, 1)))


def key_of(text: str) -> str:
    """The one form of a plain number that all its spellings share."""
    number = parsed(text)
    if number is not None:
        return str(number)
    bare = text.replace("第", "")
    found = _WITHOUT_YEAR.fullmatch(bare)
    return f"{found[1]}{found[2]}号" if found and not found[1].isascii() else bare


def keys_of(numbers: Sequence[str]) -> list[str]:
    """`key_of` the plain form of many numbers at once, '' for '': several times as fast."""
    together = _APART.join(numbers)
    if len(max(numbers, key=len, default="")) <= LONGEST and not any(sign in together for sign in QUOTES):
        texts = _together(together).split(_APART)
        if len(texts) == len(numbers):
            usual = _USUAL.fullmatch
            return [f"{m[1]}〔{m[2]}〕{m[3]}号" if (m := usual(text)) else key_of(text) for text in texts]
    return [key_of(plain(number)) for number in numbers]


def _together(texts: str) -> str:
    """`plain` for a text without quotes; signs are looked for one by one, as most stand nowhere in it."""
    found = "".join(unicodedata.normalize("NFKC", texts).split())
    for sign, one in _SIGNS.items():
        found = found.replace(sign, one)
    return found.upper()


def names_issuer(key: str) -> bool:
    """Whether a number says who issued it: 12, 12号 and 〔2017〕12号 may be anybody's."""
    return _ISSUER.search(key) is not None


#: What may stand between two numbers; 和 and the like only behind a figure or 号, since they begin names too.
_BETWEEN: Final = re.compile(
    r"[\n、,;|/\\+&]|(?<=[号\d])(?:以及|[和与及并暨])"
    r"|(?<=号)[-~至到](?=\D)|(?<=号)(?=〔)|(?<=号)(?=[^\W\d][^〔〕\-~]{0,19}〔\d{4}〕)"
)
#: Numbers that are named in brackets: 11号（含12号）.
_INCLUDED: Final = re.compile(r"(?<=号)〔(?:[含及和与附并]\D{0,2})?(\d+号)〕")
_TAIL: Final = re.compile(r"第?(\d+)号?")
_SPAN: Final = re.compile(r"(\d+)号?([-~至到])第?(\d+)号?$")
#: With a dash more than so many are none: 3-412 is one number.
_LONGEST_SPAN: Final = 30


def several(number: str) -> tuple[str, ...]:
    """The numbers in a cell that holds more than one, with what a short one (…11、12号) leaves out; else ().

    Of a span (11号至13号) the first and the last.
    """
    text = _INCLUDED.sub(r"、\1", unified(number).translate(_TABLE).upper().strip(_AROUND))
    spaced = [part for line in text.splitlines() for part in line.split()]
    blanks = sum(map(_is_whole, spaced)) > 1
    lines = spaced if blanks else ["".join(line.split()) for line in text.splitlines()]
    if not blanks and len(lines) > 1 and sum(map(_is_whole, lines)) < 2:
        lines = ["".join(lines)]  # a number broken into two lines
    found: list[str] = []
    for part in (part for line in lines for part in _BETWEEN.split(line)):
        first = parsed(found[0]) if found else None
        if _is_whole(part):
            found += _spanned(part, first)
        elif first and (tail := _TAIL.fullmatch(part)):
            found.append(str(replace(first, number=re.sub(r"\d+$", str(int(tail[1])), first.number))))
    keys = tuple(dict.fromkeys(map(key_of, found)))
    return keys if len(keys) > 1 else ()


def _is_whole(text: str) -> bool:
    """Whether a plain text is a number by itself: with figures behind a year, or between an issuer and 号."""
    number = parsed(text)
    if number is None:
        found = _WITHOUT_YEAR.fullmatch(text)
        return found is not None and text.endswith("号") and not found[1].isascii()
    return any(map(str.isdigit, number.number))


def _spanned(text: str, first: DocumentNumber | None) -> list[str]:
    """The first and the last of 〔2017〕11-13号, else the number alone; 12-1 is one number, and 05-12 as well.

    An issuer that is left out is that of the `first` number of the cell.
    """
    number, span = parsed(text), _SPAN.search(text)
    if number is None:
        return [text]
    if first and number.number.isdigit():
        number = replace(number, issuer=number.issuer or first.issuer)
    if span is None or not any(sign in number.number for sign in "-~至到"):
        return [str(number)]
    low, dash, high = int(span[1]), span[2] == "-", int(span[3])
    part_of_code = dash and (high - low > _LONGEST_SPAN or (len(span[1]) == 2 and span[1].startswith("0")))
    if low >= high or part_of_code:
        return [str(number)]
    return [str(replace(number, number=str(n))) for n in (low, high)]
