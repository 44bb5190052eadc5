"""The code of a room: the one-time password of RFC 6238, by which a telephone without a line and the server agree."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.sessions import codes

# RFC 6238, appendix B, SHA-256: eight digits there, of which the last six are ours.
SECRET = b"12345678901234567890123456789012"
TABLE = [
    (59, "46119246"), (1111111109, "68084774"), (1111111111, "67062674"), (1234567890, "91819424"), (2000000000, "90698825"),
    (20000000000, "77737706"),
]  # fmt: skip


def at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(("seconds", "digits"), TABLE)
def test_it_is_the_one_time_password_of_the_standard(seconds, digits):
    assert codes.code_at(SECRET, at(seconds)) == digits[-6:]


@given(st.binary(min_size=20, max_size=20), st.integers(10_000, 4_000_000_000), st.integers(-60, 60))
def test_a_code_fits_while_it_is_shown_and_so_long_before_and_after(secret, seconds, off):
    code = codes.code_at(secret, at(seconds))
    assert codes.fits(secret, code, at(seconds + 60 + off), within=timedelta(seconds=60 + abs(off)))


def test_a_code_of_an_hour_ago_or_of_another_session_does_not_fit():
    code = codes.code_at(SECRET, at(1_700_000_000))
    assert not codes.fits(SECRET, code, at(1_700_003_600), within=timedelta(minutes=5))
    assert not codes.fits(b"another", code, at(1_700_000_000), within=timedelta(minutes=5))
    assert not codes.fits(SECRET, "", at(1_700_000_000), within=timedelta(minutes=5))
