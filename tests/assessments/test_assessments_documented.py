"""The examples of questions in docs/curriculum-format.md can be loaded as they stand."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from assessments import kinds

TEXT = (Path(__file__).parents[2] / "docs/curriculum-format.md").read_text()
EXAMPLES = re.findall(r"^`(\w+)`: [^`].*?```yaml\n(  question:\n.*?)```", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[kind for kind, _example in EXAMPLES])
def test_a_documented_question_has_nothing_wrong_with_it(kind, example):
    item = SimpleNamespace(kind=kind, use="exam", question=yaml.safe_load(example)["question"])
    assert kinds.authored_problems(item) == []


def test_every_kind_with_parts_of_its_own_is_documented():
    assert {"matching", "ordering", "numeric", "cloze", "shorttext", "reasoned", "written"} <= {
        kind for kind, _text in EXAMPLES
    }
