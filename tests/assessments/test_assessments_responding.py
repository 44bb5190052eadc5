"""What the tests answer with: of every kind something that earns everything, and something that earns nothing."""

import pytest

from assessments import kinds
from tests.assessments import asking
from tests.assessments.every import EVERY
from tests.assessments.responding import response

KIND = pytest.mark.parametrize("kind", sorted(EVERY))


def test_every_kind_that_judges_itself_is_here():
    assert set(EVERY) == {name for name in kinds.KINDS if kinds.judges_itself(name)}


@KIND
@pytest.mark.parametrize("earning", [1, 0])
def test_a_response_earns_everything_or_nothing(kind, earning):
    one = EVERY[kind]
    texts = asking.texts_of(kind, one.content)
    key = kinds.KINDS[kind].keyed(asking.key_of(kind, one.content), {"en": texts})
    given = response(kind, key, texts, earning=earning)
    assert kinds.is_response(kind, key, given)
    assert kinds.score(kind, key, given) == earning


def test_where_nothing_can_be_right_it_says_so():
    with pytest.raises(AssertionError, match="no response of the kind multiple earns 1"):
        response("multiple", {"a": False}, {"options": {"a": "A"}}, earning=1)
