"""An import from its files to the master: prepared first, written after somebody has looked at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Final

from xl_lianbing import __version__
from xl_lianbing.drafts import scratch, sweep
from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.protocol import OpenBook
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Tier
from xl_lianbing.importing.append import tab_block, told
from xl_lianbing.importing.kinds import KINDS, Kind
from xl_lianbing.importing.kinds.kind import Surroundings
from xl_lianbing.importing.plan import Plan, plan
from xl_lianbing.importing.recognise import Recognised, Recogniser
from xl_lianbing.importing.rows import Sifted, sift
from xl_lianbing.importing.sources import Source, read_source
from xl_lianbing.importing.synonyms import Synonym, synonyms_of
from xl_lianbing.importing.tab import read_tab
from xl_lianbing.intake.door.file import saved_at
from xl_lianbing.intake.master.inputs import MasterInputs, read_master
from xl_lianbing.intake.master.tabs import Tab, open_master
from xl_lianbing.intake.returned.many import read_all, workers
from xl_lianbing.intake.returned.receipts import collect, returned_files
from xl_lianbing.records.keys import name_key
from xl_lianbing.records.results import RUNS
from xl_lianbing.report.runs import Run, pack_digest, run_blocks

#: What 运行记录 calls it.
OPERATION: Final = "导入数据"


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as it was understood. `before`: when it was imported already, '' if it was not; `may_be`: kinds that its
    headers fit as well, where nobody said which it is."""

    source: Source
    kind: Kind
    tables: Sequence[tuple[Recognised, Sifted]]
    before: str = ""
    may_be: Sequence[str] = ()

    @property
    def rows(self) -> int:
        return sum(len(sifted.table.rows) for _, sifted in self.tables)

    @property
    def left_out(self) -> Counter[str]:
        return sum((sifted.left_out for _, sifted in self.tables), Counter())

    @property
    def unread_sheets(self) -> list[str]:
        """Sheets that are no table of the kind."""
        read = {found.sheet.name for found, _ in self.tables}
        return [*(s.name for s in self.source.sheets if s.name not in read), *self.source.hidden]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an import would do; nothing is written yet."""

    folder: CampaignFolder
    master: MasterInputs
    files: Sequence[FileRead]
    plans: Sequence[Plan]
    known: Surroundings
    replace: bool
    begun: float

    @property
    def writes(self) -> bool:
        return any(p.writes for p in self.plans)

    @property
    def blocking(self) -> bool:
        return any(p.refused for p in self.plans)


def prepare(
    folder: CampaignFolder,
    paths: Sequence[Path],
    *,
    kind: str = "",
    unit: str = "",
    replace: bool = False,
    answers: Sequence[Synonym] = (),
    master: Path | None = None,
) -> Prepared:
    """Reads the files and compares them with the master. `answers`: what columns are called, beside the tables of
    synonyms; `master`: the file to read in place of the campaign's own.

    Raises LianbingError if anything of any file can't be told; recognise.NotRecognised, KindAsked, UnitAsked where an
    answer would help.
    """
    begun = monotonic()
    place = master or folder.master
    inputs = read_master(place)
    year = inputs.pack.year
    synonyms = synonyms_of(folder.path, {name: k.columns for name, k in KINDS.items()}, answers)
    recogniser = Recogniser(synonyms, year)
    imported = _imported(place)
    files = []
    for path, name in zip(paths, _names(paths), strict=True):
        source = read_source(path, name, recogniser.known)
        its_kind = KINDS[kind] if kind else recogniser.kind_of(source)
        if not inputs.rules.has(its_kind.record.feature):
            raise LianbingError(
                f"规则包 {inputs.pack.id} 不用“{its_kind.record.sheet}”的数据，没有导入。", "不用导入。"
            )
        tables = [(found, sift(source, found, its_kind)) for found in recogniser.tables(source, its_kind, unit)]
        may_be = () if kind else recogniser.may_be(source, its_kind)
        files.append(FileRead(source, its_kind, tables, imported.get(source.sha256, ""), may_be))
    known = _surroundings(folder, inputs)
    plans = [_planned(k, files, place, known, replace) for k in dict.fromkeys(f.kind for f in files)]
    return Prepared(folder, inputs, files, plans, known, replace, begun)


def carry_out(prepared: Prepared, book: OpenBook, *, now: datetime | None = None) -> None:
    """Writes what was prepared into the master, all of it or nothing; a backup is made first.

    Raises LianbingError if it can't be written, or if the tabs are no longer as they were when it was prepared.
    """
    if not prepared.writes:
        return
    moment = (now or datetime.now()).replace(microsecond=0)
    sweep(prepared.folder.path, prepared.folder.master.stem)
    with scratch() as spool, book.quiet():
        master = book.snapshot(spool)
        if any(read_tab(master, p.kind, prepared.known) != p.tab for p in prepared.plans):
            raise LianbingError("预览以后，总表里的数据改动过，没有写入。", "请再导入一次。")
        blocks = [tab_block(p) for p in prepared.plans if p.writes]
        book.keep(master)
        book.write([*blocks, *run_blocks(master, *_runs(prepared, moment))])


def _names(paths: Sequence[Path]) -> list[str]:
    """What the files are called; those of one name with their folders."""
    counts = Counter(path.name for path in paths)
    return [p.name if counts[p.name] == 1 else f"{p.absolute().parent.name}/{p.name}" for p in paths]


def _imported(master: Path) -> Mapping[str, str]:
    """SHA-256 of every file that 运行记录 says was imported → when."""
    with open_master(master, {RUNS.name}) as book:
        tab = Tab.of(book, RUNS.name)
        rows = tab.grid(RUNS.grid) if tab is not None else []
        return {row.text("输入摘要"): row.text("时间") for row in rows if row.text("操作") == OPERATION}


def _surroundings(folder: CampaignFolder, inputs: MasterInputs) -> Surroundings:
    roster = [str(unit.unit) for unit in inputs.inputs.roster]
    cities = [str(unit.unit) for unit in inputs.inputs.roster if unit.tier is Tier.CITY]
    return Surroundings(inputs.pack.year, roster, cities, cache(lambda: _people(folder, inputs)))


def _people(folder: CampaignFolder, inputs: MasterInputs) -> Mapping[str, set[str]]:
    """The units of the candidates whom the returns name, by the key of the name."""
    files = returned_files(folder.returns)
    with ExitStack() as stack:
        spool = stack.enter_context(scratch())
        executor = stack.enter_context(workers(files))
        intakes = list(read_all(files, folder, inputs.rules, spool, executor))
    received = [(intake, saved_at(file)) for file, intake in zip(files, intakes, strict=True)]
    found: dict[str, set[str]] = {}
    for unit, returned in collect(received, inputs.inputs.roster, None).returns.items():
        for line in returned.candidates:
            if line.record.name:
                found.setdefault(name_key(line.record.name), set()).add(unit)
    return found


def _planned(kind: Kind, files: Sequence[FileRead], master: Path, known: Surroundings, replace: bool) -> Plan:
    own = [file for file in files if file.kind is kind]
    tables = [sifted.table for file in own for _, sifted in file.tables]
    taken = kind.read(kind, tables, known)
    before = [file.source.name for file in own if file.before]
    return plan(kind, read_tab(master, kind, known), taken, replace=replace, before=before)


def _runs(prepared: Prepared, moment: datetime) -> list[Run]:
    """A line a file, and more where what was changed does not fit into one."""
    runs: list[Run] = []
    for one in prepared.plans:
        if not one.writes:
            continue
        own = [file for file in prepared.files if file.kind is one.kind]
        pieces = told(one, {file.source.name: file.rows for file in own})
        results = f"新增{len(one.new)}行，改动{sum(d.taken for d in one.different)}行"
        shas = [file.source.sha256 for file in own]
        more = [shas[0]] * (len(pieces) - len(shas))
        texts = [*pieces, *(f"导入{one.kind.name}：《{file.source.name}》" for file in own[len(pieces) :])]
        runs += [
            Run(
                at=moment,
                operation=OPERATION,
                pack=f"{prepared.master.pack.id} {prepared.master.pack.version}",
                version=__version__,
                inputs=sha,
                results=results,
                seconds=monotonic() - prepared.begun,
                accounting=text,
                pack_digest=pack_digest(prepared.master.pack),
            )
            for sha, text in zip([*shas, *more], texts, strict=True)
        ]
    return runs
