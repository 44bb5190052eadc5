"""A package that tries everything that a package could do harm with, and writes down what came of it."""

from tests.content.packages import building

# Each attempt gives what it reached, or throws; nothing here may succeed.
SCRIPT = """
H5P.FixtureProbe = (function () {
  var said = {};
  function attempt(name, act) {
    try {
      var got = act();
      if (got && got.then) {
        said[name] = "waiting";
        got.then(function (value) { said[name] = "reached: " + value; }, function (error) { said[name] = "blocked: " + error.name; });
      } else { said[name] = "reached: " + got; }
    } catch (error) { said[name] = "blocked: " + error.name; }
  }
  function Probe() { H5P.EventDispatcher.call(this); }
  Probe.prototype = Object.create(H5P.EventDispatcher.prototype);
  Probe.prototype.attach = function ($container) {
    attempt("parent document", function () { return parent.document.title; });
    attempt("parent cookie", function () { return parent.document.cookie; });
    attempt("parent address", function () { return parent.location.href; });
    attempt("top leaves", function () { top.location = "SITE/account/logout/"; });
    attempt("parent script", function () { return parent.eval("1"); });
    attempt("cookie", function () { document.cookie = "a=1"; return document.cookie || (function () { throw new Error("empty"); })(); });
    attempt("database", function () { return new Promise(function (yes, no) { var asked = indexedDB.open("x"); asked.onsuccess = yes; asked.onerror = no; }); });
    attempt("caches", function () { return caches.open("x"); });
    attempt("service worker", function () { return navigator.serviceWorker.register("/static/x.js"); });
    attempt("worker", function () { return new Worker("/static/x.js").postMessage; });
    attempt("popup", function () { var opened = window.open("SITE/"); if (!opened) { throw new Error("none"); } return opened; });
    attempt("eval", function () { return eval("1 + 1"); });
    attempt("function", function () { return new Function("return 1")(); });
    attempt("site", function () { return fetch("SITE/learn/", { credentials: "include", mode: "no-cors" }); });
    attempt("site write", function () { return fetch("SITE/account/logout/", { method: "POST", credentials: "include", mode: "no-cors" }); });
    attempt("elsewhere", function () { return fetch("https://example.com/"); });
    attempt("beacon", function () { if (!navigator.sendBeacon("SITE/learn/", "x")) { throw new Error("none"); } return "queued"; });
    attempt("socket", function () { return new Promise(function (yes, no) { var one = new WebSocket("SITE".replace("http", "ws") + "/"); one.onopen = yes; one.onerror = no; }); });
    attempt("inline", function () { var one = document.createElement("script"); one.textContent = "window.reached = 1"; document.body.append(one); if (!window.reached) { throw new Error("none"); } return "ran"; });
    attempt("picture", function () { return new Promise(function (yes, no) { var one = new Image(); one.onload = yes; one.onerror = no; one.src = "SITE/static/core/icon.svg?probe"; }); });
    attempt("form", function () { var one = document.createElement("form"); one.method = "post"; one.action = "SITE/account/logout/"; document.body.append(one); one.submit(); return "sent"; });
    attempt("frame", function () { var one = document.createElement("iframe"); one.src = "SITE/learn/"; document.body.append(one); return "asked"; });
    alert("here"); confirm("here"); prompt("here");
    for (var i = 0; i < 3000; i += 1) { parent.postMessage({ v: 1, seq: i, type: "state", data: { data_id: "flood", data: "x" } }, "*"); }
    for (i = 0; i < 500; i += 1) { this.triggerXAPI("progressed"); }
    window.said = said;
    $container.text("probe");
  };
  return Probe;
})();
"""


def package() -> bytes:
    """The package. SITE in its script is put in by the server's own address."""
    from django.conf import settings

    own = "H5P.FixtureProbe"
    library = building.library(machineName=own, preloadedCss=building.GONE, preloadedDependencies=building.GONE)
    return building.h5p(
        h5p=building.about(title="Probe", mainLibrary=own, preloadedDependencies=[building.name(own)]),
        libraries=(),
        change={
            f"{own}-1.0/library.json": library,
            f"{own}-1.0/quiz.js": SCRIPT.replace("SITE", settings.SITE_URL).encode(),
        },
    )
