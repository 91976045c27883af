"""The field's terms: English names in code, 中文 values in workbooks. The only bridge between the two."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Tier(StrEnum):
    """层级 of a unit (A1)."""

    CITY = "市级"
    COUNTY = "县级"


class YesNo(StrEnum):
    YES = "是"
    NO = "否"


class Severity(StrEnum):
    """级别 of a finding (B2.10): only 阻断 takes a row out."""

    BLOCKING = "阻断"
    WARNING = "提醒"
    NOTE = "说明"


class Audience(StrEnum):
    """谁来改: who can mend what a finding says. What is for the bureau never goes back to a unit: blind reviews, votes,
    what was reported about a person (C5)."""

    COUNTY = "县区"
    BUREAU = "市局"


class Novelty(StrEnum):
    """进展: whether a finding stood in the 校核结果 of the run before."""

    NEW = "新"
    UNCHANGED = "未改"


class ViolationType(StrEnum):
    AIR = "大气污染"
    WATER = "水污染"
    SOLID_WASTE = "固体废物"
    HAZARDOUS_WASTE = "危险废物"
    NOISE = "噪声污染"
    CONSTRUCTION = "建设项目"
    RADIATION = "辐射"
    MONITORING = "自动监控"
    FALSIFIED_DATA = "数据造假"
    OTHER = "其他"


class PenaltyKind(StrEnum):
    FINE = "罚款"
    WARNING = "警告"
    CONFISCATION = "没收"
    SUSPENSION = "责令停产整治"
    REVOCATION = "吊销许可证"
    OTHER = "其他"


class MajorKind(StrEnum):
    """重大案件类型: the five kinds of B2.5."""

    SEIZURE = "查封扣押"
    PRODUCTION_RESTRICTION = "限产停产"
    DAILY_PENALTY = "按日连续处罚"
    CRIMINAL_TRANSFER = "移送涉嫌环境污染犯罪"
    DETENTION_TRANSFER = "移送行政拘留"


class ReconsiderationResult(StrEnum):
    UPHELD = "维持"
    REVOKED = "撤销"
    CHANGED = "变更"
    DECLARED_UNLAWFUL = "确认违法"
    ORDERED_TO_ACT = "责令履行"
    TERMINATED = "终止"
    PENDING = "审理中"


#: Results that correct a penalty (B1.5).
CORRECTIONS = frozenset(
    {ReconsiderationResult.REVOKED, ReconsiderationResult.CHANGED, ReconsiderationResult.DECLARED_UNLAWFUL}
)


class FileKind(StrEnum):
    """案卷类别 (B1.1)."""

    PENALTY = "行政处罚"
    DAILY_PENALTY = "按日计罚"
    DETENTION_TRANSFER = "移送行政拘留"
    CRIMINAL_TRANSFER = "移送涉嫌环境污染犯罪"
    COURT_ENFORCEMENT = "申请法院强制执行"
    INTERNAL_AUDIT = "环境监察稽查"


class Role(StrEnum):
    LEAD = "主办"
    SUPPORT = "协办"


class PublicityKind(StrEnum):
    BULLETIN = "简报"
    INFORMATION = "信息"
    ARTICLE = "文章"


class Medium(StrEnum):
    ENVIRONMENT_NEWS = "中国环境报"
    PROVINCE_SITE = "省厅网站"
    CITY_SITE = "市局网站"
    OTHER = "其他"


#: Media whose 大练兵 columns break ties (B10).
TIE_BREAK_MEDIA = frozenset({Medium.ENVIRONMENT_NEWS, Medium.PROVINCE_SITE})


class TrainingKind(StrEnum):
    LECTURE = "法治讲座"
    COURSE = "专题培训"
    CASE_TEACHING = "以案释法"
    FILE_REVIEW = "案卷评查"
    QUIZ = "知识竞赛"
    OTHER = "其他"


class Progress(StrEnum):
    NOT_STARTED = "未开始"
    RUNNING = "进行中"
    DONE = "已完成"


class ReviewKind(StrEnum):
    EXPERT = "专家"
    CROSS = "交叉"


class ReviewState(StrEnum):
    """How far a reviewer is."""

    NONE = "未收"
    SOME = "部分"
    DONE = "完成"


class VoteTarget(StrEnum):
    UNIT = "集体"
    OFFICER = "个人"


class Pollutant(StrEnum):
    PM10 = "PM10"
    PM25 = "PM2.5"


class WaterClass(StrEnum):
    """水质类别, best first (B4.2: Ⅰ<Ⅱ<Ⅲ<Ⅳ<Ⅴ<劣Ⅴ)."""

    I = "Ⅰ"  # noqa: E741
    II = "Ⅱ"
    III = "Ⅲ"
    IV = "Ⅳ"
    V = "Ⅴ"
    WORSE_THAN_V = "劣Ⅴ"

    @property
    def rank(self) -> int:
        return list(WaterClass).index(self)


class UnitPart(StrEnum):
    """The parts of a unit's total, as 综合排名 has them (B10)."""

    FILES = "案卷质量"
    CASES = "查处案件"
    SATISFACTION = "满意度"
    ADJUSTMENTS = "加减分"

    @property
    def feature(self) -> str:
        """The feature of the pack without which a year has no such part; '': every year has it."""
        return "adjustments" if self is UnitPart.ADJUSTMENTS else ""


class AdjustmentKind(StrEnum):
    """加减分 indicators of 2017 (B9)."""

    SUPERVISION = "强化督查"
    COMPLIANCE = "达标排放"
    TAIHU = "太湖交叉检查"
    OTHER = "其他"


class Verdict(StrEnum):
    """查证结果 of a report against a candidate (C5)."""

    TRUE = "属实"
    FALSE = "不属实"
    OPEN = "核查中"


class ReceiptState(StrEnum):
    RECEIVED = "已收"
    REFUSED = "退回"
    MISSING = "未报"
    DUPLICATE = "重复"
    EVIDENCE = "佐证"


class Selection(StrEnum):
    """状态 of a unit or officer on a ranking (B10)."""

    SELECTED = "入选"
    TIED = "并列待定"
    VETOED = "否决"
    PASSED = "未入选"
    MISSING = "未报"


class ValueState(StrEnum):
    """状态 of a value of 规则."""

    SOURCED = "原文"
    ASSUMED = "待确认"
    CHANGED = "已修改"


class Filing(StrEnum):
    """How a case was filed under both readings of L9: working days are never more than calendar days."""

    ON_TIME = "按期"
    LATE_BY_CALENDAR = "自然日逾期"
    LATE = "工作日也逾期"


class Operation(StrEnum):
    """What a run does, as 运行记录 and the buttons call it."""

    CHECK = "收取校核"
    SCORE = "计算得分"
    DISPATCH = "进度调度"


class PaceState(StrEnum):
    """状态 of a unit in a dispatch (D1.1, D2)."""

    NORMAL = "正常"
    SLOW = "偏慢"
    SILENT = "未报"


class DutyState(StrEnum):
    """是否达标 of a unit's publicity (D1.3)."""

    MET = "是"
    SHORT = "否"
    NOT_DUE = "未到期"


class TaskState(StrEnum):
    """状态 of a task (D4)."""

    DONE = "已完成"
    NOT_DUE = "未到期"
    NEAR = "临近"
    OVERDUE = "逾期"


class ImportKind(StrEnum):
    """The kinds of figures that are imported, as `--kind` takes them."""

    PENALTIES = "处罚系统"
    PUBLISHED = "公示"
    INSPECTIONS = "移动执法"
    VOTES = "投票"
    AIR = "空气"
    WATER = "水质"
    REVIEWERS = "评审人员"


class SubIndicator(StrEnum):
    """The three parts of 查处违法案件数量 (B2.5)."""

    CASES = "案件数量"
    FINES = "罚款金额"
    MAJOR = "重大案件"


class FileState(StrEnum):
    """案卷状态: what a place among the 7 (8) holds (B1.1)."""

    COUNTED = "计入"
    INELIGIBLE = "不合格"
    MISSING = "缺卷"


class NotCounted(StrEnum):
    """不计原因: why a row of a return is not counted. Braces take the facts of a `Reason`."""

    DUPLICATE = "文号与前面的行重复，只计第一行"
    CLAIMED = "文号与其他单位的填报表重复"
    OUTSIDE = "日期不在统计期内"
    NOT_FILED = "未录入处罚系统"
    NOT_IN_EXPORT = "处罚系统数据中查不到"
    LATE = "逾期录入"
    UNPUBLISHED = "未公开"
    UNREADABLE = "{}为空或无法识别"
    # files (B1)
    SURPLUS = "超出规定份数（{}限{}份）"
    INELIGIBLE = "{}，{}"
    # cases of officers (C2)
    NO_CANDIDATE = "姓名不在先进个人候选人中"
    NO_SUCH_CASE = "文号不在本单位处罚案件中"
    CASE_NOT_COUNTED = "该案未计入（{}）"
    NO_SCAN = "该案没有决定书扫描件"
    # publicity (B10)
    OUTSIDE_ACTIVITY = "日期不在活动期内"
    OTHER_MEDIUM = "不是《中国环境报》或省厅网站"
    OTHER_COLUMN = "不在大练兵专栏"
    SAME_ARTICLE = "同一媒体的同一标题只计一次"


#: Why penalty cases are left out (B2.5–B2.10).
CASES_NOT_COUNTED: Final = (
    NotCounted.DUPLICATE,
    NotCounted.CLAIMED,
    NotCounted.OUTSIDE,
    NotCounted.NOT_FILED,
    NotCounted.NOT_IN_EXPORT,
    NotCounted.LATE,
    NotCounted.UNPUBLISHED,
    NotCounted.UNREADABLE,
)


class Reason(NamedTuple):
    """Why this row is not counted, with the facts of the case; as a text what 不计原因 says."""

    why: NotCounted
    facts: tuple[object, ...] = ()

    def __str__(self) -> str:
        return self.why.format(*self.facts) if self.facts else self.why.value
