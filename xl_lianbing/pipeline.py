"""Returns come in as cells, become typed records with their addresses, become findings and tallies, meet the rule pack
of their year, and go out as blocks of cells into the master."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from xl_lianbing import __version__
from xl_lianbing.dispatch.bulletin import bulletin
from xl_lianbing.dispatch.issue import Issue, issues_sent
from xl_lianbing.dispatch.make import Draft, Issued, due, make_issue
from xl_lianbing.drafts import scratch, sweep
from xl_lianbing.excel.closed.book import ClosedBook
from xl_lianbing.excel.closed.results import changed_meanwhile, write_results
from xl_lianbing.excel.protocol import OpenBook
from xl_lianbing.feedback import Feedback, waiting_copies, write_feedback
from xl_lianbing.findings import Finding
from xl_lianbing.findings.gather import grouped
from xl_lianbing.findings.receipts import RETURNS_GONE
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Operation, Severity
from xl_lianbing.intake.checks.export import folded, reconcile
from xl_lianbing.intake.checks.inspections import inspections_compared
from xl_lianbing.intake.checks.portal import published_compared
from xl_lianbing.intake.evidence.examine import evidence_findings
from xl_lianbing.intake.mailed.arrivals import Arrivals, arrivals
from xl_lianbing.intake.master.earlier import EarlierRun, earlier_run
from xl_lianbing.intake.master.inputs import MasterInputs, read_master
from xl_lianbing.intake.master.located import located
from xl_lianbing.intake.returned.many import read_all, workers
from xl_lianbing.intake.returned.read import Intake, refused
from xl_lianbing.intake.returned.receipts import Collected, collect, returned_files
from xl_lianbing.intake.returned.scans import owned
from xl_lianbing.progress import Stopwatch, Watcher, nobody
from xl_lianbing.records.results import PUBLICITY_DUTY, TASK_BOARD
from xl_lianbing.report.blocks import Block, ByHeader
from xl_lianbing.report.cases import case_blocks
from xl_lianbing.report.dispatch import dispatch_blocks
from xl_lianbing.report.duties import duty_blocks, task_blocks
from xl_lianbing.report.files import file_blocks
from xl_lianbing.report.home import home_block
from xl_lianbing.report.incoming.findings import finding_blocks
from xl_lianbing.report.incoming.receipts import receipt_blocks
from xl_lianbing.report.incoming.standing import with_standing
from xl_lianbing.report.incoming.summaries import case_places, summary_blocks
from xl_lianbing.report.officers import model_officer_blocks, officer_blocks, public_notice_blocks
from xl_lianbing.report.ranking import model_unit_blocks, ranking_blocks
from xl_lianbing.report.runs import Run, files_digest, input_digest, pack_digest, result_digest, run_blocks
from xl_lianbing.report.satisfaction import satisfaction_blocks
from xl_lianbing.report.score_page import score_page_blocks
from xl_lianbing.report.whatif import reading_blocks, unsettled_remark
from xl_lianbing.reviews.progress import progress_blocks
from xl_lianbing.reviews.severity import severity, severity_row
from xl_lianbing.scoring.agenda import agenda
from xl_lianbing.scoring.awaited import Awaited, as_progress, awaited_told, tabs_awaited
from xl_lianbing.scoring.duties import duties
from xl_lianbing.scoring.remarks import Remark, RemarkKind
from xl_lianbing.scoring.score import Scores, score
from xl_lianbing.scoring.tasks import Standing, standings
from xl_lianbing.scoring.whatif.ledger import Ledger, ledger
from xl_lianbing.scoring.whatif.margins import Margin, margins

CHECK, SCORE, DISPATCH = Operation


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: a run makes millions of objects and hardly a cycle among them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Computed:
    """Everything one run knows, before anything is written."""

    master: MasterInputs
    collected: Collected
    scores: Scores
    findings: Sequence[Finding]
    summary: Sequence[Block]
    rows_read: int
    rows_counted: int
    earlier: EarlierRun
    awaited: Sequence[Awaited] = ()
    ledger: Ledger | None = None
    margins: Sequence[Margin] = ()
    #: Where the returns lie that came inside an archive or a letter, as long as the run lasts.
    unpacked: Mapping[str, Path] = field(default_factory=dict)
    further: Sequence[ByHeader] = ()

    @property
    def blocking(self) -> int:
        return sum(f.severity is Severity.BLOCKING for f in self.findings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: the results, the parts of the master rewritten, seconds by stage, what goes back to units."""

    computed: Computed
    written: Sequence[str]
    seconds: dict[str, float]
    feedback: Feedback = Feedback()  # noqa: RUF009 - frozen
    issued: Issued | None = None


def run(
    folder: CampaignFolder,
    operation: str = SCORE,
    *,
    book: OpenBook | None = None,
    watcher: Watcher = nobody,
    executor: Executor | None = None,
    now: datetime | None = None,
    day: date | None = None,
    again: bool = False,
) -> Outcome:
    """Reads, checks and scores a campaign and writes the results of `operation` into its master.

    `day`: on which duties are judged and, at a dispatch, whose last period is issued (None: that of `now`).
    `again`: the newest dispatch may be issued anew.
    `book` is the master where it is open in a program (None: the closed file); unsaved edits count.
    `executor` reads the returns and prepares long tabs: any concurrent.futures.Executor; None: this machine's
    processes.
    Raises LianbingError when it could not be done; then nothing was changed.
    """
    watch = Stopwatch(watcher)
    book = book or ClosedBook(folder.master)
    book.ready()
    now = (now or datetime.now()).replace(microsecond=0)
    day = day or now.date()
    with ExitStack() as stack:
        stack.enter_context(uncollected())
        sweep(folder.path, folder.master.stem)
        spool = stack.enter_context(scratch())
        executor = executor or stack.enter_context(workers(returned_files(folder.returns)))
        master = book.snapshot(spool)
        if operation == DISPATCH:
            due(day, read_master(master).rules, issues_sent(folder), again=again)
        computed = compute(folder, watch, spool, executor, operation, master=master, book=book)
        if operation == SCORE:
            with watch.stage("试算口径"):
                computed = with_ledger(computed)
        blocks = [*result_blocks(computed, day), *progress_blocks(folder, computed.master.inputs)]
        draft = None
        if operation == DISPATCH:
            with watch.stage("调度"):
                draft = issue_of(folder, computed, day, again=again)
            blocks += dispatch_blocks(draft.issues, computed.earlier)
        with watch.stage("写入总表"):
            if operation == SCORE:
                blocks += score_page_blocks(master, blocks, computed.scores, computed.master.pack)
            sent = draft.issues if draft else issues_sent(folder)
            blocks += closing_blocks(master, computed, operation, now, watch.total, dates_told(computed, sent, day))
            with draft or nullcontext(), book.quiet():
                refuse_if_typed_since(book, computed.master, spool)
                book.keep(master)
                written = book.write(blocks, executor=_several(executor))
        issued = draft.settle(now) if draft else None
        feedback = send_back(folder, computed, watch, now.date(), _several(executor))
    return Outcome(computed, written, watch.seconds, feedback, issued)


def issue_of(folder: CampaignFolder, computed: Computed, day: date, *, again: bool) -> Draft:
    """The dispatch that is due on a day, beside its place in 调度/ (D1.1). Raises LianbingError."""
    sent = issues_sent(folder)
    asked = due(day, computed.master.rules, sent, again=again)
    issue = make_issue(asked, day, computed.scores, computed.collected, computed.master.pack)
    others = [other for other in sent if other is not asked.replaced]
    return Draft.written(folder, issue, others, bulletin(issue))


def issue_alone(folder: CampaignFolder, day: date) -> None:
    """Issues the period that ended on a day and writes 进度调度, nothing else: for campaigns that are made up."""
    with uncollected(), scratch() as spool:
        computed = compute(folder, Stopwatch(nobody), spool, operation=CHECK)
        draft = issue_of(folder, computed, day, again=False)
        with draft:
            write_results(folder.master, dispatch_blocks(draft.issues, computed.earlier), backups=0)
        draft.settle(datetime(day.year, day.month, day.day))


def dates_told(computed: Computed, sent: Sequence[Issue], day: date) -> str:
    """What is due next and what is overdue; and what a master made by an older version can't show."""
    told = agenda(computed.master.rules, _tasks(computed, day), {issue.period.end for issue in sent}, day).told(day)
    tabs = (PUBLICITY_DUTY.of_months([month for _, month in computed.master.pack.months]), TASK_BOARD)
    lacking = [tab.name for tab in tabs if not computed.earlier.has(tab)]
    return f"{told}　总表是以前的版本建的，没有写“{'”“'.join(lacking)}”。" if lacking else told


def _tasks(computed: Computed, day: date) -> list[Standing]:
    master, scores = computed.master, computed.scores
    return standings(master.tasks, scores.roster, computed.collected.returns, master.rules, day)


def _several(executor: Executor) -> Executor | None:
    """What is not reading is done by other processes only where there are several."""
    return None if getattr(executor, "count", 2) < 2 else executor


def refuse_if_typed_since(book: OpenBook, read: MasterInputs, scratch: Path) -> None:
    """Raises MasterChanged if the bureau's inputs are no longer what the run has read."""
    place = scratch / "再读"
    place.mkdir()
    anew = book.typed_since(place)
    if anew is not None and read_master(anew).digest != read.digest:
        raise changed_meanwhile()


def send_back(
    folder: CampaignFolder, computed: Computed, watch: Stopwatch, today: date, executor: Executor | None = None
) -> Feedback:
    """反馈/: marked copies of the returns with something to mend. What cannot be done is told, never raised."""
    deadline = computed.master.pack.deadline("return")
    with watch.stage("反馈"):
        return write_feedback(
            folder,
            computed.collected.receipts,
            computed.findings,
            deadline.due if deadline else None,
            unpacked=computed.unpacked,
            today=today,
            executor=executor,
        )


def compute(
    folder: CampaignFolder,
    watch: Stopwatch,
    spool: Path,
    executor: Executor | None = None,
    operation: str = SCORE,
    *,
    master: Path | None = None,
    book: OpenBook | None = None,
) -> Computed:
    """From the files to the scores; writes nothing but the full rows of the returns into `spool`.

    `master` is the file to read in place of the campaign's own; `book` is told of the long tabs as soon as they are
    known, for they take longest. At a check, what the bureau has yet to type is progress and no fault (B1.3).
    """
    with watch.stage("读取总表"):
        inputs = read_master(master or folder.master)
        earlier = earlier_run(master or folder.master)
    files = returned_files(folder.returns)
    arrived = arrivals(files, folder.shown, spool)
    lying = nullcontext(executor) if executor else workers(arrived.files)
    with watch.stage("读取填报表", len(arrived.files)), lying as readers:
        mailed = bool(arrived.scans)
        read_one = read_all(arrived.files, folder, inputs.rules, spool, readers, arrived.names, mailed=mailed)
        intakes = [(refused(u.shown, u.sha256, None, u.finding), u.saved) for u in arrived.unopened]
        intakes += _with_times(arrived, read_one, watch)
    with watch.stage("校核评分"):
        deadline = inputs.pack.deadline("return")
        roster = inputs.inputs.roster
        scans = owned(arrived.scans, intakes, roster)
        collected = collect([*intakes, *scans.refused], roster, deadline.due if deadline else None, inputs.pack.version)
        collected = collected.with_evidence(scans.receipts(collected.used), scans.findings(), roster)
        collected = collected.since(earlier.received)
        collected = collected.waiting(waiting_copies(folder, {r.sha256 for r in collected.receipts}))
        scores = score(inputs.inputs, collected.returns, inputs.rules)
        scores = _remarking(scores, RemarkKind.GONE, [f.problem for f in collected.findings if f.kind is RETURNS_GONE])
        summary = summary_blocks(collected.used, scores.reasons)
        if book is not None:
            book.expect(summary, executor and _several(executor))
        told, compared = folded(collected.findings, compared_with_systems(inputs, collected, scores))
        used = collected.used
        proofs = evidence_findings((i.evidence for i in used.values()), scans.files(used), folder.evidence)
        tabs = tabs_awaited(inputs.inputs, collected.returns, scores)
        scored = located(scores.findings if operation == SCORE else as_progress(scores.findings, tabs), inputs)
        found = dict.fromkeys((*inputs.findings, *told, *grouped([*scored, *compared]), *proofs))
        findings = with_standing(sorted(found, key=lambda f: f.order), scores, earlier, inputs.pack)
        collected = collected.counted(findings)
    read, counted = accounting(collected, scores)
    return Computed(
        inputs, collected, scores, findings, summary, read, counted, earlier, tabs, unpacked=arrived.unpacked
    )


def compared_with_systems(inputs: MasterInputs, collected: Collected, scores: Scores) -> list[Finding]:
    """What differs between the returns and what the systems say (B1.2, B2.6, B2.7)."""
    given, returns, rules = inputs.inputs, collected.returns, inputs.rules
    return [
        *reconcile(given.system_cases, returns, scores.reasons, rules),
        *published_compared(given.published, given.system_cases, returns, rules),
        *inspections_compared(given.mobile, returns, rules),
    ]


def with_ledger(computed: Computed) -> Computed:
    """What other readings and other assumed values would change; among the remarks, whose selection depends on them."""
    scores = computed.scores
    given = (computed.master.inputs, computed.collected.returns, scores, computed.master.rules)
    found = ledger(*given)
    scores = _remarking(scores, RemarkKind.UNSETTLED, [told for told in (unsettled_remark(found),) if told])
    row = severity_row(severity(*given))
    return replace(computed, scores=scores, ledger=found, margins=margins(*given), further=[row] if row else [])


def _remarking(scores: Scores, kind: RemarkKind, told: Iterable[str]) -> Scores:
    return replace(scores, remarks=[*scores.remarks, *(Remark(kind, sentence) for sentence in told)])


def _with_times(arrived: Arrivals, intakes: Iterable[Intake], watch: Stopwatch) -> Iterator[tuple[Intake, datetime]]:
    for done, (file, intake) in enumerate(zip(arrived.files, intakes, strict=True), 1):
        watch.watcher("读取填报表", done, len(arrived.files))
        yield intake, arrived.saved(file)


def accounting(collected: Collected, scores: Scores) -> tuple[int, int]:
    """Rows of the summary tabs: read, and counted; the others are listed there with the reason."""
    read = listed = 0
    for unit, intake in collected.used.items():
        for sheet, reasons in scores.reasons[unit].items():
            read += intake.rows_read.get(sheet, 0)
            listed += len(reasons)
    return read, read - listed


def result_blocks(computed: Computed, day: date) -> list[Block]:
    """The tabs that a run rewrites: what came in, the duties as of `day`; and, with the ledger (`with_ledger`),
    everything that was scored."""
    collected, scores, rules, readings = computed.collected, computed.scores, computed.master.rules, computed.ledger
    blocks = [
        *receipt_blocks(collected.receipts),
        *finding_blocks(computed.findings, computed.earlier.lacking),
        *computed.summary,
        *duty_blocks(duties(scores.roster, collected.returns, rules, day), rules, day, computed.earlier),
        *task_blocks(_tasks(computed, day), day, computed.earlier),
    ]
    if readings is not None:
        blocks += [
            *file_blocks(scores, rules),
            *case_blocks(scores, rules, case_places(collected.used)),
            *satisfaction_blocks(scores, rules),
            *ranking_blocks(scores, rules),
            *model_unit_blocks(scores, rules, readings),
            *officer_blocks(scores, rules),
            *model_officer_blocks(scores, readings),
            *public_notice_blocks(scores),
            *reading_blocks(readings, computed.margins, computed.further),
        ]
    return blocks


def closing_blocks(
    master: Path, computed: Computed, operation: str, now: datetime, seconds: float, dates: str
) -> list[Block]:
    """首页, with `dates` that are due, and 运行记录, whose earlier rows stand in the file `master`."""
    pack, scores = computed.master.pack, computed.scores
    rows = (computed.rows_read, computed.rows_counted)
    home = home_block(
        pack,
        __version__,
        now,
        computed.collected.receipts,
        computed.findings,
        scores,
        rows,
        awaited_told(computed.awaited),
        dates,
    )
    log = Run(
        at=now,
        operation=operation,
        pack=f"{pack.id} {pack.version}",
        version=__version__,
        inputs=input_digest(computed.master, computed.collected),
        results=result_digest(scores, computed.findings),
        seconds=seconds,
        accounting=f"读入{rows[0]}行，计入{rows[1]}行，列明原因不计{rows[0] - rows[1]}行",
        pack_digest=pack_digest(pack),
        typed=computed.master.digest,
        files=files_digest(computed.collected),
    )
    return [home, *run_blocks(master, log)]
