"""arq as we use it: enqueue, run, health. Everything else of it is left alone (DESIGN 4)."""

from __future__ import annotations

import json
from typing import Any

from arq.connections import RedisSettings
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisGone
from redis.exceptions import TimeoutError as RedisSlow

JOB_SECONDS = 20  # a killed job is invisible for this long and ten seconds more
JOBS_AT_ONCE = 10  # as many as there are connections to the database; each may have fifty texts under way
# How often arq looks at its queue; a due minute is met within two seconds.
POLL_SECONDS = 0.1
POLL_SECONDS_SIMULATED = 0.02  # a month on the simulated clock passes in seconds
HEALTH_SECONDS = 15
QUEUE = "mendline:queue"


def redis_settings(url: str) -> RedisSettings:
    """Settings that outlive a restart of the server (arq's own defaults end the worker)."""
    settings = RedisSettings.from_dsn(url)
    settings.conn_retries = 0  # the supervisor tries again; meanwhile the rows are worked without Redis
    settings.conn_timeout = 1
    settings.retry = Retry(ConstantBackoff(0.2), 10)
    settings.retry_on_error = [RedisGone, RedisSlow, OSError]
    settings.retry_on_timeout = True
    return settings


def dump(job: dict[str, Any]) -> bytes:
    """arq's default is pickle: write access to Redis would be code execution."""
    return json.dumps(job, default=_leave_out).encode()


def load(raw: bytes) -> dict[str, Any]:
    """What `dump` wrote."""
    job: dict[str, Any] = json.loads(raw)
    return job


def _leave_out(_value: object) -> None:
    """Results and exceptions are not kept (`keep_result` 0): the rows say what became of them."""
    return
