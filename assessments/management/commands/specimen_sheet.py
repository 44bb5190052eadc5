"""`manage.py specimen_sheet --seeds 1-24 --light uv`: many specimens at one glance, as SVG or, with --png, as a picture."""

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from specimens.anomalies import CATALOGUE
from specimens.contact_sheet import contact_sheet
from specimens.generating import with_fault, without_fault
from specimens.issuing import DOCUMENTS
from specimens.lights import LIGHTS
from specimens.recipe import Recipe


def _seeds(text: str) -> range:
    first, _dash, last = text.partition("-")
    try:
        return range(int(first), int(last or first) + 1)
    except ValueError as error:
        raise argparse.ArgumentTypeError("write seeds as 1-24, or one number") from error


class Command(BaseCommand):
    """Draws the first sheet of each specimen."""

    help = "Draw a contact sheet of specimens under one light."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seeds", type=_seeds, default=range(1, 25), help="from-to, 1-24 by default")
        parser.add_argument("--light", choices=LIGHTS, default="visible")
        parser.add_argument("--tilt", type=int, default=0, help="-30 to 30, for oblique light")
        parser.add_argument("--document", choices=DOCUMENTS, help="one document for all; by default each seed's own")
        parser.add_argument("--kinds", default="", help="anomalies to show one after the other (A01,A09), or all")
        parser.add_argument("--severity", type=int, default=3)
        parser.add_argument(
            "--out",
            type=Path,
            default=Path("specimen-sheet.svg"),
            help="an .svg, or a .png where Chromium is installed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kinds = list(CATALOGUE) if options["kinds"] == "all" else [kind for kind in options["kinds"].split(",") if kind]
        try:
            recipes = [
                with_fault(seed, kinds[index % len(kinds)], options["severity"])
                if kinds
                else Recipe(seed, options["document"])
                if options["document"]
                else without_fault(seed)
                for index, seed in enumerate(options["seeds"])
            ]
            drawn = contact_sheet(recipes, options["light"], tilt=options["tilt"])
        except (KeyError, ValueError) as error:
            raise CommandError(f"Nothing was drawn: {error}. Known anomalies are {', '.join(CATALOGUE)}.") from error
        out: Path = options["out"]
        if out.suffix == ".png":
            self._photograph(drawn, out)
        else:
            out.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"{len(recipes)} specimens drawn under {options['light']} light: {out}")

    def _photograph(self, drawn: str, out: Path) -> None:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        if not chromium:
            raise CommandError("Pictures need Chromium; write an .svg instead.")
        width, height = (int(drawn.split(f'{name}="')[1].split('"')[0]) for name in ("width", "height"))
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "sheet.html"
            page.write_text(f'<body style="margin:0">{drawn}</body>', encoding="utf-8")
            command = [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                f"--window-size={width},{height}",
                f"--screenshot={out.absolute()}",
                page.as_uri(),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
