"""Generic wording of violations (案由) by type."""

from __future__ import annotations

from xl_lianbing.glossary import ViolationType

CAUSES: dict[ViolationType, tuple[str, ...]] = {
    ViolationType.AIR: (
        "未采取措施减少粉尘排放",
        "废气处理设施不正常运行",
        "产生挥发性有机物的工序未在密闭空间内进行",
        "超过大气污染物排放标准排放废气",
    ),
    ViolationType.WATER: (
        "超过水污染物排放标准排放废水",
        "通过雨水管道排放生产废水",
        "水污染防治设施不正常使用",
        "私设暗管排放生产废水",
    ),
    ViolationType.SOLID_WASTE: ("一般工业固体废物未采取防扬散措施", "擅自倾倒工业固体废物", "未建立固体废物管理台账"),
    ViolationType.HAZARDOUS_WASTE: (
        "危险废物未按规定贮存",
        "未设置危险废物识别标志",
        "将危险废物委托无证单位处置",
        "未按规定申报危险废物转移联单",
    ),
    ViolationType.NOISE: ("厂界噪声超过排放标准", "未按规定采取噪声防治措施"),
    ViolationType.CONSTRUCTION: (
        "建设项目未批先建",
        "配套环保设施未经验收即投入生产",
        "建设项目未落实环评批复要求",
    ),
    ViolationType.RADIATION: ("未按规定办理辐射安全许可证", "射线装置使用场所未设置警示标志"),
    ViolationType.MONITORING: ("自动监控设备不正常运行", "未按规定安装自动监控设备", "自动监控数据传输中断未报告"),
    ViolationType.FALSIFIED_DATA: ("伪造手工监测记录", "干扰自动监测设备采样"),
    ViolationType.OTHER: ("拒绝环境保护现场检查", "未按规定报送环境应急预案备案"),
}

WEIGHTS: dict[ViolationType, int] = {
    ViolationType.AIR: 22,
    ViolationType.WATER: 22,
    ViolationType.SOLID_WASTE: 7,
    ViolationType.HAZARDOUS_WASTE: 13,
    ViolationType.NOISE: 4,
    ViolationType.CONSTRUCTION: 22,
    ViolationType.RADIATION: 2,
    ViolationType.MONITORING: 4,
    ViolationType.FALSIFIED_DATA: 2,
    ViolationType.OTHER: 2,
}
