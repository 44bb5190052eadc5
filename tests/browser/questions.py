"""One question of each kind, in English and Burmese, with the response that earns everything."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """content: as authored, where every text is (English, Burmese). right: what is chosen and typed to earn everything; in
    `typed` by the language that is read."""

    kind: str
    stem: tuple[str, str]
    content: dict[str, Any]
    right: list[str]
    typed: dict[str, list[str]] | None = None
    asks_certainty: bool = False

    @property
    def code(self) -> str:
        return f"C9-{self.kind.upper()}"


def in_language(content: Any, language: str) -> Any:
    """Content with each text in one language."""
    if isinstance(content, tuple):
        return content[language == "my"]
    if isinstance(content, dict):
        return {name: in_language(part, language) for name, part in content.items()}
    if isinstance(content, list):
        return [in_language(part, language) for part in content]
    return content


SEE = ("Look at what you wrote down.", "သင် ရေးမှတ်ထားသည်ကို ပြန်ကြည့်ပါ။")
RIGHT = ("The person comes first, the paper afterwards.", "လူက ပထမ၊ စာရွက်စာတမ်းက နောက်မှ။")
WRONG = ("That can wait; the person cannot.", "ထိုအရာက စောင့်နိုင်သည်။ လူက မစောင့်နိုင်ပါ။")


def _option(id: str, english: str, burmese: str, *, correct: bool = False) -> dict[str, Any]:
    return {"id": id, "text": (english, burmese), "correct": correct, "rationale": RIGHT if correct else WRONG}


def _part(id: str, english: str, burmese: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "text": (english, burmese), "rationale": RIGHT, **more}


def _step(id: str, english: str, burmese: str, next: str = "", **effects: Any) -> dict[str, Any]:
    plain = {"trust": 0, "information": 0, "harm": 0, "critical": False}
    reason = RIGHT if effects.get("trust", 0) > 0 or effects.get("information", 0) > 1 else WRONG
    return {"id": id, "text": (english, burmese), **plain, **effects, "next": next, "rationale": reason}


ROOM = {
    "drawing": "m04-room",
    "alt": (
        "A small room seen from above: a table, two chairs, an interpreter, a door and a bench outside.",
        "အပေါ်မှ မြင်ရသော အခန်းငယ်။ စားပွဲတစ်လုံး၊ ကုလားထိုင်နှစ်လုံး၊ စကားပြန်၊ တံခါးနှင့် အပြင်ဘက်မှ ခုံတန်း။",
    ),
    "caption": ("The interview room", "တွေ့ဆုံမေးမြန်းရေး အခန်း"),
}

PLACES = {
    "person": ("17,30 34,30 34,45 17,45", "The chair on the left of the table", "စားပွဲ၏ ဘယ်ဘက် ကုလားထိုင်"),
    "officer": ("41,45 55,45 55,59 41,59", "The chair below the table", "စားပွဲ၏ အောက်ဘက် ကုလားထိုင်"),
    "third": ("41,7 56,7 56,22 41,22", "The chair above the table", "စားပွဲ၏ အပေါ်ဘက် ကုလားထိုင်"),
    "way": ("17,47 34,47 34,72 17,72", "The floor between chair and door", "ကုလားထိုင်နှင့် တံခါးကြား ကြမ်းပြင်"),
    "bench": ("2,84 33,84 33,97 2,97", "The bench outside", "အပြင်ဘက်မှ ခုံတန်း"),
}


def _place(id: str, **more: Any) -> dict[str, Any]:
    points, english, burmese = PLACES[id]
    return {"id": id, "points": points, "text": (english, burmese), "rationale": RIGHT, **more}


QUESTIONS = [
    Question(
        "single",
        (
            "A woman waits at your counter and looks ill. What do you do first?",
            "အမျိုးသမီးတစ်ဦးသည် သင့်ကောင်တာတွင် စောင့်နေပြီး နေမကောင်းပုံ ရသည်။ ပထမဆုံး ဘာလုပ်မလဲ။",
        ),
        {
            "options": [
                _option("a", "Ask whether she needs help", "အကူအညီ လို၊ မလို မေးသည်", correct=True),
                _option("b", "Ask for her passport", "နိုင်ငံကူးလက်မှတ် တောင်းသည်"),
                _option("c", "Ask her to wait outside", "အပြင်မှာ စောင့်ခိုင်းသည်"),
            ]
        },
        ["a"],
        asks_certainty=True,
    ),
    Question(
        "multiple",
        ("What may you write in the note?", "မှတ်စုတွင် မည်သည်တို့ကို ရေးနိုင်သလဲ။"),
        {
            "options": [
                _option("a", "What you saw, with the time", "သင် မြင်ခဲ့သည်ကို အချိန်နှင့်တကွ", correct=True),
                _option("b", "What she told you, in her words", "သူပြောသည်ကို သူ့စကားလုံးများဖြင့်", correct=True),
                _option("c", "What a colleague guessed", "လုပ်ဖော်ကိုင်ဖက်တစ်ဦး ခန့်မှန်းသည်ကို"),
                _option("d", "Her place of shelter, for the chat group", "သူ ခိုလှုံရာနေရာကို စကားပြောအဖွဲ့အတွက်"),
            ]
        },
        ["a", "b"],
    ),
    Question(
        "truefalse",
        (
            "A smuggled person may also need protection.",
            "တရားမဝင် ခိုးသွင်းခံရသူတစ်ဦးသည် အကာအကွယ်လည်း လိုနိုင်သည်။",
        ),
        {"options": [_option("true", "True", "မှန်သည်", correct=True), _option("false", "False", "မှားသည်")]},
        ["true"],
    ),
    Question(
        "reasoned",
        ("Judge the statement, then give the reason.", "အဆိုကို ဆုံးဖြတ်ပြီး အကြောင်းပြချက် ပေးပါ။"),
        {
            "text": (
                "A child of fifteen who says “I wanted to come” cannot be trafficked.",
                "“ကျွန်တော် လာချင်လို့ လာတာပါ” ဟု ဆိုသော အသက် ၁၅ နှစ် ကလေးသည် လူကုန်ကူးခံရသူ မဖြစ်နိုင်ပါ။",
            ),
            "correct": False,
            "reasons": [
                _option("a", "A child cannot consent to it", "ကလေးသည် ထိုသို့ သဘောတူ၍ မရ", correct=True),
                _option("b", "Whoever agrees is a migrant", "သဘောတူသူသည် ရွှေ့ပြောင်းသူ ဖြစ်သည်"),
                _option("c", "Only girls are trafficked", "မိန်းကလေးများသာ လူကုန်ကူးခံရသည်"),
            ],
        },
        ["false", "a"],
    ),
    Question(
        "matching",
        ("What does each do for the person?", "တစ်ခုစီသည် ထိုသူအတွက် ဘာကို လုပ်ပေးသလဲ။"),
        {
            "lefts": [
                _part("a", "Water and a chair", "ရေနှင့် ထိုင်စရာ", match="x"),
                _part("b", "An interpreter on the telephone", "ဖုန်းဖြင့် စကားပြန်", match="y"),
                _part("c", "A quiet corner", "တိတ်ဆိတ်သော ထောင့်", match="z"),
            ],
            "rights": [
                {"id": "x", "text": ("Rest", "အနားရသည်")},
                {"id": "y", "text": ("Being understood", "နားလည်ခံရသည်")},
                {"id": "z", "text": ("Privacy", "ကိုယ်ရေးကိုယ်တာ လုံခြုံသည်")},
                {"id": "w", "text": ("A decision", "ဆုံးဖြတ်ချက် ရသည်")},
            ],
        },
        ["a:x", "b:y", "c:z"],
    ),
    Question(
        "ordering",
        ("Put the first two minutes in order.", "ပထမ နှစ်မိနစ်ကို အစီအစဉ်တကျ ထားပါ။"),
        {
            "parts": [
                _part("a", "Greet her and say who you are", "နှုတ်ဆက်ပြီး သင် မည်သူဖြစ်ကြောင်း ပြောသည်"),
                _part("b", "Ask whether she is ill or hurt", "နာမကျန်းဖြစ်ခြင်း၊ ထိခိုက်ခြင်း ရှိ၊ မရှိ မေးသည်"),
                _part("c", "Tell her what happens next", "နောက်ထပ် ဘာဖြစ်မည်ကို ပြောပြသည်"),
                _part("d", "Ask for her papers", "စာရွက်စာတမ်း တောင်းသည်"),
            ],
            "critical": [],
            "cap": 50,
            "free": [],
        },
        ["a:1", "b:2", "c:3", "d:4"],
    ),
    Question(
        "specimen",
        ("Look at this document. Does the traveller go on?", "ဤစာရွက်စာတမ်းကို ကြည့်ပါ။ ခရီးသည် ဆက်သွားနိုင်သလား။"),
        {"document": "passport", "seed": 4417, "faults": [{"kind": "A29", "severity": 3}], "variations": ""},
        ["answer:6", "family:mrz", "page:MRZ2"],
    ),
    Question(
        "numeric",
        ("How many minutes is two hours and a quarter?", "၂ နာရီ ၁၅ မိနစ်သည် မိနစ် မည်မျှနည်း။"),
        {
            "values": [
                {"id": "a", "value": "135", "tolerance": "0", "points": 100, "rationale": RIGHT},
                {"id": "b", "value": "215", "tolerance": "0", "points": 0, "rationale": WRONG},
            ],
            "unit": ("minutes", "မိနစ်"),
        },
        [],
        {"my": ["၁၃၅"], "en": ["135"]},
    ),
    Question(
        "cloze",
        ("Complete the note.", "မှတ်စုကို ဖြည့်ပါ။"),
        {
            "text": (
                "First [[1]] is asked, then the note is written.\n\nIt is kept in a locked [[2]].",
                "ပထမ [[1]] ကို မေးပြီးမှ မှတ်စု ရေးသည်။\n\nသော့ခတ်ထားသော [[2]] တွင် သိမ်းသည်။",
            ),
            "gaps": [
                {
                    "id": "1",
                    "options": [
                        {"id": "x", "text": ("what she needs", "သူ လိုအပ်သည်"), "correct": True},
                        {"id": "y", "text": ("who paid", "ငွေပေးသူ"), "correct": False},
                    ],
                    "text": "",
                    "rationale": RIGHT,
                },
                {"id": "2", "options": [], "text": ("drawer", "အံဆွဲ"), "rationale": RIGHT},
            ],
        },
        ["1:x"],
        {"my": ["အံဆွဲ"], "en": ["drawer"]},
    ),
    Question(
        "shorttext",
        (
            "What is it called when a person is traded for profit?",
            "အကျိုးအမြတ်အတွက် လူကို ရောင်းဝယ်ခြင်းကို မည်သို့ ခေါ်သလဲ။",
        ),
        {
            "answers": [
                {
                    "id": "a",
                    "text": ("human trafficking", "လူကုန်ကူးမှု"),
                    "points": 100,
                    "rationale": RIGHT,
                },
                {"id": "b", "text": ("smuggling", "လူမှောင်ခိုမှု"), "points": 25, "rationale": SEE},
            ]
        },
        [],
        {"my": ["လူကုန်ကူးမှု"], "en": ["human trafficking"]},
    ),
    Question(
        "scenario",
        ("Talk with the woman who waits.", "စောင့်နေသော အမျိုးသမီးနှင့် စကားပြောပါ။"),
        {
            "start": "door",
            "best": 5,
            "harm_limit": 2,
            "nodes": [
                {
                    "id": "door",
                    "says": (
                        "She stands at the door and holds her bag with both hands.",
                        "သူသည် တံခါးဝတွင် ရပ်နေပြီး အိတ်ကို လက်နှစ်ဖက်ဖြင့် ကိုင်ထားသည်။",
                    ),
                    "choices": [
                        _step("greet", "“Please sit down. My name is M.”", "“ထိုင်ပါ။ ကျွန်တော့်နာမည် မ… ပါ။”", "seat", trust=2),
                        _step("shout", "“Your papers! Quickly!”", "“စာရွက်စာတမ်း ပြ။ မြန်မြန်။”", "seat", trust=-1, harm=1),
                        _step("seize", "You take the bag from her.", "အိတ်ကို သူ့လက်ထဲမှ ယူသည်။", "seat", trust=-3, critical=True),
                    ],
                },
                {
                    "id": "seat",
                    "says": (
                        "She sits down. “I have to be there tonight,” she says. “He waits for me.”",
                        "သူ ထိုင်သည်။ “ကျွန်မ ဒီည ရောက်ရမယ်” ဟု ပြောသည်။ “သူ စောင့်နေတယ်။”",
                    ),
                    "choices": [
                        _step("ask", "“Who waits for you? Take your time.”", "“ဘယ်သူ စောင့်နေတာလဲ။ ဖြည်းဖြည်း ပြောပါ။”", information=3),
                        _step("leave", "“That is no business of ours.”", "“ဒါက ကျွန်တော်တို့ အလုပ် မဟုတ်ဘူး။”", trust=-1),
                    ],
                },
            ],
        },
        ["door:greet", "seat:ask"],
    ),
    Question(
        "hotspot",
        ("Where must nobody put a chair or stand?", "မည်သည့်နေရာတွင် ကုလားထိုင် မထား၊ မရပ်ရသလဲ။"),
        ROOM
        | {
            "labels": [
                ("The person", "တွေ့ဆုံသူ"),
                ("Officer", "အရာရှိ"),
                ("Interpreter", "စကားပြန်"),
                ("eyes meet here", "မျက်လုံးချင်း ဆုံရာ"),
                ("the door", "တံခါး"),
                ("Companion", "အဖော်"),
                ("on the bench", "ခုံတန်းပေါ်"),
            ],
            "several": False,
            "regions": [_place("person", correct=False), _place("officer", correct=False), _place("way", correct=True), _place("bench", correct=False)],
        },
        ["way"],
    ),
    Question(
        "labels",
        ("Who sits where?", "မည်သူ မည်သည့်နေရာတွင် ထိုင်သလဲ။"),
        ROOM
        | {
            "labels": ["?", "?", "?", "…", "…", "?", "…"],
            "regions": [_place("person"), _place("officer"), _place("third"), _place("bench")],
            "choices": [
                {"id": "a", "text": ("The person", "တွေ့ဆုံသူ"), "region": "person"},
                {"id": "b", "text": ("Officer", "အရာရှိ"), "region": "officer"},
                {"id": "c", "text": ("Interpreter", "စကားပြန်"), "region": "third"},
                {"id": "d", "text": ("Companion", "အဖော်"), "region": "bench"},
                {"id": "e", "text": ("The driver who brought her here", "သူ့ကို ခေါ်လာသော ယာဉ်မောင်း"), "region": ""},
            ],
        },
        ["person:a", "officer:b", "third:c", "bench:d"],
    ),
    Question(
        "marks",
        ("Which words judge her?", "မည်သည့် စကားလုံးများသည် သူ့ကို အပြစ်တင်ရာ ရောက်သလဲ။"),
        {
            "text": (
                "At nine [[a|the illegal woman]] came to the counter. She [[b|asked for water]] and then [[c|admitted her guilt]].\n\nShe was given [[d|a chair]].",
                "ကိုးနာရီတွင် [[a|တရားမဝင် အမျိုးသမီး]] ကောင်တာသို့ ရောက်လာသည်။ သူသည် [[b|ရေတောင်းပြီး]] ထို့နောက် [[c|အပြစ်ကို ဝန်ခံသည်]]။\n\nသူ့အား [[d|ထိုင်စရာ]] ပေးခဲ့သည်။",
            ),
            "parts": [
                {"id": "a", "wrong": True, "rationale": ("No person is illegal.", "မည်သူမျှ တရားမဝင်သူ မဟုတ်ပါ။")},
                {"id": "b", "wrong": False, "rationale": ("This is what happened.", "ဤသည်မှာ ဖြစ်ခဲ့သည့်အတိုင်း ဖြစ်သည်။")},
                {"id": "c", "wrong": True, "rationale": ("Guilt is not for the note.", "အပြစ်ဆုံးဖြတ်ခြင်းသည် မှတ်စု၏ အလုပ် မဟုတ်ပါ။")},
                {"id": "d", "wrong": False, "rationale": ("This is what happened.", "ဤသည်မှာ ဖြစ်ခဲ့သည့်အတိုင်း ဖြစ်သည်။")},
            ],
        },
        ["a", "c"],
    ),
]  # fmt: skip
BY_KIND = {one.kind: one for one in QUESTIONS}

_RUBRIC: dict[str, Any] = {
    "criteria": [
        {
            "id": "safe",
            "text": ("The person is kept safe", "လူ၏ ဘေးကင်းရေးကို ဦးစားပေးသည်"),
            "levels": [
                {"id": "a", "points": 0, "text": ("Nothing is done", "ဘာမျှ မလုပ်ပါ")},
                {"id": "b", "points": 1, "text": ("They are taken aside", "သီးသန့်နေရာသို့ ခေါ်သွားသည်")},
                {"id": "c", "points": 2, "text": ("They are taken aside and asked what they need", "သီးသန့်ခေါ်ပြီး လိုအပ်ချက်ကို မေးသည်")},
            ],
        },
        {
            "id": "clear",
            "text": ("A colleague could act on it", "လုပ်ဖော်ကိုင်ဖက်က ဆက်လုပ်နိုင်သည်"),
            "levels": [{"id": "a", "points": 0, "text": ("No", "မဖြစ်နိုင်ပါ")}, {"id": "b", "points": 2, "text": ("Yes", "ဖြစ်နိုင်သည်")}],
        },
    ],
    "guidance": ("Do not mark spelling.", "စာလုံးပေါင်းကို အမှတ်မလျှော့ပါနှင့်။"),
    "model": ("I take her aside and ask what she needs.", "သူ့ကို သီးသန့်ခေါ်ပြီး လိုအပ်တာကို မေးပါမည်။"),
    "is_double": False,
    "tolerance": 20,
}  # fmt: skip
MARKED = [
    Question("written", ("What do you do first?", "ပထမဆုံး သင် ဘာလုပ်မလဲ။"), _RUBRIC | {"longest": 600}, []),
    Question("pictures", ("Photograph your notes.", "သင့်မှတ်စုကို ဓာတ်ပုံရိုက်ပါ။"), _RUBRIC | {"most": 2}, []),
]
