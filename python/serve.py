"""Serves both example services: `python3 serve.py [--port 50051]`.

Then start the arcade with GAME_GRPC_ADDRESS and TRAINING_GRPC_ADDRESS set to this address.
"""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

import grpc

sys.path.insert(0, str(Path(__file__).parent / "gen"))

import game_pb2_grpc  # noqa: E402
import training_pb2_grpc  # noqa: E402
from game_service import GameService  # noqa: E402
from training_service import TrainingService  # noqa: E402


async def serve(host, port):
    server = grpc.aio.server()
    game_pb2_grpc.add_GameServiceServicer_to_server(GameService(), server)
    training_pb2_grpc.add_TrainingServiceServicer_to_server(TrainingService(), server)
    bound = server.add_insecure_port(f"{host}:{port}")
    await server.start()
    print(f"listening on {host}:{bound}", flush=True)
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()
    await server.stop(grace=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=50051, help="0 takes a free one")
    options = parser.parse_args()
    asyncio.run(serve(options.host, options.port))
