"""A branching interview. A response is the choices in the order in which they were made, each as "node:choice".

What was said has been said: a response is only ever gone on with, and what comes later reaches the page when it is reached.
A choice can be made once; the interview ends with a choice that leads nowhere, or at a node where every choice was made.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.kinds.base import Group, Kind, Line, Problems, id_problems, share
from content.blocks import CharBlock, PlainCodeBlock, TextBlock

Node = dict[str, dict[str, Any]]  # choice -> trust, information, harm, critical, next ("" ends)
MOST_WAYS = 50_000  # how many ways through are followed before an item counts as too large to be checked


class StepBlock(blocks.StructBlock):
    """What one may say or do, and what comes of it."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    text = CharBlock(label=_("What one says or does"), max_length=400)
    trust = blocks.IntegerBlock(label=_("Trust"), help_text=_("Gained, or lost with a minus"), default=0, min_value=-9, max_value=9)  # fmt: skip
    information = blocks.IntegerBlock(label=_("Information"), default=0, min_value=-9, max_value=9)
    harm = blocks.IntegerBlock(label=_("Harm"), default=0, min_value=0, max_value=9)
    critical = blocks.BooleanBlock(label=_("Earns nothing for the whole question"), required=False)
    next = PlainCodeBlock(label=_("Leads to"), help_text=_("The id of a node; empty: the end"), required=False, max_length=10)  # fmt: skip
    rationale = TextBlock(label=_("Why it is right or wrong"))

    class Meta:
        icon = "list-ul"
        label = _("Choice")


class NodeBlock(blocks.StructBlock):
    """A moment of the interview."""

    id = PlainCodeBlock(label=_("Id"), help_text=_("A short code that never changes: a, b, c"), max_length=10)
    says = TextBlock(label=_("What is said or happens"))
    choices = blocks.ListBlock(StepBlock(), label=_("Choices"))

    class Meta:
        icon = "comment"
        label = _("Node")


class ScenarioBlock(blocks.StructBlock):
    """The nodes and how they are judged."""

    start = PlainCodeBlock(label=_("Begins with"), help_text=_("The id of a node"), max_length=10)
    best = blocks.IntegerBlock(
        label=_("Best score"), help_text=_("Trust and information less harm, added up; this much earns everything"), min_value=1
    )  # fmt: skip
    harm_limit = blocks.IntegerBlock(
        label=_("Harm limit"), help_text=_("More harm than this earns nothing"), min_value=0
    )
    nodes = blocks.ListBlock(NodeBlock(), label=_("Nodes"))

    class Meta:
        icon = "comment"


class Scenario(Kind):
    """key: start, best, harm_limit; nodes: [{id, choices: [{id, trust, information, harm, critical, next}]}]."""

    name, label = "scenario", _("Branching interview")
    in_steps = True
    block = ScenarioBlock
    template = "assessments/kinds/scenario.html"
    judged_template = "assessments/kinds/scenario_judged.html"

    def key(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "start": content["start"],
            "best": int(content["best"]),
            "harm_limit": int(content["harm_limit"]),
            "nodes": [
                {
                    "id": node["id"],
                    "choices": [
                        {
                            "id": choice["id"],
                            **{effect: int(choice[effect]) for effect in ("trust", "information", "harm")},
                            "critical": bool(choice["critical"]),
                            "next": choice["next"] or "",
                        }
                        for choice in node["choices"]
                    ],
                }
                for node in content["nodes"]
            ],
        }

    def texts(self, content: Mapping[str, Any]) -> dict[str, Any]:
        nodes = content["nodes"]
        choices = {f"{node['id']}:{choice['id']}": choice for node in nodes for choice in node["choices"]}
        return {
            "says": {node["id"]: node["says"] for node in nodes},
            "choices": {one: choice["text"] for one, choice in choices.items()},
            "rationales": {one: choice["rationale"] for one, choice in choices.items()},
        }

    def problems(self, key: Mapping[str, Any], texts: Mapping[str, Any]) -> Problems:
        nodes = _nodes(key)
        leads = {node: {choice["next"] for choice in choices.values()} for node, choices in nodes.items()}
        wrong = id_problems([*nodes, *(choice for choices in nodes.values() for choice in choices)])
        if unknown := {key["start"], *(one for nexts in leads.values() for one in nexts)} - {"", *nodes} or (
            set() if key["start"] else {"–"}
        ):
            wrong.append(_("There is no node with the id %(ids)s.") % {"ids": ", ".join(sorted(unknown))})
        if dead := [node for node, choices in nodes.items() if not choices]:
            wrong.append(_("Nothing can be chosen at: %(ids)s.") % {"ids": ", ".join(dead)})
        if wrong:
            return wrong
        reached = _reached(key["start"], leads)
        if lost := [node for node in nodes if node not in reached]:
            wrong.append(_("No choice leads to: %(ids)s.") % {"ids": ", ".join(lost)})
        if stuck := [node for node in nodes if "" not in _reached(node, leads)]:
            wrong.append(_("No end can be reached from: %(ids)s.") % {"ids": ", ".join(stuck)})
        if wrong:
            return wrong
        best = _best(key)
        if best is None:
            return [_("There are too many ways through for the best score to be checked. Take out some choices.")]
        if best < key["best"]:
            return [
                _("No way through earns the best score of %(best)s: the most is %(most)s.")
                % {"best": key["best"], "most": best}
            ]
        return []

    def is_response(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return len(_path(key, response)) == len(response)

    def is_whole(self, key: Mapping[str, Any], response: Sequence[str]) -> bool:
        return bool(response) and not _open(key, response)

    def may_follow(self, before: Sequence[str], response: Sequence[str]) -> bool:
        return list(response[: len(before)]) == list(before)

    def parts(self, key: Mapping[str, Any]) -> Any:
        return key["start"], {
            node: {id: one["next"] for id, one in choices.items()} for node, choices in _nodes(key).items()
        }

    def score(self, key: Mapping[str, Any], response: Collection[str]) -> Decimal:
        """Trust and information less harm along the way, as a share of the best; 0 after a critical choice or too much harm."""
        taken = [choice for _node, choice in _path(key, list(response))]
        if any(choice["critical"] for choice in taken) or sum(choice["harm"] for choice in taken) > key["harm_limit"]:
            return Decimal(0)
        return share(min(key["best"], sum(map(_worth, taken))), key["best"])

    def order(self, key: Mapping[str, Any], chance: random.Random | None) -> list[str]:
        choices = [f"{node['id']}:{choice['id']}" for node in key["nodes"] for choice in node["choices"]]
        if chance:
            chance.shuffle(choices)
        return choices

    def question(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        still = sorted(_open(key, response), key=order.index)
        return {
            "path": [
                {"value": one, "says": texts["says"][one.partition(":")[0]], "text": texts["choices"][one]}
                for one in response
            ],
            "says": texts["says"][still[0].partition(":")[0]] if still else "",
            "choices": [{"value": one, "text": texts["choices"][one]} for one in still],
        }

    def judged(
        self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str], response: Sequence[str]
    ) -> dict[str, Any]:
        shown = self.question(key, texts, order, response)
        nodes = _nodes(key)
        trust = harm = 0
        for step, (node, choice) in zip(shown["path"], _path(key, response), strict=True):
            trust, harm = trust + choice["trust"], harm + choice["harm"]
            step |= {
                "change": choice["trust"],
                "trust": trust,
                "information": choice["information"],
                "harm": choice["harm"],
                "is_critical": choice["critical"],
                "choices": [
                    {
                        "text": texts["choices"][one],
                        "rationale": texts["rationales"][one],
                        "is_chosen": one == step["value"],
                        "is_right": _worth(other) == max(map(_worth, nodes[node].values())) and not other["critical"],
                    }
                    for one, other in ((f"{node}:{id}", other) for id, other in nodes[node].items())
                ],
            }
        return {
            "path": shown["path"],
            "harm_is_over": harm > key["harm_limit"],
            "is_whole": self.is_whole(key, response),
        }

    def spread(self, key: Mapping[str, Any], texts: Mapping[str, Any], given: Mapping[str, int]) -> list[Group]:
        """At each moment, what was said or done; the right ones are the best there."""
        groups = []
        for node, choices in _nodes(key).items():
            best = max(map(_worth, choices.values()))
            lines = [
                Line(texts["choices"][one], (one,), _worth(choice) == best and not choice["critical"])
                for one, choice in ((f"{node}:{id}", choice) for id, choice in choices.items())
            ]
            groups.append(Group(lines, texts["says"][node], is_one=False))  # one may come back to it
        return groups

    def plain(self, key: Mapping[str, Any], texts: Mapping[str, Any], order: Sequence[str]) -> list[str]:
        lines = []
        for node in key["nodes"]:
            lines.append(f"{node['id']}. {texts['says'][node['id']]}")
            for one in sorted((f"{node['id']}:{choice['id']}" for choice in node["choices"]), key=order.index):
                following = _nodes(key)[node["id"]][one.partition(":")[2]]["next"]
                lines.append(f"☐ {texts['choices'][one]}{f' → {following}' if following else ''}")
        return lines


def _nodes(key: Mapping[str, Any]) -> dict[str, Node]:
    return {node["id"]: {choice["id"]: choice for choice in node["choices"]} for node in key["nodes"]}


def _worth(choice: Mapping[str, Any]) -> int:
    worth: int = choice["trust"] + choice["information"] - choice["harm"]
    return worth


def _walk(key: Mapping[str, Any], response: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Node and choice of each step for as long as it can be followed, and the node then reached with {}, if there is one."""
    nodes, here = _nodes(key), key["start"]
    for number, one in enumerate(response):
        node, _colon, id = one.partition(":")
        if not here or node != here or id not in nodes[here] or one in response[:number]:
            break
        yield here, nodes[here][id]
        here = nodes[here][id]["next"]
    if here:
        yield here, {}


def _path(key: Mapping[str, Any], response: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    return [(node, choice) for node, choice in _walk(key, response) if choice]


def _open(key: Mapping[str, Any], response: Sequence[str]) -> list[str]:
    """The choices that can be made next."""
    here = [node for node, choice in _walk(key, response) if not choice]
    return [one for node in here for one in (f"{node}:{id}" for id in _nodes(key)[node]) if one not in response]


def _reached(start: str, leads: Mapping[str, Collection[str]]) -> set[str]:
    """The nodes that can be reached, start among them; "" where an end can be."""
    found, waiting = {start}, [start]
    while waiting:
        for one in leads.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _best(key: Mapping[str, Any]) -> int | None:
    """The most that a way through without critical choices or too much harm earns; None where there are too many ways."""
    nodes = _nodes(key)
    leads = {node: {choice["next"] for choice in choices.values()} for node, choices in nodes.items()}
    after = {node: _reached(node, leads) for node in nodes}
    # A way is told by its place, points, harm, and the choices made that one may come back to.
    first: tuple[str, int, int, frozenset[str]] = (key["start"], 0, 0, frozenset())
    seen, waiting, best = {first}, [first], 0
    while waiting:
        here, points, harm, made = waiting.pop()
        still = (
            {f"{here}:{id}": choice for id, choice in nodes[here].items() if f"{here}:{id}" not in made} if here else {}
        )
        if not still:
            best = max(best, points)
        for one, choice in still.items():
            following = choice["next"]
            back = {other for other in {*made, one} if following and other.partition(":")[0] in after[following]}
            way = (following, points + _worth(choice), harm + choice["harm"], frozenset(back))
            if not choice["critical"] and way[2] <= key["harm_limit"] and way not in seen:
                seen.add(way)
                waiting.append(way)
        if len(seen) > MOST_WAYS:
            return None
    return best


KINDS = [Scenario()]
