"""参评案卷 against the records of the mobile enforcement platform (B1.2). The return's answer counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from xl_lianbing.findings import Finding, finding
from xl_lianbing.findings import export as k
from xl_lianbing.glossary import YesNo
from xl_lianbing.records.inputs import MobileRecord
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.records.lines import Line, UnitReturn
from xl_lianbing.records.returns import CaseFile
from xl_lianbing.rules.ruleset import Ruleset


def inspections_compared(
    records: Sequence[MobileRecord], returns: Mapping[str, UnitReturn], rules: Ruleset
) -> list[Finding]:
    """Files that say 是 and have no record, and that say 否 and have one; nothing if no records were given."""
    if not records or not rules.has("mobile_platform"):
        return []
    numbers: dict[str, MobileRecord] = {}
    own: dict[str, list[MobileRecord]] = defaultdict(list)
    for record in records:
        if record.document_number:
            numbers.setdefault(document_key(record.document_number), record)
        own[name_key(record.unit or "")].append(record)
    return [f for r in returns.values() for f in _compared(r, numbers, own[name_key(r.unit)])]


def _compared(
    returned: UnitReturn, numbers: Mapping[str, MobileRecord], own: Sequence[MobileRecord]
) -> Iterator[Finding]:
    unnumbered = bool(own) and not any(record.document_number for record in own)
    for line in returned.case_files:
        file = line.record
        if not file.document_number:
            continue
        record = numbers.get(document_key(file.document_number))
        where = returned.where(CaseFile, "mobile_platform", line.row)
        if file.mobile_platform is YesNo.NO and record is not None:
            words = {"number": file.document_number, "record": record.number or "", "day": record.inspected_on or ""}
            yield finding(k.RECORDED_ALL_THE_SAME, where, file.mobile_platform, **words)
        elif file.mobile_platform is YesNo.YES and record is None:
            if not unnumbered:
                yield finding(k.NO_RECORD, where, file.mobile_platform, number=file.document_number)
            elif not _of_party(line, returned, own):
                yield finding(k.NO_RECORD_OF_PARTY, where, file.mobile_platform, number=file.document_number)


def _of_party(line: Line[CaseFile], returned: UnitReturn, own: Sequence[MobileRecord]) -> bool:
    """Whether the party of a file was inspected up to the day of its document: by its case, else by the file's name."""
    file = line.record
    party = name_key(returned.parties.get(document_key(file.document_number or ""), ""))
    title = name_key(file.name or "")
    for record in own:
        inspected = name_key(record.party or "")
        same = inspected == party if party else (len(inspected) > 1 and inspected in title)
        on = record.inspected_on
        if same and on is not None and (file.dated is None or on <= file.dated):
            return True
    return False
