"""The spellings people use beside those of the contract: headers, choices, placeholders. One table for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xl_lianbing.records.column import Column
from xl_lianbing.records.keys import squeeze
from xl_lianbing.rules.pack import RulePack

#: What people write for "nothing here".
PLACEHOLDERS = frozenset(
    {"/", "//", "\\", "-", "--", "—", "——", "－", "／", "无", "无。", "暂无", "N/A", "n/a", "NA", "空"}
)

#: What people write for a choice, apart by spaces. A word may stand for several; a column takes the one it offers.
_SPELLINGS: Mapping[str, str] = {
    "是": "√ ✓ ✔ ☑ Y YES TRUE T 1 对 有 已 是的 已录入 已公开 已公布 已使用 申报 已推荐 推荐",
    "否": "× ✗ ✘ X N NO FALSE F 0 不是 没有 未 未录入 未公开 未公布 未使用 不申报 未推荐 不推荐",
    "市级": "市 地级市 市本级 设区市",
    "县级": "县 区 县区级 县(市、区)级 区级 县级市",
    "限产停产": "停产限产 限产、停产 限产/停产 限产 停产 限制生产 停产整治 限制生产、停产整治 限制生产停产整治",
    "查封扣押": "查封、扣押 查封/扣押 查封 扣押",
    "按日连续处罚": "按日计罚 按日连续计罚",
    "按日计罚": "按日连续处罚 按日连续计罚",
    "移送行政拘留": "移送拘留 行政拘留 移送公安行政拘留",
    "移送涉嫌环境污染犯罪": "移送涉嫌犯罪 涉嫌环境污染犯罪 移送涉嫌环境犯罪 移送涉嫌污染犯罪 移送环境污染犯罪",
    "申请法院强制执行": "申请强制执行 强制执行 法院强制执行",
    "环境监察稽查": "环境稽查 监察稽查 稽查",
    "行政处罚": "处罚 一般行政处罚",
    "专家": "专家评审 法律专家",
    "交叉": "交叉评审 交叉互评 互评",
    "集体": "单位 先进集体",
    "个人": "先进个人",
    "Ⅰ": "1 一",
    "Ⅱ": "2 二",
    "Ⅲ": "3 三",
    "Ⅳ": "4 四",
    "Ⅴ": "5 五",
    "劣Ⅴ": "劣5 劣五 劣于V 劣于五",
    "PM2.5": "PM25 PM2。5",
    "大气污染": "大气 废气",
    "水污染": "水 废水",
    "固体废物": "固废 一般固废 固体废弃物",
    "危险废物": "危废 危险废弃物",
    "噪声污染": "噪声",
    "撤销": "撤消 予以撤销",
    "审理中": "未审结 在审 正在审理",
    "中国环境报": "《中国环境报》 环境报",
    "省厅网站": "省厅网 省环保厅网站 省环境保护厅网站",
    "市局网站": "市局网 市环保局网站",
    "已完成": "完成 已办结",
    "进行中": "进行 正在进行 在办",
    "主办": "主办人 主办人员",
    "协办": "协办人 协办人员",
    "强化督查": "督查",
    "达标排放": "达标 工业污染源达标排放",
    "太湖交叉检查": "太湖流域交叉检查 太湖流域交叉执法检查",
}


def _by_spelling() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for choice, spellings in _SPELLINGS.items():
        for spelling in spellings.split():
            key = squeeze(spelling).upper()
            found[key] = (*found.get(key, ()), choice)
    return found


#: Another word (squeezed, upper case) → the choices it can stand for.
CHOICE_ALIASES: Mapping[str, tuple[str, ...]] = _by_spelling()

_MARKS = str.maketrans("", "", "*★:'’‘`")


def header_key(text: object) -> str:
    """Equal for spellings of one header: widths, spaces, line breaks, stars, apostrophes and a closing colon don't count."""
    return squeeze(text).translate(_MARKS) if isinstance(text, str) else ""


def header_spellings(column: Column, pack: RulePack) -> Iterable[str]:
    """The keys under which a column's header is known: the year's, the other year's, and the aliases."""
    return (header_key(text) for text in (column.header, pack.header(column.header), *column.aliases))
