"""Copies third-party assets from node_modules/ into vendor/ and cuts the web fonts from the full ones.

Run by `make`; needs nothing but what the lock files install. What it makes is ignored by git.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules/@expo-google-fonts/noto-sans-myanmar"
WEIGHTS = {400: "400Regular/NotoSansMyanmar_400Regular.ttf", 700: "700Bold/NotoSansMyanmar_700Bold.ttf"}

# Burmese itself in one small file; the other languages of the script in a second, fetched only where they occur.
RANGES = {
    "core": [*range(0x1000, 0x1050), 0x200B, 0x200C, 0x200D, 0x25CC],
    "ext": [*range(0x1050, 0x10A0), *range(0xA9E0, 0xAA00), *range(0xAA60, 0xAA80), 0x200B, 0x200C, 0x200D, 0x25CC],
}


def cut(source: Path, target: Path, codepoints: list[int]) -> None:
    """Write the part of a font that draws `codepoints` as WOFF2, with every layout rule kept."""
    options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False, notdef_outline=True)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    # The second file keeps the core letters: a Shan or Mon syllable mixes both blocks and must be shaped by one font.
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def main() -> None:
    fonts, web, licences = ROOT / "vendor/fonts", ROOT / "vendor/static/fonts", ROOT / "vendor/licences"
    for folder in (fonts, web, licences):
        folder.mkdir(parents=True, exist_ok=True)
    if not PACKAGE.is_dir():
        sys.exit("The fonts are not installed. Run: npm ci")
    shutil.copyfile(PACKAGE / "LICENSE_FONT", licences / "NotoSansMyanmar-OFL.txt")
    for weight, name in WEIGHTS.items():
        full = fonts / f"NotoSansMyanmar-{weight}.ttf"
        shutil.copyfile(PACKAGE / name, full)
        for part, codepoints in RANGES.items():
            base = RANGES["core"] if part == "ext" else []
            cut(full, web / f"nsm-{part}-{weight}.woff2", [*base, *codepoints])


if __name__ == "__main__":
    main()
