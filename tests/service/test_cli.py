"""The command as a whole: it explains itself, refuses in one line, and prints for people and for programs."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from service.cli import mendline
from service.conversation import take_text
from service.embedded.processes import wait_until
from service.gateway.port import ArrivedText
from service.launcher.surroundings import free_port
from tests.patience import PATIENCE_SECONDS
from tests.service.conftest import ADA, BARE, EVENING

ROOT = Path(__file__).parents[2]
# They start something, or print something other than records.
WITHOUT_JSON = {"up", "migrate", "web", "understand", "completion", "scripts talk"}


def _leaves(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path.strip(), command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from _leaves(found, f"{path} {name}")


@pytest.mark.parametrize(("path", "command"), list(_leaves(mendline)), ids=[path for path, _ in _leaves(mendline)])
def test_every_command_explains_itself_with_an_example_and_speaks_json(path, command):
    options = {option for parameter in command.params for option in parameter.opts}

    assert command.help
    assert (command.epilog or "").startswith("Example:")
    assert "mendline " + path in (command.epilog or "")
    assert ("--json" in options) != (path in WITHOUT_JSON)


@pytest.mark.parametrize("words", [["--help"], ["people", "--help"], ["join", "-h"]])
def test_help_needs_no_settings(words):
    assert CliRunner().invoke(mendline, words).exit_code == 0


@pytest.mark.parametrize("words", [["peopel"], ["people", "show"], ["join", ADA], ["understand", "moods"],
                                   ["outbox", "settle", "x", "--as", "sent"]])  # fmt: skip
def test_a_wrong_call_ends_with_two(words):
    assert CliRunner().invoke(mendline, words).exit_code == 2


@pytest.mark.promise(18)
def test_settings_that_cannot_be_used_are_listed_together_with_a_remedy(town):
    done = town.mend("people", "list", PUBLIC_URL="ftp://x", LOOKUP_KEY="short")

    assert done.exit_code == 1
    assert [line.split()[:2] for line in done.stderr.splitlines()] == [
        ["Mendline:", "the"], ["-", "PUBLIC_URL"], ["-", "LOOKUP_KEY"], ["->", "set"],
    ]  # fmt: skip


def test_a_database_that_is_away_or_bare_is_one_line_with_a_remedy(town):
    away = town.mend("people", "list", DATABASE_URL="postgres://nobody:nothing@127.0.0.1:1/nowhere")
    bare = town.with_database("bare", template=BARE).mend("outbox", "list")

    assert (away.exit_code, bare.exit_code) == (1, 1)
    assert "the database does not answer" in away.stderr
    assert bare.stderr.splitlines()[1] == "  -> mendline migrate"


def test_tables_come_up_to_date_once(town):
    bare = town.with_database("to_migrate", template=BARE)

    assert bare.mend("migrate").stdout.startswith("applied 0001_people")
    assert bare.mend("migrate").stdout == "up to date\n"


def test_settings_of_the_folder_are_found(town):
    lines = [f"{name}={value}" for name, value in town.environment.items()]
    (town.folder / ".env").write_text("\n".join(lines))

    done = CliRunner().invoke(mendline, ["people", "list", "--json"])

    assert len(json.loads(done.stdout)) == 6


def test_the_web_process_answers_and_logs_no_query_strings(town):
    port = free_port()
    environment = {**town.environment, "PYTHONPATH": str(ROOT), "PORT": str(port)}
    command = [sys.executable, "-c", "from service.cli import main; main()", "web"]
    with subprocess.Popen(command, cwd=town.folder, env=environment, text=True, stderr=subprocess.PIPE) as web:
        is_live = wait_until(lambda: _is_live(port), PATIENCE_SECONDS)
        web.terminate()
        logged = web.communicate(timeout=PATIENCE_SECONDS)[1]

    assert is_live, logged
    assert f"http://127.0.0.1:{port}" in logged
    assert "token" not in logged


@pytest.mark.parametrize("command", ["launching", "serving"])
def test_a_start_imports_no_database_before_it_needs_one(command: str):
    program = f"import sys, service.commands.{command}; sys.exit('tortoise' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def _is_live(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health/live?token=1")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def test_understand_answers_each_line_before_the_next_is_written(tmp_path):
    script = "from service.cli import main; main()"
    asked = subprocess.Popen(
        [sys.executable, "-c", script, "understand", "rating", "--locale", "en-US"], cwd=tmp_path, text=True,
        env={"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    answers = []
    with asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        for line in ("7", '{"text": "half \\ud83d", "zone": "Europe/Madrid"}', "", "6-7"):
            asked.stdin.write(line + "\n")
            asked.stdin.flush()
            answers.append(json.loads(asked.stdout.readline()))
        asked.stdin.close()

    assert [(answer["reading"] or {}).get("value") for answer in answers] == [7, None, None, None]
    assert answers[1]["text"] == "half \ud83d"
    assert asked.returncode == 0


def test_a_line_with_an_impossible_time_is_refused_in_one_line():
    done = CliRunner().invoke(mendline, ["understand", "rating"], input='{"text": "7", "at": "noon"}\n')

    assert done.exit_code == 1
    assert done.stderr.startswith("Mendline: a line cannot be read")


def test_understand_explains_itself_to_people():
    done = CliRunner().invoke(mendline, ["understand", "rating", "--explain"], input="7/10 tired\nmeh\n")

    assert done.stdout.splitlines() == [
        "[7/10] tired",
        "  read  7",
        "  sure  exact",
        "  why   a number with its scale",
        "meh",
        "  read  nothing",
        "  why   no number",
    ]


def test_authors_check_their_scripts_without_an_account(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "broken.yaml").write_text("name: broken\nabout: x\nsteps: 7\n")

    done = CliRunner().invoke(mendline, ["scripts", "check"], env={"SCRIPTS_DIR": "own"})
    lost = CliRunner().invoke(mendline, ["scripts", "check"], env={"SCRIPTS_DIR": "missing"})

    assert done.exit_code == 1
    assert "broken.yaml" in done.stdout
    assert "SCRIPTS_DIR is no folder" in lost.stderr


def test_an_author_checks_one_script_while_writing_it(tmp_path):
    asks_for_ever = (ROOT / "tests" / "flows" / "broken_scripts" / "walk-1.yaml").read_text()
    (tmp_path / "endless.yaml").write_text(asks_for_ever.replace("name: walk", "name: endless"))

    own = CliRunner().invoke(mendline, ["scripts", "check", "endless"], env={"SCRIPTS_DIR": str(tmp_path)})
    other = CliRunner().invoke(mendline, ["scripts", "check", "quiet"], env={"SCRIPTS_DIR": str(tmp_path)})
    unknown = CliRunner().invoke(mendline, ["scripts", "check", "endles"])

    assert (own.exit_code, other.exit_code, unknown.exit_code) == (1, 0, 1)
    assert "endless.yaml" in own.stdout
    assert "there is no script endles" in unknown.stderr


def test_a_script_is_shown_in_the_words_people_read():
    done = CliRunner().invoke(mendline, ["scripts", "show", "check-in", "--locale", "es", "--json"])
    unknown = CliRunner().invoke(mendline, ["scripts", "show", "chek-in"])

    shown = json.loads(done.stdout)
    assert shown["keywords"] == ["CHECK"]
    assert any("OMITIR" in said["words"] for step in shown["steps"] for said in step["says"])
    assert "check-in" in unknown.stderr


def test_scripts_and_lives_are_drawn_for_a_page_a_folder_and_a_program(tmp_path):
    def run(*more: str):
        return CliRunner().invoke(mendline, ["scripts", "draw", *more])

    lives, script = run(), run("promise")
    picture, into = run("check-in", "--svg", "--locale", "es"), run("--all", "--svg", "--into", str(tmp_path / "drawn"))
    charts = json.loads(run("life-of-a-break", "--json").stdout)
    several, unknown = run("--all", "--svg"), run("promis")

    assert lives.stdout.count("```mermaid") == 2
    assert "## life-of-a-promise" in lives.stdout
    assert script.stdout.startswith("flowchart TD\n")
    assert "OMITIR" in picture.stdout
    assert picture.stdout.startswith("<svg ")
    assert [line.split("/")[-1] for line in into.stdout.splitlines()][:3] == [
        "life-of-a-promise.svg", "life-of-a-break.svg", "answering.svg",
    ]  # fmt: skip
    assert (tmp_path / "drawn" / "promise.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert {"start": "asking", "to": "matched", "label": "matched"} in charts[0]["arrows"]
    assert "--into" in several.stderr
    assert "there is no script promis" in unknown.stderr


def test_a_script_can_be_talked_through_in_a_terminal():
    words = ["scripts", "talk", "check-in", "--at", "2026-03-02T18:30:00"]

    done = CliRunner().invoke(mendline, words, input="7\n3\n\n")

    assert done.exit_code == 0, done.output
    assert "US   Mendline: Check-in time." in done.stdout


def owed_two(town):
    """Two texts that a stranger's two questions left owed; the demo people are owed none."""

    async def ask(house):
        for number, sid in ((1, "SM" + "a" * 32), (2, "SM" + "b" * 32)):
            text = ArrivedText(sid, f"+1212555019{number}", "+12025550100", "hello", house.clock.now())
            await take_text(house, text)

    town.work(ask)


def test_an_unknown_end_is_settled_by_an_operator_and_nothing_else_is(town):
    owed_two(town)
    ids = [row["id"] for row in town.rows("UPDATE outbox SET state = 'unknown' WHERE state = 'owed' RETURNING id")]

    listed = json.loads(town.mend("outbox", "list", "--json").stdout)
    sent = town.mend("outbox", "settle", str(ids[0]), "--as", "sent", "--by", "Dr Vega")
    again = town.mend("outbox", "settle", str(ids[0]), "--as", "failed")

    assert listed["counts"]["unknown"] == 2
    assert [item["id"] for item in listed["oldest"]] == ids
    assert set(listed["oldest"][0]) == {"id", "purpose", "phrase", "state", "age_minutes"}
    assert (sent.exit_code, again.exit_code) == (0, 1)
    assert "only an unknown one" in again.stderr
    assert [row["actor"] for row in town.rows("SELECT actor FROM audit_event WHERE act = 'settle'")] == ["Dr Vega"]
    assert town.mend("outbox", "list").stdout.splitlines()[0] == "sending: on"


def test_switching_sending_is_audited_at_the_time_of_the_installation(town):
    town.mend("outbox", "sending", "off", "--by", "Dr Vega")

    (entry,) = town.rows("SELECT actor, at, detail FROM audit_event WHERE act = 'switch-sending'")
    assert (entry["actor"], entry["at"].date(), entry["detail"]) == ("Dr Vega", EVENING.date(), '{"is_on": false}')


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_be_taught(shell):
    done = CliRunner().invoke(mendline, ["completion", shell])

    assert "_MENDLINE_COMPLETE" in done.stdout


def test_twilio_check_says_that_nobody_listens(town):
    done = town.mend("twilio", "check", "--json", PUBLIC_URL="http://127.0.0.1:9")

    assert done.exit_code == 1
    assert json.loads(done.stdout)[1]["said"] == "127.0.0.1 takes no connection."


def test_a_network_that_does_not_answer_is_one_line(town):
    done = town.mend("twilio", "connect")

    assert done.exit_code == 1
    assert done.stderr.startswith("Mendline: Twilio")
