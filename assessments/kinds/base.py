"""What every kind of question has to be able to do.

A response is a list of strings, as a plain form sends it: what each string means is the kind's own. The key is the part of an
item that is the same in every language and says what is right; texts are what people read, by the same ids. Nothing of the
key but what is asked for reaches a page before the attempt has ended.
"""

import random
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from myanmar.text import clean_text

Problems = list[str | Promise]
QUARTERS = Decimal("0.0001")  # scores are kept with four places
ID = re.compile(r"[A-Za-z0-9-]{1,10}")
LETTERS = "ABCDEFGHIJKLMNOP"
LONGEST_ANSWER = 200  # characters of one typed answer


@dataclass(frozen=True)
class Line:
    """One thing that people answer. text: in words; values: of responses, which mean it. is_typed: whether the words are a learner's."""

    text: str
    values: tuple[str, ...]
    is_right: bool = False
    is_typed: bool = False


@dataclass(frozen=True)
class Group:
    """What people answer to one part of a question. heading: the part. is_one: whether a response has at most one of its lines."""

    lines: list[Line]
    heading: str = ""
    is_one: bool = True


class Kind(ABC):
    """One kind of question. To add one: a module in this package with `KINDS`, and its two templates."""

    name: ClassVar[str]
    label: ClassVar[str | Promise]
    # How it is edited; what the reader reads in it are CharBlock, TextBlock or RichTextBlock, the rest are codes and numbers.
    block: ClassVar[type[blocks.StructBlock]]
    # To answer, and judged. Both get `question` (below), `name` (of the form's field), `language` (of the texts), `reader`.
    template: ClassVar[str]
    judged_template: ClassVar[str]
    in_steps: ClassVar[bool] = False  # whether what is asked next hangs on what was answered
    marked_by_person: ClassVar[bool] = False  # such a kind is a `kinds.marked.Marked`

    @abstractmethod
    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What is right, without any text. content: the block's value. JSON; its order is the order of appearance."""

    @abstractmethod
    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What people read, in one language. JSON. Keys but `stem`, `feedback` and `language` are the kind's own."""

    def keyed(self, key: dict[str, Any], texts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """The key as it is published. texts: of all languages, for kinds whose right answers are words of a language."""
        return key

    @abstractmethod
    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        """What makes an item of this kind unusable, in words for an editor."""

    def read(self, values: Sequence[str]) -> list[str]:
        """A response from what a form or script sent: nothing that says nothing, in the kind's own order."""
        return [value for value in values if value]

    @abstractmethod
    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        """Whether a client could have sent this, whole or in part. response: a list of strings, as `read` gives it."""

    def is_whole(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        """Whether nothing more is asked. A check in a lesson is judged only then."""
        return bool(response)

    def may_follow(self, before: Sequence[str], response: Sequence[str]) -> bool:
        """Whether a response (empty: taken back) may take the place of the one before."""
        return True

    def parts(self, key: Mapping[str, Any]) -> Any:
        """What there is to answer with, whatever of it is right; can be compared. A response to one version is judged by
        another only where both have the same."""
        return key

    @abstractmethod
    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """Points in [0, 1], with four places at most; 0 for no response. Pure."""

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        """The ids in the order in which one paper shows them; chance None: as authored."""
        return []

    @abstractmethod
    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        """What the template to answer needs; holds nothing of what is right."""

    @abstractmethod
    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        """What the template of the result needs: what was right, what was given, and why."""

    @abstractmethod
    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        """The question on paper, line by line, without its stem."""

    def on_paper(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]
    ) -> tuple[list[str], list[str]] | None:
        """What a printed form shows: lines that are numbered, and options that have letters; None for what letters cannot answer."""
        return None

    def from_paper(self, key: Mapping[str, Any], order: Sequence[str], given: str) -> list[str] | None:
        """The response that was written on paper as letters, A for the first of `order`; None for what cannot be one.

        given: without spaces, in capital letters. A kind that cannot be answered by letters does not go on paper.
        """
        return None

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        """What people answer, for who looks at how the question works. given: each value of their responses, with how many
        gave it; without any, what can be chosen has its values and what is typed has none.
        """
        return []

    def wording(self, texts: Mapping[str, Any]) -> str:
        """Everything of it that can be searched for."""
        return "\n".join(_strings({name: text for name, text in texts.items() if name not in ("stem", "feedback")}))


class Typed(Kind):
    """What kinds with one box to type in share. Of the answers it recognises each has an id and points (per cent)."""

    template = "assessments/kinds/typed.html"
    judged_template = "assessments/kinds/parts_judged.html"

    @abstractmethod
    def found(self, key: Mapping[str, Any], response: Collection[str]) -> Any:
        """The answer of the key that was given; None for one that it does not know."""

    def read(self, values: Sequence[str]) -> list[str]:
        return [text for value in values if (text := clean_text(value))]

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        """Any short text: what is not recognised earns nothing and is shown again as it was typed."""
        return len(response) <= 1 and all(len(one) <= LONGEST_ANSWER for one in response)

    def parts(self, key: Mapping[str, Any]) -> Any:
        """Any text may be typed."""
        return None

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        found = self.found(key, response)
        return share(found["points"], 100) if found else Decimal(0)


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in _strings(part)]


def lettered(order: Sequence[str], given: str) -> list[str] | None:
    """The ids that letters stand for, A for the first; None where one stands for nothing, or twice."""
    ids = dict(zip(LETTERS, order, strict=False))
    found = [ids[letter] for letter in given if letter in ids]
    return found if len(found) == len(given) == len(set(found)) else None


def is_list_of_ids(response: object, known: Collection[str]) -> bool:
    """Whether a response is a list of different known ids."""
    return (
        isinstance(response, list)
        and all(isinstance(one, str) for one in response)
        and len(set(response)) == len(response)
        and set(response) <= set(known)
    )


def share(part: int | Decimal, whole: int) -> Decimal:
    """part ÷ whole with four places, never below 0."""
    return max(Decimal(0), Decimal(part) / Decimal(whole)).quantize(QUARTERS)


def stable_order(ids: Collection[str], chance: random.Random | None) -> list[str]:
    """Ids in an order that tells nothing: it follows from chance or from the ids alone, not from the order of the author."""
    shown = sorted(ids)
    (chance or random.Random("/".join(shown))).shuffle(shown)  # noqa: S311 (the same for everybody, and no secret)
    return shown


def pairs(response: Collection[str]) -> dict[str, str]:
    """A response of "left:right" by its left ids."""
    return {left: right for left, _colon, right in (one.partition(":") for one in response)}


def are_pairs(response: Sequence[str], left: Collection[str], right: Collection[str]) -> bool:
    """Whether each is "left:right" of known ids, with no left id twice."""
    given = pairs(response)
    return (
        len(given) == len(response)
        and all(":" in one for one in response)
        and set(given) <= set(left)
        and set(given.values()) <= set(right)
    )


def id_problems(ids: Collection[str]) -> Problems:
    """What is wrong with the ids of parts."""
    if all(ID.fullmatch(str(one)) for one in ids):
        return []
    return [_("Write ids with the letters a to z, digits and hyphens only, with at most 10 characters.")]


def ids(content: Any) -> list[Any]:
    """Every id in the parts of a question, as it was written."""
    if isinstance(content, Mapping):
        own = [content["id"]] if "id" in content else []
        return [*own, *(one for part in content.values() for one in ids(part))]
    inner = content if isinstance(content, list | tuple) else ()
    return [one for part in inner for one in ids(part)]


def strays(written: Any, content: Any) -> list[str]:
    """Names in a question as it was written that have no place in the value of its block: they would be lost."""
    if isinstance(written, Mapping):
        own = [str(name) for name in written if name not in content]
        return own + [name for key in written if key in content for name in strays(written[key], content[key])]
    inner = zip(written, content, strict=False) if isinstance(written, list | tuple) else ()
    return [name for part, known in inner for name in strays(part, known)]


def twins(content: Any) -> list[str]:
    """Ids that stand twice in one list of a block's value."""
    found: list[str] = []
    for part in content.values() if isinstance(content, Mapping) else ():
        if isinstance(part, Sequence) and not isinstance(part, str):
            ids = [one["id"] for one in part if isinstance(one, Mapping) and "id" in one]
            found += [one for one in dict.fromkeys(ids) if ids.count(one) > 1]
            for one in part:
                found += twins(one)
    return found


def typed_lines(
    known: Sequence[Line], given: Mapping[str, int], found: Callable[[str], int | None], form: Callable[[str], Hashable]
) -> list[Line]:
    """Lines of a question that is typed: the answers it knows, and the others by what they have in common, most often first.

    known: lines without values. found: which of them a text is, or None. form: what texts have in common that count as one.
    """
    of_known: list[list[str]] = [[] for _line in known]
    others: dict[Hashable, list[str]] = {}
    for text in sorted(given, key=lambda one: (-given[one], one)):
        place = found(text)
        (others.setdefault(form(text), []) if place is None else of_known[place]).append(text)
    lines = [Line(line.text, tuple(texts), line.is_right) for line, texts in zip(known, of_known, strict=True)]
    more = sorted(others.values(), key=lambda texts: -sum(given[one] for one in texts))
    return lines + [Line(texts[0], tuple(texts), is_typed=True) for texts in more]
