"""A training service of `grpc.aio` that measures step 1, is silent for a while, measures step 2 and ends.

Its messages are made by hand, so that it needs grpcio and nothing generated: a TrainingMetrics begins with the
bytes of the request (session_id is field 1 of both) and goes on with field 2, the step.
"""

import argparse
import asyncio
import time

import grpc


async def serve(options):
    async def metrics(request, context):
        if not options.late:
            yield request + b"\x10\x01"
        if options.busy:
            time.sleep(options.silence)
        else:
            await asyncio.sleep(options.silence)
        yield request + b"\x10\x02"

    policy = [] if options.ping_ms is None else [("grpc.http2.min_ping_interval_without_data_ms", options.ping_ms)]
    server = grpc.aio.server(options=policy)
    method = grpc.unary_stream_rpc_method_handler(metrics)
    handler = grpc.method_handlers_generic_handler("training.TrainingService", {"StreamTrainingMetrics": method})
    server.add_generic_rpc_handlers((handler,))
    port = server.add_insecure_port(f"127.0.0.1:{options.port}")
    await server.start()
    print(f"listening on 127.0.0.1:{port}", flush=True)
    await server.wait_for_termination()


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--silence", type=float, required=True, help="seconds")
parser.add_argument("--ping-ms", type=int, help="how often it may be pinged without data; grpc's default if absent")
parser.add_argument("--busy", action="store_true", help="the silence is work that blocks the event loop")
parser.add_argument("--late", action="store_true", help="no step 1: silent from the beginning, no headers")
parser.add_argument("--port", type=int, default=0)
asyncio.run(serve(parser.parse_args()))
