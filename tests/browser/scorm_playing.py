"""A SCORM course of two parts whose page says and does what a test asks, in the words of either standard."""

from tests.content.packages.scorm_building import manifest, packed, resource

ITEMS = (
    '<item identifier="I1" identifierref="R1"><title>ပထမပိုင်း</title></item>'
    '<item identifier="I2" identifierref="R2"><title>ဒုတိယပိုင်း</title></item>'
)
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Part</title>
<p id="entry"></p><label>Note <input id="note"></label><button id="save">Save</button> <button id="end">End</button>
<script src="part.js"></script></html>"""
SCRIPT = {
    "1.2": """
var api = null, at = window;
while (!(api = at.API) && at.parent !== at) { at = at.parent; }
api.LMSInitialize("");
var get = api.LMSGetValue.bind(api), set = api.LMSSetValue.bind(api);
document.getElementById("entry").textContent = get("cmi.core.entry");
document.getElementById("note").value = get("cmi.suspend_data");
document.getElementById("save").onclick = function () {
  set("cmi.suspend_data", document.getElementById("note").value); set("cmi.core.exit", "suspend"); api.LMSCommit("");
};
document.getElementById("end").onclick = function () {
  set("cmi.core.score.raw", "80"); set("cmi.core.score.max", "100"); set("cmi.core.score.min", "0");
  set("cmi.core.lesson_status", "passed"); set("cmi.core.exit", ""); api.LMSFinish("");
};
""",
    "2004": """
var api = null, at = window;
while (!(api = at.API_1484_11) && at.parent !== at) { at = at.parent; }
api.Initialize("");
var get = api.GetValue.bind(api), set = api.SetValue.bind(api);
document.getElementById("entry").textContent = get("cmi.entry");
document.getElementById("note").value = get("cmi.suspend_data");
document.getElementById("save").onclick = function () {
  set("cmi.suspend_data", document.getElementById("note").value); set("cmi.exit", "suspend"); api.Commit("");
};
document.getElementById("end").onclick = function () {
  set("cmi.score.raw", "80"); set("cmi.score.max", "100"); set("cmi.score.min", "0"); set("cmi.score.scaled", "0.8");
  set("cmi.completion_status", "completed"); set("cmi.success_status", "passed"); set("cmi.exit", ""); api.Terminate("");
};
""",
}


def course(standard: str) -> bytes:
    """The package."""
    resources = "".join(resource(standard, number, f"part.html?n={number}") for number in (1, 2))
    text = manifest(standard, ITEMS, resources)
    return packed(
        {"imsmanifest.xml": text, "part.html": PAGE.encode(), "part.js": SCRIPT[standard].encode()}
    ).getvalue()
