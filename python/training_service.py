"""A TrainingService in Python: tabular Q-learning of when to strike.

It implements nothing but training.proto. The learner starts at the wrong distance from a post that
moves, and is paid for striking it within reach. Put your own training in place of `Learner`.
"""

import asyncio
import random

import training_pb2
import training_pb2_grpc

DISTANCES = 12
REACH = 2
CLOSER, AWAY, STRIKE = range(3)
EPISODES = 600
MAX_STEPS = 40


class Learner:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.q = [[0.0, 0.0, 0.0] for _ in range(DISTANCES)]
        self.step = 0

    def episode(self, number):
        """Plays one episode and learns from each step; returns its measurement."""
        explore = max(0.05, 1 - number / 200)
        distance = self.dice.randrange(4, DISTANCES)
        reward_sum, errors, values, length, done = 0.0, [], [], 0, False
        while not done and length < MAX_STEPS:
            row = self.q[distance]
            greedy = row.index(max(row))
            action = self.dice.randrange(3) if self.dice.random() < explore else greedy
            following, reward, done = self.act(distance, action)
            target = reward if done else reward + 0.95 * max(self.q[following])
            error = target - row[action]
            row[action] += 0.1 * error
            errors.append(error * error)
            values.append(max(row))
            reward_sum += reward
            length += 1
            self.step += 1
            distance = following
        return dict(
            step=self.step,
            episode=number,
            loss=sum(errors) / length,
            reward=reward_sum,
            q_value=sum(values) / length,
            episode_length=length,
        )

    def act(self, distance, action):
        if action == STRIKE:
            return (distance, 1.0, True) if distance <= REACH else (distance, -0.5, False)
        moved = distance + (-1 if action == CLOSER else 1) + self.dice.choice((-1, 0, 0, 1))
        return max(0, min(DISTANCES - 1, moved)), -0.02, False


class TrainingService(training_pb2_grpc.TrainingServiceServicer):
    async def StreamTrainingMetrics(self, request, context):
        learner = Learner(request.session_id)
        for number in range(1, EPISODES + 1):
            measurement = learner.episode(number)
            yield training_pb2.TrainingMetrics(session_id=request.session_id, **measurement)
            await asyncio.sleep(0.02)
