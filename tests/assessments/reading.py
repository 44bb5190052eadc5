"""Reading a file of items, and saying shortly what came of it."""

from assessments import formats


def read(text, language="en"):
    return formats.read(text.encode() if isinstance(text, str) else text, "x", language)


def options(draft):
    return [(one["text"], one["correct"], one["rationale"]) for one in draft.question["options"]]


def said(notes):
    return [(note.what, note.places) for note in notes]
