"""Which function a rule of an example is, and the names of its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from xl_lianbing.exact import Fraction, fraction_of
from xl_lianbing.rules import baseline
from xl_lianbing.rules.deeds import deeds_mean
from xl_lianbing.rules.files import file_full, file_mean, file_score
from xl_lianbing.rules.limits import held_sum
from xl_lianbing.rules.loss import loss_per_percent
from xl_lianbing.rules.ranks import rank
from xl_lianbing.rules.readings import AboveBaseline, BetweenTheLines, GapRounding, MissingFile, ReviewsTogether
from xl_lianbing.rules.vetoes import integrity_veto, worsened

#: What an example may give: figures, or a text (是/否).
Answer = Fraction | str | list[int]


class Given:
    """The 输入 of an example; remembers what was asked for. Raises ValueError, in Chinese, for what can't be used."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._left = set(values)

    def text(self, name: str, default: str | None = None) -> str:
        self._left.discard(name)
        value = self._values.get(name) or default
        if value is None:
            raise ValueError(f"输入缺少“{name}”")
        return value

    def number(self, name: str, default: str | None = None) -> Fraction:
        return number(self.text(name, default), name)

    def optional(self, name: str) -> Fraction | None:
        return self.number(name) if self._values.get(name) else None

    def numbers(self, name: str) -> list[Fraction]:
        return [number(part, name) for part in parts(self.text(name))]

    def choice(self, name: str, default: str, choices: Iterable[str]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise ValueError(f"“{name}={value}”不在可选的口径中：{'、'.join(choices)}")
        return value

    def unused(self) -> list[str]:
        return sorted(self._left)


def number(text: str, name: str) -> Fraction:
    """A decimal or a fraction (192/7). Raises ValueError."""
    try:
        return fraction_of(text.replace("，", "").replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"“{name}”不是数字：{text}") from None


def parts(text: str) -> list[str]:
    """The parts of a list, apart by `、`."""
    return [part.strip() for part in text.split("、") if part.strip()]


_BASELINE_READINGS = list(dict.fromkeys([*BetweenTheLines, *AboveBaseline]))
_MISSING = "缺卷"


def _share(g: Given) -> Fraction:
    return g.number("重点单位数") / g.number("全省重点单位总数")


def _line(g: Given) -> Fraction:
    return g.number("全省总数") * g.number("基准比例")


def _baseline(g: Given) -> Fraction:
    reading = g.choice("口径", "线性", _BASELINE_READINGS)
    upper, lower = g.number("上限倍数", "1.5"), g.number("下限倍数", "0.5")
    return baseline.by_reading(reading, g.number("数值"), g.number("基准值"), g.number("满分"), upper, lower)


def _file(g: Given) -> Fraction:
    reading = g.choice("口径", "相加", list(ReviewsTogether))
    return file_score(g.optional("专家"), g.optional("交叉"), reading, g.number("专家权重", "0.5"))


def _mean(g: Given) -> Fraction:
    """案卷 `90/80、85/85、缺卷`: expert and cross review of each."""
    reading, weight = g.choice("口径", "相加", list(ReviewsTogether)), g.number("专家权重", "0.5")
    missing = g.choice("缺卷口径", "缺卷记零", list(MissingFile))
    places = parts(g.text("案卷"))
    handed_in = [place.split("/") for place in places if place != _MISSING]
    scores = []
    for pair in handed_in:
        if len(pair) != 2:
            raise ValueError(f"“案卷”应写成 专家/交叉，用顿号隔开：{'/'.join(pair)}")
        scores.append(file_score(number(pair[0], "专家"), number(pair[1], "交叉"), reading, weight))
    divisor = len(places) if missing == MissingFile.SCORES_ZERO else len(handed_in)
    mark = file_full(reading, g.number("单份评审满分", "100"))
    return file_mean(scores, divisor, mark, g.number("满分"))


def _loss(value: str, most: str, loss: str) -> Callable[[Given], Fraction]:
    def points(g: Given) -> Fraction:
        rounding = g.choice("口径", "按比例", list(GapRounding))
        per_percent, floor = g.number("每低1%减", loss), g.number("最低分", "0")
        return loss_per_percent(g.number(value), g.number(most), g.number("满分"), per_percent, floor, rounding)

    return points


def _deeds(g: Given) -> Fraction:
    return deeds_mean(g.numbers("评审合计"), g.number("合计满分", "100"), g.number("满分"))


def _held(g: Given) -> Fraction:
    return held_sum(g.numbers("分值"), g.number("下限"), g.number("上限"))


def _worsened(g: Given) -> str:
    return "是" if worsened(g.number("上年"), g.number("本年")) else "否"


def _integrity(g: Given) -> str:
    answers = {"是": True, "否": False}
    statement, proven = (answers[g.choice(name, "否", answers)] for name in ("廉洁证明", "查证属实"))
    return "是" if integrity_veto(statement, proven) else "否"


def _rank(g: Given) -> list[int]:
    """总分 `83.125、83.125` and 文章 `4、2`, one a unit."""
    totals = g.numbers("总分")
    articles = g.numbers("文章") if g.text("文章", "无") != "无" else [Fraction(0)] * len(totals)
    if len(articles) != len(totals):
        raise ValueError("“总分”和“文章”的个数不同")
    return rank(list(zip(totals, articles, strict=True)))


@dataclass(frozen=True, slots=True)
class RuleFunction:
    """A rule's function and an example of its 输入."""

    title: str
    function: Callable[[Given], Answer]
    sample: str


#: Rule id → function.
FUNCTIONS: Mapping[str, RuleFunction] = {
    "B1.3": RuleFunction("案卷得分", _file, "专家=90; 交叉=80; 口径=相加"),
    "B1.4": RuleFunction("案卷质量", _mean, "案卷=90/80、85/85、缺卷; 满分=40; 口径=相加; 缺卷口径=缺卷记零"),
    "B2.1": RuleFunction("基准比例", _share, "重点单位数=60; 全省重点单位总数=1200"),
    "B2.2": RuleFunction("基准值", _line, "全省总数=4000; 基准比例=0.05"),
    "B2.3": RuleFunction("分指标得分（2016年）", _baseline, "数值=300; 基准值=200; 满分=15; 口径=线性"),
    "B2.4": RuleFunction("分指标得分（2017年）", _baseline, "数值=301; 基准值=200; 满分=15; 口径=超过1.5倍"),
    "B3": RuleFunction("公众满意度", _loss("票数", "最高票数", "0.3"), "票数=666; 最高票数=1000; 满分=20; 口径=按比例"),
    "B4": RuleFunction("环境质量变差", _worsened, "上年=3; 本年=4"),
    "B9": RuleFunction("加减分", _held, "分值=4、3; 下限=0; 上限=5"),
    "B10": RuleFunction("名次", _rank, "总分=83.125、83.125; 文章=4、2"),
    "C2": RuleFunction("个人办案数", _loss("件数", "最多件数", "0.2"), "件数=36; 最多件数=48; 满分=30"),
    "C3": RuleFunction("个人投票", _loss("票数", "最高票数", "0.3"), "票数=666; 最高票数=1000; 满分=20"),
    "C4": RuleFunction("个人事迹", _deeds, "评审合计=88、92; 满分=30"),
    "C5": RuleFunction("廉洁执法否决", _integrity, "廉洁证明=是; 查证属实=否"),
}
