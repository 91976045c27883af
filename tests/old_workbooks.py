"""Old workbooks (.xls) for tests: records ([MS-XLS]) in compound files ([MS-CFB]), storages and small streams too."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import date

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
#: Days from the one that the number 0 is; the second for workbooks that count from 1904.
_DAY_0 = (date(1899, 12, 30), date(1904, 1, 1))


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def bof(kind: int) -> bytes:
    """The beginning of a substream. 5: the workbook, 0x10: a sheet."""
    return record(0x0809, struct.pack("<4HII", 0x0600, kind, 0, 0, 0, 0))


def workbook_stream(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    *,
    date1904: bool = False,
    macro_sheets: Sequence[str] = (),
    extra: bytes = b"",
) -> bytes:
    """The records of a workbook of texts, numbers and dates (those of days bear a date format)."""
    head = [bof(5), extra, record(0x0022, struct.pack("<H", date1904))]
    head += [record(0x00E0, struct.pack("<HHH14x", 0, form, 1)) for form in (0, 14)]
    bodies = {name: _sheet(rows, _DAY_0[date1904]) for name, rows in sheets.items()}
    tabs = {name: name.encode("utf-16-le") for name in sheets}
    at = sum(map(len, head)) + sum(len(spelled) + 12 for spelled in tabs.values()) + 4
    for name, spelled in tabs.items():
        kind = 1 if name in macro_sheets else 0
        head.append(record(0x0085, struct.pack("<IBBBB", at, 0, kind, len(name), 1) + spelled))
        at += len(bodies[name])
    return b"".join((*head, record(0x000A), *bodies.values()))


def _sheet(rows: Sequence[Sequence[object]], day_0: date) -> bytes:
    cells = [bof(0x10)]
    for r, row in enumerate(rows):
        for k, value in enumerate(row):
            if isinstance(value, date):
                cells.append(record(0x0203, struct.pack("<HHHd", r, k, 1, (value - day_0).days)))
            elif isinstance(value, int | float):
                cells.append(record(0x0203, struct.pack("<HHHd", r, k, 0, value)))
            elif value is not None:
                text = str(value)
                spelled = struct.pack("<HHHHB", r, k, 0, len(text), 1) + text.encode("utf-16-le")
                cells.append(record(0x0204, spelled))
    return b"".join((*cells, record(0x000A)))


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams; `storage/stream` lies in a storage. Small ones lie among the small sectors."""
    storages = list(dict.fromkeys(name.split("/")[0] for name in streams if "/" in name))
    entries: list[tuple[str, int, str]] = [(name, 1, "") for name in storages]
    entries += [(name.rpartition("/")[2], 2, name) for name in streams]
    sectors: list[bytes] = []
    links: list[int] = []
    small = b""
    small_links: list[int] = []
    places: dict[str, tuple[int, int]] = {}

    def put(data: bytes) -> int:
        first, count = len(sectors), -(-len(data) // _SECTOR)
        sectors.extend(data[n * _SECTOR : (n + 1) * _SECTOR].ljust(_SECTOR, b"\0") for n in range(count))
        links.extend([*range(first + 1, first + count), _END])
        return first if count else _END

    for name, data in streams.items():
        if len(data) < _CUTOFF:
            first, count = len(small_links), -(-len(data) // _SMALL)
            small += data.ljust(count * _SMALL, b"\0")
            small_links += [*range(first + 1, first + count), _END]
            places[name] = (first, len(data))
        else:
            places[name] = (put(data), len(data))
    root = (put(small), len(small)) if small else (_END, 0)
    table = struct.pack(f"<{len(small_links)}I", *small_links)
    small_table = put(table.ljust(-(-len(table) // _SECTOR) * _SECTOR, b"\xff")) if small_links else _END

    def chained(numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
        """Each entry is the right neighbour of the one before it."""
        return {a: (b, _FREE) for a, b in zip(numbers, [*numbers[1:], _FREE], strict=True)}

    inside = {s: [n for n, e in enumerate(entries, 1) if e[2].startswith(f"{s}/")] for s in storages}
    top = [n for n, e in enumerate(entries, 1) if "/" not in e[2]]
    right = {n: r for group in (top, *inside.values()) for n, (r, _) in chained(group).items()}
    directory = _entry("Root Entry", 5, _FREE, top[0] if top else _FREE, *root)
    for n, (name, kind, path) in enumerate(entries, 1):
        child = inside[name][0] if kind == 1 else _FREE
        directory += _entry(name, kind, right[n], child, *places.get(path, (0, 0)))
    first_directory = put(directory)
    tables = 1
    while len(sectors) + tables > tables * (_SECTOR // 4):
        tables += 1
    links += [_FAT] * tables
    links += [_FREE] * (tables * (_SECTOR // 4) - len(links))
    header = bytearray(_SECTOR)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, tables, first_directory)
    struct.pack_into("<IIIII", header, 56, _CUTOFF, small_table, int(bool(small_links)), _END, 0)
    numbers = range(len(sectors), len(sectors) + tables)
    struct.pack_into("<109I", header, 76, *numbers, *[_FREE] * (109 - tables))
    return bytes(header) + b"".join(sectors) + struct.pack(f"<{len(links)}I", *links)


def _entry(name: str, kind: int, right: int, child: int, first: int, size: int) -> bytes:
    spelled = name.encode("utf-16-le") + b"\0\0"
    head = struct.pack("<HBBIII", len(spelled), kind, 1, _FREE, right, child)
    return spelled.ljust(64, b"\0") + head.ljust(52, b"\0") + struct.pack("<IQ", first, size)
