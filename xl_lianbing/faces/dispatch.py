"""What is said when a period was issued: figures of the whole, who is slow or silent, corrections, where it lies."""

from __future__ import annotations

from xl_lianbing.dispatch.figures import FINES
from xl_lianbing.dispatch.make import Issued
from xl_lianbing.dispatch.urge import urged
from xl_lianbing.exact import half_up, in_full
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import PaceState
from xl_lianbing.pipeline import Outcome

_RATIO_PLACES = 2


def dispatch_text(folder: CampaignFolder, outcome: Outcome) -> str:
    issued = _issued(outcome)
    issue = issued.issue
    whole = issue.whole
    lines = [
        f"进度调度完成：{issue.label}，{issue.period.name}，截至{issue.period.end}。",
        f"合计：案件{whole.cases}件，罚款{in_full(whole.fines)}万元，重大案件{whole.major}件，"
        f"复议案件{whole.applied}件，其中纠正{whole.corrected}件。",
    ]
    slow = [
        f"{line.unit}（{half_up(line.ratio, _RATIO_PLACES)}）" if line.ratio is not None else line.unit
        for line in issue.of(PaceState.SLOW)
    ]
    lines.append(f"偏慢：{'、'.join(slow) if slow else '没有'}。")
    to_urge = list(urged(issue, outcome.computed.collected.receipts, outcome.computed.master.inputs.roster))
    if to_urge:
        lines += ["催报：", *(f"  {one.told}" for one in to_urge)]
    if issue.corrections:
        lines += ["更正和补报：", *(f"  {c.unit}：{c.told}" for c in issue.corrections)]
    lines += [f"  原来的一份存在：{folder.shown(path)}" for path in issued.kept]
    return "\n".join([*lines, f"冻结的数据：{issued.frozen}", f"通报：{issued.bulletin}", f"总表：{folder.master}"])


def dispatch_facts(folder: CampaignFolder, outcome: Outcome) -> dict[str, object]:
    """The same for programs: fines and ratios as decimals."""
    issued = _issued(outcome)
    issue = issued.issue
    to_urge = urged(issue, outcome.computed.collected.receipts, outcome.computed.master.inputs.roster)
    return {
        "期": issue.number,
        "期次": issue.period.name,
        "截至": issue.period.end,
        "单位": [
            {
                "单位": line.unit,
                **line.figures.by_item,
                FINES: float(line.figures.fines),
                "进度比": None if line.ratio is None else float(line.ratio),
                "状态": line.state,
                "说明": list(line.remarks),
            }
            for line in issue.lines
        ],
        "更正": [{"单位": c.unit, "说明": c.told} for c in issue.corrections],
        "催报": [{"单位": one.unit, "原因": one.why, "联络员": one.liaison, "邮箱": one.email} for one in to_urge],
        "冻结的数据": issued.frozen,
        "通报": issued.bulletin,
        "移到备份": [folder.shown(path) for path in issued.kept],
        "总表": folder.master,
    }


def _issued(outcome: Outcome) -> Issued:
    if outcome.issued is None:
        raise ValueError("no dispatch was run")
    return outcome.issued
