"""The typefaces of printed papers: fetched at set-up by name, version and checksum like the other front-end files.

Both families are under the SIL Open Font License. They hold every letter of our languages and of the Member States': Latin with
all its diacritics, Cyrillic with the Serbian, Macedonian and Bulgarian forms of its letters, and Greek.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from foundation.components.assets import Member, Package, present


@dataclass(frozen=True, kw_only=True)
class Face:
    """One cut of a family, as the stylesheet of papers asks for it by name."""

    name: str
    package: Package
    file: str


def _taken(family: str, *cuts: str) -> tuple[Member, ...]:
    files = tuple(Member(inside=f"package/{cut}/{family}_{cut}.ttf", kept_as=f"{cut}.ttf") for cut in cuts)
    return (*files, Member(inside="package/LICENSE_FONT", kept_as="LICENSE.txt"))


SANS: Final = Package(
    name="@expo-google-fonts/source-sans-3",
    version="0.4.1",
    sha512="sxsO4kfxQnVMT6ri/yWiBefkgem6suvc7KWJ4m/kWGTGqxkGouxG7MQsZ8XR6wqasxYZxdWK1gtusMBLSZDiiA==",
    takes=_taken("SourceSans3", "400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic"),
)
SERIF: Final = Package(
    name="@expo-google-fonts/source-serif-4",
    version="0.4.1",
    sha512="Ej4UXDjW1kwYPHG8YLq6fK1bqnJGb3K35J3S5atSL0ScKFAFLKvndxoTWeCls7mybtlS9x99hzwDeXCBkiI3rA==",
    takes=_taken("SourceSerif4", "600SemiBold"),
)
PACKAGES: Final = {"sans": SANS, "serif": SERIF}
"""Name of the folder -> the package that is kept in it."""

FACES: Final = (
    Face(name="sans-regular.ttf", package=SANS, file="sans/400Regular.ttf"),
    Face(name="sans-italic.ttf", package=SANS, file="sans/400Regular_Italic.ttf"),
    Face(name="sans-semibold.ttf", package=SANS, file="sans/600SemiBold.ttf"),
    Face(name="sans-semibold-italic.ttf", package=SANS, file="sans/600SemiBold_Italic.ttf"),
    Face(name="serif-semibold.ttf", package=SERIF, file="serif/600SemiBold.ttf"),
)


def fetched(folder: Path) -> dict[str, Path]:
    """The faces that are there in the committed version, by the names under which the stylesheet asks for them."""
    here = {id(package) for name, package in PACKAGES.items() if present(folder / name, package)}
    return {face.name: folder / face.file for face in FACES if id(face.package) in here}
