"""Who is met next, how hard and how patiently. What the numbers mean stands in `server/gm/skill.ts`, `pacing.ts`, `director.ts`."""

import math

STEP, BEYOND = 0.1, 3
PRIOR_LEVEL, PRIOR_LOGITS, PRIOR_SHARE, FADING = 45, 4, 0.65, 0.97
LEFT_LEAST, LEFT_RANGE, LEFT_DEVIATION = 0.15, 0.4, 0.21
AIM, AIM_FALL, MIDDLE, REST_EASE, DULL, GOOD = 0.62, 0.1, 50, 0.03, 33, (0.55, 0.7)

PEAK, OVER, PEAK_AT = 80, 33, 2 / 3
SUSTAIN_SECONDS, RELAX_SECONDS = (3, 4, 5), (30, 35, 40, 45)
HALF_LIFE_SECONDS, BREAK_SECONDS = 12, 10
MOST_FIGHTS, MOST_SECONDS = 10, 300


def rounded(value):
    """Halves go up, as in JavaScript."""
    return math.floor(value + 0.5)


def clamped(value, least=0, most=100):
    return min(most, max(least, value))


def chance_of(logits):
    return 1 / (1 + math.exp(-logits))


def difficulty_of(table, level):
    above = next((n for n, (at, _) in enumerate(table) if at >= level), None)
    to, to_logits = table[-1] if above is None else table[above]
    if not above or table[above - 1][0] == to:
        return to_logits
    start, start_logits = table[above - 1]
    return start_logits + (to_logits - start_logits) * (level - start) / (to - start)


def likelihood(ahead, fight):
    winner_ahead = ahead if fight["won"] else -ahead
    left = clamped(fight["health_left"] if fight["won"] else fight["opponent_health_left"]) / 100
    expected = LEFT_LEAST + LEFT_RANGE * chance_of(winner_ahead)
    return math.log(chance_of(winner_ahead)) - (left - expected) ** 2 / (2 * LEFT_DEVIATION**2)


def belief_of(table, fights):
    easiest, hardest = difficulty_of(table, 0), difficulty_of(table, 100)
    least, most = easiest - BEYOND, hardest + BEYOND
    width = max(PRIOR_LOGITS, PRIOR_SHARE * (hardest - easiest))
    prior = difficulty_of(table, PRIOR_LEVEL)
    skills = [least + n * STEP for n in range(rounded((most - least) / STEP) + 1)]
    scores = []
    for skill in skills:
        score = -((skill - prior) ** 2) / (2 * width**2)
        for n, fight in enumerate(fights):
            weight = FADING ** (len(fights) - 1 - n)
            score += weight * likelihood(skill - difficulty_of(table, fight["level"]), fight)
        scores.append(score)
    best = max(scores)
    weights = [math.exp(score - best) for score in scores]
    total = sum(weights)
    return [(skill, weight / total) for skill, weight in zip(skills, weights)]


def win_chance(table, belief, level):
    difficulty = difficulty_of(table, level)
    return sum(weight * chance_of(skill - difficulty) for skill, weight in belief)


def level_for(table, belief, aim, low, high):
    start, end = low, high
    while start < end:
        middle = (start + end) // 2
        if win_chance(table, belief, middle) < aim:
            end = middle
        else:
            start = middle + 1

    def miss(level):
        return abs(win_chance(table, belief, level) - aim)

    return start - 1 if start > low and miss(start - 1) <= miss(start) else start


class Walk:
    """The last fights, second by second."""

    def __init__(self):
        self.phase, self.intensity = "build_up", 0.0
        self.seconds = self.peaks = self.since_peak = 0

    def enter(self, phase):
        self.phase, self.seconds = phase, 0

    def tick(self):
        self.seconds += 1
        self.since_peak += 1
        at = self.peaks
        if self.phase == "build_up" and self.intensity >= PEAK:
            self.peaks += 1
            self.since_peak = 0
            self.enter("sustain_peak")
        elif self.phase == "sustain_peak" and self.seconds >= SUSTAIN_SECONDS[at % len(SUSTAIN_SECONDS)]:
            self.enter("fade")
        elif self.phase == "fade" and self.intensity < OVER:
            self.enter("relax")
        elif self.phase == "relax" and self.seconds >= RELAX_SECONDS[at % len(RELAX_SECONDS)]:
            self.enter("build_up")

    def rest(self, seconds):
        for _ in range(seconds):
            self.intensity *= 0.5 ** (1 / HALF_LIFE_SECONDS)
            self.tick()

    def fight(self, felt):
        seconds = rounded(clamped(felt["seconds"], 1, MOST_SECONDS))
        guess = 100 - felt["health_left"] if felt["won"] else 100 - 0.3 * felt["opponent_health_left"]
        peak = clamped(felt.get("peak", guess))
        mean = min(peak, clamped(felt.get("mean", peak / 2)))
        before = self.intensity
        top = max(1, rounded(seconds * PEAK_AT))
        end = clamped(2 * (mean - PEAK_AT * (before + peak) / 2) / (1 - PEAK_AT) - peak)
        for n in range(1, seconds + 1):
            if n <= top:
                self.intensity = before + (peak - before) * n / top
            else:
                self.intensity = peak + (min(peak, end) - peak) * (n - top) / (seconds - top)
            self.tick()


def pace_of(fights, since_peak):
    walk = Walk()
    for n, felt in enumerate(fights[-MOST_FIGHTS:]):
        if n > 0:
            walk.rest(BREAK_SECONDS)
        walk.fight(felt)
    if fights:
        known = BREAK_SECONDS if since_peak is None else since_peak - walk.since_peak
        walk.rest(rounded(clamped(known, 0, MOST_SECONDS)))
    return walk


def percent(share):
    return rounded(share * 100)


def plural(count, word):
    return f"{count} {word}{'' if count == 1 else 's'}"


def direct(table, known):
    fights, step = known["fights"], known["next_fight"] or {"level": 50, "sway": 50}
    reach = max(0, step["sway"])
    low, high = rounded(clamped(step["level"] - reach)), rounded(clamped(step["level"] + reach))
    belief, walk = belief_of(table, fights), pace_of(fights, known["seconds_since_peak"])
    aim = AIM + AIM_FALL * (MIDDLE - clamped(step["level"])) / 100
    best = level_for(table, belief, aim, low, high)
    is_resting = walk.phase in ("fade", "relax")
    last = fights[-1]["level"] if fights else None
    is_held = last is not None and is_resting and best > last
    level = max(low, math.floor(last), level_for(table, belief, aim + REST_EASE, low, high)) if is_held else best
    chance = win_chance(table, belief, level)
    if fights:
        won = sum(fight["won"] for fight in fights)
        even = level_for(table, belief, 0.5, 0, 100)
        skill = f"{won} of {plural(len(fights), 'fight')} won: about as good as level {even}."
    else:
        skill = "Nothing is known of the player yet; the first fight is an easy one."
    reasons = [
        skill,
        f"Level {level} (the step wants {rounded(step['level'])} and allows {low} to {high}) gives a chance of "
        f"{percent(chance)} % to win; the aim is {percent(aim)} %.",
        f"Intensity {rounded(walk.intensity)} of 100, {walk.phase} for {walk.seconds} s.",
    ]
    felt = fights[-1] if fights else {}
    is_dull = felt.get("won", False) and felt.get("peak", DULL) < DULL
    if "peak" in felt:
        average = f", {rounded(felt['mean'])} on average" if "mean" in felt else ""
        what = (
            "a rest follows"
            if is_resting
            else "a dull win, so tension is built up"
            if is_dull
            else "pressed as is right"
        )
        reasons.append(f"The last fight's intensity was {rounded(felt['peak'])} of 100 at most{average}: {what}.")
    if is_held and level < best:
        reasons.append(
            f"Level {best} would fit, but it is {walk.phase}: {level} after the last fight's {math.floor(last)}."
        )
    made = {"phase": walk.phase, "intensity": rounded(walk.intensity), "level": level}
    made["pace"] = 2 if is_resting or chance < GOOD[0] else 0 if chance > GOOD[1] or is_dull else 1
    offered = step.get("opponents", [])
    if offered:
        made["opponent"], why = opponent_of(known, offered, is_resting)
        if len(offered) > 1:
            reasons.append(why)
    return made | {"expected_win_percent": percent(chance), "reasons": reasons}


def opponent_of(known, offered, is_resting):
    fights = known["fights"]
    met = {fight["opponent"]: len(fights) - n for n, fight in enumerate(fights) if "opponent" in fight}
    oldest = max(met.get(one, math.inf) for one in offered)
    towards = -1 if is_resting else 1

    def affinity(one):
        return known["facts"]["affinities"].get(one, 50)

    left = [one for one in offered if met.get(one, math.inf) == oldest]
    chosen = min(left, key=lambda one: towards * affinity(one))
    ago = met.get(chosen)
    told = "not met yet" if ago is None else f"met {plural(ago, 'fight')} ago"
    mood = "friends first at rest" if is_resting else "rivals first while tension rises"
    return chosen, f"{chosen} was {told}; affinity {affinity(chosen)}, {mood}."
