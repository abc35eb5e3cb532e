#!/bin/sh
# Writes python/gen from the contracts: the two streams, and the packages of the tickets. Needs either Debian's
# protobuf-compiler and protobuf-compiler-grpc, or grpcio-tools from PyPI.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root="$here/.."
proto="$root/proto"
# Their public import paths start at the repository's root.
tickets="proto/common/v1/errors.proto proto/common/v1/types.proto proto/payment/v1/payment.proto
  proto/reservation/v1/reservation.proto"
out="${1:-$here/gen}"
mkdir -p "$out"
if plugin=$(command -v grpc_python_plugin) && command -v protoc >/dev/null; then
  protoc -I "$proto" --python_out="$out" --grpc_out="$out" --plugin=protoc-gen-grpc="$plugin" \
    game.proto training.proto
  # shellcheck disable=SC2086 # several names
  protoc -I "$root" --python_out="$out" --grpc_out="$out" --plugin=protoc-gen-grpc="$plugin" $tickets
elif "${PYTHON:-python3}" -c 'import grpc_tools' 2>/dev/null; then
  "${PYTHON:-python3}" -m grpc_tools.protoc -I "$proto" --python_out="$out" --grpc_python_out="$out" \
    game.proto training.proto
  # shellcheck disable=SC2086 # several names
  "${PYTHON:-python3}" -m grpc_tools.protoc -I "$root" --python_out="$out" --grpc_python_out="$out" $tickets
else
  echo "Neither protoc with grpc_python_plugin nor grpc_tools was found. Install one of them:" >&2
  echo "  apt-get install protobuf-compiler protobuf-compiler-grpc libprotobuf-dev python3-grpcio python3-protobuf" >&2
  echo "  python3 -m pip install grpcio grpcio-tools" >&2
  exit 1
fi
