"""Two encoders from Unicode to Zawgyi, to make test texts: the tests must not lean on the habits of one typist.

Both take normalised Burmese. `typed_plainly` replaces in the whole text, one sign after the other, and uses one glyph
for each sign. `typed_with_care` goes by syllable and picks the glyphs that a careful typist picks for their look: the
wide ra, the low u, the dot to the right, ligatures. Source of the glyphs: the font Zawgyi-One.
"""

import re

_UNDER = dict(
    zip(
        "ကခဂဃစဆဇဈဋဌဏတထဒဓနပဖဗဘမလ",
        "\u1060\u1061\u1062\u1063\u1065\u1066\u1068\u1069\u106c\u106d\u1070\u1071\u1073\u1075\u1076\u1077\u1078\u1079"
        "\u107a\u107b\u107c\u1085",
        strict=True,
    )
)
_WHOLE = {
    "ဿ": "\u1086", "ဏ္ဍ": "\u1091", "ဋ္ဌ": "\u1092", "ဋ္ဋ": "\u1097", "ဍ္ဍ": "\u106e", "ဍ္ဎ": "\u106f",
    "ဏ္ဌ": "\u100f\u106d",
}  # fmt: skip


def typed_plainly(text: str) -> str:
    """Zawgyi as simple keyboards gave it: one glyph for each sign, the Burmese digit four for ၎."""
    text = text.replace("\u1037\u103a", "\u103a\u1037").replace("၎င်း", "၄င်း")
    for stack, glyph in _WHOLE.items():
        text = text.replace(stack, glyph)
    text = text.replace("ဉ္", "ဥ္")
    text = re.sub("\u1039([\u1000-\u1021])", lambda under: "\ue039" + _UNDER.get(under[1], under[1]), text)
    text = re.sub(
        "\u1004\u103a\ue039(.)", lambda top: {v: k for k, v in _UNDER.items()}.get(top[1], top[1]) + "\u1064", text
    )
    text = text.replace("\ue039", "")
    text = text.replace("ဈ", "စ\u103b").replace("ဉ\u103a", "ဥ\u103a")
    letter = "[\u1000-\u102a\u103f\u1086\u1091\u1092\u1097\u106e\u106f]"
    text = re.sub(rf"({letter}[\u1060-\u107c\u1085]*)(\u103b?)\u103c", "\ue03b\\1\\2", text)
    text = re.sub(rf"(\ue03b?{letter}[\u1060-\u107c\u1085]*[\u103a-\u103e]*)\u1031", "\u1031\\1", text)
    table = {"\u103a": "\u1039", "\u103b": "\u103a", "\ue03b": "\u103b", "\u103d": "\u103c", "\u103e": "\u103d"}
    return text.translate(str.maketrans(table))


_SYLLABLE = re.compile(
    "(?P<kinzi>\u1004\u103a\u1039)?(?P<base>ဏ္ဍ|ဋ္ဌ|ဋ္ဋ|ဍ္ဍ|ဍ္ဎ|[\u1000-\u102a\u103f])(?P<under>\u1039[\u1000-\u1021])?"
    "(?P<marks>[\u102b-\u1032\u1036-\u1038\u103a-\u103e]*)"
)
_WIDE = "ကဃဆဏတထဘယလသဟအဿ"


def typed_with_care(text: str) -> str:
    """Zawgyi as people typed it who looked at each glyph: variants by width and depth, ligatures, ဝ as the digit."""
    return _SYLLABLE.sub(_glyphs, text.replace("၎င်း", "\ue04e")).replace("\ue04e", "\u104e")


def _glyphs(syllable: re.Match[str]) -> str:
    base, marks, under = syllable["base"], syllable["marks"], (syllable["under"] or "")[1:]
    wide = base in _WIDE
    ra, ya, wa, ha = ("\u103c" in marks, "\u103b" in marks, "\u103d" in marks, "\u103e" in marks)
    low = bool(ra or ya or wa or ha or under or base in "ဉညဋဌဍဠဥဈ")
    out = "\u1031" if "\u1031" in marks else ""
    if ra:
        high = any(sign in marks for sign in "\u102d\u102e\u1032\u1036") or syllable["kinzi"]
        narrow_forms = "\u1083" if high and wa else "\u107f" if high else "\u1081" if wa else "\u103b"
        wide_forms = "\u1084" if high and wa else "\u1080" if high else "\u1082" if wa else "\u107e"
        out += wide_forms if wide else narrow_forms
    glyph = _WHOLE.get(base, base)
    if base == "ဝ" and marks[:1]:
        glyph = "\u1040"
    elif base == "န" and low:
        glyph = "\u108f"
    elif base == "ရ" and low:
        glyph = "\u1090"
    elif base == "ည" and low and (under or ya or wa):
        glyph = "\u106b"
    elif base == "ဉ":
        glyph = "\u106a" if under else "\u1025"
    elif base == "ဈ":
        glyph, ya = "\u1005", True
    out += glyph
    if under == "တ" and wa:
        out, wa = out + "\u1096", False
    elif under:
        out += (
            {"တ": "\u1072", "ထ": "\u1074", "ဆ": "\u1067"}.get(under, _UNDER.get(under, under))
            if wide
            else _UNDER.get(under, under)
        )
    if syllable["kinzi"]:
        ligature = {"\u102d": "\u108b", "\u102e": "\u108c", "\u1036": "\u108d"}
        sign = next((sign for sign in ligature if sign in marks), "")
        out += ligature.get(sign, "\u1064")
        marks = marks.replace(sign, "") if sign else marks
    if ya:
        out += "\u107d" if wa or ha else "\u103a"
    u, uu = "\u102f" in marks, "\u1030" in marks
    if wa and ha:
        out += "\u108a"
    elif wa:
        out += "\u103c"
    elif ha and u:
        out, u = out + "\u1088", False
    elif ha and uu:
        out, uu = out + "\u1089", False
    elif ha:
        out += "\u1087" if ra or base in "ညဥ" else "\u103d"
    if "\u102d" in marks and "\u1036" in marks:
        out += "\u108e"
    else:
        out += "".join(sign for sign in "\u102d\u102e\u1032\u1036" if sign in marks)
    if u:
        out += "\u1033" if low or ra else "\u102f"
    if uu:
        out += "\u1034" if low or ra else "\u1030"
    if "\u102b" in marks and "\u103a" in marks:
        out += "\u105a"
    else:
        out += "\u102b" if "\u102b" in marks else "\u102c" if "\u102c" in marks else ""
        out += "\u1039" if "\u103a" in marks else ""
    if "\u1037" in marks:
        out += "\u1095" if ya or ra or wa else "\u1094" if ha or "\u102f" in marks else "\u1037"
    return out + ("\u1038" if "\u1038" in marks else "")
