"""Real servers for a machine that has none: PostgreSQL and Redis from wheels, private sockets, passwords, no TCP."""

from service.embedded.postgres import EmbeddedPostgres
from service.embedded.redis import EmbeddedRedis
from service.embedded.running import Run, forget_run, read_run, write_run

__all__ = ["EmbeddedPostgres", "EmbeddedRedis", "Run", "forget_run", "read_run", "write_run"]
