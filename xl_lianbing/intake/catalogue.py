"""What reading and checking can find. R: a file; S: a sheet; C: a cell or row; N: understood, noted; M: the master."""

from __future__ import annotations

from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Severity

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE

# Files ----------------------------------------------------------------------------------------------------------
UNREADABLE = Kind("R01", B, "{why}。", "{fix}", "B2.10")
NOT_A_RETURN = Kind(
    "R02",
    B,
    "这不是填报表：里面没有“单位信息”“处罚案件”等工作表。",
    "请报送单位用“下发”的填报表填写后重新报送。",
    "B2.10",
)
OTHER_YEAR = Kind(
    "R03",
    B,
    "这是{found}年度的填报表，本次活动是{asked}年度。",
    "请报送单位用{asked}年度的填报表填写后重新报送。",
    "A3",
)
OTHER_PACK = Kind(
    "R04",
    B,
    "填报表按规则包“{found}”制作，本次活动用的是“{asked}”。",
    "请报送单位用本次活动“下发”的填报表填写后重新报送。",
    "A3",
)
UNIT_DIFFERS = Kind(
    "R05",
    B,
    "填报表是为“{stamped}”制作的，“单位名称”却填了“{found}”。",
    "请“{found}”用自己的填报表填写；确属“{stamped}”的，请改正“单位名称”后重新报送。",
    "A1",
)
UNIT_UNKNOWN = Kind(
    "R06", B, "没有填写单位名称，不知道是哪个单位报送的。", "请在“单位信息”中填写单位名称后重新报送。", "A1"
)
UNIT_FROM_STAMP = Kind(
    "R07", W, "没有填写单位名称，按文件内的标记认定为“{unit}”。", "请在“单位信息”中补填单位名称。", "A1"
)
STAMP_MISSING = Kind(
    "R08",
    W,
    "文件里没有下发时的标记（可能是别的程序另存的），按表名和“单位信息”认定。",
    "核对单位和年度；下次请直接在下发的填报表上填写。",
    "A3",
)
YEAR_UNKNOWN = Kind(
    "R09", W, "没有填写填报年度，也没有下发时的标记，按{asked}年度处理。", "请在“单位信息”中补填填报年度。", "A3"
)

# Sheets ---------------------------------------------------------------------------------------------------------
SHEET_MISSING = Kind(
    "S01", W, "缺少工作表“{sheet}”，按没有填报处理。", "请从“下发”的填报表中补上这张表，填好后重新报送。", "B2.10"
)
KEY_SHEET_MISSING = Kind(
    "S02", B, "缺少工作表“{sheet}”，得分需要它。", "请从“下发”的填报表中补上这张表，填好后重新报送。", "B2.10"
)
HEADER_MISSING = Kind(
    "S03",
    B,
    "工作表“{sheet}”中找不到表头，其中的内容没有读取。",
    "请恢复表头（{headers} 等），或换用下发的填报表。",
    "B2.10",
)
COLUMN_MISSING = Kind("S04", W, "缺少“{header}”列。", "请补上“{header}”列并填写，列名与下发的填报表一致。", "B2.10")
KEY_COLUMN_MISSING = Kind(
    "S05", B, "缺少“{header}”列，得分需要它。", "请补上“{header}”列并填写，列名与下发的填报表一致。", "B2.10"
)
COLUMN_DOUBLED = Kind(
    "S06", W, "“{header}”列出现了不止一次，只读取第一个。", "请删除多余的“{header}”列，内容合并到第一个。", "B2.10"
)
COLUMN_UNKNOWN = Kind(
    "S07",
    W,
    "不认识的列“{header}”（有{count}行内容），没有读取。",
    "需要的内容请填到规定的列或“备注”；列名被改动的请改回。",
    "B2.10",
)
OUTSIDE_TABLE = Kind(
    "S08", W, "表格以外有{count}处内容，没有读取。", "需要的内容请填到表格里；只是批注的可以不管。", "B2.10"
)
SHEET_UNKNOWN = Kind(
    "S09",
    W,
    "不认识的工作表“{sheet}”（有内容），没有读取。",
    "需要的内容请填到规定的工作表；工作表被改名的请改回。",
    "B2.10",
)
SHEET_RENAMED = Kind("S10", W, "工作表“{found}”按表头认定为“{sheet}”。", "请把工作表名改回“{sheet}”。", "B2.10")
SHEET_DOUBLED = Kind("S11", W, "工作表“{sheet}”不止一张，“{found}”没有读取。", "请把内容合并到一张工作表。", "B2.10")
ITEM_UNKNOWN = Kind("S12", W, "不认识的项目“{item}”，填写的内容没有读取。", "项目名称请与下发的填报表一致。", "B2.10")
ITEM_DOUBLED = Kind("S13", W, "项目“{item}”出现了不止一次，只读取第一个。", "请删除多余的一行。", "B2.10")
TOTAL_ROW = Kind("S14", N, "第{row}行是合计行，没有作为记录读取。", "不用处理；汇总由程序完成。", "B2.10")
NUMBER_ONLY = Kind("S15", N, "有{count}行只有序号，没有其他内容，没有读取。", "不用处理。", "B2.10")

# Cells: empty or not understood -----------------------------------------------------------------------------------
EMPTY = Kind("C01", W, "“{header}”没有填写{effect}。", "请补填“{header}”。{help}", "B2.10")
NOT_A_DATE = Kind("C02", W, "“{header}”看不出是哪一天{effect}。", "请按“年-月-日”填写，例如 2017-08-01。", "B2.10")
NOT_A_NUMBER = Kind("C03", W, "“{header}”不是一个数{effect}。", "请只填数字{unit}，不写文字。", "B2.10")
NOT_A_CHOICE = Kind("C04", W, "“{header}”不在可选范围内{effect}。", "请从下拉列表中选：{choices}。", "B2.10")
OUT_OF_RANGE = Kind("C05", W, "“{header}”超出范围（{range}）{effect}。", "请改正“{header}”{unit}。", "B2.10")
NOT_WHOLE = Kind("C06", W, "“{header}”应为整数{effect}。", "请填整数。", "B2.10")
DIGITS_LOST = Kind(
    "C08",
    W,
    "“{header}”按数字存储，超过15位的部分已被Excel改成0。",
    "请把单元格格式设为“文本”后，对照原件重新填写。",
    "B2.10",
)
TOO_LONG = Kind("C09", W, "“{header}”有{length}字，超过{limit}字。", "请压缩到{limit}字以内。", "C4")

# Cells: understood --------------------------------------------------------------------------------------------------
TEXT_DATE = Kind(
    "N01",
    N,
    "“{header}”有{count}处日期是文字、数字或带钟点，已按日期理解。",
    "不用改；以后请按“年-月-日”填写。",
    "B2.10",
)
TEXT_NUMBER = Kind(
    "N02", N, "“{header}”有{count}处数字是文字或带单位、逗号，已按数字理解{unit}。", "请核对；以后请只填数字。", "B2.10"
)
OTHER_CHOICE = Kind(
    "N03", N, "“{header}”有{count}处写法与选项不同，已按意思相同的选项理解。", "请核对；以后请从下拉列表中选。", "B2.10"
)
SPACES = Kind("N04", N, "“{header}”有{count}处前后带空格或换行，已去掉。", "不用改。", "B2.10")
PLACEHOLDER = Kind(
    "N05", N, "“{header}”有{count}处用“/”“无”等占位，按没有填写处理。", "不用改；没有的请留空。", "B2.10"
)
ROUNDED = Kind("N06", N, "“{header}”有{count}处超过{places}位小数，已四舍五入到{places}位。", "请核对。", "B2.10")

# Rows -----------------------------------------------------------------------------------------------------------
OUTSIDE_WINDOW = Kind(
    "C21", W, "“{header}”不在{start}至{end}之间，不计入。", "请核对日期；确在期外的可以删除本行。", "A3"
)
DATES_REVERSED = Kind("C22", W, "“{later}”早于“{earlier}”（{other}）。", "请核对这两个日期。", "B2.10")
IN_FUTURE = Kind("C23", W, "“{header}”晚于填报日期（{filled}）。", "请核对日期，没有发生的事项不要填报。", "B2.10")
DUPLICATE = Kind(
    "C24", W, "与第{row}行重复（{what}相同），只计第一行。", "请删除重复的行；确是两件的，请改正文号。", "B2.10"
)
NO_SCAN = Kind(
    "C25", W, "没有写扫描件的文件名，案件缺少证明材料。", "请填写扫描件的文件名，并把文件放入“佐证”文件夹。", "B2.6"
)
FINE_WITHOUT_AMOUNT = Kind("C26", W, "处罚种类是罚款，但罚款金额是0。", "请核对罚款金额（万元）和处罚种类。", "B2.5")
AMOUNT_WITHOUT_FINE = Kind(
    "C27", W, "处罚种类是“{penalty}”，却填了罚款金额{amount}万元。", "请核对处罚种类和罚款金额。", "B2.5"
)
CREDIT_CODE = Kind("C29", W, "统一社会信用代码不正确（{why}）。", "请对照营业执照核对18位代码；自然人不填。", "B2.10")

# References -----------------------------------------------------------------------------------------------------
OFFICER_UNKNOWN = Kind("C41", W, "“先进个人”表中没有“{name}”。", "请核对姓名，或在“先进个人”表补上这个人。", "C2")
OFFICER_CASE_UNKNOWN = Kind(
    "C42", W, "“处罚案件”表中没有这个文号，不计入个人办案数。", "请核对文号，或在“处罚案件”表补报。", "C2"
)
PENALTY_UNKNOWN = Kind(
    "C43", W, "“处罚案件”表中没有“{header}”所填的文号。", "请核对文号，或在“处罚案件”表补报。", "B2.10"
)
TOO_MANY_CANDIDATES = Kind(
    "C45", W, "填报了{count}名先进个人，每单位限{limit}名。", "请核对名额；超出的也会计分，由市局取舍。", "C1"
)

# Master -----------------------------------------------------------------------------------------------------------
VALUE_INVALID = Kind(
    "M01", B, "“{item}”的取值无效（{why}），仍按规则包的取值{default}计算。", "请在“规则”表改正取值。", "B2.10"
)
RULE_MISSING = Kind(
    "M02",
    W,
    "“规则”表中缺少“{item}”（{code}）一行，按规则包的取值{default}计算。",
    "请补回这一行（编号、项目、取值）。",
    "B2.10",
)
RULE_UNKNOWN = Kind(
    "M03",
    W,
    "“规则”表中不认识的项目“{item}”，没有使用。",
    "项目名称请改回规则包的写法；自己加的说明可以不管。",
    "B2.10",
)
RULE_DOUBLED = Kind("M04", W, "“{item}”在“规则”表中出现了不止一次，只用第一行。", "请删除多余的一行。", "B2.10")
WINDOW_REVERSED = Kind(
    "M05", B, "“{item}”早于起始日期，两个日期仍按规则包的取值计算。", "请在“规则”表改正起止日期。", "A3"
)
UNIT_NOT_IN_ROSTER = Kind(
    "M06", W, "“单位名册”中没有“{unit}”，本行没有使用。", "请核对单位名称，或在“单位名册”补上这个单位。", "A1"
)
VOTER_WITHOUT_NAME = Kind(
    "M08", B, "对象类型是个人，但没有填姓名，本行没有使用。", "请补填姓名，或把对象类型改为“集体”。", "C3"
)
ROSTER_DOUBLED = Kind("M09", W, "单位“{unit}”在名册中出现了不止一次，只用第一行。", "请删除多余的一行。", "A1")
SYSTEM_DOUBLED = Kind("M10", N, "有{count}个文号在导出数据中重复出现，按一件比对。", "不用处理。", "B2.6")
PACK_GUESSED = Kind(
    "M11",
    W,
    "总表里没有规则包标记，按“规则”表的内容认定为“{pack}”。",
    "请核对年度；建议用程序新建总表后把数据粘贴过去。",
    "A3",
)
ROSTER_EMPTY = Kind("M12", B, "“单位名册”里没有可用的单位，无法排名。", "请在“单位名册”填写参评单位和层级。", "A1")

CATALOGUE: tuple[Kind, ...] = tuple(v for v in dict(globals()).values() if isinstance(v, Kind))
