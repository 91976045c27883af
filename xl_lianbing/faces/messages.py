"""What a run says when it is done: in a terminal, in the box that a button shows, and to programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from xl_lianbing.exact import rounded
from xl_lianbing.findings.row import row_of
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import ReceiptState, Severity, Tier
from xl_lianbing.intake.returned.receipts import Receipt
from xl_lianbing.pipeline import SCORE, Computed, Outcome
from xl_lianbing.scoring.awaited import awaited_told
from xl_lianbing.scoring.remarks import told

_LISTED, _LISTED_OFFICERS = 12, 5
#: In the box: the best of each tier, and remarks.
_BEST, _REMARKS = 3, 5


def run_text(folder: CampaignFolder, outcome: Outcome, operation: str) -> str:
    """A short report in Chinese: returns, findings, the top of the rankings, where the master is."""
    computed = outcome.computed
    receipts = computed.collected.receipts
    states = Counter(r.state for r in receipts)
    lines = [
        f"{operation}完成：收到{states[ReceiptState.RECEIVED]}份，未报{states[ReceiptState.MISSING]}个单位，"
        f"退回{states[ReceiptState.REFUSED]}个文件，重复{states[ReceiptState.DUPLICATE]}个文件{_evidence(receipts)}。",
        f"读入{computed.rows_read}行，计入{computed.rows_counted}行，其余"
        f"{computed.rows_read - computed.rows_counted}行在汇总表中列明原因。",
        f"{_problems(computed)}，见总表“校核结果”。",
    ]
    lines += [f"  退回：{r.file}：{r.note}" for r in receipts if r.state is ReceiptState.REFUSED]
    lines += _feedback(folder, outcome)
    lines += _awaited(computed)
    if operation == SCORE:
        lines += ["", *_ranking(outcome), "", *_officers(outcome)]
    lines += ["", *(f"注意：{r}" for r in told(computed.scores.remarks)), f"总表：{folder.master}"]
    return "\n".join(lines)


def _evidence(receipts: Iterable[Receipt]) -> str:
    count = sum(r.files for r in receipts if r.state is ReceiptState.EVIDENCE)
    return f"，随填报表报来的佐证{count}个文件" if count else ""


def run_message(folder: CampaignFolder, outcome: Outcome, operation: str, title: str) -> str:
    """What came in, what is wrong with it, what goes back, the best, what a reader must know, where to look next."""
    computed = outcome.computed
    receipts = computed.collected.receipts
    states = Counter(r.state for r in receipts)
    late = sum(r.late for r in receipts if r.state is ReceiptState.RECEIVED)
    lines = [
        f"{title}完成。",
        "",
        f"填报表：收到{states[ReceiptState.RECEIVED]}份（迟报{late}份），退回{states[ReceiptState.REFUSED]}个文件，"
        f"重复{states[ReceiptState.DUPLICATE]}个文件，未报{states[ReceiptState.MISSING]}个单位{_evidence(receipts)}。",
        f"{_problems(computed)}。",
        f"读入{computed.rows_read}行，计入{computed.rows_counted}行。",
        *_feedback(folder, outcome),
        *_awaited(computed),
    ]
    if operation == SCORE:
        lines += ["", *_best(outcome)]
    remarks = computed.scores.remarks
    if remarks:
        more = [f"……共{len(remarks)}条，见“首页”。"] if len(remarks) > _REMARKS else []
        lines += ["", *(f"注意：{remark.told}" for remark in remarks[:_REMARKS]), *more]
    return "\n".join([*lines, "", *_next(outcome, operation)])


def _problems(computed: Computed) -> str:
    counts = Counter(f.severity for f in computed.findings)
    told = "，".join(f"{s}{counts[s]}条" for s in (Severity.BLOCKING, Severity.WARNING, Severity.NOTE))
    return f"问题：{told}"


def _awaited(computed: Computed) -> list[str]:
    """What the bureau has yet to type."""
    waiting = awaited_told(computed.awaited)
    return [waiting] if waiting else []


def _best(outcome: Outcome) -> list[str]:
    scores = outcome.computed.scores
    lines = []
    for tier in (Tier.COUNTY, Tier.CITY):
        best = [f"{u.rank}. {u.unit.name} {rounded(u.total)}" for u in scores.units if u.unit.tier is tier][:_BEST]
        if best:
            lines.append(f"{tier}：{'　'.join(best)}")
    officers = [f"{s.rank}. {s.officer.name}（{s.officer.unit}）{rounded(s.points.total)}" for s in scores.officers]
    if officers:
        lines.append(f"个人：{'　'.join(officers[:_BEST])}")
    return lines


def _next(outcome: Outcome, operation: str) -> list[str]:
    results = "“综合排名”“先进集体候选”“先进个人候选”" if operation == SCORE else "“回执登记”和“案件汇总”"
    first = "先看“校核结果”里的阻断问题，再" if outcome.computed.blocking else ""
    return [f"接下来：{first}看{results}。", "结果已写进打开的总表，还没有保存：请按 Ctrl+S 保存。"]


def _feedback(folder: CampaignFolder, outcome: Outcome) -> list[str]:
    """How many marked copies lie in 反馈/, and what went wrong with them."""
    feedback = outcome.feedback
    lines = []
    if feedback.copies:
        made = f"，这次更新{len(feedback.made)}份" if feedback.made else "，都没有变化"
        told = f"{len(feedback.copies)}份标注了问题的填报表{made}"
        lines.append(f"反馈：{told}，在 {folder.feedback}，请发回各单位修改。")
    return [*lines, *(f"注意：{problem}" for problem in feedback.problems)]


def _ranking(outcome: Outcome) -> list[str]:
    rows = [
        (str(u.rank), u.unit.name, u.unit.tier, rounded(u.total), str(u.articles), u.selection)
        for u in outcome.computed.scores.units[:_LISTED]
    ]
    return _aligned("综合排名", ("名次", "单位", "层级", "总分", "发表文章", "状态"), rows)


def _officers(outcome: Outcome) -> list[str]:
    rows = [
        (str(s.rank), s.officer.name, s.officer.unit, rounded(s.points.total), s.selection)
        for s in outcome.computed.scores.officers[:_LISTED_OFFICERS]
    ]
    return _aligned(f"先进个人得分（前{_LISTED_OFFICERS}名）", ("名次", "姓名", "单位", "总分", "状态"), rows)


def _aligned(title: str, headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    from rich.cells import cell_len

    table = [headers, *rows]
    widths = [max(cell_len(str(row[i])) for row in table) for i in range(len(headers))]
    lines = [
        "  ".join(str(c) + " " * (w - cell_len(str(c))) for c, w in zip(row, widths, strict=True)) for row in table
    ]
    return [title, *(line.rstrip() for line in lines)]


def run_facts(folder: CampaignFolder, outcome: Outcome, operation: str) -> dict[str, object]:
    """The same for programs: findings, receipts, rankings with exact points as decimals, seconds by stage."""
    computed = outcome.computed
    facts: dict[str, object] = {
        "操作": operation,
        "总表": str(folder.master),
        "读入行数": computed.rows_read,
        "计入行数": computed.rows_counted,
        "回执": [
            {"单位": r.unit, "状态": r.state, "文件": r.file, "阻断": r.blocking, "提醒": r.warnings, "说明": r.note}
            for r in computed.collected.receipts
        ],
        "校核结果": [row_of(found) for found in computed.findings],
        "录入进度": {tab.what or tab.tab: tab.progress for tab in computed.awaited},
        "反馈": [folder.shown(copy) for copy in outcome.feedback.copies],
        "注意": [*told(computed.scores.remarks), *outcome.feedback.problems],
        "用时": {stage: round(seconds, 3) for stage, seconds in outcome.seconds.items()},
    }
    if operation == SCORE:
        facts["综合排名"] = [
            {"名次": u.rank, "单位": u.unit.name, "层级": u.unit.tier, "总分": float(u.total), "状态": u.selection}
            for u in computed.scores.units
        ]
        facts["先进个人得分"] = [
            {
                "名次": s.rank,
                "姓名": s.officer.name,
                "单位": s.officer.unit,
                "总分": float(s.points.total),
                "状态": s.selection,
            }
            for s in computed.scores.officers
        ]
    return facts
