"""What is said of an import: a preview that a clerk can judge, what was written, the same for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xl_lianbing.importing.kinds.kind import Refused
from xl_lianbing.importing.plan import Difference, Plan, by_header
from xl_lianbing.importing.run import FileRead, Prepared

_ROWS_SHOWN = 3
_LISTED = 20
_LISTED_IN_MESSAGE = 4


def import_text(prepared: Prepared, *, written: bool, preview: bool) -> str:
    """What the files are, how they were understood, and what happens to each row."""
    lines: list[str] = []
    for file in prepared.files:
        lines += [*_file(file), ""]
    for plan in prepared.plans:
        lines += [*_plan(plan, prepared.replace, _LISTED), ""]
    return "\n".join([*lines, _ending(prepared, written, preview)])


def import_question(prepared: Prepared) -> str:
    """The same, short enough for a message that is to be confirmed."""
    lines: list[str] = []
    for file in prepared.files:
        lines += _file(file)
    for plan in prepared.plans:
        lines += _plan(plan, prepared.replace, _LISTED_IN_MESSAGE)
    return "\n".join(lines)


def _file(file: FileRead) -> list[str]:
    lines = [f"《{file.source.name}》：{file.kind.name}，导入总表“{file.kind.record.sheet}”"]
    if file.may_be:
        kinds = "、".join(file.may_be)
        lines.append(f"  注意：表头也像{kinds}的。如果是{kinds}的，请写明种类（--kind {file.may_be[0]}）。")
    if file.before:
        lines.append(f"  这个文件在{file.before}导入过，不再新增。")
    for found, _ in file.tables:
        header = found.header
        sheet = f"工作表“{found.sheet.name}”" if found.sheet.name else ""
        numbers = [number for number, _ in found.sheet.rows]
        rows = f"第{numbers[header.top]}行"
        if header.bottom > header.top:
            rows = f"第{numbers[header.top]}、{numbers[header.bottom]}行"
        pairs = "；".join(f"{header.text(column)} → {column}" for column in header.places)
        lines += [f"  {sheet}表头在{rows}。列：{pairs}"]
        if header.unused:
            lines.append(f"  没有用到的列：{'、'.join(header.unused)}")
        if found.money:
            lines.append(f"  金额的单位：{found.money}" + ("（写入时换算成万元）" if found.money != "万元" else ""))
    if file.unread_sheets:
        lines.append(f"  没有读的工作表：{'、'.join(file.unread_sheets)}")
    left_out = "，".join(f"{what}{count}行" for what, count in file.left_out.items())
    lines.append(f"  读入{file.rows}行" + (f"；另有{left_out}，没有取" if left_out else ""))
    return lines


def _plan(plan: Plan, replace: bool, most: int) -> list[str]:
    changed = sum(d.taken for d in plan.different)
    lines = [
        f"“{plan.tab.sheet}”：新增{len(plan.new)}行，已有{plan.already}行，不同{len(plan.different)}行"
        f"（改动{changed}行），没有取{len(plan.refused)}行。"
    ]
    for incoming in plan.taken.rows[:_ROWS_SHOWN]:
        cells = "；".join(f"{header}={text}" for header, text in by_header(plan.kind, incoming).items())
        lines.append(f"  例：{cells}（{incoming.source}）")
    lines += _listed("没有取的行", [_refused(r) for r in plan.refused], most)
    lines += _listed("没有取的格", [_refused(r) for r in plan.taken.unread], most)
    lines += _listed("总表已有但内容不同的", [_different(d) for d in plan.different], most)
    if not replace and any(d.row.imported for d in plan.different):
        lines.append("  以前导入的行要按文件改的，用 --replace 再导入一次；人工录入的行请在总表里改。")
    unknown = [f"{unit}（{count}行）" for unit, count in plan.taken.unknown_units.items()]
    lines += _listed("单位在名册里对不上、照原样写入的", unknown, most)
    return [*lines, *(f"  {note}" for note in _first(plan.taken.notes, most))]


def _listed(title: str, items: Sequence[str], most: int) -> list[str]:
    return [f"  {title}：", *(f"    {item}" for item in _first(items, most))] if items else []


def _first(items: Sequence[str], most: int) -> list[str]:
    more = [f"……共{len(items)}条"] if len(items) > most else []
    return [*items[:most], *more]


def _refused(refused: Refused) -> str:
    return f"{refused.where}：{refused.why}"


def _different(difference: Difference) -> str:
    changes = "，".join(map(str, difference.changes))
    how = "，已按文件改" if difference.taken else ("" if difference.row.imported else "（人工录入，不改）")
    return f"第{difference.row.number}行 {difference.name} {changes}{how}"


def _ending(prepared: Prepared, written: bool, preview: bool) -> str:
    if preview:
        return "这是预览，没有写入任何内容。"
    if written:
        return f"已写入总表：{prepared.folder.master}（原来的总表在“备份”里）。接下来：计算得分。"
    return "没有要写入的内容，总表没有改动。"


def import_facts(prepared: Prepared, *, written: bool) -> dict[str, object]:
    """The same for programs."""
    plans = prepared.plans
    unknown = sum((plan.taken.unknown_units for plan in plans), Counter[str]())
    return {
        "written": written,
        "read": sum(file.rows for file in prepared.files),
        "appended": sum(len(plan.new) for plan in plans),
        "already": sum(plan.already for plan in plans),
        "different": [_difference_facts(plan, d) for plan in plans for d in plan.different],
        "refused": [_refused_facts(r) for plan in plans for r in plan.refused],
        "unread": [_refused_facts(r) for plan in plans for r in plan.taken.unread],
        "unknown_units": dict(unknown),
        "notes": [note for plan in plans for note in plan.taken.notes],
        "files": [_file_facts(file) for file in prepared.files],
    }


def _refused_facts(refused: Refused) -> dict[str, str]:
    return {"where": refused.where, "reason": refused.why}


def _difference_facts(plan: Plan, difference: Difference) -> dict[str, object]:
    return {
        "tab": plan.tab.sheet,
        "row": difference.row.number,
        "name": difference.name,
        "where": difference.incoming.source,
        "changes": [str(change) for change in difference.changes],
        "replaced": difference.taken,
    }


def _file_facts(file: FileRead) -> dict[str, object]:
    return {
        "file": file.source.name,
        "sha256": file.source.sha256,
        "kind": file.kind.name,
        "imported_before": file.before,
        "read": file.rows,
        "columns": {c: found.header.text(c) for found, _ in file.tables for c in found.header.places},
        "unused": [text for found, _ in file.tables for text in found.header.unused],
        "unit": next((found.money for found, _ in file.tables if found.money), ""),
        "left_out": dict(file.left_out),
    }
