"""The embedded servers are real: started, used, killed and found again. Nothing here is a double."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio
from arq.connections import RedisSettings, create_pool
from tortoise import Model, fields
from tortoise.context import TortoiseContext

from service.embedded import EmbeddedPostgres, EmbeddedRedis, Run, forget_run, read_run, write_run
from service.embedded.account import database_account, our_account
from service.embedded.places import LASTING_FOLDER, private_folder, reachable_copy, write_private
from service.embedded.processes import command_line, wait_until
from service.errors import ServerUnavailable
from tests.patience import PATIENCE_SECONDS

STARTS_AND_IS_KILLED = """
import os, signal, sys
from pathlib import Path
from service.embedded import EmbeddedPostgres, EmbeddedRedis
postgres = EmbeddedPostgres.start(Path(sys.argv[1]) / "postgres", durable=False)
redis = EmbeddedRedis.start(Path(sys.argv[1]) / "redis")
print(postgres.pid, redis.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


class Walk(Model):
    """One row type, to see that Tortoise writes and reads through the socket."""

    id = fields.IntField(primary_key=True)
    place = fields.TextField()


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    server = EmbeddedPostgres.start(tmp_path_factory.mktemp("shared") / "postgres", durable=False)
    yield server
    server.stop()


@pytest.fixture
def valkey(tmp_path):
    server = EmbeddedRedis.start(tmp_path / "redis")
    yield server
    server.stop()


async def asked(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def servers_of_a_killed_launcher(folder: Path) -> list[int]:
    command = [sys.executable, "-c", STARTS_AND_IS_KILLED, str(folder)]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    return [int(pid) for pid in killed.stdout.split()]


async def test_tortoise_and_asyncpg_use_the_same_address(postgres):
    url = postgres.create_database("walks")

    async with TortoiseContext() as context:
        await context.init(db_url=url, modules={"models": [__name__]})
        await context.generate_schemas()
        await Walk.create(place="river")

    assert await asked(url, "SELECT place FROM walk") == "river"


async def test_nothing_listens_on_the_network_and_a_wrong_password_is_refused(postgres):
    assert await asked(postgres.url, "SHOW listen_addresses") == ""

    password = postgres.url.split(":")[2].split("@")[0]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(postgres.url.replace(password, "guessed"))


def test_sockets_lie_in_a_short_private_folder(postgres, valkey):
    for url in (postgres.url.split("host=")[1] + "/.s.PGSQL.5432", valkey.url.split("@")[1]):
        socket = Path(url)
        assert len(str(socket)) < 100
        assert socket.is_socket()
        assert socket.parent.stat().st_mode & 0o777 == 0o700


async def test_a_database_is_copied_from_a_template_and_removed(postgres):
    await asked(postgres.create_database("pattern"), "CREATE TABLE seen AS SELECT 7 AS n")

    copy = postgres.create_database("copied", template="pattern")
    assert await asked(copy, "SELECT n FROM seen") == 7

    postgres.drop_database("copied")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(copy)


def test_a_database_that_is_there_or_wants_quoting_is_refused(postgres):
    with pytest.raises(ServerUnavailable, match="already exists"):
        postgres.create_database("mendline")
    with pytest.raises(ValueError, match="small letters"):
        postgres.create_database('x"; DROP DATABASE mendline')


async def test_a_killed_postgres_comes_back_at_the_same_address_with_what_was_committed(postgres):
    url = postgres.create_database("kept")
    await asked(url, "CREATE TABLE kept AS SELECT 1 AS n")

    os.kill(postgres.pid, signal.SIGKILL)
    postgres.restart()

    assert await asked(url, "SELECT n FROM kept") == 1


def test_a_second_start_is_refused_and_names_the_process(postgres, valkey):
    with pytest.raises(ServerUnavailable, match=f"pid {postgres.pid}") as refused:
        EmbeddedPostgres.start(postgres.folder, durable=False)
    assert str(os.getpid()) in refused.value.remedy

    with pytest.raises(ServerUnavailable, match=f"pid {valkey.pid}"):
        EmbeddedRedis.start(valkey.folder)


async def test_data_is_found_again_after_a_stop_and_an_unfinished_cluster_is_made_again(tmp_path):
    folder = tmp_path / "a folder with spaces" / "postgres"
    first = EmbeddedPostgres.start(folder, durable=True)
    place = Path(await asked(first.url, "SHOW data_directory")).parent
    assert await asked(first.url, "SHOW fsync") == "on"
    await asked(first.url, "CREATE TABLE kept AS SELECT 3 AS n")
    address = first.url
    first.stop()

    (place / "unfinished").mkdir()
    second = EmbeddedPostgres.start(folder, durable=True)

    assert second.url == address
    assert await asked(second.url, "SELECT n FROM kept") == 3
    second.stop()
    shutil.rmtree(place)


async def test_servers_left_by_a_killed_launcher_are_ended_and_their_data_is_used(tmp_path):
    left = servers_of_a_killed_launcher(tmp_path)
    assert all(command_line(pid) for pid in left)

    postgres = EmbeddedPostgres.start(tmp_path / "postgres", durable=False)
    valkey = EmbeddedRedis.start(tmp_path / "redis")

    assert await asked(postgres.url, "SELECT 1") == 1
    assert wait_until(lambda: not any(command_line(pid) for pid in left), PATIENCE_SECONDS)
    assert not {postgres.pid, valkey.pid} & set(left)
    valkey.stop()
    postgres.stop()


def test_a_stranger_with_a_recorded_number_is_left_alone(tmp_path):
    stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    (tmp_path / "redis.pid").write_text(f"{stranger.pid}\n")

    EmbeddedRedis.start(tmp_path).stop()

    assert stranger.poll() is None
    stranger.communicate(b"\n")


async def test_redis_and_arq_ring_through_the_socket_and_a_restart_keeps_the_address(valkey):
    client = redis.asyncio.from_url(valkey.url)
    await client.set("bell", "rung")
    await client.connection_pool.disconnect()
    os.kill(valkey.pid, signal.SIGKILL)
    valkey.restart()
    assert await client.ping()
    await client.aclose()

    pool = await create_pool(RedisSettings.from_dsn(valkey.url))
    assert await pool.ping()
    await pool.aclose()

    unknown = redis.asyncio.Redis(unix_socket_path=valkey.url.split("@")[1])
    with pytest.raises(redis.exceptions.RedisError, match="Authentication required"):
        await unknown.ping()
    await unknown.aclose()


def test_a_bell_that_cannot_be_read_is_put_aside(tmp_path):
    EmbeddedRedis.start(tmp_path).stop()
    for manifest in (tmp_path / "appendonlydir").glob("*.manifest"):
        manifest.write_text("not a manifest")

    EmbeddedRedis.start(tmp_path).stop()

    assert (tmp_path / "unreadable").is_dir()


def test_a_damaged_cluster_is_refused_with_a_remedy_and_never_overwritten(tmp_path):
    first = EmbeddedPostgres.start(tmp_path, durable=True)
    cluster = Path((tmp_path / "elsewhere").read_text() if (tmp_path / "elsewhere").exists() else tmp_path / "place")
    cluster /= "cluster"
    first.stop()
    (cluster / "PG_VERSION").write_text("17\n")

    with pytest.raises(ServerUnavailable, match="made by PostgreSQL 17") as refused:
        EmbeddedPostgres.start(tmp_path, durable=True)

    assert "back up" in refused.value.remedy
    assert (cluster / "base").is_dir()
    shutil.rmtree(cluster.parent)


def test_a_private_folder_is_never_a_link_that_somebody_laid(tmp_path):
    (tmp_path / "trap").mkdir()
    (tmp_path / "sockets").symlink_to(tmp_path / "trap")

    with pytest.raises(ServerUnavailable, match="not a folder of our own"):
        private_folder(tmp_path / "sockets", our_account())


def test_programs_are_copied_with_their_libraries_where_the_account_could_not_run_them(tmp_path):
    for part, name in (("wheel/bin", "serve"), ("wheel.libs", "lib.so")):
        (tmp_path / part).mkdir(parents=True)
        (tmp_path / part / name).write_text("#!/bin/sh\n")
        (tmp_path / part / name).chmod(0o755)
    tmp_path.chmod(0o700)
    runs_as = database_account()

    for _ in range(2):
        found = reachable_copy(tmp_path, ("wheel", "wheel.libs", "absent"), "wheel/bin/serve", runs_as)
        assert runs_as.can("x", found / "wheel/bin/serve")
        assert (found / "wheel.libs" / "lib.so").is_file()
        if found != tmp_path:  # made whole again after a cleaner took a file
            (found / "wheel.libs" / "lib.so").unlink()
    if found != tmp_path:
        shutil.rmtree(found)


def test_data_that_a_cleaner_took_is_missed_and_not_begun_anew(tmp_path):
    (tmp_path / "elsewhere").write_text(str(LASTING_FOLDER / "mendline-that-is-gone"))

    with pytest.raises(ServerUnavailable, match="is gone"):
        EmbeddedPostgres.start(tmp_path, durable=True)


def test_a_private_file_is_private_and_replaced_whole(tmp_path):
    write_private(tmp_path / "key", "one")
    write_private(tmp_path / "key", "two")

    assert (tmp_path / "key").read_text() == "two"
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_run_is_told_of_while_its_launcher_lives(tmp_path):
    run = Run(
        pid=os.getpid(), mark="python", port=8000, url="http://127.0.0.1:8000",
        database_url="postgres://", redis_url="unix://", simulator_url="http://127.0.0.1:1",
    )  # fmt: skip
    mark = command_line(os.getpid()).split()[0]

    write_run(tmp_path, Run(**{**{field: getattr(run, field) for field in Run.__slots__}, "mark": mark}))
    assert read_run(tmp_path).port == 8000

    (tmp_path / "run.json").write_text('{"pid": 1')
    assert read_run(tmp_path) is None
    forget_run(tmp_path)
    assert read_run(tmp_path) is None
