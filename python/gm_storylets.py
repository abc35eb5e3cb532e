"""Which line is said: of those that fit and were not said yet the most specific, of equals by lot."""

import hashlib

from gm_data import ANNOUNCER_LINES


def is_within(bounds, value):
    if value is None:
        return False
    return bounds.get("least", float("-inf")) <= value <= bounds.get("most", float("inf"))


def holds(condition, facts):
    if "flag" in condition:
        return condition["flag"] in facts["flags"]
    if "noFlag" in condition:
        return condition["noFlag"] not in facts["flags"]
    if "affinity" in condition:
        return is_within(condition, facts["affinities"].get(condition["affinity"]))
    if "has" in condition:
        return condition["has"] in facts["items"]
    if "result" in condition:
        return facts["result"] == condition["result"]
    if "stamina" in condition:
        return is_within(condition["stamina"], facts["stamina"])
    if "losses" in condition:
        return is_within(condition["losses"], facts["losses"])
    return facts["result"] is not None and is_within(condition["healthLeft"], facts["health_left"])


def fits(line, at):
    return (
        line["moment"] == at["moment"]
        and at.get("speaker") in (None, line["speaker"])
        and line["speaker"] not in at["departed"]
        and ("where" not in line or at["place"] in line["where"])
        and ("choice" not in line or line["choice"] == at["choice"])
        and all(holds(condition, at["facts"]) for condition in line.get("if", []))
    )


def specificity(line):
    return len(line.get("if", [])) + ("where" in line) + ("choice" in line)


def lot(session_id, line_id):
    return hashlib.sha256(f"{session_id}\n{line_id}".encode("utf-8", "surrogatepass")).hexdigest()


def choose_line(lines, at, stand_ins=()):
    """
    The line for an occasion; where all that fit were said, one of those that stand in, whoever says them. None when
    nothing fits, or only what was said last.
    """
    said = at["said"]
    own = [line for line in lines if fits(line, at)]
    others = [line for line in stand_ins if fits(line, at | {"speaker": None})]
    for pool in (own, others):
        fresh = [line for line in pool if line["id"] not in said]
        if fresh:
            most = max(map(specificity, fresh))
            equal = [line for line in fresh if specificity(line) == most]
            return min(equal, key=lambda line: lot(at["session_id"], line["id"]))
    older = [line for line in own + others if line["id"] != said[-1]] if said else []
    last_said = {line_id: n for n, line_id in enumerate(said)}
    return min(older, key=lambda line: last_said[line["id"]], default=None)


def say_line(known, session_id, said, lines, others, speaker=None):
    """A line that is asked for again is that one; where a scenario has nothing new, others stand in."""
    for line in lines + others:
        if line["id"] == known["line_id"]:
            return line
    at = {key: known[key] for key in ("moment", "place", "choice", "facts", "departed")}
    at |= {"session_id": session_id, "said": said if known["said"] is None else known["said"]}
    return choose_line(lines, at | {"speaker": speaker}, others) or choose_line(ANNOUNCER_LINES, at)
