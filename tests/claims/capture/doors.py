"""Doors that lead to a loopback server, by an allow-list, under the name site.example."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from claims.capture.door import Door
from claims.capture.policy import DoorPolicy, PrivateTarget
from tests.claims.capture.loopback import LoopbackServer

AGENT = "Readout-test/1 (+https://desk.example/fetching)"


def nobody(host: str, port: int, seconds: float) -> Sequence[str]:
    raise AssertionError(f"{host} was looked up")


class Limits(TypedDict, total=False):
    """What a test may want otherwise than the policy has it."""

    total_seconds: float
    connect_seconds: float
    max_wire_bytes: int
    max_entity_bytes: int
    max_header_bytes: int
    ca_file: str


def door(server: LoopbackServer, **limits: Unpack[Limits]) -> Door:
    target = PrivateTarget.parse(f"site.example=127.0.0.1:{server.port}")
    return Door(replace(DoorPolicy(AGENT, (target,), total_seconds=5), **limits), nobody)


def url(server: LoopbackServer, path: str = "/", scheme: str = "http") -> str:
    return f"{scheme}://site.example:{server.port}{path}"
