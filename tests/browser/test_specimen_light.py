"""Specimens drawn by a browser: an anomaly changes pixels where and under the lights that it declares, and nowhere else."""

import pytest
from playwright.sync_api import Browser

from specimens.anomalies import CATALOGUE
from specimens.generating import generate, with_fault
from specimens.lights import LIGHTS, UV, under
from specimens.recipe import Recipe
from specimens.truth import Fault

pytestmark = pytest.mark.browser

ACROSS = 625  # pixels of a sheet's width
SLACK = 30  # units, 3 mm, by which a line may reach beyond its region
# A stamp that is not there lets the later ones move up.
WHOLE_SHEET = {"A34": "stamps"}

# Draws both, and gives for each pixel that differs (by more than a shade) where it lies, in units of the sheet.
COMPARE = """async ([one, other, across]) => {
  const pixels = async (svg) => {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    await image.decode();
    const [, , width, height] = svg.match(/viewBox="([^"]+)"/)[1].split(" ").map(Number);
    const canvas = new OffscreenCanvas(across, Math.round(across * height / width));
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return [context.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height, width / across];
  };
  const [a, width, height, unit] = await pixels(one);
  const [b] = await pixels(other);
  const places = [];
  for (let at = 0; at < a.length; at += 4) {
    if (Math.abs(a[at] - b[at]) + Math.abs(a[at + 1] - b[at + 1]) + Math.abs(a[at + 2] - b[at + 2]) > 24)
      places.push([Math.round((at / 4 % width) * unit), Math.round(Math.floor(at / 4 / width) * unit)]);
  }
  return places.length > 40000 ? places.filter((_, index) => index % 7 === 0) : places;
}"""


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_an_anomaly_changes_pixels_only_in_its_regions_and_only_under_its_lights(kind, chromium: Browser):
    page = chromium.new_page()
    try:
        declared = CATALOGUE[kind]
        seen = set()
        for seed in (3,):
            recipe = with_fault(seed, kind, 5)
            with_it = generate(Recipe(seed, recipe.document, (Fault(kind, 5),)))
            clean = {sheet.name: sheet.svg for sheet in generate(Recipe(seed, recipe.document)).sheets}
            where = with_it.truth.anomalies[0].where
            for light in LIGHTS:
                for sheet in with_it.sheets:
                    tilt = 20
                    drawings = [under(svg, light, tilt=tilt) for svg in (sheet.svg, clean[sheet.name])]
                    if drawings[0] == drawings[1]:
                        continue
                    places = page.evaluate(COMPARE, [*drawings, ACROSS])
                    if not places:
                        continue
                    seen.add(light)
                    assert light in declared.lights, (seed, sheet.name, light, places[:3])
                    boxes = [
                        box.grown(SLACK)
                        for name, region in where.items()
                        if name.startswith(f"{sheet.name}:")
                        for box in region.boxes
                    ]
                    if WHOLE_SHEET.get(kind) != sheet.name:
                        outside = [place for place in places if not any(box.holds(*place) for box in boxes)]
                        assert len(outside) <= len(places) * 0.002, (seed, sheet.name, light, outside[:5])
        assert set(declared.look) - {"lens"} <= seen | ({UV} if kind == "A14" else set())
    finally:
        page.close()
