"""Copies third-party assets from node_modules/ into vendor/ and cuts the web fonts from the full ones.

Run by `make`; needs nothing but what the lock files install. What it makes is ignored by git.
"""

import re
import shutil
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules/@expo-google-fonts/noto-sans-myanmar"
NOBLE = ROOT / "node_modules/@noble/ed25519"
H5P = ROOT / "node_modules/h5p-standalone"
SCORM = ROOT / "node_modules/scorm-again"
QR = ROOT / "node_modules/lean-qr"
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


def h5p_core(target: Path, licences: Path) -> None:
    """The core of H5P, which every activity needs: its script, style and icons, without a megabyte of text fonts."""
    for folder in (target / "styles", target / "fonts", target / "images"):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(H5P / "dist/frame.bundle.js", target / "core.js")
    style = re.sub(
        r"@font-face\s*{[^}]*fonts/(?:inter|open-sans)/[^}]*}", "", (H5P / "dist/styles/h5p.css").read_text()
    )
    (target / "styles/core.css").write_text(style)
    for name in set(re.findall(r"\.\./((?:fonts|images)/[\w.-]+)", style)):
        shutil.copyfile(H5P / "dist" / name, target / name)
    shutil.copyfile(H5P / "LICENSE", licences / "h5p-standalone-MIT.txt")
    shutil.copyfile(ROOT / "docs/licences/GPL-3.0.txt", licences / "h5p-core-GPL-3.0.txt")


def main() -> None:
    fonts, web, licences = ROOT / "vendor/fonts", ROOT / "vendor/static/fonts", ROOT / "vendor/licences"
    for folder in (fonts, web, licences):
        folder.mkdir(parents=True, exist_ok=True)
    if not all(folder.is_dir() for folder in (PACKAGE, NOBLE, H5P, SCORM, QR)):
        sys.exit("The browser assets are not installed. Run: npm ci")
    shutil.copyfile(PACKAGE / "LICENSE_FONT", licences / "NotoSansMyanmar-OFL.txt")
    # Ed25519 for telephones whose browsers do not have it themselves.
    noble = ROOT / "vendor/static/noble"
    noble.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(NOBLE / "index.js", noble / "ed25519.js")
    shutil.copyfile(NOBLE / "LICENSE", licences / "noble-ed25519-MIT.txt")
    # The square that a trainer's telephone draws without a line, anew every half minute.
    square = ROOT / "vendor/static/lean-qr"
    square.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(QR / "nano.mjs", square / "qr.js")
    shutil.copyfile(QR / "LICENSE", licences / "lean-qr-MIT.txt")
    h5p_core(ROOT / "vendor/static/h5p", licences)
    # The run-time that SCORM packages look for, one module for each of the two standards.
    scorm = ROOT / "vendor/static/scorm"
    scorm.mkdir(parents=True, exist_ok=True)
    for name in ("scorm12", "scorm2004"):
        module = (SCORM / f"dist/esm/{name}.min.js").read_text(encoding="utf-8")
        # Its map is not copied, and a name of a file that is not there stops the collecting of static files.
        module = re.sub(r"^//# sourceMappingURL=.*$", "", module, flags=re.MULTILINE)
        (scorm / f"{name}.js").write_text(module, encoding="utf-8")
    shutil.copyfile(SCORM / "LICENSE", licences / "scorm-again-MIT.txt")
    for weight, name in WEIGHTS.items():
        full = fonts / f"NotoSansMyanmar-{weight}.ttf"
        shutil.copyfile(PACKAGE / name, full)
        for part, codepoints in RANGES.items():
            base = RANGES["core"] if part == "ext" else []
            cut(full, web / f"nsm-{part}-{weight}.woff2", [*base, *codepoints])


if __name__ == "__main__":
    main()
