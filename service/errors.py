"""What the service refuses; mapped to HTTP once, at the edge."""

from __future__ import annotations


class SettingsInvalid(Exception):
    """The environment cannot be used. `problems` holds one line per setting, with the remedy."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class SignatureRejected(Exception):
    """The request was not signed by the account's token over the configured address."""


class MalformedWebhook(Exception):
    """The body is not the bounded form that Twilio sends. `reason` is for the log, without content."""

    def __init__(self, reason: str, *, status: int = 403) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class GatewayRefused(Exception):
    """Twilio refused for good; trying again changes nothing. `code` is Twilio's error code."""

    def __init__(self, code: int, status: int) -> None:
        super().__init__(f"code={code} status={status}")
        self.code = code
        self.status = status


class GatewayUnavailable(Exception):
    """Nothing was processed and the same request may be sent again after `retry_after_seconds`."""

    def __init__(self, code: int, *, retry_after_seconds: float) -> None:
        super().__init__(f"code={code} retry_after_seconds={retry_after_seconds}")
        self.code = code
        self.retry_after_seconds = retry_after_seconds


class GatewayUnclear(Exception):
    """Twilio may or may not have taken it (time-out, reset, 5xx): ask before sending again, never post blindly."""


class ServerUnavailable(Exception):
    """An embedded server could not be started or reached. `remedy` says what the host can do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
