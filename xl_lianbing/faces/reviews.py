"""What is said of a draw, of forms that came back and of how far the reviews are; the same for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xl_lianbing.findings import Finding
from xl_lianbing.findings.row import row_of
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import ReviewState, Severity
from xl_lianbing.reviews.progress import Progress
from xl_lianbing.reviews.sample import Sample
from xl_lianbing.reviews.send import Sent
from xl_lianbing.reviews.take import ComeBack

_LISTED = 30
_ALONE = 6


def sent_text(folder: CampaignFolder, sent: Sent, *, third: bool) -> str:
    lines = [f"参评案卷和个人案卷{sent.files}份，个人事迹{sent.deeds}份；这次新抽{sent.drawn}份次，种子：{sent.seed}。"]
    if third:
        lines[0] = f"两类评审相差过大的{sent.thirds}份；这次新抽{sent.drawn}份次，种子：{sent.seed}。"
    if sent.written:
        lines.append(f"写了{len(sent.written)}份评审表，在 {folder.reviews / '发出'}：{_names(sent.written)}。")
    else:
        lines.append("没有要写的评审表，已发出的没有改动。")
    lines += listed(sent.findings)
    if sent.waiting:
        lines.append(
            f"还有{sent.waiting}份事迹没有确认，没有发出：请在 {folder.reviews / '匿名对照.xlsx'} 逐份核对，"
            "“已确认”选“是”，再发出评审表。"
        )
    return "\n".join([*lines, f"接下来：把“发出”里各人的文件夹发给本人；收回的放进 {folder.reviews / '收回'}。"])


def sent_facts(sent: Sent) -> dict[str, object]:
    return {
        "seed": sent.seed,
        "files": sent.files,
        "deeds": sent.deeds,
        "drawn": sent.drawn,
        "written": sent.written,
        "waiting": sent.waiting,
        "thirds": sent.thirds,
        "findings": [row_of(f) for f in sent.findings],
    }


def taken_text(prepared: ComeBack, *, written: bool) -> str:
    forms = len(prepared.forms)
    lines = [
        f"读了{forms}份评审表" + (f"，另有{prepared.before}份以前收过、没有变化" if prepared.before else "") + "。",
        f"新增{prepared.appended}行，已有{prepared.already}行，改动{prepared.replaced}行，没有收{prepared.refused}行。",
    ]
    lines += listed(prepared.findings)
    if written:
        lines.append(f"已写入总表：{prepared.folder.master}（原来的总表在“备份”里）。接下来：计算得分。")
    elif not prepared.writes:
        lines.append("没有要写入的内容，总表没有改动。")
    return "\n".join(lines)


def taken_facts(prepared: ComeBack, *, written: bool) -> dict[str, object]:
    return {
        "written": written,
        "forms": len(prepared.forms),
        "before": prepared.before,
        "appended": prepared.appended,
        "already": prepared.already,
        "replaced": prepared.replaced,
        "refused": prepared.refused,
        "findings": [row_of(f) for f in prepared.findings],
    }


def progress_text(found: Sequence[Progress]) -> str:
    if not found:
        return "还没有发出评审表。\n接下来：填好总表的“评审人员”，再发出评审表（review 文件夹 --out）。"
    done = sum(one.done for one in found)
    late = [f"{one.reviewer}（{one.done}/{one.due}）" for one in found if one.state is not ReviewState.DONE]
    told = f"应评{sum(one.due for one in found)}份次，已评{done}份次。"
    return f"{told}\n没有交齐的{len(late)}人：{_names(late)}。" if late else f"{told}\n全部交齐。"


def progress_facts(found: Sequence[Progress]) -> dict[str, object]:
    return {
        "reviewers": [
            {
                "评审人": one.reviewer,
                "类型": one.kind,
                "应评": one.due,
                "已评": one.done,
                "未评": one.due - one.done,
                "状态": one.state,
                "平均分": None if one.mean is None else float(one.mean),
                "与同卷其他评审平均相差": None if one.apart is None else float(one.apart),
                "说明": one.note,
            }
            for one in found
        ]
    }


def sample_text(sample: Sample) -> str:
    count = sum(map(len, sample.cases.values()))
    lines = [f"抽取了{count}件，种子：{sample.seed}，名单：{sample.file}。"]
    return "\n".join([*lines, f"案件不够的单位：{_names(sample.short)}。"] if sample.short else lines)


def sample_facts(sample: Sample) -> dict[str, object]:
    return {
        "seed": sample.seed,
        "file": sample.file,
        "drawn": {unit: [case.decision_number for case in own] for unit, own in sample.cases.items()},
        "short": list(sample.short),
    }


def blocks(findings: Iterable[Finding]) -> bool:
    return any(f.severity is Severity.BLOCKING for f in findings)


def listed(findings: Sequence[Finding], most: int = _LISTED) -> list[str]:
    """One line each; of many of one kind the first ones and how many more."""
    lines: list[str] = []
    for code in dict.fromkeys(f.code for f in sorted(findings, key=lambda f: f.order)):
        own = sorted((f for f in findings if f.code == code), key=lambda f: f.order)
        shown = own if len(own) <= _ALONE else own[: _ALONE - 1]
        for one in shown:
            place = " ".join(filter(None, (one.where.file, one.where.sheet, one.where.cell)))
            lines.append(f"  {one.severity} {code} {f'{place}：' if place else ''}{one.problem}{one.fix}")
        if len(own) > len(shown):
            lines.append(f"  {own[0].severity} {code} 这样的还有{len(own) - len(shown)}处。")
    return [*lines[:most], *([f"  ……共{len(lines)}条"] if len(lines) > most else [])]


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:_LISTED]) + (f"等{len(names)}个" if len(names) > _LISTED else "")
