"""The shipped rule packs stand on their sources; a broken pack says in Chinese which file and key is wrong."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

import pytest

from xl_lianbing.errors import PackInvalid
from xl_lianbing.glossary import Tier, ValueState
from xl_lianbing.rules.pack import SHIPPED, Cited, PackValue, RulePack, load_pack, parse_pack
from xl_lianbing.rules.pack.contract import (
    BLANK_VALUE_KEYS,
    FEATURE_KEYS,
    FEATURE_VALUE_KEYS,
    INDICATOR_KEYS,
    OPTIONAL_VALUE_KEYS,
    VALUE_KEYS,
)
from xl_lianbing.rules.pack.sources import SOURCE_FOLDER, paragraph, paragraphs
from xl_lianbing.rules.readings import SWITCH_READINGS
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.rules.shipped import PACK_FOLDER

TAKEN_OVER = "沿用2016年通知，2017年任务表未规定"
#: Values whose number the text says in other words: key → the words, and why they give the number.
DERIVED = {
    "baseline.upper": ("超过基准值50%", Decimal("1.5"), "1 + 50%"),
    "baseline.lower": ("低于基准值50%", Decimal("0.5"), "1 − 50%"),
    "quota.city": (
        "各设区市环境监察执法机构直接列为市级先进集体候选名单",
        Decimal(1),
        "one agency a city, entered by itself",
    ),
}
#: How often a text asks for a dispatch.
DISPATCHES = {"每半月调度": Decimal(2), "每月调度": Decimal(1)}
#: Values that a text touches without naming the number: the assumption says where the number comes from.
NUMBER_NOT_IN_TEXT = {"deeds.item_full", "dispatch.pace", "training.coverage_cap"} | FEATURE_VALUE_KEYS["adjustments"]

SCORED_N16 = (
    *(30, 34, *range(40, 53), *range(55, 60), 66, 67, 69, 70, 72, 73, 74, 76, 77, 78, 80, 81, 82, 84),
    *(92, 102, 103, 105, 107, 109, 113, 120, 122, 125, 127, 130, 131, 132, 134, 135, 140, 143, 145, 146),
)
DUTIES_N16 = (21, 22, 23, 24, 25)
SCORED_T17 = tuple(range(5, 19))

PACKS = [load_pack(pack_id) for pack_id in SHIPPED]
every_pack = pytest.mark.parametrize("pack", PACKS, ids=SHIPPED)


def parts(pack: RulePack) -> list[Cited]:
    return [*pack.values, *pack.switches, *pack.features, *pack.indicators, *pack.deadlines, *pack.tasks]


def cited(found: list[Cited]) -> set[str]:
    return {citation.source for part in found for citation in part.cites}


def says_number(quote: str, number: Decimal) -> bool:
    """Whether the quote has that number on its own: 3 stands in "(1)3份" but not in "30天" or "0.3分"."""
    return re.search(rf"(?<![\d.]){re.escape(str(number))}(?!\.?\d)", quote) is not None


def says_date(quote: str, day: date) -> bool:
    """Whether the quote has the month and the day; first and last of a month follow from a span of months."""
    if re.search(rf"(?<!\d){day.month}月{day.day}日", quote):
        return True
    of_span = day.day in (1, monthrange(day.year, day.month)[1])
    return of_span and re.search(rf"(?<!\d){day.year}年(\d+(月至|-))?{day.month}(月|-)", quote) is not None


# --- sources


@pytest.mark.parametrize(("document", "last"), [("N16", 146), ("T17", 19)])
def test_every_paragraph_of_a_source_is_numbered_without_gaps(document: str, last: int) -> None:
    found = paragraphs(document)
    assert [int(key.partition("¶")[2]) for key in found] == list(range(1, last + 1))
    body = (SOURCE_FOLDER / f"{document}.md").read_text("utf-8")
    assert body.count("\n¶") == last
    assert all(text in body for text in found.values())


def test_a_paragraph_is_found_by_its_id() -> None:
    assert paragraph("N16-¶092").endswith("每低1%,减0.3分。")
    assert paragraph("T17-¶19").startswith("11月-12月 | ")


@pytest.mark.parametrize("source", ["N16-¶999", "X99-¶001", "../N16-¶001"])
def test_an_unknown_paragraph_is_refused(source: str) -> None:
    with pytest.raises(PackInvalid):
        paragraph(source)


# --- what the packs stand on


@every_pack
def test_every_quote_stands_in_its_paragraph_and_its_document_is_named(pack: RulePack) -> None:
    documents = {document.id for document in pack.documents}
    for part in parts(pack):
        for citation in part.cites:
            assert citation.quote in paragraph(citation.source), citation
            assert citation.source.partition("-")[0] in documents
    for document in pack.documents:
        assert (SOURCE_FOLDER / document.file).is_file()
        assert paragraphs(document.id)


@every_pack
def test_a_number_stands_in_one_of_its_quotes(pack: RulePack) -> None:
    checked = 0
    for value in pack.values:
        quotes = [c.quote for c in value.cites]
        if not quotes or not isinstance(value.value, Decimal) or value.key in NUMBER_NOT_IN_TEXT:
            continue
        if value.key == "dispatch.per_month":
            assert [DISPATCHES[words] for words in DISPATCHES if words in quotes[0]] == [value.value]
        elif value.key in DERIVED:
            words, number, _why = DERIVED[value.key]
            assert value.value == number
            assert any(words in quote for quote in quotes), value.key
        else:
            assert any(says_number(quote, value.value) for quote in quotes), (value.key, value.value, quotes)
        if value.province is not None:
            assert any(says_number(quote, value.province) for quote in quotes), (value.key, value.province)
        checked += 1
    assert checked > 20


@every_pack
def test_what_is_not_in_the_text_is_marked_as_assumed(pack: RulePack) -> None:
    for value in pack.values:
        if value.key in NUMBER_NOT_IN_TEXT or not value.cites:
            assert value.state is ValueState.ASSUMED, value.key
    for switch in pack.switches:
        assert switch.state is ValueState.ASSUMED, switch.code


@every_pack
def test_a_date_stands_in_one_of_its_quotes(pack: RulePack) -> None:
    dated = [(v.key, v.value, v) for v in pack.values if isinstance(v.value, date)]
    for key, day, part in [*dated, *((d.key, d.due, d) for d in pack.deadlines)]:
        if not part.assumed:
            assert isinstance(day, date)
            assert any(says_date(citation.quote, day) for citation in part.cites), key


def test_only_the_decisions_are_dated_by_the_table_of_2017() -> None:
    pack = load_pack("jiangsu-2017")
    sourced = {v.key for v in pack.values if v.key.startswith("window.") and v.state is ValueState.SOURCED}
    assert sourced == {"window.decisions.start", "window.decisions.end"}


def test_2017_says_what_it_takes_over_from_2016() -> None:
    pack = load_pack("jiangsu-2017")
    for part in parts(pack):
        sources = {c.source[:3] for c in part.cites}
        if "N16" in sources:
            assert TAKEN_OVER in part.assumed or "2016年通知的口径" in part.assumed, part
    for value in pack.values:
        if value.province is not None:
            assert TAKEN_OVER in value.assumed


def test_every_scored_paragraph_of_the_notice_is_cited_in_2016() -> None:
    wanted = {f"N16-¶{n:03d}" for n in (*SCORED_N16, *DUTIES_N16)}
    assert wanted - cited(parts(load_pack("jiangsu-2016"))) == set()


def test_every_scored_row_of_the_task_table_is_cited_in_2017() -> None:
    pack = load_pack("jiangsu-2017")
    assert {f"T17-¶{n:02d}" for n in SCORED_T17} - cited(parts(pack)) == set()
    without_tasks = [part for part in parts(pack) if part not in pack.tasks]
    assert {f"T17-¶{n:02d}" for n in SCORED_T17 if n != 16} - cited(without_tasks) == set()


# --- what scoring asks for


@every_pack
def test_a_pack_has_every_key_and_nothing_else(pack: RulePack) -> None:
    keys = {v.key for v in pack.values}
    wanted = VALUE_KEYS.union(*(asked for feature, asked in FEATURE_VALUE_KEYS.items() if pack.has(feature)))
    if pack.year == 2017:
        wanted |= OPTIONAL_VALUE_KEYS
    assert keys == wanted
    assert {f.key for f in pack.features} == FEATURE_KEYS
    assert {i.key for i in pack.indicators} == INDICATOR_KEYS
    assert {v.key for v in pack.values if v.value is None} == BLANK_VALUE_KEYS
    assert all("待录入" in pack.by_key[key].assumed for key in BLANK_VALUE_KEYS)


@every_pack
def test_the_switches_have_exactly_the_readings_of_the_contract(pack: RulePack) -> None:
    assert {s.code: s.readings for s in pack.switches} == SWITCH_READINGS
    for switch in pack.switches:
        assert len(set(switch.effects)) == len(switch.readings)
        assert all(effect.endswith("。") for effect in switch.effects)
    left_out = {s.code for s in pack.switches if not s.applies}
    assert left_out == ({"L6", "L8", "L9", "L10"} if pack.year == 2016 else {"L5"})


def test_the_features_of_the_years_differ_as_the_texts_do() -> None:
    new = {"publication", "filing", "key_list", "model_case", "adjustments"}
    assert {f.key for f in load_pack("jiangsu-2017").features if f.on} == FEATURE_KEYS
    assert {f.key for f in load_pack("jiangsu-2016").features if f.on} == FEATURE_KEYS - new


@every_pack
def test_cell_names_are_valid_in_excel_and_unique(pack: RulePack) -> None:
    names = [value.name for value in pack.values] + [switch.name for switch in pack.switches]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[A-Za-z_\u4e00-\u9fff][\w.]*", name), name
        assert len(name) <= 255
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d{1,7}|[Rr]\d*([Cc]\d*)?|[Cc]\d*", name)


@every_pack
def test_the_rows_other_programs_set_are_there_under_their_names(pack: RulePack) -> None:
    key_enterprises = "全省重点监控企业总数" if pack.year == 2016 else "全省重点排污单位总数"
    fixed = {
        "total.cases": "全省查处案件总数",
        "total.fines": "全省罚款总金额(万元)",
        "total.major": "全省重大案件总数",
        "total.key_enterprises": key_enterprises,
        "full.case_files": "案卷质量满分",
        "full.cases": "案件数量满分",
        "full.fines": "罚款金额满分",
        "full.major": "重大案件满分",
        "full.satisfaction": "公众满意度满分",
        "review.expert_weight": "专家评审权重",
        "officer.full.cases": "个人办案数满分",
        "officer.full.file": "个人案卷满分",
        "officer.full.votes": "个人投票满分",
        "officer.full.deeds": "个人事迹满分",
        "quota.county": "县级先进集体名额",
        "quota.city": "市级先进集体名额",
        "quota.officers": "先进个人名额",
    }
    assert {key: pack.by_key[key].item for key in fixed} == fixed


@every_pack
def test_values_keep_their_own_bounds(pack: RulePack) -> None:
    for value in pack.values:
        if isinstance(value.value, Decimal):
            assert value.minimum is None or value.value >= value.minimum
            assert value.maximum is None or value.value <= value.maximum


@pytest.mark.parametrize(
    ("pack_id", "county", "city", "officers", "province"),
    [("jiangsu-2016", 3, 1, 20, (10, 5, 20)), ("jiangsu-2017", 2, 1, 3, (10, 5, 20))],
)
def test_quotas_of_city_and_province(
    pack_id: str, county: int, city: int, officers: int, province: tuple[int, int, int]
) -> None:
    """A4."""
    rows = [load_pack(pack_id).by_key[f"quota.{q}"] for q in ("county", "city", "officers")]
    assert [row.value for row in rows] == [county, city, officers]
    assert [row.province for row in rows] == list(province)


@every_pack
def test_files_asked_for_are_seven_and_eight(pack: RulePack) -> None:
    """B1.1."""

    def total(tier: str) -> Decimal:
        return sum((Decimal(str(v.value)) for v in pack.values if v.key.startswith(f"files.{tier}.")), Decimal(0))

    assert [total("county"), total("city")] == [7, 8]


@every_pack
def test_numbers_are_exact_and_windows_run_forward(pack: RulePack) -> None:
    rules = Ruleset(pack)
    assert rules.number("satisfaction.loss") == Decimal("0.3")
    assert rules.number("baseline.upper") == Decimal("1.5")
    for name in ("decisions", "major", "reconsiderations", "files", "activity"):
        window = rules.window(name)
        assert window.start < window.end
        assert window.end.year == pack.year


def test_the_header_of_key_enterprises_changes_with_the_year() -> None:
    assert load_pack("jiangsu-2016").header("重点监控企业数") == "重点监控企业数"
    assert load_pack("jiangsu-2017").header("重点监控企业数") == "重点排污单位数"


def test_deadlines_and_tasks() -> None:
    """D1, D4."""
    old, new = load_pack("jiangsu-2016"), load_pack("jiangsu-2017")
    assert {d.key: d.due for d in old.deadlines} == {
        "plan": date(2016, 9, 10),
        "liaison": date(2016, 9, 10),
        **dict.fromkeys(("report", "shortlist", "materials", "return"), date(2016, 11, 30)),
    }
    assert {d.key: d.due for d in new.deadlines} == {
        "liaison": date(2017, 6, 5),
        **dict.fromkeys(("plan", "province_liaison"), date(2017, 6, 6)),
        "report": date(2017, 10, 25),
        **dict.fromkeys(("shortlist", "materials", "province_report", "return"), date(2017, 10, 31)),
    }
    own = {d.key for d in new.deadlines if d.tiers == (Tier.CITY,)}
    assert own == {"province_liaison", "shortlist", "province_report"} and not any(
        d.tiers == (Tier.CITY,) for d in old.deadlines
    )
    assert [set(d.tiers) for pack in (old, new) if (d := pack.deadline("return"))] == [set(Tier), set(Tier)]
    assert [t.code for t in new.tasks] == [f"T{n:02d}" for n in range(1, 20)]
    for task, row in zip(new.tasks, paragraphs("T17").values(), strict=True):
        assert [task.period, task.text, task.departments] == [cell.strip() for cell in row.split(" | ")]
    for task in old.tasks:
        assert task.text in paragraph(task.cites[0].source)


# --- bad packs

TEXT = (PACK_FOLDER / "jiangsu-2017.toml").read_text("utf-8")


def edited(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def without(table: str, key: str) -> str:
    """The pack without the row of that key."""
    rows = re.split(r"(?m)^(?=\[)", TEXT)
    kept = [row for row in rows if not (row.startswith(f"[[{table}]]") and f'\n{table_key(table)} = "{key}"\n' in row)]
    assert len(kept) == len(rows) - 1
    return "".join(kept)


def table_key(table: str) -> str:
    return "code" if table == "switches" else "key"


WEIGHT = 'item = "专家评审权重"\nvalue = 0.5\n'
BAD = {
    "not TOML": ("value = = 3\n" + TEXT, "不是有效的 TOML"),
    "unknown key": (edited(WEIGHT, WEIGHT + "vlaue = 1\n"), "values[review.expert_weight].vlaue：不认识的键"),
    "field missing": (edited('item = "专家评审权重"\n', ""), "values[review.expert_weight].item：缺少这一项"),
    "text for a number": (
        edited(WEIGHT, WEIGHT.replace("0.5", '"0.5"')),
        "values[review.expert_weight].value：应为数字",
    ),
    "truth for a number": (
        edited(WEIGHT, WEIGHT.replace("0.5", "true")),
        "values[review.expert_weight].value：应为数字",
    ),
    "not a number": (edited(WEIGHT, WEIGHT.replace("0.5", "nan")), "values[review.expert_weight].value：应为数字"),
    "text for a bound": (edited("province = 5\n", 'province = "五"\n'), "values[quota.city].province：应为数字"),
    "text for a date": (edited("due = 2017-06-05", 'due = "六月五日"'), "deadlines[liaison].due：应为日期"),
    "unknown tier": (
        edited('due = 2017-06-05\ntiers = ["县级"]', 'due = 2017-06-05\ntiers = ["各县"]'),
        "deadlines[liaison].tiers[第1项]：应为 '市级'、'县级'",
    ),
    "nobody's deadline": (
        edited('due = 2017-06-05\ntiers = ["县级"]', "due = 2017-06-05\ntiers = []"),
        "deadlines[liaison].tiers：至少要有1项",
    ),
    "text for true": (edited("\non = true", '\non = "开"'), "features[publication].on：应为 true 或 false"),
    "number for a text": (edited('code = "A4-1"', "code = 41"), "values[quota.county].code：应为加引号的文字"),
    "bad source": (edited('source = "T17-¶17"', 'source = "第17条"'), "cites[第17条].source：写法不对"),
    "doubled code": (edited('code = "A3-2"', 'code = "A3-1"'), "values.code / switches.code 重复：A3-1"),
    "doubled key": (edited('key = "window.major.end"', 'key = "window.major.start"'), "values.key 重复"),
    "no ground": (
        edited('assumed = "文件没有写单份评审的满分，暂按百分制"\n', ""),
        "values[review.full]：既没有 cites",
    ),
    "value missing": (edited(WEIGHT, WEIGHT.replace("value = 0.5\n", "")), "values.review.expert_weight 没有 value"),
    "key of scoring missing": (without("values", "quota.county"), "values 缺少 quota.county"),
    "key of a feature missing": (without("values", "filing.days"), "values 缺少 filing.days"),
    "key that nothing reads": (edited('key = "review.gap"', 'key = "review.gpa"'), "values 里的 review.gpa 不是"),
    "feature missing": (without("features", "export"), "features 缺少 export"),
    "indicator missing": (without("indicators", "officer.deeds"), "indicators 缺少 officer.deeds"),
    "switch missing": (without("switches", "L12"), "switches 缺少 L12"),
    "unknown reading": (edited('["相加", "平均", "加权"]', '["相加", "平均", "取高"]'), "switches.L2 的 readings 应为"),
    "effect missing": (edited('["按比例", "整数向下", "整数向上"]', '["按比例", "整数向下"]'), "switches.L11"),
    "full mark unknown": (
        edited('full_marks = ["full.case_files"]', 'full_marks = ["full.files"]'),
        "indicators.case_files",
    ),
}


@pytest.mark.parametrize(("text", "problem"), BAD.values(), ids=BAD.keys())
def test_a_bad_pack_names_file_and_key_in_chinese(text: str, problem: str) -> None:
    with pytest.raises(PackInvalid) as caught:
        parse_pack(text, "我的规则.toml")
    assert "我的规则.toml" in caught.value.message
    assert problem in caught.value.message
    assert "Input should" not in caught.value.message
    assert caught.value.fix


def test_the_shipped_text_itself_is_good() -> None:
    assert parse_pack(TEXT, "jiangsu-2017.toml") == load_pack("jiangsu-2017")


@pytest.mark.parametrize("pack_id", ["jiangsu-2018", "", "../sources/N16"])
def test_an_unknown_pack_is_refused_with_the_ones_there_are(pack_id: str) -> None:
    with pytest.raises(PackInvalid, match="没有名为") as caught:
        load_pack(pack_id)
    assert "jiangsu-2016" in caught.value.fix


def test_basis_shows_quote_and_assumption() -> None:
    row: PackValue = load_pack("jiangsu-2017").by_key["satisfaction.loss"]
    assert row.basis == f"2016年通知第92段“每低1%,减0.3分”；{TAKEN_OVER}"
    assert load_pack("jiangsu-2016").by_key["satisfaction.loss"].state is ValueState.SOURCED
