"""One function a button of the master (excel/macros/buttons.py); each starts from the workbook that called it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from xl_lianbing.drafts import scratch
from xl_lianbing.errors import CampaignNotFound, LianbingError, MasterLocked
from xl_lianbing.excel.live.book import LiveBook
from xl_lianbing.excel.live.host import Host
from xl_lianbing.excel.live.patience import Patience
from xl_lianbing.excel.live.start import host_of, load_xlwings
from xl_lianbing.excel.live.windows import ExcelHost, open_path
from xl_lianbing.excel.macros.buttons import (
    BLANKS,
    COLLECT,
    COMPUTE,
    EXPLAIN,
    FEEDBACK,
    IMPORT,
    ISSUE,
    SELF_CHECK,
    SEND_FORMS,
    SHORTLISTS,
    TAKE_FORMS,
)
from xl_lianbing.excel.protocol import OpenBook
from xl_lianbing.faces.outcomes import not_done
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.progress import Watcher

TITLE: Final = "大练兵"


def collect_and_check() -> None:
    """收取校核: read and check the returns; 回执登记, 校核结果 and the summary tabs are written."""
    from xl_lianbing.pipeline import CHECK

    _press(COLLECT.caption, lambda book, folder: _run(book, folder, CHECK, COLLECT.caption))


def import_figures() -> None:
    """导入数据: files of the systems, picked in a dialogue; written after their preview was confirmed."""

    def run(book: LiveBook, folder: CampaignFolder) -> str:
        from xl_lianbing.faces.importing import import_by_dialogue

        return import_by_dialogue(book, folder, f"{TITLE} · {IMPORT.caption}")

    _press(IMPORT.caption, run)


def send_review_forms() -> None:
    """发出评审表: reviewers drawn for what has none, third ones where the kinds are far apart; forms written."""

    def send(book: LiveBook, folder: CampaignFolder) -> str:
        from xl_lianbing.faces.reviews import sent_text
        from xl_lianbing.reviews.send import send_out

        with scratch() as spool:
            master = book.snapshot(spool)
            sent = send_out(folder, master=master)
            third = send_out(folder, third=True, master=master)
        told = sent_text(folder, sent, third=False)
        return f"{sent_text(folder, third, third=True)}\n\n{told}" if third.drawn else told

    _press(SEND_FORMS.caption, send, writes=False)


def take_review_forms() -> None:
    """收回评审表: the forms in 评审/收回, told first, written after that was confirmed."""

    def take(book: LiveBook, folder: CampaignFolder) -> str:
        from xl_lianbing.faces.reviews import taken_text
        from xl_lianbing.reviews.take import carry_in, prepare_forms

        title = f"{TITLE} · {TAKE_FORMS.caption}"
        with scratch() as spool:
            master = book.snapshot(spool)
            prepared = prepare_forms(folder, master=master)
            told = taken_text(prepared, written=False)
            if prepared.changed and book.ask(f"{told}\n\n再交的与收下的不同，要按后交的改吗？", title=title):
                prepared = prepare_forms(folder, replace=True, master=master)
                told = taken_text(prepared, written=False)
            if not prepared.writes:
                return told
            if not book.ask(f"{told}\n\n写入总表吗？", title=title):
                return "没有写入任何内容。"
            carry_in(prepared, book)
        return "已写进打开的总表，还没有保存：请按 Ctrl+S 保存。\n接下来：计算得分。"

    _press(TAKE_FORMS.caption, take)


def compute_scores() -> None:
    """计算得分: everything."""
    from xl_lianbing.pipeline import SCORE

    _press(COMPUTE.caption, lambda book, folder: _run(book, folder, SCORE, COMPUTE.caption))


def show_shortlists() -> None:
    """生成候选名单: the scores computed anew, then the shortlists brought to the front."""
    from xl_lianbing.pipeline import SCORE
    from xl_lianbing.records.results import MODEL_UNITS

    def run(book: OpenBook, folder: CampaignFolder) -> str:
        told = _run(book, folder, SCORE, SHORTLISTS.caption)
        return "\n".join([told, *_show(book, MODEL_UNITS.name)])

    _press(SHORTLISTS.caption, run)


def issue_dispatch() -> None:
    """进度调度: the period that ended last is issued; the tab is brought to the front, the bulletin opened."""

    def issue(book: OpenBook, folder: CampaignFolder) -> str:
        from xl_lianbing.faces.dispatch import dispatch_text
        from xl_lianbing.pipeline import DISPATCH, run
        from xl_lianbing.records.results import DISPATCH as TAB

        outcome = run(folder, DISPATCH, book=book, watcher=_progress(book))
        assert outcome.issued is not None
        told = [dispatch_text(folder, outcome), "结果已写进打开的总表，还没有保存：请按 Ctrl+S 保存。"]
        open_path(outcome.issued.bulletin)
        return "\n".join([*told, *_show(book, TAB.name)])

    _press(ISSUE.caption, issue)


def explain_score() -> None:
    """得分说明: the derivation of the unit or candidate whose row is selected, as a text file; a unit's page, too."""

    def tell(book: OpenBook, folder: CampaignFolder) -> str:
        from xl_lianbing.explain import explain, explanation_summary, page_unit, pointed_at, save_explanation

        with scratch() as spool:
            master = book.snapshot(spool)
            chosen = page_unit(master)
            found = explain(folder, pointed_at(book.selected(), master), master=master, watcher=_progress(book))
        lines = []
        for one in found:
            file = save_explanation(folder, one)
            opened = "已打开" if open_path(file) else "请自己打开"
            lines += [
                explanation_summary(one),
                "",
                f"每一步的依据、取数、算式都在这个文件里（{opened}）：",
                str(file),
                "",
            ]
            if one.is_unit:
                lines += [*_turn_page(book, one.subject, chosen), ""]
        return "\n".join(lines).rstrip()

    _press(EXPLAIN.caption, tell, writes=False)


def open_feedback_folder() -> None:
    """打开反馈目录: the folder 反馈 in the system's file manager."""

    def show(book: OpenBook, folder: CampaignFolder) -> str:
        folder.feedback.mkdir(exist_ok=True)
        return "" if open_path(folder.feedback) else f"反馈文件夹在：\n{folder.feedback}"

    _press(FEEDBACK.caption, show, writes=False)


def remake_blanks() -> None:
    """重做填报表: every blank return of 下发 again, for the roster and the cases in the open master."""

    def make(book: OpenBook, folder: CampaignFolder) -> str:
        from xl_lianbing.faces.blanks import blanks_text
        from xl_lianbing.intake.master.inputs import read_master
        from xl_lianbing.setup import known_of, remake_blanks

        with scratch() as spool:
            master = read_master(book.snapshot(spool))
        roster = master.inputs.roster
        known = known_of(roster, master.inputs)
        remade = remake_blanks(folder, master.pack, roster, roster, known=known.units, watcher=_progress(book))
        return blanks_text(folder, remade, roster, roster, known)

    _press(BLANKS.caption, make, writes=False)


def self_check() -> None:
    """环境自检: what the doctor finds on this PC and in this folder."""

    def look(book: OpenBook, folder: CampaignFolder | None) -> str:
        from xl_lianbing.upkeep.doctor import doctor_message, run_doctor

        return doctor_message(run_doctor(folder, fix=False))

    _press(SELF_CHECK.caption, look, writes=False, folder_needed=False)


def _press(
    title: str,
    action: Callable[[LiveBook, CampaignFolder], str],
    *,
    writes: bool = True,
    folder_needed: bool = True,
) -> None:
    """Does what a button is for and tells the user how it ended, whatever happened."""
    host: Host = ExcelHost()
    book: LiveBook | None = None
    serious = True
    try:
        xlwings = load_xlwings()
        caller = Patience(host)(xlwings.Book.caller)
        host = host_of(caller)
        book = LiveBook(caller, host=host)
        folder = _folder(book, needed=folder_needed)
        refusal = book.refusal if writes else None
        if refusal is not None:
            raise refusal
        message = action(book, folder)  # type: ignore[arg-type]  # only an action that needs none gets None
        serious = False
    except Exception as e:
        message = not_done(e, gap="\n\n").text
    if book is None:
        host.message_box(message, f"{TITLE} · {title}", serious=serious)
        return
    with contextlib.suppress(Exception):
        book.status(None)
    if message:
        book.tell(message, title=f"{TITLE} · {title}", serious=serious)


def _folder(book: LiveBook, *, needed: bool) -> CampaignFolder | None:
    """The campaign folder around the workbook; None if there is none and none is needed."""
    place = book.location
    if "://" in place:
        raise MasterLocked(
            f"总表放在网盘（OneDrive 或 SharePoint）上：{place}，程序找不到它旁边的“回收”文件夹。",
            "请关闭总表，把整个活动文件夹移到本机磁盘（例如 D:\\大练兵），再打开总表点按钮。",
        )
    folder = CampaignFolder(Path(place).parent)
    if Path(place).is_absolute() and folder.returns.is_dir():
        return folder
    if not needed:
        return None
    raise CampaignNotFound(
        f"总表《{book.name}》旁边没有“回收”文件夹，不是活动文件夹里的总表。",
        "请把总表放回活动文件夹（里面有下发、回收、反馈等文件夹）再打开；还没有活动文件夹的，用 xl-lianbing new 新建。",
    )


def _run(book: OpenBook, folder: CampaignFolder, operation: str, title: str) -> str:
    from xl_lianbing.faces.messages import run_message
    from xl_lianbing.pipeline import run

    outcome = run(folder, operation, book=book, watcher=_progress(book))
    return run_message(folder, outcome, operation, title)


def _show(book: OpenBook, sheet: str) -> list[str]:
    """Brings a sheet to the front. Returns what to say if that cannot be done: the rest is done all the same."""
    try:
        book.show(sheet)
    except Exception:  # Excel does not show a hidden sheet
        return [f"“{sheet}”没有显示出来（可能被隐藏）：请右击工作表标签，取消隐藏。"]
    return []


def _turn_page(book: OpenBook, unit: str, chosen: str) -> list[str]:
    """Sets 得分说明 to a unit and shows it; `chosen` is the unit that stands there."""
    from xl_lianbing.excel.values import Cells
    from xl_lianbing.records.results import SCORE_PAGE
    from xl_lianbing.workbooks.master.score_page import UNIT_CELL

    try:
        if unit != chosen:
            book.write([Cells(SCORE_PAGE, {UNIT_CELL: unit})])
    except LianbingError as e:
        return [f"“{SCORE_PAGE}”表没有换成{unit}：{e.message}{e.fix}"]
    told = f"“{SCORE_PAGE}”表已选{unit}，可以打印；它显示的是上次计算得分的结果，这里的数是按现在的数据算的。"
    return [told, *_show(book, SCORE_PAGE)]


def _progress(book: OpenBook) -> Watcher:
    """A watcher that says in the status bar how far the run is; a call a percent at most."""
    told = ""

    def watch(stage: str, done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // total if total else 100
        text = f"{TITLE}：{stage} {done}/{total}" if total > 1 else f"{TITLE}：{stage}……"
        if f"{stage}{percent}" != told:
            told = f"{stage}{percent}"
            book.status(text)

    return watch
