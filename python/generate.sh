#!/bin/sh
# Writes python/gen from the two printed contracts. Needs either Debian's
# protobuf-compiler and protobuf-compiler-grpc, or grpcio-tools from PyPI.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
proto="$here/../proto"
out="${1:-$here/gen}"
mkdir -p "$out"
if plugin=$(command -v grpc_python_plugin) && command -v protoc >/dev/null; then
  protoc -I "$proto" --python_out="$out" --grpc_out="$out" --plugin=protoc-gen-grpc="$plugin" \
    game.proto training.proto
elif "${PYTHON:-python3}" -c 'import grpc_tools' 2>/dev/null; then
  "${PYTHON:-python3}" -m grpc_tools.protoc -I "$proto" --python_out="$out" --grpc_python_out="$out" \
    game.proto training.proto
else
  echo "Neither protoc with grpc_python_plugin nor grpc_tools was found. Install one of them:" >&2
  echo "  apt-get install protobuf-compiler protobuf-compiler-grpc python3-grpcio python3-protobuf" >&2
  echo "  python3 -m pip install grpcio grpcio-tools" >&2
  exit 1
fi
