"""What the routes of the game master do. All that is remembered is bounded, and may be gone at any moment."""

from collections import OrderedDict

from gm_context import read_context
from gm_data import (
    ANNOUNCER_LINES,
    LEVELS,
    REPLIES,
    TONE_DATA,
    TONES,
    each_once,
    language_of,
    one_line,
    people_of,
    tone_of,
    who_is_named,
    without_markup,
)
from gm_director import clamped, direct
from gm_storylets import say_line

MOST_SESSIONS, MOST_SAID, MOST_DEEDS, MOST_TOLD = 1_000, 100, 40, 500
ASKED_FOR = {"source": "director", "is_pending": False}
DID = {
    "en": ["talked", "bargained", "threatened", "moved on", "looked closely", "prepared"],
    "ko": ["대화", "흥정", "협박", "이동", "살펴보기", "준비"],
}


class Session:
    def __init__(self):
        self.said, self.deeds, self.turns = [], [], 0
        self.scenario = self.language = None

    def note_said(self, line):
        self.said = ([one for one in self.said if one != line["id"]] + [line["id"]])[-MOST_SAID:]

    def note_deed(self, deed):
        self.deeds = (self.deeds + [deed])[-MOST_DEEDS:]
        self.turns += 1


class Game:
    def __init__(self, ladders):
        self.ladders = ladders
        self.sessions = OrderedDict()

    def session(self, session_id):
        session = self.sessions.setdefault(session_id, Session())
        self.sessions.move_to_end(session_id)
        if len(self.sessions) > MOST_SESSIONS:
            self.sessions.popitem(last=False)
        return session

    def ladder(self, known, session):
        return self.ladders.get(session.scenario if known["scenario"] is None else known["scenario"])

    def narrate(self, session_id, context, prompt_type):
        is_opponent = prompt_type == "opponent"
        if is_opponent:
            context = {"moment": "before_fight"} | context
        known, session = read_context(context, prompt_type), self.session(session_id)
        line = say_line(known, session_id, session.said, lines_of(self.ladder(known, session)), ANNOUNCER_LINES)
        if not is_opponent:
            if known["scenario"] is not None:
                session.scenario = known["scenario"]
            session.language = known["language"]
            session.note_said(line)
        told = {
            "session_id": session_id,
            "prompt_type": prompt_type,
            "narrative": line["text"][known["language"]],
            "speaker": line["speaker"],
            "line_id": line["id"],
            "effects": line.get("effects", []),
        } | ASKED_FOR
        if is_opponent or known["next_fight"] or known["fights"]:
            told["direction"] = direct(LEVELS, known)
        return told

    def answer(self, session_id, npc_id, player_action, context):
        known, session = read_context(context, "choice"), self.session(session_id)
        ladder = self.ladder(known, session)
        choice = choice_of(ladder, known["place"], player_action)
        tone = choice["tone"] if choice else tone_of(player_action)
        if choice:
            known["choice"] = choice["id"]
        line = say_line(known, session_id, session.said, lines_of(ladder), REPLIES[tone], npc_id)
        session.note_said(line)
        own = [effect["change"] for effect in line.get("effects", []) if effect.get("affinity") == npc_id]
        return {
            "session_id": session_id,
            "npc_id": npc_id,
            "tone": tone,
            "response": line["text"][known["language"]],
            "affinity_change": clamped(sum(own) if own else TONE_DATA["affinity"][tone], -10, 10),
            "line_id": line["id"],
        } | ASKED_FOR

    def speak(self, session_id, known, others, npc=None):
        session = self.session(session_id)
        lines = lines_of(self.ladders.get(session.scenario)) if npc else []
        line = say_line(known, session_id, session.said, lines, others, npc)
        session.note_said(line)
        words = line["text"][known["language"]]
        return {"type": "dialogue" if npc else "narration", "role": npc or "announcer", "content": words}

    def take_turn(self, session_id, content):
        language, tone, session = language_of(content), tone_of(content), self.session(session_id)
        ladder = self.ladders.get(session.scenario)
        addressed = who_is_named([ladder] if ladder else each_once(self.ladders), content)
        known = read_context({"language": language, "choice": tone}, "choice")
        action = without_markup(one_line(content, MOST_TOLD))
        segments = [
            {"type": "action", "role": "player", "content": action},
            self.speak(session_id, known, ANNOUNCER_LINES),
        ]
        if addressed is not None:
            segments.append(self.speak(session_id, known, REPLIES[tone], addressed))
        session.language = language
        return self.turn(session_id, segments, "player", None, (tone, addressed, False))

    def take_npc_turn(self, session_id):
        session = self.session(session_id)
        language = session.language or "en"
        last = next((deed for deed in reversed(session.deeds) if deed["addressed"] is not None), None)
        npcs = (self.ladders.get(session.scenario) or {}).get("npcs", [])
        npc = last["addressed"] if last else npcs[0]["scenario_npc_id"] if npcs else None
        tone = last["tone"] if last else "talk"
        known = read_context({"language": language, "choice": tone}, "choice")
        said = self.speak(session_id, known, REPLIES[tone] if npc else ANNOUNCER_LINES, npc)
        people = [person for one in each_once(self.ladders) for person in people_of(one, language)]
        name = next((name for key, name in people if key == npc), None)
        return self.turn(session_id, [said], npc or "announcer", name, (tone, npc, True))

    def turn(self, session_id, segments, active, name, deed):
        session, (tone, addressed, is_npc_turn) = self.session(session_id), deed
        made = {
            "turn_id": f"{session_id}:{session.turns + 1}",
            "commit_id": None,
            "active_entity_id": active,
            "active_entity_name": name,
            "is_npc_turn": is_npc_turn,
            "current_act_id": None,
            "current_sequence_id": None,
            "session_status": "active",
            "is_session_ended": False,
            "narrative": " ".join(one["content"] for one in segments if one["type"] != "action"),
            "segments": segments,
            "transition": None,
            "npc_turn": None,
            "npc_turns": [],
        }
        session.note_deed({"turn": made, "tone": tone, "addressed": addressed, "is_npc_turn": is_npc_turn})
        return made

    def summary(self, session_id):
        session = self.session(session_id)
        is_korean = session.language == "ko"
        if not session.deeds:
            return "아직 아무 일도 없었다." if is_korean else "Nothing has happened yet."
        own = [deed["tone"] for deed in session.deeds if not deed["is_npc_turn"]]
        counts = [(n, own.count(tone)) for n, tone in enumerate(TONES) if tone in own]
        people = list(dict.fromkeys(deed["addressed"] for deed in session.deeds if deed["addressed"] is not None))
        last = session.deeds[-1]["turn"]["segments"][-1]["content"]
        if is_korean:
            did = [f"{DID['ko'][n]} {count}번" for n, count in counts]
            told = [f"지금까지 {session.turns}턴이 지났다."]
            told += [f"플레이어의 행동: {', '.join(did)}."] if did else []
            told += [f"말을 건 상대: {', '.join(people)}."] if people else []
            return " ".join([*told, f"마지막 말: “{last}”"])
        did = [f"{DID['en'][n]} {'once' if count == 1 else f'{count} times'}" for n, count in counts]
        told = [f"{session.turns} {'turn' if session.turns == 1 else 'turns'} so far."]
        told += [f"The player {', '.join(did)}."] if did else []
        told += [f"Spoken to: {', '.join(people)}."] if people else []
        return " ".join([*told, f"The last words were: “{last}”"])


def lines_of(scenario):
    return scenario["metadata"]["ladder"].get("lines", []) if scenario else []


def choice_of(scenario, place, name):
    """A choice of a scenario: of the place first."""
    sequences = scenario.get("sequences", []) if scenario else []
    for one in [one for one in sequences if one["id"] == place] + sequences:
        for choice in (one.get("metadata", {}).get("step") or {}).get("choices", []):
            if choice["id"] == name:
                return choice
    return None
