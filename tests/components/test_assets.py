"""Front-end files: only the committed archive is taken, all or nothing, and a missing tool is said, not fatal."""

import base64
import dataclasses
import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from foundation.components import assets

SHEET = '@charset "UTF-8";:root{--ecl-color-primary:#0e47cb}.ecl-button{color:red}:root{--x:1}'


def archive(tmp_path: Path, files: dict[str, str]) -> Path:
    path = tmp_path / "package.tgz"
    with tarfile.open(path, "w:gz") as members:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            members.addfile(entry, io.BytesIO(text.encode()))
    return path


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder first on PATH; whatever `npm` a test writes there is the one that is run."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder / "npm"


def serve(npm: Path, path: Path) -> assets.Package:
    npm.write_text(f'#!/bin/sh\nwhile [ "$1" != "--pack-destination" ]; do shift; done\ncp "{path}" "$2/package.tgz"\n')
    npm.chmod(0o755)
    digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    return dataclasses.replace(assets.ECL, sha512=digest)


GOOD = {"package/dist/styles/ecl-eu.css": SHEET, "package/LICENSE": "EUPL", "package/../../evil": "x"}


def test_the_committed_archive_gives_the_tokens_and_the_licence_and_nothing_else(tmp_path: Path, npm: Path) -> None:
    package = serve(npm, archive(tmp_path, GOOD))
    folder = tmp_path / "assets" / "ecl"

    assets.fetch(folder, package)

    assert sorted(path.name for path in folder.iterdir()) == [".fetched", "LICENSE.txt", "tokens.css"]
    assert (folder / "tokens.css").read_text() == '@charset "UTF-8";\n:root{--ecl-color-primary:#0e47cb}\n'
    assert assets.present(folder, package)
    assert [path.name for path in folder.parent.iterdir()] == ["ecl"]


def test_an_archive_with_another_checksum_is_refused_and_what_was_there_stays(tmp_path: Path, npm: Path) -> None:
    package = serve(npm, archive(tmp_path, GOOD))
    folder = tmp_path / "assets" / "ecl"
    assets.fetch(folder, package)
    serve(npm, archive(tmp_path, GOOD | {"package/LICENSE": "changed"}))

    with pytest.raises(assets.WrongChecksum):
        assets.fetch(folder, package)

    assert (folder / "LICENSE.txt").read_text() == "EUPL"
    assert [path.name for path in folder.parent.iterdir()] == ["ecl"]


def test_a_newer_version_takes_the_place_of_the_older(tmp_path: Path, npm: Path) -> None:
    folder = tmp_path / "assets" / "ecl"
    first = serve(npm, archive(tmp_path, GOOD))
    assets.fetch(folder, first)
    second = serve(npm, archive(tmp_path, GOOD | {"package/LICENSE": "EUPL 2"}))

    assert not assets.present(folder, second)
    assets.fetch(folder, second)

    assert (folder / "LICENSE.txt").read_text() == "EUPL 2"


@pytest.mark.parametrize(
    "script",
    [None, "#!/bin/sh\necho no network >&2\nexit 1\n", "#!/bin/sh\nexit 0\n"],
    ids=["no npm", "fails", "nothing"],
)
def test_missing_tool_or_network_is_said_and_leaves_nothing_behind(
    tmp_path: Path, npm: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    monkeypatch.setenv("PATH", str(npm.parent))
    if script:
        npm.write_text(script)
        npm.chmod(0o755)

    with pytest.raises(assets.UnableToFetch):
        assets.fetch(tmp_path / "assets" / "ecl")

    assert list((tmp_path / "assets").iterdir()) == []


@pytest.mark.parametrize(
    "files", [{"package/LICENSE": "x"}, {"package/dist/styles/ecl-eu.css": "a{}", "package/LICENSE": "x"}]
)
def test_an_archive_without_tokens_is_not_taken(tmp_path: Path, npm: Path, files: dict[str, str]) -> None:
    package = serve(npm, archive(tmp_path, files))

    with pytest.raises(assets.UnableToFetch):
        assets.fetch(tmp_path / "assets" / "ecl", package)
