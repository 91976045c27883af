"""What is said when blank returns were made: where they lie, what was kept, and what they lack."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.folder import CampaignFolder
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.setup import Known, Remade, without_contact

UNSAVED = "总表正开着，这里用的是上次存盘的内容。刚改过“单位名册”或“规则”的，先保存总表，再运行一次。"


def blanks_text(
    folder: CampaignFolder,
    remade: Remade,
    units: Sequence[RosterUnit],
    roster: Sequence[RosterUnit],
    known: Known | None = None,
) -> str:
    """What `blank` and its button made and filled in, what they kept, and what the blanks still lack."""
    many = len(remade.made) > 1
    told = f"已重新生成{len(remade.made)}份填报表，在 {folder.blanks}。" if many else f"已生成填报表：{remade.made[0]}"
    lines = [told]
    if remade.kept:
        lines.append(
            "下面这些在生成以后有改动（有人填过，或者预填的内容变了），原件没有丢，已移到“备份”；"
            "里面填的内容需要时从原件拷贝："
        )
        lines += [f"  {path.name}　→　{folder.shown(kept)}" for path, kept in remade.kept.items()]
    if known is not None:
        lines += _prefilled(known)
    return "\n".join([*lines, *(f"注意：{told}" for told in contacts_missing(units, roster))])


def _prefilled(known: Known) -> list[str]:
    told = [f"  {unit}：{one.origin}" for unit, one in known.units.items() if one.rows]
    if not told:
        return [
            "没有预填：总表“处罚系统数据”和“公示数据”里没有这些单位的案件。先用“导入数据”（或粘贴）录入，再重新生成。"
        ]
    lines = ["“处罚案件”已预先填好，请各单位核对、补齐：", *told]
    if known.unplaced:
        lines.append(
            f"注意：“处罚系统数据”“公示数据”有{known.unplaced}行的单位是空的，或者和“单位名册”对不上，没有预填；"
            "请在总表改好“单位”一列，保存，再重新生成。"
        )
    return lines


def blanks_facts(
    remade: Remade, units: Sequence[RosterUnit], roster: Sequence[RosterUnit], known: Known | None = None
) -> dict[str, object]:
    """The same for programs."""
    filled = {} if known is None else {"预填": _counts(known), "预填没有单位的行": known.unplaced}
    return filled | {
        "填报表": remade.made[0] if len(remade.made) == 1 else list(remade.made),
        "移到备份": {str(path): str(kept) for path, kept in remade.kept.items()},
        "注意": contacts_missing(units, roster),
    }


def _counts(known: Known) -> dict[str, object]:
    return {
        unit: {"件数": len(one.rows), "处罚系统数据": one.in_system, "公示数据": one.on_portal}
        for unit, one in known.units.items()
    }


def contacts_missing(units: Sequence[RosterUnit], roster: Sequence[RosterUnit]) -> list[str]:
    """What to do about the contacts that the blanks of these units lack."""
    rows = without_contact(units, roster)
    if not rows:
        return []
    where = f"{'、'.join(rows)}一行" if all(rows) else "市级单位一行（没有的先加上）"
    return [
        f"填报表上的联络员和邮箱还空着（填报说明里标红的地方）：先在总表“单位名册”{where}填好联络员和邮箱，保存，"
        "再用 blank 文件夹 --all（或按钮“重做填报表”）重新生成，然后下发。"
    ]
