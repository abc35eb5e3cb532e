"""What is known of a moment: our own context, or the State Manager's snapshot. What is not as it should be is left out."""

from gm_data import MOMENTS, language_of

PHASES = {"exploration": "arrive", "dialogue": "choice", "combat": "before_fight", "rest": "rest"}
RESULTS = {"after_win": "won", "after_loss": "lost"}


def is_text(value, most=200):
    return isinstance(value, str) and len(value) <= most


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def texts(most):
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(is_text, value))


def is_fight(fight):
    needed = ("level", "health_left", "opponent_health_left", "seconds")
    return (
        isinstance(fight, dict)
        and isinstance(fight.get("won"), bool)
        and all(is_number(fight.get(key)) for key in needed)
        and all(is_number(fight[key]) for key in ("peak", "mean") if key in fight)
        and ("opponent" not in fight or is_text(fight["opponent"]))
    )


def is_next_fight(value):
    return (
        isinstance(value, dict)
        and is_number(value.get("level"))
        and is_number(value.get("sway"))
        and ("opponents" not in value or texts(20)(value["opponents"]))
    )


FIELDS = {
    "scenario": is_text,
    "language": lambda value: value in ("en", "ko"),
    "moment": lambda value: value in MOMENTS,
    "sequence_id": is_text,
    "choice": is_text,
    "opponent": is_text,
    "line_id": is_text,
    "flags": texts(200),
    "affinities": lambda value: isinstance(value, dict) and all(map(is_number, value.values())),
    "items": texts(200),
    "departed": texts(200),
    "said": texts(500),
    "stamina": is_number,
    "losses": is_number,
    "result": lambda value: value in ("won", "lost"),
    "health_left": is_number,
    "fights": lambda value: isinstance(value, list) and len(value) <= 100 and all(map(is_fight, value)),
    "next_fight": is_next_fight,
    "seconds_since_peak": is_number,
}


def fields_of(value, **kinds):
    """Of an object those fields that are of their kind; ids may be numbers."""
    if not isinstance(value, dict):
        return None
    read = {}
    for name, kind in kinds.items():
        given = value.get(name)
        if kind == "id" and is_number(given):
            given = str(given)
        fine = {
            "id": is_text(given) and given != "",
            "text": is_text(given) and given != "",
            "number": is_number(given),
            "flag": isinstance(given, bool),
        }[kind]
        read[name] = given if fine else None
    return read


def list_of(value, **kinds):
    entries = value[:200] if isinstance(value, list) else []
    return [read for entry in entries if (read := fields_of(entry, **kinds)) is not None]


def read_snapshot(context):
    run = fields_of(context.get("session"), scenario_id="text", current_sequence_id="text", current_phase="text") or {}
    whole = fields_of(context, current_phase="text")
    ids = ("scenario_npc_id", "scenario_enemy_id", "npc_id", "enemy_id", "enemy_instance_id")
    kinds = dict.fromkeys(ids, "id") | {"name": "text", "is_departed": "flag", "is_defeated": "flag"}
    npcs = list_of(context.get("npcs"), **kinds)
    people = npcs + list_of(context.get("enemies"), **kinds)
    for one in people:
        one["known"] = next((one[key] for key in ids if one[key] is not None), None)
    scenario_ids = {one["npc_id"]: one["known"] for one in people}
    items = list_of(context.get("inventory"), id="id", scenario_item_id="id", active="flag", quantity="number")
    relations = list_of(context.get("player_relations"), npc_id="id", affinity_score="number", affinity="number")
    affinities = {}
    for one in relations:
        score = one["affinity"] if one["affinity_score"] is None else one["affinity_score"]
        if one["npc_id"] is not None and score is not None:
            affinities[scenario_ids.get(one["npc_id"]) or one["npc_id"]] = score
    owned = [
        one["scenario_item_id"] or one["id"]
        for one in items
        if one["active"] is not False and (one["quantity"] is None or one["quantity"] > 0)
    ]
    return {
        "scenario": run.get("scenario_id"),
        "sequence_id": run.get("current_sequence_id"),
        "moment": PHASES.get(run.get("current_phase") or whole["current_phase"]),
        "opponent": next((one["known"] for one in people[len(npcs) :] if not one["is_defeated"]), None),
        "affinities": affinities,
        "items": [item for item in owned if item is not None],
        "stamina": (fields_of(context.get("player"), hp="number") or {}).get("hp"),
        "departed": [one["known"] for one in people if one["is_departed"] and one["known"] is not None],
        "names": {one["known"]: one["name"] for one in people if one["known"] is not None and one["name"]},
    }


def read_context(context, prompt_type):
    ours = {name: context[name] for name, fine in FIELDS.items() if name in context and fine(context[name])}
    theirs = read_snapshot(context)
    merged = {name: value for name, value in theirs.items() if value is not None} | ours
    moment = prompt_type if prompt_type in MOMENTS else merged.get("moment", "arrive")
    fights = ours.get("fights", [])
    last = fights[-1] if fights else None
    result = ours.get("result") or (last and ("won" if last["won"] else "lost")) or RESULTS.get(moment)
    lost = sum(not fight["won"] for fight in fights) if "fights" in ours else None
    return {
        "scenario": merged.get("scenario"),
        "language": ours.get("language") or language_of(" ".join(theirs["names"].values())),
        "moment": moment,
        "place": merged.get("sequence_id"),
        "choice": ours.get("choice"),
        "facts": {
            "flags": ours.get("flags", []),
            "affinities": merged["affinities"],
            "items": merged["items"],
            "stamina": merged.get("stamina"),
            "losses": ours.get("losses", lost),
            "result": result,
            "health_left": ours.get("health_left", last and last["health_left"]),
        },
        "departed": merged["departed"],
        "said": ours.get("said"),
        "fights": fights,
        "next_fight": ours.get("next_fight"),
        "seconds_since_peak": ours.get("seconds_since_peak"),
        "line_id": ours.get("line_id"),
    }
