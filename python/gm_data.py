"""What the game master's implementations share: lines, tones, levels and ladders, as JSON beside the arcade's sources."""

import json
import unicodedata
from pathlib import Path

SERVER = Path(__file__).resolve().parent.parent / "server"
MOMENTS = ("arrive", "before_fight", "after_win", "after_loss", "choice", "rest", "continue", "ending")
TONES = ("talk", "negotiate", "threaten", "move", "inspect", "prepare")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


LINES = read(SERVER / "gm" / "lines.json")
ANNOUNCER_LINES = [line for line in LINES if line["speaker"] == "announcer"]
# Answers to a tone: of anybody, whatever was chosen.
REPLIES = {
    tone: [
        {key: value for key, value in line.items() if key != "choice"}
        for line in LINES
        if line["speaker"] == "npc" and line["choice"] == tone
    ]
    for tone in TONES
}
TONE_DATA = read(SERVER / "gm" / "tones.json")
LEVELS = read(SERVER / "gm" / "levels.json")


def read_ladders(folder):
    """Scenarios that are ladders, by id and by title."""
    ladders = {}
    for path in sorted(folder.glob("*.json")):
        scenario = read(path)
        if scenario.get("metadata", {}).get("ladder"):
            ladders.setdefault(scenario.get("scenario_id") or scenario["title"], scenario)
            ladders.setdefault(scenario["title"], scenario)
    return ladders


def each_once(ladders):
    return list({id(scenario): scenario for scenario in ladders.values()}.values())


def people_of(scenario, language):
    """Everybody of a scenario: id and name."""
    people = [(npc["scenario_npc_id"], npc) for npc in scenario.get("npcs", [])]
    people += [(enemy["scenario_enemy_id"], enemy) for enemy in scenario.get("enemies", [])]
    return [(key, (one.get("metadata", {}).get("name") or {}).get(language, one["name"])) for key, one in people]


def who_is_named(scenarios, text):
    words = text.lower()
    names = []
    for scenario in scenarios:
        english = people_of(scenario, "en")
        names += english + people_of(scenario, "ko") + [(key, key) for key, _ in english]
    found = [(key, name) for key, name in names if name.lower() in words]
    # Python's sort is stable, as JavaScript's is.
    found.sort(key=lambda one: -len(one[1].encode("utf-16-le")))
    return found[0][0] if found else None


def tone_of(text):
    words = text.lower()
    if words.strip() in TONES:
        return words.strip()
    for tone in TONE_DATA["order"]:
        if any(word in words for word in TONE_DATA["words"][tone]):
            return tone
    return "talk"


def language_of(text):
    return "ko" if any("HANGUL" in unicodedata.name(sign, "") for sign in text) else "en"


def one_line(text, most):
    """Somebody's words on one line, without what can't be seen, cut."""
    shown = "".join(" " if unicodedata.category(sign) in HIDDEN else sign for sign in text)
    line = " ".join(shown.split())
    return line[:most] + "…" if len(line) > most else line


def without_markup(text):
    return "".join(ENTITIES.get(sign, sign) for sign in text)
