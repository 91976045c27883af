"""Made-up stories (演示数据) of a few hundred characters."""

from __future__ import annotations

import random

from xl_lianbing.demo.made_up.names import DEMO

_TRAITS = (
    "政治立场坚定，作风扎实，能够严格遵守廉洁自律各项规定",
    "业务熟练，坚持依法办案，对现场检查的每一个环节都反复核对",
    "热爱环境执法工作，长期坚守在现场检查第一线",
    "善于学习，能够熟练运用环境保护法律法规和各类技术规范",
)
_METHODS = (
    "通过比对用水量、用电量和产量的关系，发现企业污染治理设施运行记录与实际不符",
    "连续三个夜间蹲点，在雨水排放口捕捉到异常排水并及时采样固定证据",
    "利用移动执法平台现场录入检查笔录，当场打印并由当事人逐页签字确认",
    "会同监测人员同步采样，对厂区管网逐段排查，查明了废水去向",
)
_RESULTS = (
    "当事人在事实面前承认了违法行为，案件经集体审议后依法作出处罚，未发生行政复议和诉讼",
    "案件办结后，企业投入资金完成整改，周边群众投诉明显减少",
    "涉案线索及时移送公安机关，形成了有效震慑",
    "案卷在全市评查中得到好评，被作为培训教材使用",
)
_ATTITUDES = (
    "工作中任劳任怨，多次放弃休息时间参加突击检查和信访处理",
    "主动承担疑难案件的办理，并把经验整理成工作指引供同事使用",
    "坚持执法与服务并重，向企业讲解法律要求，帮助其规范管理",
)


def deeds(unit: str, name: str, cases: int, year: int, chance: random.Random) -> str:
    """事迹材料 of a candidate; it names person and unit, as real ones do before they are made anonymous (C4)."""
    traits = chance.sample(_TRAITS, 2)
    methods = chance.sample(_METHODS, 2)
    results = chance.sample(_RESULTS, 2)
    years = chance.randint(5, 22)
    return (
        f"（{DEMO}，内容虚构）{name}同志现为{unit}环境监察执法人员，从事环境执法工作{years}年。"
        f"该同志{traits[0]}；{traits[1]}。\n"
        f"{year}年环境执法大练兵活动期间，{name}同志参与调查处理环境违法案件{cases}件。"
        f"在一起重点案件的调查中，该同志{methods[0]}，{results[0]}。"
        f"在另一起群众举报案件中，该同志{methods[1]}，{results[1]}。\n"
        f"{name}同志{chance.choice(_ATTITUDES)}，"
        f"全年参加专题培训{chance.randint(4, 9)}次，在所在单位的岗位练兵测试中成绩名列前茅，得到同事和群众的认可。"
    )


def investigation(party: str, role: str, chance: random.Random) -> str:
    """案件调查情况: how the case of the file was investigated and the candidate's part in it."""
    return (
        f"（{DEMO}）对{party}现场检查时，{chance.choice(_METHODS)}。"
        f"本人作为{role}人员，负责现场勘察、询问笔录制作和证据收集。{chance.choice(_RESULTS)}。"
    )


def model_case(party: str, cause: str, chance: random.Random) -> str:
    """典型案例办理过程."""
    return (
        f"（{DEMO}）执法人员接到线索后对{party}开展检查，发现其涉嫌{cause}。{chance.choice(_METHODS)}。"
        f"经立案、调查取证、法制审核、告知和听证等程序后作出处罚决定。{chance.choice(_RESULTS)}。"
    )
