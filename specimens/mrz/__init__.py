"""The machine readable zone of travel documents, after ICAO Doc 9303 parts 3 to 7: composed, read and checked.

Characters: A to Z, 0 to 9 and the filler <. Dates are YYMMDD, with < for what is not known. A zone is a list of its lines.
"""

from specimens.mrz.changing import put, unseen_substitution, unseen_swap, wrong_digit
from specimens.mrz.composing import Data, mrv_a, mrv_b, td1, td2, td3
from specimens.mrz.digits import ALPHABET, WEIGHTS, check_digit, products, value
from specimens.mrz.names import LETTERS, name_field, transliterated
from specimens.mrz.reading import LENGTHS, Check, Field, Problem, Reading, checks, fields, fits, kind_of, read

__all__ = [
    "ALPHABET", "LENGTHS", "LETTERS", "WEIGHTS", "Check", "Data", "Field", "Problem", "Reading", "check_digit", "checks", "fields",
    "fits", "kind_of", "mrv_a", "mrv_b", "name_field", "products", "put", "read", "td1", "td2", "td3", "transliterated",
    "unseen_substitution", "unseen_swap", "value", "wrong_digit",
]  # fmt: skip
