"""导入数据 in the open master: files picked, what can't be told asked, the preview confirmed, then written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from xl_lianbing.drafts import scratch
from xl_lianbing.errors import LianbingError
from xl_lianbing.excel.live.book import LiveBook
from xl_lianbing.faces.imports import import_question
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import ImportKind
from xl_lianbing.importing.kinds import KINDS
from xl_lianbing.importing.recognise import ASKED_UNITS, KindAsked, NotRecognised, UnitAsked
from xl_lianbing.importing.run import Prepared, carry_out, prepare
from xl_lianbing.importing.synonyms import Synonym, add_synonyms

_ENDINGS: Final = (".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".txt", ".htm", ".html")
_NOT_WRITTEN: Final = "没有写入任何内容。"
_NONE_OF_THESE: Final = "都不是（不导入）"


def import_by_dialogue(book: LiveBook, folder: CampaignFolder, title: str) -> str:
    """What was imported, as a message; '' if no file was picked."""
    files = book.choose_files("选择要导入的数据文件（可以选几个）", _ENDINGS)
    if not files:
        return ""
    with scratch() as spool:
        talk = _Talk(book, folder, files, title, book.snapshot(spool))
        prepared = talk.prepared()
        if prepared is None:
            return _NOT_WRITTEN
        if any(d.row.imported for plan in prepared.plans for d in plan.different):
            question = f"{import_question(prepared)}\n\n以前导入的行与文件不同的，要按文件改吗？（人工录入的不改）"
            if book.ask(question, title=title):
                prepared = talk.prepared(replace=True) or prepared
        told = import_question(prepared)
        if not prepared.writes:
            return f"{told}\n\n没有要写入的内容，总表没有改动。"
        if not book.ask(f"{told}\n\n写入总表吗？", title=title):
            return _NOT_WRITTEN
        carry_out(prepared, book)
        kept = [f"列的对应已记在“{add_synonyms(folder.path, talk.answers).name}”。"] if talk.answers else []
    return "\n".join(["已写进打开的总表，还没有保存：请按 Ctrl+S 保存。", *kept, "接下来：计算得分。"])


class _Talk:
    """Prepares an import and asks what it can't tell."""

    def __init__(self, book: LiveBook, folder: CampaignFolder, files: list[Path], title: str, master: Path) -> None:
        self._book = book
        self._folder = folder
        self._files = files
        self._title = title
        self._master = master
        self._kind = self._unit = ""
        self.answers: list[Synonym] = []

    def prepared(self, *, replace: bool = False) -> Prepared | None:
        """None if the user leaves a question unanswered."""
        while True:
            try:
                return prepare(
                    self._folder,
                    self._files,
                    kind=self._kind,
                    unit=self._unit,
                    replace=replace,
                    answers=self.answers,
                    master=self._master,
                )
            except (KindAsked, UnitAsked, NotRecognised) as e:
                if not self._answered(e):
                    return None

    def _answered(self, asked: LianbingError) -> bool:
        if len(self._files) > 1:
            raise LianbingError(
                asked.message, f"请只选这一个文件再导入，程序会问。没有写入任何内容。（{asked.fix}）"
            ) from asked
        if isinstance(asked, UnitAsked):
            self._unit = self._one_of(asked.message, list(ASKED_UNITS))
            return bool(self._unit)
        if isinstance(asked, KindAsked) or (isinstance(asked, NotRecognised) and not asked.kind):
            kinds = list(asked.kinds) if isinstance(asked, KindAsked) else [str(kind) for kind in ImportKind]
            self._kind = self._one_of(f"{asked.message}\n这是哪一种数据？", kinds)
            return bool(self._kind)
        assert isinstance(asked, NotRecognised)
        ours = [column for column in KINDS[asked.kind].columns if column in asked.lacking[0]]
        wanted = ours[0] if len(ours) == 1 else self._one_of(f"{asked.message}\n要指定哪一列？", ours)
        theirs = self._one_of(f"{asked.message}\n哪一列是“{wanted}”？", list(asked.headers)) if wanted else ""
        if not theirs:
            return False
        self._kind = asked.kind
        self.answers.append(Synonym(asked.kind, wanted, theirs))
        return True

    def _one_of(self, question: str, options: list[str]) -> str:
        chosen = self._book.choose(question, [*options, _NONE_OF_THESE], title=self._title)
        return options[chosen] if chosen is not None and chosen < len(options) else ""
