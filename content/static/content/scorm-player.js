/**
 * Plays a SCORM package inside its sandboxed frame: gives each part the run-time it looks for, and hands what the part
 * stores to the lesson page over a port. This page and the parts lie on an origin of their own; nothing here asks a server.
 *
 * <script type="application/json" id="package"> holds {standard: "1.2" | "2004", library: URL of the run-time's module,
 * items: [{id, title, href, is_sco, launch_data, …}], first: id, learner: {id, name}} and, if wanted, most_state: the bytes
 * that may be kept of one part, and lesson_origin: who may greet. Hrefs begin at <main id="stage" data-root="/…/">.
 *
 * From the lesson page, once: postMessage({type: "package-bridge-init", v: 1, state: {id: data}, item: id or none}, [port]).
 * On the port, out: {v: 1, seq, type, data} with the types ready {}, resize {height}, state {data_id, data},
 * result {item, completion, success, raw, min, max, scaled, seconds}, exit {item, wants: id or null},
 * trouble {item, code: "state_too_long" | "runtime_missing"}. In: {type: "open", item}, {type: "acknowledged", seq}.
 */

const given = JSON.parse(document.getElementById("package").textContent);
const stage = document.getElementById("stage");
const lesson = window.parent;
const items = new Map(given.items.map((item) => [item.id, item]));
const MOST_STATE = given.most_state || 64 * 1024;
const MOST_HEIGHT = 3000;
const PAUSE = 2000;
// Some parts store many times a second; the lesson page hears of it once a second.
const LEAST_PAUSE = 1000;

// Parts climb from window to window until one is its own parent. The lesson page, on another origin, would throw there.
window.parent = window;

const SETTINGS = {
  autocommit: false,
  lmsCommitUrl: false,
  enableOfflineSupport: false,
  autoProgress: false,
  mastery_override: true,
  logLevel: 5,
};

const numberOrNull = (text) => (text === "" || text == null || !Number.isFinite(Number(text)) ? null : Number(text));
const clock = (seconds) => [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
const two = (number) => String(number).padStart(2, "0");

// "failed" leaves open whether all was seen: SCORM 1.2 RTE, 3.4.4, cmi.core.lesson_status.
const COMPLETION_12 = { passed: "completed", completed: "completed", "not attempted": "not attempted" };

/** What differs between the standards: names of functions, and where each fact lies in the data. */
const DIALECTS = {
  "1.2": {
    global: "API",
    make: (library) => new library.Scorm12API(SETTINGS),
    calls: ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit",
      "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"],
    /** The data a part starts with. kept: what was stored at its last visit, {} at the first. */
    starting(item, kept, entry, seconds) {
      const core = kept.core || {};
      return {
        core: {
          student_id: given.learner.id,
          student_name: given.learner.name,
          credit: "credit",
          lesson_mode: "normal",
          entry,
          lesson_location: core.lesson_location,
          lesson_status: core.lesson_status === "not attempted" ? "" : core.lesson_status,
          score: core.score,
          total_time: clock(seconds).map(two).join(":"),
        },
        suspend_data: kept.suspend_data,
        launch_data: item.launch_data,
        comments: kept.comments,
        student_data: {
          mastery_score: item.mastery_score == null ? "" : String(item.mastery_score),
          max_time_allowed: item.max_time_allowed,
          time_limit_action: item.time_limit_action,
        },
        student_preference: kept.student_preference,
        objectives: kept.objectives,
        interactions: kept.interactions,
      };
    },
    bookmark: (data) => data.core?.lesson_location || data.suspend_data,
    exit: (data) => data.core?.exit || "",
    session: (data) => seconds12(data.core?.session_time),
    /** A part that ended in order and never spoke of its status is complete: SCORM 1.2 RTE, 3.4.4, lesson_status. */
    settle(data) {
      if ((data.core?.lesson_status || "not attempted") !== "not attempted") return;
      data.core.lesson_status = data.core.exit === "suspend" ? "incomplete" : "completed";
    },
    result(data) {
      const status = data.core?.lesson_status || "not attempted";
      const [raw, min, max] = ["raw", "min", "max"].map((name) => numberOrNull(data.core?.score?.[name]));
      const [least, most] = [min ?? 0, max ?? 100];
      return {
        completion: COMPLETION_12[status] || "incomplete",
        success: { passed: "passed", failed: "failed" }[status] || "unknown",
        raw,
        min,
        max,
        scaled: raw === null || most <= least || raw < least || raw > most ? null : (raw - least) / (most - least),
      };
    },
  },
  "2004": {
    global: "API_1484_11",
    make: (library) => new library.Scorm2004API(SETTINGS),
    calls: ["Initialize", "Terminate", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"],
    starting(item, kept, entry, seconds) {
      const [hours, minutes, rest] = clock(seconds);
      return {
        learner_id: given.learner.id,
        learner_name: given.learner.name,
        credit: "credit",
        mode: "normal",
        entry,
        location: kept.location,
        completion_status: kept.completion_status,
        success_status: kept.success_status,
        score: kept.score,
        progress_measure: kept.progress_measure,
        suspend_data: kept.suspend_data,
        launch_data: item.launch_data,
        max_time_allowed: item.max_time_allowed,
        time_limit_action: item.time_limit_action,
        scaled_passing_score: item.passing_score == null ? "" : String(item.passing_score),
        completion_threshold: item.completion_threshold == null ? "" : String(item.completion_threshold),
        total_time: `PT${hours}H${minutes}M${rest}S`,
        objectives: kept.objectives || Object.fromEntries((item.objectives || []).map((id, at) => [at, { id }])),
        interactions: kept.interactions,
        comments_from_learner: kept.comments_from_learner,
        learner_preference: kept.learner_preference,
      };
    },
    bookmark: (data) => data.location || data.suspend_data,
    exit: (data) => data.exit || "",
    session: (data) => seconds2004(data.session_time),
    /** The same rule as in 1.2, unless the package keeps the say to itself: SCORM 2004 4th Edition SN, 4.7. */
    settle(data, item) {
      const isOpen = (data.completion_status || "unknown") === "unknown";
      if (isOpen && !item.completion_set_by_content && data.exit !== "suspend") data.completion_status = "completed";
    },
    result(data) {
      const [raw, min, max, scaled] = ["raw", "min", "max", "scaled"].map((name) => numberOrNull(data.score?.[name]));
      const [completion, success] = [data.completion_status || "unknown", data.success_status || "unknown"];
      return { completion, success, raw, min, max, scaled };
    },
  },
};

function seconds12(text) {
  const found = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text || "");
  return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : 0;
}

function seconds2004(text) {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text || "");
  const [days, hours, minutes, rest] = found ? found.slice(1).map((part) => Number(part || 0)) : [0, 0, 0, 0];
  return days * 86400 + hours * 3600 + minutes * 60 + rest;
}

/** Nothing, or a tree without empty leaves and with texts alone, as the run-time loads it. */
function filled(tree) {
  if (tree === null || typeof tree !== "object") return tree === "" || tree == null ? undefined : String(tree);
  const entries = Object.entries(tree)
    .map(([name, value]) => [name, filled(value)])
    .filter(([, value]) => value !== undefined);
  return entries.length ? Object.fromEntries(entries) : undefined;
}

/** One visit to one part: its run-time, what it stored, and when to pass that on. */
class Visit {
  #item; #bridge; #dialect; #runtime; #frame = null;
  #before; #timer = 0; #flushed = 0; #started = 0; #stopped = 0; #wants = "";
  #isRunning = false; #hasEnded = false; #sentState = ""; #sentResult = "";

  /** kept: {cmi, seconds, exit, ended} of the last visit, or undefined. */
  constructor(item, kept, library, bridge) {
    this.#item = item;
    this.#bridge = bridge;
    this.#dialect = DIALECTS[given.standard];
    this.#before = kept?.seconds || 0;
    this.#runtime = this.#dialect.make(library);
    const cmi = kept?.cmi || {};
    const goesOn = kept && (kept.exit === "suspend" || !kept.ended || this.#dialect.bookmark(cmi));
    const entry = kept ? (goesOn ? "resume" : "") : "ab-initio";
    this.#runtime.loadFromJSON({ cmi: filled(this.#dialect.starting(item, cmi, entry, this.#before)) });
    this.#sayWhatMayFollow();
    const calls = this.#dialect.calls;
    // Parts get these functions and not the run-time itself, whose data they could otherwise change past its rules.
    window[this.#dialect.global] = Object.freeze(
      Object.fromEntries(calls.map((name) => [name, (...values) => this.#called(name, values)])),
    );
  }

  /** Show the page of the part. */
  open(withFocus) {
    const frame = document.createElement("iframe");
    frame.title = this.#item.title;
    frame.allow = "fullscreen; autoplay";
    frame.addEventListener("load", () => this.#loaded());
    frame.src = stage.dataset.root + this.#item.href;
    this.#frame = frame;
    stage.replaceChildren(frame);
    if (withFocus) frame.focus();
  }

  /** Take the page away. Its own farewell still reaches this visit; without one, the visit counts as broken off. */
  close() {
    this.#frame?.remove();
    this.flush();
    clearTimeout(this.#timer);
    delete window[this.#dialect.global];
  }

  /** Pass on what the part stored since the last time, and its result if that changed. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#flushed = Date.now();
    if (!this.#isRunning && !this.#hasEnded) return;
    const cmi = this.#data();
    const session = this.#session(cmi);
    this.#sendResult({ ...this.#dialect.result(cmi), seconds: session });
    const facts = JSON.stringify([cmi, this.#hasEnded]);
    if (facts === this.#sentState) return;
    const exit = this.#hasEnded ? this.#dialect.exit(cmi) : "";
    const data = { v: 1, cmi, seconds: this.#before + session, exit, ended: this.#hasEnded };
    // A record of each answer is for reports; the place to go on from is what may not be lost.
    for (const spare of ["interactions", "comments_from_learner", "comments"]) {
      if (size(data) > MOST_STATE) delete data.cmi[spare];
    }
    if (size(data) > MOST_STATE) {
      this.#bridge.send("trouble", { item: this.#item.id, code: "state_too_long" });
    } else {
      this.#bridge.keep(this.#item.id, data);
    }
    this.#sentState = facts;
  }

  /** A part calls one of the functions: the run-time answers, and what was said is noted. */
  #called(name, values) {
    const [initialize, terminate, , setValue, commit] = this.#dialect.calls;
    let answer;
    try {
      answer = this.#runtime[name](...values);
    } catch {
      answer = "false";
    }
    if (answer !== "true") return answer;
    if (name === initialize) {
      this.#isRunning = true;
      this.#started = Date.now();
    } else if (name === setValue) {
      if (values[0] === "adl.nav.request") this.#wants = String(values[1]);
      this.#later(PAUSE);
    } else if (name === commit) {
      this.#soon();
    } else if (name === terminate) {
      this.#end();
    }
    return answer;
  }

  #data() {
    const { cmi } = JSON.parse(JSON.stringify(this.#runtime.renderCMIToJSONObject()));
    const data = filled(cmi) || {};
    if (this.#hasEnded) this.#dialect.settle(data, this.#item);
    return data;
  }

  /** How long this visit lasts, in seconds: as the part says, else by the clock. */
  #session(cmi) {
    if (!this.#started) return 0;
    const said = this.#dialect.session(cmi);
    return Math.round(said > 0 ? said : ((this.#stopped || Date.now()) - this.#started) / 1000);
  }

  #soon() {
    const left = this.#flushed + LEAST_PAUSE - Date.now();
    if (left <= 0) this.flush();
    else this.#later(left, true);
  }

  #later(pause, isSooner = false) {
    if (this.#timer && !isSooner) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
  }

  #end() {
    this.#isRunning = false;
    this.#hasEnded = true;
    this.#stopped = Date.now();
    this.flush();
    this.#bridge.send("exit", { item: this.#item.id, wants: this.#next() });
  }

  #sendResult(result) {
    const { seconds, ...facts } = result;
    const text = JSON.stringify([facts, this.#hasEnded && seconds]);
    if (text === this.#sentResult) return;
    this.#sentResult = text;
    this.#bridge.send("result", { item: this.#item.id, ...result });
  }

  /** The part that this one asked to go to, or null. */
  #next() {
    const step = { continue: 1, previous: -1 }[this.#wants];
    if (step) return this.#neighbour(step);
    const named = /^\{target=(.+)\}(?:choice|jump)$/.exec(this.#wants);
    return named && items.has(named[1]) ? named[1] : null;
  }

  #neighbour(step) {
    const ids = [...items.keys()];
    return ids[ids.indexOf(this.#item.id) + step] ?? null;
  }

  #sayWhatMayFollow() {
    const may = this.#runtime.adl?.nav?.request_valid;
    if (!may) return;
    may.continue = this.#neighbour(1) ? "true" : "false";
    may.previous = this.#neighbour(-1) ? "true" : "false";
  }

  #loaded() {
    this.#measure();
    setTimeout(() => this.#measure(), 1000);
    // A page that reports nothing is done once it was opened.
    if (!this.#item.is_sco && !this.#isRunning && !this.#hasEnded) {
      this.#sendResult({ ...NO_SCORE, completion: "completed", success: "unknown", seconds: 0 });
    }
  }

  /** Ask for the height of a page longer than its frame. Measured at loading alone: layouts follow the frame. */
  #measure() {
    let height = 0;
    try {
      height = this.#frame?.contentDocument?.documentElement.scrollHeight || 0;
    } catch {
      // It went elsewhere.
    }
    if (height > window.innerHeight) this.#bridge.send("resize", { height: Math.min(height, MOST_HEIGHT) });
  }
}

const NO_SCORE = { raw: null, min: null, max: null, scaled: null };
const size = (data) => new TextEncoder().encode(JSON.stringify(data)).length;

/** The port to the lesson page, and what was stored so far. */
class Bridge {
  #port; #kept; #seq = 0;

  constructor(port, state) {
    this.#port = port;
    this.#kept = state;
  }

  send(type, data) {
    this.#port.postMessage({ v: 1, seq: ++this.#seq, type, data });
  }

  keep(id, data) {
    this.#kept[id] = data;
    this.send("state", { data_id: id, data });
  }

  kept(id) {
    return Object.hasOwn(this.#kept, id) ? this.#kept[id] : undefined;
  }
}

async function play(init, port) {
  const bridge = new Bridge(port, { ...init.state });
  let library;
  try {
    library = await import(given.library);
  } catch {
    bridge.send("trouble", { item: null, code: "runtime_missing" });
    return;
  }
  let visit = null;
  const open = (id, withFocus) => {
    visit?.close();
    visit = new Visit(items.get(id), bridge.kept(id), library, bridge);
    visit.open(withFocus);
  };
  port.onmessage = ({ data }) => {
    if (data?.type === "open" && items.has(data.item)) open(data.item, true);
  };
  // A telephone that turns to another program may never come back to this page.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") visit?.flush();
  });
  window.addEventListener("pagehide", () => visit?.flush());
  bridge.send("ready", {});
  open(items.has(init.item) ? init.item : given.first, false);
}

window.addEventListener("message", function begin(event) {
  const { data, source, ports } = event;
  const isInit = source === lesson && data?.type === "package-bridge-init" && data.v === 1 && ports[0];
  if (!isInit || (given.lesson_origin && event.origin !== given.lesson_origin)) return;
  window.removeEventListener("message", begin);
  play(data, ports[0]);
});
