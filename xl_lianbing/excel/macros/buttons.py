"""The buttons of the master: said once here; the VBA module, the ribbon and the front page are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from xl_lianbing.glossary import Operation

BUTTON_MODULE: Final = "LianbingButtons"
"""Name of the VBA module that holds one Sub a button."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button of the master.

    Attributes:
        macro: name of its Sub in the VBA module (ASCII identifier, unique).
        function: name of the function of ``xl_lianbing.buttons`` that it calls.
        caption: what the user reads on it.
        tip: one sentence on what it does.
        image_mso: name of the built-in Office picture shown on the ribbon.
    """

    macro: str
    function: str
    caption: str
    tip: str
    image_mso: str

    @property
    def python_command(self) -> str:
        """The text that the Sub hands to xlwings' ``RunPython``."""
        return f"from xl_lianbing import buttons; buttons.{self.function}()"

    @property
    def ribbon_macro(self) -> str:
        """Name of the Sub that the ribbon calls; it takes the pressed control."""
        return f"OnRibbon{self.macro}"


COLLECT: Final = Button(
    macro="CollectAndCheck",
    function="collect_and_check",
    caption=Operation.CHECK,
    tip="读取“回收”文件夹里的填报表，逐项校核，把问题列在“校核结果”。",
    image_mso="DataValidation",
)
IMPORT: Final = Button(
    macro="ImportFigures",
    function="import_figures",
    caption="导入数据",
    tip="选择处罚系统、公示、移动执法、投票、监测数据的文件，预览后写进总表。",
    image_mso="GetExternalDataFromText",
)
COMPUTE: Final = Button(
    macro="ComputeScores",
    function="compute_scores",
    caption=Operation.SCORE,
    tip="按规则包计算各单位、个人的得分和排名。",
    image_mso="CalculateNow",
)
SHORTLISTS: Final = Button(
    macro="ShowShortlists",
    function="show_shortlists",
    caption="生成候选名单",
    tip="生成先进集体、先进个人候选名单和公示名单并打开。",
    image_mso="SortDialog",
)
ISSUE: Final = Button(
    macro="IssueDispatch",
    function="issue_dispatch",
    caption=Operation.DISPATCH,
    tip="把上一期各单位的办案进度定下来，写进“进度调度”，并写出通报（Word，在“调度”文件夹）。",
    image_mso="ReviewTrackChanges",
)
EXPLAIN: Final = Button(
    macro="ExplainScore",
    function="explain_score",
    caption="得分说明",
    tip="写出选中那一行的单位或个人每一项得分怎么来的，离名单差多少；没有选中的，按“得分说明”表里选的单位。",
    image_mso="FunctionWizard",
)
SEND_FORMS: Final = Button(
    macro="SendReviewForms",
    function="send_review_forms",
    caption="发出评审表",
    tip="给参评案卷和个人事迹抽评审人，写出每人的评审表；已抽的不变，只补缺的和第三次评审。",
    image_mso="FileSendAsAttachment",
)
TAKE_FORMS: Final = Button(
    macro="TakeReviewForms",
    function="take_review_forms",
    caption="收回评审表",
    tip="读取“评审/收回”里的评审表，看过之后写进“案卷评审”“事迹评审”。",
    image_mso="ReviewingPane",
)
FEEDBACK: Final = Button(
    macro="OpenFeedbackFolder",
    function="open_feedback_folder",
    caption="打开反馈目录",
    tip="打开“反馈”文件夹：标出问题、要退给单位的填报表副本在里面。",
    image_mso="FileOpen",
)
BLANKS: Final = Button(
    macro="RemakeBlanks",
    function="remake_blanks",
    caption="重做填报表",
    tip="按“单位名册”重新生成“下发”文件夹里全部空白填报表；有人改动过的，原件存进“备份”。",
    image_mso="FileNew",
)
SELF_CHECK: Final = Button(
    macro="SelfCheck",
    function="self_check",
    caption="环境自检",
    tip="检查本机的 Python、程序包、文件夹和设置，逐项给出处理办法。",
    image_mso="FileDocumentInspect",
)
#: From left to right.
BUTTONS: Final = (
    COLLECT,
    IMPORT,
    SEND_FORMS,
    TAKE_FORMS,
    COMPUTE,
    SHORTLISTS,
    ISSUE,
    EXPLAIN,
    FEEDBACK,
    BLANKS,
    SELF_CHECK,
)
