"""Numbers and names that show by their form: telephones, codes, document numbers, companies (R5)."""

from __future__ import annotations

import re
from typing import Final

_H = "一-龥"
COMPANY, DOCUMENT, BUREAU = "企业名称", "文号", "执法机构"
_DOCUMENT_SIGNS: Final = (
    "罚责改听告监查停限移送字行决执申强令案公检刑民环保委办发函文政安苏法裁定初终审复议罪交治拘解扣封延协补催通知书"
    "省市区县昆熟太张吴中相姑园高新锡宁常镇扬泰通盐淮宿连徐京沪浙皖粤鲁豫冀晋辽吉黑闽赣湘鄂桂琼川贵云藏陕甘青蒙穗深杭"
)
_CODE = "0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy"

#: Why, the label, the pattern: in their order.
FORMATS: Final[tuple[tuple[str, str, re.Pattern[str]], ...]] = (
    ("网址邮箱", "网址", re.compile(r"(?:https?|ftp)[:：]//[!-~]+|www\.[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        "网址邮箱",
        "网址",
        re.compile(
            r"(?<![\w.])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|info|top|vip|cc)(?:\.cn)?(?:/[!-~]*)?(?!\w)",
            re.I | re.ASCII,
        ),
    ),
    (
        "通讯账号",
        "号码",
        re.compile(r"(?:QQ|微信|微博|WeChat)(?:号|号码|账号)?[:：为是]?(?P<value>[A-Za-z0-9_-]{5,})", re.I),
    ),
    ("统一社会信用代码", "号码", re.compile(rf"(?<![0-9A-Za-z])[{_CODE}]{{2}}\d{{6}}[{_CODE}]{{10}}(?![0-9A-Za-z])")),
    ("身份证号", "号码", re.compile(r"(?<![0-9A-Za-z])\d{6}-?\d{8}-?\d{3}[\dXx](?![0-9A-Za-z])|(?<!\d)\d{15}(?!\d)")),
    ("组织机构代码", "号码", re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{8}-[0-9X](?![0-9A-Za-z])")),
    ("电话", "号码", re.compile(r"(?<!\d)(?:\+?(?:00)?86-?)?1[3-9]\d[-·]?\d{4}[-·]?\d{4}(?!\d)")),
    (
        "电话",
        "号码",
        re.compile(r"(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[-—–－]?\d{3,4}[-—–]?\d{4}(?:[-—–转]\d{1,5})?(?!\d)"),
    ),
    ("电话", "号码", re.compile(r"(?<!\d)[48]00[-—]?\d{3}[-—]?\d{4}(?!\d)")),
    (
        "电话",
        "号码",
        re.compile(rf"(?:电话|手机|热线|传真|座机|号码|Tel)[{_H}]{{0,3}}[:：]?(?:为|是)?(?P<value>\d[\d-]{{4,}})"),
    ),
    (
        "法院案号",
        "文号",
        re.compile(
            rf"[(〔](?:19|20)\d\d[)〕][{_H}]{{1,4}}\d{{0,6}}[{_H}]{{1,8}}第?\d+号(?:之[一二三四五六七八九\d]+)?"
        ),
    ),
    (
        DOCUMENT,
        "文号",
        re.compile(
            rf"[{_H}()A-Za-z]{{0,14}}[〔\[({{〈<](?:19|20)\d\d(?:年)?[〕\])}}〉>][{_H}]{{0,8}}?第?\d+(?:-\d+|之[一二三四五六七八九\d]+)?号?"
        ),
    ),
    (
        DOCUMENT,
        "文号",
        re.compile(rf"[{_H}]{{1,8}}(?:罚|责改|环监|行罚|环执|环办|环发)字?(?:19|20)\d\d(?:年)?第?\d+号"),
    ),
    (
        "证件号",
        "号码",
        re.compile(
            rf"(?:执法证|证件|证书|证号|编号|工号|警号|账号|卡号|身份证|证)[{_H}]{{0,4}}[:：]?(?:为|是)?[(]?(?P<value>[{_H}]{{0,4}}[A-Za-z]{{0,4}}[-\d]*\d[-0-9A-Za-z]{{3,}})"
        ),
    ),
    (
        "长号码",
        "号码",
        re.compile(r"(?<![0-9A-Za-z.])(?=[0-9A-Za-z-]*\d{4})[A-Z]{0,4}[0-9][0-9A-Za-z-]{8,}(?![0-9A-Za-z])"),
    ),
    (
        "车牌",
        "号码",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·]?[A-Z0-9]{5,6}(?![A-Z0-9])"
        ),
    ),
    (
        COMPANY,
        "企业",
        re.compile(
            rf"[{_H}A-Za-z0-9()·&]{{2,30}}?(?:有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|分公司|总公司|公司|集团|"
            r"合作社|经营部|经销部|加工点|加工厂|加工场|养殖场|屠宰场|加油站|修理厂|洗车场|饭店|酒店|宾馆|商行|工作室|事务所|医院|总厂|分厂|厂|窑|坊)"
            rf"(?![长房区界商址矿])"
        ),
    ),
    (
        BUREAU,
        "某地",
        re.compile(
            rf"[{_H}]{{2,10}}?(?:生态环境|环境保护|环保|环境监察|环境执法|环境监测)(?:总队|支队|大队|中队|分局|局|厅|中心站|站|所)"
        ),
    ),
    (BUREAU, "某地", re.compile(rf"[{_H}]{{2,8}}?(?:人民法院|人民检察院|公安局|公安分局|派出所|人民政府|管委会)")),
    (
        "地址",
        "某地",
        re.compile(rf"[{_H}]{{2,8}}?(?:大道|路|街|巷|弄)\d+(?:号|弄|-\d+号?)(?:[{_H}\d]{{0,6}}(?:室|幢|楼|单元|号))?"),
    ),
)
#: Words at which a name begins at the latest: what stands before belongs to the sentence.
_BEFORE: Final = re.compile(
    r".*(?:对|在|向|由|将|把|被|的|了|与|及|是|到|从|为|往|至|给|让|请|查处|检查|办理|发现|处罚|责令|举报|反映|位于|针对|"
    r"调查|根据|按照|经过|其中|包括|例如|如|发生|关于|赴|去|来|我|他|她|该|这|那|某|一|两|三|几|每|各|多|家|起|件|次|名|位)"
)
_GENERIC: Final = re.compile(
    r"(?:大型|小型|中型|违法|排污|涉事|涉案|当事|相关|有关|上市|国有|民营|外资|重点|化工|电镀|印染|纺织|水泥|造纸|制药|食品|"
    r"污水处理|垃圾焚烧|发电|热电|钢铁|五金|塑料|家具|机械|加工|母|子|分|总|股份|有限|个|所有|全部|不少|许多|许许多多|工|老|新|进|出|入|全|整|本)*"
    r"(?:公司|集团|厂|医院|饭店|酒店|宾馆|坊|窑|加油站|事务所|养殖场|合作社|工作室|加工厂|加工点|修理厂)"
)
_GENERIC_BUREAU: Final = re.compile(
    r"(?:省|市|区|县|国家|全国|全省|全市|各级|各地|各|上级|当地|基层|地方|本|局|环保|联合|会同|配合|协调|移送|移交|报送|与|向|和|由)*"
    r"(?:生态环境|环境保护|环保|环境监察|环境执法|环境监测|人民法院|人民检察院|公安|公安机关|派出所|人民政府|管委会)*"
    r"(?:总队|支队|大队|中队|分局|局|厅|中心站|站|所)*"
)


def trimmed(why: str, found: re.Match[str]) -> tuple[int, int] | None:
    """The span of what was found that is a name; None where it is no name at all."""
    if "value" in found.re.groupindex:
        return found.span("value")
    start, end, text = found.start(), found.end(), found.group()
    if why == DOCUMENT:
        head = re.match(rf"[{_H}()A-Za-z]*", text)
        prefix = head.group() if head else ""
        keep = re.search(rf"[{_DOCUMENT_SIGNS}A-Z()]*$", prefix)
        at = keep.start() if keep else 0
        if prefix.count("(", at) > prefix.count(")", at):
            at = prefix.rindex("(") + 1
        return start + at, end
    if why in (COMPANY, BUREAU):
        before = _BEFORE.match(text)
        if before is not None and before.end() < len(text):
            rest = text[before.end() :]
            if len(rest) >= 2:
                start, text = start + before.end(), rest
        generic = _GENERIC if why == COMPANY else _GENERIC_BUREAU
        return None if generic.fullmatch(text) else (start, end)
    return start, end
