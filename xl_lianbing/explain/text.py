"""A derivation as text for people and as facts for programs."""

from __future__ import annotations

from collections.abc import Iterator

from xl_lianbing.exact import in_full, rounded
from xl_lianbing.explain.derivation import Explanation, Step


def explanation_text(found: Explanation) -> str:
    """The derivation, step by step."""
    lines = [f"{found.subject}：总分{in_full(found.total)}，第{found.rank}名，{found.state}", ""]
    for number, step in enumerate(found.steps, 1):
        lines += [*_step_lines(number, step), ""]
    return "\n".join([*lines, "名次和名单", *(f"  {told}" for told in found.standing)])


def explanation_summary(found: Explanation) -> str:
    """Total, rank and the distances to the next rank and the shortlist; points with 2 decimals where it says so."""
    return "\n".join([f"{found.subject}：总分{rounded(found.total)}，{found.standing[0]}。", *found.standing[1:]])


def _step_lines(number: int, step: Step) -> Iterator[str]:
    value = "" if step.value is None else f" = {in_full(step.value)}"
    yield f"{number}. {step.title}（{step.rule}）{value}"
    yield f"   计算：{step.formula}"
    yield from (f"   依据：{told}" for told in step.basis)
    for given in step.inputs:
        yield f"   取数：{given.what}：{given.value}" + (f"　[{given.place}]" if given.place else "")
    if step.left_out:
        yield f"   没有计入的{len(step.left_out)}行："
        yield from (f"     {left.what or '（没有文号）'}：{left.reason}　[{left.place}]" for left in step.left_out)
    yield from (f"   说明：{note}" for note in step.notes)


def explanation_facts(found: Explanation) -> dict[str, object]:
    """The same for programs; values as exact fractions and as decimals."""
    return {
        "完成": True,
        "对象": found.subject,
        "总分": float(found.total),
        "名次": found.rank,
        "状态": found.state,
        "步骤": [
            {
                "规则": step.rule,
                "名称": step.title,
                "依据": list(step.basis),
                "计算": step.formula,
                "值": None if step.value is None else float(step.value),
                "精确值": None if step.value is None else str(step.value),
                "取数": [{"名称": i.what, "值": i.value, "位置": i.place} for i in step.inputs],
                "没有计入": [{"名称": x.what, "原因": x.reason, "位置": x.place} for x in step.left_out],
                "说明": list(step.notes),
            }
            for step in found.steps
        ],
        "名次和名单": list(found.standing),
    }
