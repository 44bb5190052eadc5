"""What officers do at the same time. Each `load_…` runs in a process of its own, which shares the cores with the server."""

import os
import re
import threading
import time
from collections.abc import Callable
from typing import Any

from deploy.bench.browser import Browser, Site, begin


def at_once(work: list[Callable[[], Any]]) -> list[Any]:
    """Do all at the same moment, each in a thread; what each returned, or the error it ended with."""
    results: list[Any] = [None] * len(work)
    gate = threading.Barrier(len(work))

    def run(number: int) -> None:
        gate.wait()
        try:
            results[number] = work[number]()
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def load_one(site: Site, session: str, path: str, times: int) -> dict[str, Any]:
    """One reader, one page after the other."""
    browser = Browser(site, session)
    answers = [browser.ask("GET", path) for _ in range(times)]
    wrong = [answer.status for answer in answers if answer.status != 200]
    return {"seconds": [answer.seconds for answer in answers], "wrong": wrong, "size": len(answers[-1].body)}


def load_many(site: Site, sessions: list[str], path: str, seconds: float) -> dict[str, Any]:
    """Many readers for some seconds."""
    end = time.monotonic() + seconds

    def read(session: str) -> list[float]:
        browser, taken = Browser(site, session), []
        while time.monotonic() < end:
            answer = browser.ask("GET", path)
            if answer.status != 200:
                raise RuntimeError(answer.status)
            taken.append(answer.seconds)
        return taken

    begun = time.monotonic()
    results = at_once([lambda session=session: read(session) for session in sessions])  # type: ignore[misc]
    return _sum(results, time.monotonic() - begun)


def load_sign_in(site: Site, numbers: list[str], password: str, seconds: float) -> dict[str, Any]:
    """Everybody signs in once, one after the other begun evenly within some seconds, each with a browser of their own.

    seconds: of each, from asking for the page of the door to the answer that lets them in.
    """
    begun = time.monotonic()

    def enter(place: int) -> list[float]:
        time.sleep(max(0.0, begun + seconds * place / len(numbers) - time.monotonic()))
        browser = Browser(site)
        door = browser.ask("GET", "/account/login/")
        answer = browser.ask("POST", "/account/login/", form={"login": numbers[place], "password": password})
        if (door.status, answer.status, answer.headers.get("Location")) != (200, 302, "/learn/"):
            raise RuntimeError(f"{door.status}, {answer.status} {answer.headers.get('Location')}")
        return [door.seconds + answer.seconds]

    results = at_once([lambda place=place: enter(place) for place in range(len(numbers))])  # type: ignore[misc]
    return _sum(results, time.monotonic() - begun)


def load_sit(site: Site, sessions: list[str], quiz: str, questions: int) -> dict[str, Any]:
    """Each sits the quiz at the same time, every answer saved by its own request.

    starts, saves, ends: seconds of each beginning with its paper, of each save, and of each handing in with its result.
    sent: the steps that were acknowledged, by attempt.
    """
    starts: list[float] = []
    saves: list[float] = []
    ends: list[float] = []
    sent: dict[str, list[str]] = {}

    def sit(session: str) -> None:
        browser, begun = Browser(site, session), time.perf_counter()
        paper = begin(browser, quiz)
        starts.append(time.perf_counter() - begun)
        if len(paper.options) != questions:
            raise RuntimeError(f"{len(paper.options)} questions with options")
        known = sent.setdefault(paper.path, [])
        for place, options in paper.options.items():
            answer, verdicts = paper.save(step := paper.step(place, options[0]))
            if verdicts != ["accepted"]:
                raise RuntimeError(f"a save: {answer.status} {verdicts}")
            saves.append(answer.seconds)
            known.append(step["id"])
        # The page before the last word, the last word, the result.
        found = [browser.ask("GET", f"{paper.path}submit/"), paper.hand_in(), browser.ask("GET", paper.path)]
        if [one.status for one in found] != [200, 302, 200]:
            raise RuntimeError([one.status for one in found])
        ends.append(found[1].seconds + found[2].seconds)

    begun = time.monotonic()
    results = at_once([lambda session=session: sit(session) for session in sessions])  # type: ignore[misc]
    wall = time.monotonic() - begun
    wrong = [repr(one) for one in results if isinstance(one, Exception)]
    return {"starts": starts, "saves": saves, "ends": ends, "sent": sent, "wall": wall, "wrong": wrong}


def _sum(results: list[Any], wall: float) -> dict[str, Any]:
    errors = [repr(one) for one in results if isinstance(one, Exception)]
    return {"seconds": [s for one in results if isinstance(one, list) for s in one], "wall": wall, "wrong": errors}


ASSET = re.compile(r'(?:src|href)="(/static/[^"]+)"')
IMPORT = re.compile(r"""(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")
FONT = re.compile(r'url\("?([^")]+core-\d00[^")]*\.woff2)"?\)')


def load_weigh(site: Site, session: str, path: str) -> dict[str, Any]:
    """Bytes of a first visit as they come over the line, with the two core fonts, and its requests."""
    browser = Browser(site, session)
    page = browser.ask("GET", path)
    sizes, todo = {path: len(page.body)}, ASSET.findall(page.text)
    while todo:
        url = todo.pop()
        if url in sizes:
            continue
        answer = browser.ask("GET", url, accept="gzip, br")
        if answer.status != 200:
            raise RuntimeError(f"{url}: {answer.status}")
        sizes[url] = len(answer.body)
        pattern = {"css": FONT, "js": IMPORT}.get(url.rsplit(".", 1)[-1])
        if pattern:
            plain = browser.ask("GET", url, accept="identity").text
            todo += [os.path.normpath(os.path.join(os.path.dirname(url), found)) for found in pattern.findall(plain)]
    fonts = sum(size for url, size in sizes.items() if url.endswith(".woff2"))
    return {"page": sizes[path], "light": sum(sizes.values()) - fonts, "fonts": fonts, "requests": len(sizes)}
