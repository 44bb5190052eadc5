"""Portraits: line drawings of faces, with fine strokes for shade as in an engraving."""

from specimens import svg
from specimens.art.faces import DRESSES, Face
from specimens.svg import Point, number
from specimens.turning import cos, sin

WIDTH, HEIGHT = 350, 458
INK = "#2b2119"
TONES = ("#f3dfc9", "#e7c8a8", "#d5ad87", "#bb8d66", "#9a6e48", "#7a5334")
HAIR_COLOURS = ("#1d1815", "#33251b", "#4f3826", "#6f4a2c", "#a07a4a", "#8b8780", "#c9c5bd")


class _Drawing:
    """One face on its way to paper. Everything is measured from the middle of the head."""

    def __init__(self, one: Face) -> None:
        f, looks = one.features, one.looks
        child = (1.0, 0.15, 0.0, 0.0, 0.0)[looks.band]
        self.f, self.looks, self.child = f, looks, child
        self.x = WIDTH / 2
        self.half = 70 + (f.head_width - 50) * 0.14 + looks.weight * 0.06 - 3 * child
        self.long = 206 + (f.head_height - 50) * 0.24 - 40 * child
        self.top = 92 + 26 * child
        self.chin = self.top + self.long
        self.eyes = self.top + self.long * (0.51 + 0.06 * child)
        self.nose = self.eyes + self.long * (0.165 + (f.nose_length - 50) * 0.0011 - 0.03 * child)
        self.mouth = self.nose + (self.chin - self.nose) * 0.40
        self.fill = TONES[f.tone]
        self.hair = HAIR_COLOURS[looks.colour]

    def at(self, share: float) -> float:
        return self.top + self.long * share

    def outline(self) -> list[Point]:
        jaw = 0.80 + (self.f.jaw - 50) * 0.0026 + (self.looks.weight - 50) * 0.0012
        chin = 0.30 + (self.f.chin - 50) * 0.0030
        right = [
            (0.0, 0.0),
            (0.52, 0.045),
            (0.86, 0.20),
            (0.97, 0.40),
            (0.98, 0.56),
            (0.93, 0.70),
            (jaw, 0.815),
            ((jaw + chin) / 2 + 0.02, 0.925),
            (chin, 0.985),
        ]
        points = [(self.x + share * self.half, self.at(down)) for share, down in right]
        points.append((self.x, self.chin))
        return points + [(2 * self.x - x, y) for x, y in reversed(points[1:-1])]

    def path(self, data: str, width: float = 1.6, **look: object) -> str:
        return svg.element("path", d=data, stroke_width=number(width), **look)

    # --- Parts ------------------------------------------------------------------------------------------------------------

    def body(self) -> str:
        neck, low = self.half * (0.60 + self.looks.weight * 0.0012 - 0.14 * self.child), self.chin + 34 - 6 * self.child
        x = self.x
        shoulders = f"M{number(x - neck)} {number(self.chin - 34)}L{number(x - neck)} {number(low)}Q{number(x - 80)} {number(low + 22)} {number(x - 138)} {number(low + 34)}Q10 {number(low + 52)} 6 458H344Q340 {number(low + 52)} {number(x + 138)} {number(low + 34)}Q{number(x + 80)} {number(low + 22)} {number(x + neck)} {number(low)}L{number(x + neck)} {number(self.chin - 34)}"
        shade = "".join(
            f"M{number(x - neck + 3)} {number(self.chin - 10 + step * 5)}q{number(neck * 0.5)} {number(12 - step)} {number(neck * (1.5 - step * 0.1))} {number(3 + step)}"
            for step in range(9)
        )
        skin = svg.element("path", d=shoulders, fill=self.fill, stroke="none")
        return skin + self.path(shade, 0.8, opacity=".55") + self.dress(neck, low)

    def dress(self, neck: float, low: float) -> str:
        x, kind = self.x, self.looks.dress
        cloth = ("#5c6b73", "#7d6a58", "#4f5f4d", "#3f4657", "#7a5a63", "#6a6f57")[DRESSES.index(kind)]
        wide = f"Q{number(x + 84)} {number(low + 24)} {number(x + 140)} {number(low + 34)}Q341 {number(low + 54)} 345 458H5Q9 {number(low + 54)} {number(x - 140)} {number(low + 34)}Q{number(x - 84)} {number(low + 24)}"
        depth = {"collar": 62, "round": 34, "crossed": 74, "coat": 92, "band": 12, "open": 50}[kind]
        left, right = f"{number(x - neck - 3)} {number(low - 4)}", f"{number(x + neck + 3)} {number(low - 4)}"
        if kind in ("round", "band"):
            front = f"M{left}Q{number(x)} {number(low + depth * 1.5)} {right}"
        else:
            front = f"M{left}L{number(x)} {number(low + depth)}L{right}"
        body = svg.element("path", d=front + wide + f" {left}z", fill=cloth, stroke="none")
        folds = "".join(
            f"M{number(40 + step * 7)} 458q{number(3 + step)} -34 {number(20 - step * 0.6)} {number(-62 + step * 2)}M{number(310 - step * 7)} 458q{number(-3 - step)} -34 {number(-20 + step * 0.6)} {number(-62 + step * 2)}"
            for step in range(9)
        )
        lines = front
        if kind == "collar":
            lines += f"M{left}l-14 20 {number(neck * 0.75)} 50 {number(neck * 0.32)} -24M{right}l14 20 {number(-neck * 0.75)} 50 {number(-neck * 0.32)} -24"
        elif kind == "crossed":
            lines += f"M{number(x)} {number(low + depth)}L{number(x - 34)} 458M{number(x - neck - 14)} {number(low + 4)}L{number(x + 8)} {number(low + depth + 16)}"
        elif kind == "coat":
            lines += f"M{left}l-20 44 26 12 -10 14 {number(neck + 6)} {number(458 - low - 80)}M{right}l20 44 -26 12 10 14 {number(-neck - 6)} {number(458 - low - 80)}"
        elif kind == "band":
            lines += f"M{number(x - neck - 3)} {number(low - 16)}Q{number(x)} {number(low + 6)} {number(x + neck + 3)} {number(low - 16)}M{number(x)} {number(low + 16)}V458"
        elif kind == "open":
            lines += f"M{number(x)} {number(low + depth)}V458M{number(x + 7)} {number(low + depth + 16)}h.1m0 24h.1"
        return body + self.path(folds, 0.8, opacity=".5") + self.path(lines, 1.8)

    def ears(self) -> str:
        size = 25 + (self.f.ear_size - 50) * 0.24
        lobe = 0.30 + (self.f.ear_lobe - 50) * 0.005
        parts, lines = [], []
        for side in (-1, 1):
            x, y = self.x + side * self.half * 0.955, self.eyes - size * 0.35
            out = side * size * 0.62
            shape = f"M{number(x)} {number(y)}c{number(out * 0.3)} {number(-size * 0.55)} {number(out * 1.25)} {number(-size * 0.45)} {number(out * 1.12)} {number(size * 0.35)}c{number(-out * 0.08)} {number(size * 0.5)} {number(-out * 0.35)} {number(size * (0.75 + lobe * 0.4))} {number(-out * 0.72)} {number(size * (0.85 + lobe))}q{number(-out * 0.4)} {number(-size * 0.1)} {number(-out * 0.4)} {number(-size * 0.5)}z"
            parts.append(shape)
            lines.append(
                f"M{number(x + out * 0.25)} {number(y + size * 0.05)}c{number(out * 0.3)} {number(-size * 0.35)} {number(out * 0.72)} {number(-size * 0.15)} {number(out * 0.62)} {number(size * 0.3)}q{number(-out * 0.1)} {number(size * 0.3)} {number(-out * 0.36)} {number(size * 0.46)}m{number(out * 0.02)} {number(-size * 0.36)}q{number(out * 0.16)} {number(size * 0.02)} {number(out * 0.1)} {number(size * 0.22)}"
            )
        return svg.element("path", d="".join(parts), fill=self.fill, stroke_width="1.5") + self.path(
            "".join(lines), 0.9, opacity=".75"
        )

    def head(self) -> str:
        return svg.element("path", d=svg.smooth(self.outline(), closed=True), fill=self.fill, stroke_width="1.7")

    def shade(self) -> str:
        """Fine curved strokes down one side, under the brow, the nose, the lip and the chin."""
        lines = []
        for step in range(22):
            share = 0.36 + step * 0.026
            edge = self.half * (0.965 if share < 0.62 else 0.965 - (share - 0.62) * (0.72 - (self.f.jaw - 50) * 0.006))
            long = 12 + 15 * sin(step / 44) + (6 if 7 < step < 15 else 0)
            y = self.at(share)
            lines.append(
                f"M{number(self.x + edge - 2)} {number(y)}q{number(-long * 0.5)} 1 {number(-long)} {number(6.5)}"
            )
            if step % 2:
                lines.append(f"M{number(self.x - edge + 2)} {number(y)}q{number(long * 0.2)} 1 {number(long * 0.45)} 4")
        for step in range(8):
            x = self.x - 20 + step * 5.4
            lines.append(f"M{number(x)} {number(self.chin - 13 + abs(step - 3.5) * 0.6)}l5.5 4.5")
        return self.path("".join(lines), 0.75, opacity=".55")

    def brows_and_eyes(self) -> str:
        f = self.f
        gap = 31 + (f.eye_gap - 50) * 0.115
        size = 14.5 + (f.eye_size - 50) * 0.07 + 2.6 * self.child
        tilt = (f.eye_tilt - 50) * 0.06
        arch = 5 + (f.brow_arch - 50) * 0.11
        brow_gap = 13 + (f.brow_gap - 50) * 0.15
        brow = self.eyes - 21 - (f.brow_height - 50) * 0.09
        fills, lids, thin, hair = [], [], [], []
        for side in (-1, 1):
            x, y = self.x + side * gap, self.eyes
            inner, outer = x - side * size, x + side * size
            high = size * 0.62
            fills.append(
                f"M{number(inner)} {number(y + 1.5)}Q{number(x)} {number(y - high * 1.5)} {number(outer)} {number(y - tilt)}Q{number(x)} {number(y + high * 1.05)} {number(inner)} {number(y + 1.5)}z"
            )
            lids.append(
                f"M{number(inner)} {number(y + 1.5)}Q{number(x)} {number(y - high * 1.5)} {number(outer)} {number(y - tilt)}"
            )
            thin.append(
                f"M{number(inner + side * 2)} {number(y + 2.5)}Q{number(x)} {number(y + high * 1.1)} {number(outer - side)} {number(y - tilt + 1)}"
            )
            thin.append(
                f"M{number(inner + side)} {number(y - high * 0.72)}Q{number(x)} {number(y - high * 2.05)} {number(outer + side * 2)} {number(y - tilt - high * 0.5)}"
            )
            if self.looks.band >= 3:
                thin.append(
                    f"M{number(inner + side * 3)} {number(y + high * 1.5)}q{number(side * size * 0.8)} 6 {number(side * size * 1.5)} 1M{number(outer + side * 5)} {number(y - 3)}l{number(side * 8)} -4m{number(-side * 8)} 8l{number(side * 9)} 2"
                )
            start, end = self.x + side * brow_gap, x + side * size * 1.28
            steps = 9
            for step in range(steps):
                part = step / (steps - 1)
                bx = start + (end - start) * part
                by = brow - arch * sin(part * 0.5) + (3 if part > 0.85 else 0)
                hair.append(
                    f"M{number(bx)} {number(by + 3.4 - part * 1.6)}l{number(side * (3.2 + 3 * part))} {number(-4.6 + 4 * part)}"
                )
        lash = 2.3 + self.looks.make_up * 0.012
        pupils = "".join(
            svg.element(
                "circle",
                cx=number(self.x + side * gap),
                cy=number(self.eyes - 1.3),
                r=number(size * 0.42),
                fill="#4a3626",
                stroke_width=".8",
            )
            + svg.element(
                "circle",
                cx=number(self.x + side * gap),
                cy=number(self.eyes - 1.3),
                r=number(size * 0.2),
                fill="#120d0a",
                stroke="none",
            )
            + svg.element(
                "circle",
                cx=number(self.x + side * gap - 2),
                cy=number(self.eyes - 3.6),
                r="1.4",
                fill="#fff",
                stroke="none",
            )
            for side in (-1, 1)
        )
        return (
            svg.element("path", d="".join(fills), fill="#fbf6ee", stroke="none") + pupils + self.path("".join(lids), lash) + self.path("".join(thin), 0.85, opacity=".75")
            + self.path("".join(hair), 1.9 if self.looks.band < 4 else 1.3, stroke=self.hair if self.looks.colour < 5 else "#5f5a52")
        )  # fmt: skip

    def nose_and_mouth(self) -> str:
        f, x = self.f, self.x
        wide = 15.5 + (f.nose_width - 50) * 0.12 - 2 * self.child
        y = self.nose
        nose = f"M{number(x - wide)} {number(y - 5)}q{number(-4)} 9 4.5 9.5q3 .2 5 -2q{number(wide - 9.5)} 6 {number(2 * wide - 19)} 0q2 2.2 5 2q8.5 -.5 4.5 -9.5"
        bridge = f"M{number(x + 8)} {number(self.eyes - 6)}Q{number(x + 5)} {number((self.eyes + y) / 2)} {number(x + wide * 0.62)} {number(y - 11)}"
        nostrils = f"M{number(x - wide * 0.62)} {number(y + 1)}q3 -2.6 6 .6M{number(x + wide * 0.62)} {number(y + 1)}q-3 -2.6 -6 .6"
        sides = "".join(
            f"M{number(x + 6 + step * 0.5)} {number(self.eyes + 4 + step * 5)}l5 2.6"
            for step in range(int((y - self.eyes) / 5.6))
        )
        mouth = 25 + (f.mouth_width - 50) * 0.16 - 4 * self.child
        full = 5.5 + (f.mouth_fullness - 50) * 0.075
        m = self.mouth
        upper = f"M{number(x - mouth)} {number(m)}Q{number(x - mouth * 0.5)} {number(m - full * 1.15)} {number(x - 5)} {number(m - full * 1.1)}q5 {number(full * 0.42)} 10 0Q{number(x + mouth * 0.5)} {number(m - full * 1.15)} {number(x + mouth)} {number(m)}"
        line = f"M{number(x - mouth)} {number(m)}q{number(mouth * 0.5)} {number(-1.5)} {number(mouth * 0.8)} 1.2q{number(mouth * 0.2)} 1.2 {number(mouth * 0.4)} 0q{number(mouth * 0.3)} -2.7 {number(mouth * 0.8)} -1.2"
        lower = f"Q{number(x)} {number(m + full * 3.1)} {number(x - mouth)} {number(m)}z"
        colour = "#9c4a44" if self.looks.make_up > 35 else "#a4685a"
        lips = svg.element(
            "path", d=upper + lower, fill=colour, fill_opacity=f"{0.2 + self.looks.make_up * 0.004:.2f}", stroke="none"
        )
        under = "".join(f"M{number(x - 12 + step * 5)} {number(m + full * 1.9 + 4)}l5 2" for step in range(5))
        folds = ""
        if self.looks.band >= 2:
            deep = (self.looks.band - 1) * 7
            folds = "".join(
                f"M{number(x + side * (wide + 4))} {number(y - 2)}q{number(side * 9)} {number(7 + deep * 0.4)} {number(side * 9)} {number(13 + deep)}"
                for side in (-1, 1)
            )
        if self.looks.band >= 3:
            folds += "".join(
                f"M{number(x - 34 + row * 4)} {number(self.at(0.26) + row * 9)}q{number(34 - row * 4)} -5 {number(68 - row * 8)} 0"
                for row in range(self.looks.band - 1)
            )
        return lips + self.path(nose + nostrils, 1.6) + self.path(bridge + sides, 0.85, opacity=".6") + self.path(line, 1.9) + self.path(f"M{number(x - mouth * 0.45)} {number(m + full * 1.5)}q{number(mouth * 0.45)} {number(full * 0.5)} {number(mouth * 0.9)} 0" + under + folds, 0.9, opacity=".7")  # fmt: skip

    # --- Hair and what is worn --------------------------------------------------------------------------------------------

    def strands(self, points: list[tuple[Point, Point, Point]]) -> str:
        data = "".join(
            f"M{number(a[0])} {number(a[1])}Q{number(b[0])} {number(b[1])} {number(c[0])} {number(c[1])}"
            for a, b, c in points
        )
        light = "#fff" if self.looks.colour < 3 else INK
        return self.path(data, 0.8, stroke=light, opacity=".26")

    def hair_behind(self) -> str:
        kind, x, half, top = self.looks.hair, self.x, self.half, self.top
        if kind in ("long", "waves", "fringe", "plait"):
            down = {"long": 150, "waves": 96, "fringe": 70, "plait": 34}[kind]
            wide = half * (1.24 if kind != "plait" else 1.05)
            low = self.chin + down - 80
            data = f"M{number(x)} {number(top - 20)}C{number(x + wide * 1.05)} {number(top - 24)} {number(x + wide)} {number(top + 90)} {number(x + wide)} {number(low)}Q{number(x)} {number(low + 26)} {number(x - wide)} {number(low)}C{number(x - wide)} {number(top + 90)} {number(x - wide * 1.05)} {number(top - 24)} {number(x)} {number(top - 20)}z"
            lines = [
                (
                    (x + side * half * (0.92 + step * 0.05), top + 70.0),
                    (x + side * wide * (0.94 + step * 0.01), self.eyes + 60),
                    (x + side * wide * (0.66 + step * 0.055), low + 4),
                )
                for side in (-1, 1)
                for step in range(6)
            ]
            parts = svg.element("path", d=data, fill=self.hair, stroke_width="1.2") + self.strands(lines)
            if kind == "plait":
                knots = "".join(
                    f"M{number(x + half * (0.86 + step * 0.02))} {number(self.eyes + 46 + step * 16)}c14 -4 24 2 20 12c-8 10 -20 10 -24 2c-2 -6 0 -10 4 -14z"
                    for step in range(7)
                )
                parts += svg.element("path", d=knots, fill=self.hair, stroke_width=".9")
            return parts
        if kind == "bun":
            return svg.element(
                "ellipse", cx=number(x), cy=number(top - 26), rx="34", ry="27", fill=self.hair, stroke_width="1.2"
            ) + self.path(
                f"M{number(x - 22)} {number(top - 34)}q22 -18 44 0M{number(x - 26)} {number(top - 22)}q26 -20 52 0",
                0.8,
                stroke="#fff",
                opacity=".25",
            )
        return ""

    def hair_front(self) -> str:
        kind, x, half, top = self.looks.hair, self.x, self.half, self.top
        if kind == "none":
            return self.path(
                f"M{number(x - half * 0.5)} {number(top + 26)}q{number(half * 0.4)} -16 {number(half)} -6",
                0.8,
                opacity=".35",
            )
        lift = {
            "cropped": 7,
            "short": 15,
            "side": 20,
            "curls": 24,
            "waves": 18,
            "long": 17,
            "bun": 12,
            "plait": 12,
            "fringe": 18,
        }[kind]
        line = {
            "cropped": 0.20,
            "short": 0.20,
            "side": 0.19,
            "curls": 0.20,
            "waves": 0.17,
            "long": 0.16,
            "bun": 0.15,
            "plait": 0.15,
            "fringe": 0.345,
        }[kind]
        side_low = {"cropped": 0.42, "short": 0.47, "side": 0.48, "curls": 0.50}.get(kind, 0.55)
        outer = half * (1.0 + lift * 0.004)
        left, right = x - outer, x + outer
        part = x - half * 0.42 if kind in ("side", "waves") else x
        crown = f"M{number(left)} {number(self.at(side_low))}C{number(left - 3)} {number(self.at(0.12))} {number(x - half * 0.72)} {number(top - lift)} {number(x)} {number(top - lift)}S{number(right + 3)} {number(self.at(0.12))} {number(right)} {number(self.at(side_low))}"
        edge = f"L{number(right - 6)} {number(self.at(side_low))}Q{number(x + half * 0.88)} {number(self.at(line + 0.09))} {number(x + half * 0.66)} {number(self.at(line))}"
        if kind == "fringe":
            edge += f"Q{number(x)} {number(self.at(line + 0.05))} {number(x - half * 0.66)} {number(self.at(line))}"
        else:
            edge += f"Q{number(part + half * 0.35)} {number(self.at(line - 0.075))} {number(part)} {number(self.at(line - 0.085))}Q{number((part + x - half * 0.66) / 2)} {number(self.at(line - 0.06))} {number(x - half * 0.66)} {number(self.at(line))}"
        edge += (
            f"Q{number(x - half * 0.88)} {number(self.at(line + 0.09))} {number(left + 6)} {number(self.at(side_low))}z"
        )
        shape = svg.element("path", d=crown + edge, fill=self.hair, stroke_width="1.1")
        if kind == "curls":
            rings = []
            for step in range(13):
                turn = 0.52 + step * 0.46 / 12
                cx, cy = x + outer * 1.02 * cos(turn), self.at(0.34) + (self.long * 0.34 + lift) * sin(turn)
                rings.append(f"M{number(cx - 14)} {number(cy)}a14 13 0 1 1 28 2a14 13 0 1 1 -28 -2z")
            inner = "".join(
                f"M{number(x - half * 0.7 + step * half * 0.2)} {number(top + 8 + (step % 3) * 7)}q7 -11 14 0t-5 8"
                for step in range(8)
            )
            return (
                svg.element("path", d="".join(rings), fill=self.hair, stroke_width=".9")
                + shape
                + self.path(inner, 0.9, stroke="#fff" if self.looks.colour < 3 else INK, opacity=".28")
            )
        lines = [
            (
                (part, top - lift + 5.0),
                (x + side * half * (0.3 + step * 0.13), top - lift + 5 + step * 3),
                (x + side * half * (0.52 + step * 0.07), self.at(line - 0.03 + step * 0.035)),
            )
            for side in (-1, 1)
            for step in range(1, 7)
        ]
        if kind == "fringe":
            lines += [
                ((x + step * 12.0, top - 6.0), (x + step * 13, top + 26), (x + step * 13.5, self.at(line) - 1))
                for step in range(-4, 5)
            ]
        return shape + self.strands(lines)

    def beard(self) -> str:
        kind, x = self.looks.beard, self.x
        if not kind:
            return ""
        m, wide = self.mouth, 27 + (self.f.mouth_width - 50) * 0.16
        hair = []
        for step in range(15):
            part = step / 14 * 2 - 1
            hair.append(
                f"M{number(x + part * wide)} {number(m - 13 + abs(part) * 7)}l{number(part * 3.4)} {number(7 - abs(part) * 2)}"
            )
        if kind in ("short", "full"):
            rows, long = (4, 6.0) if kind == "short" else (7, 10.0)
            for row in range(rows):
                for step in range(17):
                    part = step / 16 * 2 - 1
                    y = self.chin - 6 - row * 5.5 - abs(part) ** 2 * (self.chin - self.mouth) * 0.72
                    if y < m + 9 and abs(part) < 0.5:
                        continue
                    hair.append(
                        f"M{number(x + part * self.half * 0.83)} {number(y)}l{number(part * 2.6)} {number(long)}"
                    )
        return self.path("".join(hair), 1.25 if kind != "full" else 1.5, stroke=self.hair, opacity=".85")

    def worn(self) -> str:
        parts, x = [], self.x
        if self.looks.glasses:
            gap = 31 + (self.f.eye_gap - 50) * 0.115
            for side in (-1, 1):
                cx = x + side * gap
                if self.looks.glasses == "round":
                    parts.append(
                        svg.element(
                            "circle",
                            cx=number(cx),
                            cy=number(self.eyes),
                            r="22.5",
                            fill="#fff",
                            fill_opacity=".14",
                            stroke_width="2.4",
                        )
                    )
                else:
                    parts.append(
                        svg.element(
                            "rect",
                            x=number(cx - 24),
                            y=number(self.eyes - 15),
                            width="48",
                            height="32",
                            rx="7",
                            fill="#fff",
                            fill_opacity=".14",
                            stroke_width="2.6",
                        )
                    )
            inner = gap - 23
            parts.append(
                self.path(
                    f"M{number(x - inner)} {number(self.eyes - 3)}q{number(inner)} -7 {number(2 * inner)} 0"
                    + "".join(
                        f"M{number(x + side * (gap + 23))} {number(self.eyes - 4)}L{number(x + side * self.half * 0.97)} {number(self.eyes - 7)}"
                        for side in (-1, 1)
                    ),
                    2.2,
                )
            )
        return "".join(parts)

    def cover(self) -> str:
        x, half, top, kind = self.x, self.half, self.top, self.looks.cover
        if kind == "scarf":
            low = self.chin + 44
            shape = f"M{number(x)} {number(top - 24)}C{number(x + half * 1.35)} {number(top - 24)} {number(x + half * 1.3)} {number(self.eyes)} {number(x + half * 1.22)} {number(self.chin - 30)}Q{number(x + half * 1.5)} {number(low)} {number(x + half * 1.75)} {number(low + 40)}Q{number(x)} {number(low + 66)} {number(x - half * 1.75)} {number(low + 40)}Q{number(x - half * 1.5)} {number(low)} {number(x - half * 1.22)} {number(self.chin - 30)}C{number(x - half * 1.3)} {number(self.eyes)} {number(x - half * 1.35)} {number(top - 24)} {number(x)} {number(top - 24)}z"
            hole = f"M{number(x)} {number(self.at(0.13))}C{number(x - half * 0.9)} {number(self.at(0.13))} {number(x - half * 1.04)} {number(self.at(0.5))} {number(x - half * 0.86)} {number(self.at(0.8))}Q{number(x - half * 0.4)} {number(self.chin + 8)} {number(x)} {number(self.chin + 7)}Q{number(x + half * 0.4)} {number(self.chin + 8)} {number(x + half * 0.86)} {number(self.at(0.8))}C{number(x + half * 1.04)} {number(self.at(0.5))} {number(x + half * 0.9)} {number(self.at(0.13))} {number(x)} {number(self.at(0.13))}z"
            folds = "".join(
                f"M{number(x - half * (1.16 - step * 0.03))} {number(self.at(0.3) + step * 22)}q{number(8 + step)} 30 {number(26 + step * 6)} {number(self.chin - self.eyes + 20 - step * 8)}M{number(x + half * (1.16 - step * 0.03))} {number(self.at(0.3) + step * 22)}q{number(-8 - step)} 30 {number(-26 - step * 6)} {number(self.chin - self.eyes + 20 - step * 8)}"
                for step in range(5)
            )
            return svg.element(
                "path", d=shape + hole, fill="#8b7f95", fill_rule="evenodd", stroke_width="1.4"
            ) + self.path(folds, 0.9, opacity=".55")
        if kind == "cap":
            shape = f"M{number(x - half * 1.07)} {number(self.at(0.27))}C{number(x - half * 1.1)} {number(top - 56)} {number(x + half * 1.1)} {number(top - 56)} {number(x + half * 1.07)} {number(self.at(0.27))}Q{number(x)} {number(self.at(0.16))} {number(x - half * 1.07)} {number(self.at(0.27))}z"
            lines = "".join(
                f"M{number(x + step * half * 0.3)} {number(top - 22 + abs(step) * 6)}q{number(step * 5)} 24 {number(step * 7)} {number(47 - abs(step) * 2)}"
                for step in (-3, -2, -1, 0, 1, 2, 3)
            )
            band = f"M{number(x - half * 1.06)} {number(self.at(0.2))}Q{number(x)} {number(self.at(0.09))} {number(x + half * 1.06)} {number(self.at(0.2))}"
            return (
                svg.element("path", d=shape, fill="#7a6b4f", stroke_width="1.4")
                + self.path(lines, 0.8, opacity=".5")
                + self.path(band, 1.0)
            )
        return ""


def portrait(one: Face) -> str:
    """The bust in a field of 350 × 458 units from 0, 0; what lies outside has to be clipped by who places it."""
    d = _Drawing(one)
    covered = one.looks.cover == "scarf"
    parts = [
        "" if covered or (one.looks.cover == "cap" and one.looks.hair == "bun") else d.hair_behind(), d.body(), "" if covered else d.ears(), d.head(), d.shade(), d.nose_and_mouth(), d.brows_and_eyes(), d.beard(),
        "" if covered or (one.looks.cover == "cap" and one.looks.hair in ("curls", "bun", "fringe")) else d.hair_front(), d.cover(), d.worn(),
    ]  # fmt: skip
    return svg.group(*parts, fill="none", stroke=INK, stroke_linecap="round", stroke_linejoin="round")


def dots(strength: float) -> str:
    """A field of regular coarse dots over a portrait, as path data on a slanted grid of 350 × 458."""
    step = 5.0 + 3.5 * strength
    rows = int(HEIGHT / step)
    return "".join(
        f"M{number((row % 2) * step / 2 + step / 2)} {number(row * step + step / 2)}H{WIDTH}" for row in range(rows)
    )
