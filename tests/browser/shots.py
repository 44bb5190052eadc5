"""Photographs every page at three widths in both languages: `python -m tests.browser.shots <folder> [names …]`."""

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.scenes import people, scenes
from tests.browser.served import Served, serve
from tests.browser.walking import CHROMIUM, Browsing, sign_in

WIDTHS = (360, 768, 1280)
LANGUAGES = {"my": "my-MM", "en": "en-GB"}


def shoot(served: Served, chromium: Browser, folder: Path, names: list[str], scheme: str) -> int:
    """Write name-language-width.png for every page (or those named). Returns how many."""
    shown = [scene for scene in scenes(served) if not names or scene.name in names]
    browsing, count = Browsing(chromium, served), 0
    for language, locale in LANGUAGES.items():
        for login, mine in people(shown, served):
            page = browsing.open(locale, color_scheme=scheme, is_mobile=False)
            if login:
                sign_in(page, login)
            for scene in mine:
                page.goto(scene.place.format(language=language))
                if scene.act:
                    scene.act(page)
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 740})
                    page.screenshot(path=folder / f"{scene.name}-{language}-{width}.png", full_page=True)
                    count += 1
            page.context.close()
    return count


def main() -> None:
    """The command."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("names", nargs="*", help="only these pages")
    ask.add_argument("--dark", action="store_true")
    said = ask.parse_intermixed_args()
    said.folder.mkdir(parents=True, exist_ok=True)
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as data, serve(Path(data)) as served, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        count = shoot(served, chromium, said.folder, said.names, "dark" if said.dark else "light")
        chromium.close()
    print(f"{count} pictures in {said.folder}.")  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
