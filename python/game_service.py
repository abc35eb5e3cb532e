"""A GameService in Python: two stick fighters who close in and trade blows.

It implements nothing but game.proto. Put your own environment in place of `Fight`.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field

import grpc

import game_pb2
import game_pb2_grpc

FRAMES_PER_SECOND = 60
ROUND_FRAMES = 99 * FRAMES_PER_SECOND
REACH = 70
CHARACTERS = (1, 2)


@dataclass
class Fighter:
    x: int
    power: int
    health: int = 100
    gauge: int = 0
    action: str = "IDLE"
    busy: int = 0  # frames until the next decision

    def message(self):
        return game_pb2.PlayerState(
            health=self.health,
            super_gauge=self.gauge,
            position_x=self.x,
            position_y=0,
            current_action=self.action,
        )


@dataclass
class Fight:
    """One match. `step` simulates a frame; the same id gives the same fight."""

    match_id: str
    powers: tuple
    frame: int = 0
    fighters: list = field(default_factory=list)

    def __post_init__(self):
        self.dice = random.Random(self.match_id)
        self.fighters = [Fighter(-110, self.powers[0]), Fighter(110, self.powers[1])]

    def step(self):
        self.frame += 1
        for me, other in (self.fighters, self.fighters[::-1]):
            me.busy -= 1
            if me.busy <= 0:
                self.decide(me, other)
            if me.action == "WALK":
                me.x += 3 if other.x > me.x else -3
        return self.message()

    def decide(self, me, other):
        if abs(me.x - other.x) > REACH:
            me.action, me.busy = "WALK", 5
        elif self.dice.random() < 0.5:
            me.action, me.busy = "BLOCK", self.dice.randint(10, 25)
        else:
            me.action, me.busy = "ATTACK", 22
            me.gauge = min(100, me.gauge + 5)
            if other.action != "BLOCK":
                other.health = max(0, other.health - me.power)
                other.action, other.busy = "HITSTUN", 15

    def winner(self):
        """1 or 2, 0 for a draw, None while the fight goes on."""
        one, two = (fighter.health for fighter in self.fighters)
        if one > 0 and two > 0 and self.frame < ROUND_FRAMES:
            return None
        return 0 if one == two else 1 if one > two else 2

    def message(self):
        timer = max(0, ROUND_FRAMES - self.frame + FRAMES_PER_SECOND - 1) // FRAMES_PER_SECOND
        player1, player2 = (fighter.message() for fighter in self.fighters)
        state = game_pb2.GameState(match_id=self.match_id, timer=timer, player1=player1, player2=player2)
        winner = self.winner()
        if winner is not None:
            state.winner_id = winner
        return state


class GameService(game_pb2_grpc.GameServiceServicer):
    async def StreamGameState(self, request, context):
        ids = (request.player1_id or 1, request.player2_id or 1)
        if any(character not in CHARACTERS for character in ids):
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"characters are {CHARACTERS}, not {ids}")
        fight = Fight(request.match_id, tuple(6 + character for character in ids))
        # Frame n is due n/60 s after the start: sleeping 1/60 s each time would drift.
        start = time.monotonic()
        while fight.winner() is None:
            yield fight.step()
            await asyncio.sleep(max(0, start + fight.frame / FRAMES_PER_SECOND - time.monotonic()))
