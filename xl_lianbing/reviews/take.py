"""评审表 in (`review --in`, 收回评审表): appended to 案卷评审 and 事迹评审; prepared first, written once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Final

from xl_lianbing import __version__
from xl_lianbing.drafts import scratch, sweep
from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.protocol import OpenBook
from xl_lianbing.findings import Finding, finding
from xl_lianbing.findings import reviews as k
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Severity
from xl_lianbing.importing.append import tab_block
from xl_lianbing.importing.kinds.kind import Incoming, Key, Kind, Surroundings, Table, Taken, Value, Values
from xl_lianbing.importing.plan import Plan, plan, shown
from xl_lianbing.importing.tab import read_tab
from xl_lianbing.intake.master.inputs import MasterInputs, read_master
from xl_lianbing.intake.master.tabs import Tab, open_master
from xl_lianbing.records.inputs import DeedsReview, Review
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.results import RUNS
from xl_lianbing.report.runs import Run, pack_digest, run_blocks
from xl_lianbing.reviews.arrangement import Arrangement, load_arrangement
from xl_lianbing.reviews.collect import Answer, FormRead, files_in, read_form, sheets_of

#: What 运行记录 calls it.
OPERATION: Final = "收回评审表"
_LONGEST: Final = 20_000


def _review_key(values: Values) -> Key:
    number = document_key(str(values.get("document_number") or ""))
    return name_key(str(values.get("unit") or "")), number, name_key(str(values.get("reviewer") or ""))


def _deeds_key(values: Values) -> Key:
    return tuple(name_key(str(values.get(field) or "")) for field in ("unit", "name", "reviewer"))


def _none(kind: Kind, tables: Sequence[Table], known: Surroundings) -> Taken:
    return Taken()


def _nothing(found: Collection[str]) -> list[str]:
    return []


#: The tabs that collected forms are appended to, by the sheet of the form.
TABS: Final[Mapping[str, Kind]] = {
    "案卷评审": Kind("案卷评审", Review, _review_key, ("unit", "document_number", "reviewer"), _none, _nothing),
    "事迹评审": Kind("事迹评审", DeedsReview, _deeds_key, ("unit", "name", "reviewer"), _none, _nothing),
}


@dataclass
class ComeBack:
    """What an `--in` would write."""

    folder: CampaignFolder
    master: MasterInputs
    known: Surroundings
    forms: list[FormRead]
    plans: list[Plan]
    findings: list[Finding] = field(default_factory=list)
    #: Forms that were taken before and are as they were.
    before: int = 0
    changed: int = 0
    begun: float = 0.0

    @property
    def writes(self) -> bool:
        return any(p.writes for p in self.plans)

    @property
    def appended(self) -> int:
        return sum(len(p.new) for p in self.plans)

    @property
    def replaced(self) -> int:
        return sum(d.taken for p in self.plans for d in p.different)

    @property
    def already(self) -> int:
        return sum(p.already for p in self.plans)

    @property
    def refused(self) -> int:
        return sum(form.refused for form in self.forms)

    @property
    def blocking(self) -> bool:
        return any(f.severity is Severity.BLOCKING for f in self.findings)


def prepare_forms(folder: CampaignFolder, *, replace: bool = False, master: Path | None = None) -> ComeBack:
    """Reads what lies in 评审/收回 and compares it with the master.

    Raises LianbingError before the first draw, and for a master that can't be read.
    """
    begun = monotonic()
    place = master or folder.master
    inputs = read_master(place)
    made = load_arrangement(folder)
    if made is None:
        raise LianbingError("还没有发出评审表，没有可以收回的。", "请先发出评审表（review 文件夹 --out）。")
    came, findings = files_in(folder)
    taken_before = _taken_before(place)
    forms: list[FormRead] = []
    before = 0
    for one in came:
        if one.sha256 in taken_before and not replace:
            before += 1
            continue
        forms.append(read_form(one, made, inputs.rules))
    for form in forms:
        findings += form.findings
    roster = [str(unit.unit) for unit in inputs.inputs.roster]
    known = Surroundings(inputs.pack.year, roster, (), dict)
    answers = _latest(forms, replace, findings)
    plans = []
    for sheet, own in sheets_of(answers):
        kind = TABS[sheet]
        incoming = Taken([Incoming(_values(a, made), a.source) for a in own])
        planned = plan(kind, read_tab(place, kind, known), incoming, replace=replace)
        plans.append(planned)
        findings += _differences(planned, own)
    result = ComeBack(folder, inputs, known, forms, plans, findings, before, begun=begun)
    result.changed = sum(f.kind in (k.CHANGED, k.TYPED_DIFFERENT) for f in findings)
    return result


def _taken_before(master: Path) -> set[str]:
    with open_master(master, {RUNS.name}) as book:
        tab = Tab.of(book, RUNS.name)
        rows = tab.grid(RUNS.grid) if tab is not None else []
        return {row.text("输入摘要") for row in rows if row.text("操作") == OPERATION}


def _latest(forms: Sequence[FormRead], replace: bool, findings: list[Finding]) -> list[Answer]:
    """One answer a code and reviewer: of several forms the first, with `replace` the last."""
    found: dict[tuple[str, str], Answer] = {}
    for form in forms:
        for answer in form.answers:
            key = (answer.given.code, name_key(answer.given.reviewer))
            first = found.setdefault(key, answer)
            if first is answer or first.values == answer.values:
                continue
            changes = "，".join(
                f"{_header(answer, name)}：{shown(first.values.get(name)) or '空'}→{shown(new) or '空'}"
                for name, new in answer.values.items()
                if first.values.get(name) != new
            )
            findings.append(_changed(answer, changes, replace))
            if replace:
                found[key] = answer
    return list(found.values())


def _header(answer: Answer, field_: str) -> str:
    record = DeedsReview if "quality" in answer.values else Review
    return record.columns()[field_].header


def _changed(answer: Answer, changes: str, taken: bool) -> Finding:
    words = {
        "reviewer": answer.given.reviewer,
        "code": answer.given.code,
        "changes": changes,
        "taken": "；已按后交的改" if taken else "；没有改动总表",
        "fix": "不用处理。" if taken else "以后交的为准的，收回时选“替换”（--replace）；否则移出“评审/收回”。",
    }
    return finding(k.CHANGED, answer.where, answer.given.code, **words)


def _differences(planned: Plan, answers: Sequence[Answer]) -> list[Finding]:
    """What the tab has otherwise."""
    by_source = {a.source: a for a in answers}
    found = []
    for different in planned.different:
        answer = by_source[different.incoming.source]
        changes = "，".join(map(str, different.changes))
        if different.row.imported:
            found.append(_changed(answer, changes, different.taken))
        else:
            words = {"reviewer": answer.given.reviewer, "code": answer.given.code, "changes": changes}
            found.append(finding(k.TYPED_DIFFERENT, answer.where, answer.given.code, **words))
    return found


def _values(answer: Answer, made: Arrangement) -> dict[str, Value]:
    """The row of the tab."""
    unit, number, name = made.meanings[answer.given.code]
    reviewer = answer.given.reviewer
    if name:
        return {"unit": unit, "name": name, "reviewer": reviewer, **answer.values}
    kind = str(answer.given.kind)
    return {"unit": unit, "document_number": number, "kind": kind, "reviewer": reviewer, **answer.values}


def carry_in(prepared: ComeBack, book: OpenBook, *, now: datetime | None = None) -> None:
    """Writes what was prepared into the master, all of it or nothing; the master as it was is kept first.

    Raises LianbingError if it can't be written, or if the tabs are no longer as they were when it was prepared.
    """
    if not prepared.writes:
        return
    moment = (now or datetime.now()).replace(microsecond=0)
    sweep(prepared.folder.path, prepared.folder.master.stem)
    with scratch() as spool, book.quiet():
        master = book.snapshot(spool)
        if any(read_tab(master, p.kind, prepared.known) != p.tab for p in prepared.plans):
            raise LianbingError("收回的时候，总表里的数据改动过，没有写入。", "请再收回一次。")
        blocks = [tab_block(p) for p in prepared.plans if p.writes]
        book.keep(master)
        book.write([*blocks, *run_blocks(master, *_runs(prepared, moment))])


def _runs(prepared: ComeBack, moment: datetime) -> list[Run]:
    """A line a form."""
    pack = prepared.master.pack
    changes = [
        f"“{p.tab.sheet}”第{d.row.number}行 {d.name} {'，'.join(map(str, d.changes))}"
        for p in prepared.plans
        for d in p.different
        if d.taken
    ]
    runs = []
    for form in prepared.forms:
        if not form.answers:
            continue
        told = f"收回《{form.name}》（{form.reviewer}）{len(form.answers)}份，没有收{form.refused}份"
        told = "；".join([told, *(changes if form is _last(prepared) else [])])[:_LONGEST]
        runs.append(
            Run(
                at=moment,
                operation=OPERATION,
                pack=f"{pack.id} {pack.version}",
                version=__version__,
                inputs=form.sha256,
                results=f"新增{prepared.appended}行，改动{prepared.replaced}行",
                seconds=monotonic() - prepared.begun,
                accounting=told,
                pack_digest=pack_digest(pack),
            )
        )
    return runs


def _last(prepared: ComeBack) -> FormRead:
    """The last form with answers: what changed is told with it."""
    return [form for form in prepared.forms if form.answers][-1]
