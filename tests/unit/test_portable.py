"""The portable folder: what pip is asked, what is put together; pip itself installs tiny wheels made here."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from xl_lianbing.errors import FolderNotEmpty, LianbingError
from xl_lianbing.faces.cli import main
from xl_lianbing.launch.start_cmd import start_cmd
from xl_lianbing.upkeep.portable import build_portable
from xl_lianbing.upkeep.portable.embedded import embedded_version, unpack_python
from xl_lianbing.upkeep.portable.wheels import DISTRIBUTION, Pip, pip_arguments, run_pip


def wheel(
    folder: Path, name: str, requires: Sequence[str] = (), tag: str = "py3-none-any", version: str = "9.9"
) -> None:
    """A wheel with one module, as small as pip lets it be."""
    module = name.replace("-", "_").lower()
    info = f"{module}-{version}.dist-info"
    files = {
        f"{module}.py" if tag.endswith("any") else f"{module}.pyd": "",
        f"{info}/METADATA": "\n".join(
            [
                "Metadata-Version: 2.1",
                f"Name: {name}",
                f"Version: {version}",
                *(f"Requires-Dist: {r}" for r in requires),
                "",
            ]
        ),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"{module}-{version}-{tag}.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A tiny wheel for everything that the program requires; some only for Windows, one that Windows does not need."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for line in metadata.requires(DISTRIBUTION) or []:
        requirement = Requirement(line)
        if requirement.marker is None:
            requires = {
                "xlwings": ['pywin32>=224; platform_system == "Windows"', 'psutil; platform_system == "Darwin"'],
                "lxml": ['only-for-old; python_version < "3.9"', 'more; extra == "html"'],
            }
            tag = "cp311-cp311-win_amd64" if requirement.name == "lxml" else "py3-none-any"
            wheel(folder, requirement.name, requires.get(requirement.name, ()), tag)
    wheel(folder, "pywin32", ['windows-only-deeper; sys_platform == "win32"'], "cp311-cp311-win_amd64", "999")
    wheel(folder, "windows-only-deeper")
    return folder


@pytest.fixture
def calls() -> list[list[str]]:
    return []


@pytest.fixture
def pip(wheels: Path, calls: list[list[str]]) -> Pip:
    """The real pip over the tiny wheels and nothing else; their versions are none that anybody released."""

    def run(arguments: Sequence[str]) -> tuple[int, str]:
        calls.append(list(arguments))
        return run_pip(["--isolated", *arguments, "--no-index", "--find-links", str(wheels), "--no-cache-dir"])

    return run


@pytest.fixture
def old_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tiny wheels say 9.9: what the program asks for is taken without its lower bound."""
    names = [Requirement(line) for line in metadata.requires(DISTRIBUTION) or []]
    plain = [r.name if r.marker is None else f"{r.name}; {r.marker}" for r in names]
    monkeypatch.setattr("xl_lianbing.upkeep.portable.wheels.metadata.requires", lambda name: plain)


def embeddable(path: Path, *, version: str = "311", machine: bytes = b"\x64\x86") -> Path:
    """A zip shaped like python.org's embeddable package, with a program of nothing but its header."""
    head = bytearray(512)
    head[:2], head[0x3C:0x40] = b"MZ", (128).to_bytes(4, "little")
    head[128:134] = b"PE\x00\x00" + machine
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("python.exe", bytes(head))
        archive.writestr("pythonw.exe", bytes(head))
        archive.writestr(f"python{version}._pth", f"python{version}.zip\n.\n\n# import site\n")
        archive.writestr(f"python{version}.zip", b"PK")
    return path


@pytest.mark.usefixtures("old_versions")
def test_the_folder_is_put_together(tmp_path: Path, pip: Pip, calls: list[list[str]]) -> None:
    target = tmp_path / "便携版 & 其他"
    built = build_portable(target, python=embeddable(tmp_path / "python-3.11.9-embed-amd64.zip"), pip=pip)
    packages = target / "packages"
    assert {"--platform", "win_amd64", "--only-binary=:all:"} <= set(calls[0])
    assert [call[-1:] for call in calls[1:]] == [["pywin32>=224"], ["windows-only-deeper"]]
    assert all("--no-deps" in call for call in calls[1:]) and "--no-deps" not in calls[0]
    assert (packages / "pywin32.pyd").is_file() and (packages / "lxml.pyd").is_file()
    assert not (packages / "pandas.py").exists()
    assert (packages / "xl_lianbing" / "rules" / "packs" / "jiangsu-2017.toml").is_file()
    assert (packages / "xl_lianbing" / "excel" / "macros" / "data" / "vbaProject.bin").is_file()
    assert not list(packages.rglob("*.pyc"))
    assert (target / "start.cmd").read_bytes() == start_cmd()
    assert (
        target / "python" / "python311._pth"
    ).read_bytes() == b"python311.zip\r\n.\r\n..\\packages\r\nimport site\r\n"
    assert built.has_python and built.python_version == "3.11"
    assert built.size == sum(p.stat().st_size for p in target.rglob("*") if p.name != "使用说明.txt" and p.is_file())
    guide = (target / "使用说明.txt").read_bytes()
    assert guide.startswith(b"\xef\xbb\xbf") and guide.count(b"\n") == guide.count(b"\r\n")
    assert "pywin32 999" in guide.decode("utf-8-sig") and "不用再装 Python" in guide.decode("utf-8-sig")


@pytest.mark.usefixtures("old_versions")
def test_the_copied_program_is_found_with_its_version_and_pth_files_count(tmp_path: Path, pip: Pip) -> None:
    """As a Python on Windows would start it: only that folder, with `site`."""
    target = tmp_path / "便携版"
    build_portable(target, pip=pip)
    packages = target / "packages"
    (packages / "deeper").mkdir()
    (packages / "deeper" / "found_by_pth.py").touch()
    (packages / "tiny.pth").write_text("deeper\n")
    code = (
        "import found_by_pth, xl_lianbing, importlib.metadata as m; "
        "print(xl_lianbing.__file__, m.version('xl-lianbing'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=tmp_path,
    )
    file, version = done.stdout.split()
    assert Path(file).parent == packages / "xl_lianbing"
    assert version == metadata.version(DISTRIBUTION)


@pytest.mark.usefixtures("old_versions")
@pytest.mark.parametrize("analysis", [False, True])
def test_pandas_comes_on_request(tmp_path: Path, pip: Pip, analysis: bool) -> None:
    target = tmp_path / "便携版"
    built = build_portable(target, analysis=analysis, pip=pip)
    assert (target / "packages" / "pandas.py").exists() is analysis
    assert ("pandas 9.9" in built.packages) is analysis
    assert not built.has_python
    assert "embeddable package" in built.text
    assert "python311._pth" in (target / "使用说明.txt").read_text("utf-8-sig")


@pytest.mark.usefixtures("old_versions")
def test_a_campaign_on_request(tmp_path: Path, pip: Pip) -> None:
    target = tmp_path / "便携版"
    build_portable(target, content="jiangsu-2016", pip=pip)
    assert (target / "2016年大练兵" / "总表.xlsm").is_file()
    assert (target / "2016年大练兵" / "start.cmd").is_file()


def test_what_pip_is_asked() -> None:
    assert " ".join(pip_arguments(Path("目标"), "3.12", ["lxml>=5"])) == (
        "install --target 目标 --platform win_amd64 --only-binary=:all: --python-version 3.12 --implementation cp "
        "--no-compile --disable-pip-version-check lxml>=5"
    )


def test_a_failing_pip_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "便携版"
    with pytest.raises(LianbingError, match="No matching distribution"):
        build_portable(target, pip=lambda _: (1, "看\nERROR: No matching distribution found for lxml\n"))
    assert not target.exists()
    target.mkdir()
    with pytest.raises(LianbingError, match="没能取得"):
        build_portable(target, pip=lambda _: (1, ""))
    assert list(target.iterdir()) == []


def test_a_pip_that_installs_nothing_does_not_run_for_ever(tmp_path: Path, wheels: Path) -> None:
    def lazy(arguments: Sequence[str]) -> tuple[int, str]:
        target = Path(arguments[arguments.index("--target") + 1])
        if not target.exists():
            target.mkdir()
            with zipfile.ZipFile(next(wheels.glob("xlwings-*"))) as archive:
                archive.extractall(target)
        return 0, ""

    with pytest.raises(LianbingError, match="pywin32"):
        build_portable(tmp_path / "便携版", pip=lazy)


def test_what_lies_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "我的.txt").touch()
    with pytest.raises(FolderNotEmpty):
        build_portable(tmp_path, pip=lambda _: (0, ""))
    assert [path.name for path in tmp_path.iterdir()] == ["我的.txt"]


def test_which_python_an_archive_holds(tmp_path: Path) -> None:
    assert embedded_version(embeddable(tmp_path / "a.zip", version="313")) == "3.13"
    with pytest.raises(LianbingError, match="64位"):
        embedded_version(embeddable(tmp_path / "b.zip", machine=b"\x4c\x01"))
    with pytest.raises(LianbingError, match="3.8"):
        embedded_version(embeddable(tmp_path / "c.zip", version="38"))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "")
    (tmp_path / "d.zip").write_bytes(content.getvalue())
    with pytest.raises(LianbingError, match="不是 Windows 的 embeddable"):
        embedded_version(tmp_path / "d.zip")
    (tmp_path / "e.zip").write_bytes(b"no zip")
    for name in ("e.zip", "没有.zip"):
        with pytest.raises(LianbingError, match="打不开"):
            embedded_version(tmp_path / name)


def test_an_unpacked_python_looks_into_the_packages_beside_it(tmp_path: Path) -> None:
    unpack_python(embeddable(tmp_path / "a.zip", version="312"), tmp_path / "python")
    assert (tmp_path / "python" / "python312._pth").read_text("ascii").splitlines() == [
        "python312.zip",
        ".",
        "..\\packages",
        "import site",
    ]


@pytest.mark.usefixtures("old_versions")
def test_the_command(
    tmp_path: Path, pip: Pip, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("xl_lianbing.upkeep.portable.build.run_pip", pip)
    assert main(["portable", str(tmp_path / "一"), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["Python"] == "3.11" and facts["已有Python"] is False
    assert main(["portable", str(tmp_path / "一")]) == 2
    assert "不是空文件夹" in capsys.readouterr().out
    assert main(["portable", str(tmp_path / "二"), "--python", str(tmp_path / "没有.zip")]) == 2
    assert not (tmp_path / "二").exists()
