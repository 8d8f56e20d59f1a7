"""The packages of a release: the sdist and the wheel, as an index and whoever installs them read them."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.metadata import Metadata

from opsbook import __version__


@dataclass(frozen=True)
class Packages:
    """The two files of a release, and the folder that the sdist unpacks to."""

    sdist: Path
    wheel: Path
    unpacked: Path

    def metadata(self) -> tuple[bytes, bytes]:
        """Return the metadata of the sdist and of the wheel, as they stand in the files."""
        with ZipFile(self.wheel) as wheel:
            return (self.unpacked / "PKG-INFO").read_bytes(), wheel.read(f"opsbook-{__version__}.dist-info/METADATA")


@pytest.fixture(scope="module")
def packages(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Packages:
    folder = tmp_path_factory.mktemp("release")
    build(root, folder)
    (sdist,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return Packages(sdist, wheel, folder / f"opsbook-{__version__}")


def build(source: Path, folder: Path, *targets: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder), *targets]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_metadata_is_valid_and_the_same_in_both_packages(packages: Packages) -> None:
    of_sdist, of_wheel = packages.metadata()
    assert of_sdist == of_wheel
    metadata = Metadata.from_email(of_wheel, validate=True)
    assert (metadata.name, str(metadata.version)) == ("opsbook", __version__)
    assert metadata.license_expression == "Apache-2.0"
    assert metadata.description_content_type == "text/markdown"


def test_the_metadata_says_where_the_project_lives(packages: Packages) -> None:
    urls = Metadata.from_email(packages.metadata()[1], validate=True).project_urls
    assert urls is not None
    assert set(urls) == {"Homepage", "Documentation", "Source", "Issues", "Changelog"}
    assert [url for url in urls.values() if not url.startswith("https://")] == []


def test_a_wheel_that_is_built_from_the_unpacked_sdist_has_the_same_bytes(packages: Packages, tmp_path: Path) -> None:
    build(packages.unpacked, tmp_path, "--target", "wheel")
    (again,) = tmp_path.glob("*.whl")
    assert again.read_bytes() == packages.wheel.read_bytes()


def test_the_wheel_holds_the_whole_engine_its_licence_and_nothing_else(packages: Packages, root: Path) -> None:
    files = (path for path in (root / "src").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    engine = {path.relative_to(root / "src").as_posix() for path in files}
    with ZipFile(packages.wheel) as wheel:
        held = set(wheel.namelist())
    about = {path for path in held if path.startswith(f"opsbook-{__version__}.dist-info/")}
    assert held - about == engine
    assert f"opsbook-{__version__}.dist-info/licenses/LICENSE" in about


def test_the_version_stands_in_one_place(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"]
    assert "version" not in project
