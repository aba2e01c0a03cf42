"""What a worker works with: the house and its gateway."""

from __future__ import annotations

from dataclasses import dataclass

from service.gateway.port import Gateway
from service.house import House


@dataclass(frozen=True, slots=True)
class Hands:
    """One per worker process."""

    house: House
    gateway: Gateway
