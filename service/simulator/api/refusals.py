"""What the REST API refuses, by Twilio's error codes."""

from __future__ import annotations

MESSAGES = {
    20003: "Authenticate",
    20001: "Invalid request",
    20004: "Method not allowed",
    20009: "Cannot redact or delete the message because its delivery has not been completed.",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    20503: "Service unavailable",
    21201: "No 'To' number is specified",
    21205: "Invalid URL",
    21210: "'From' phone number not verified",
    21211: "Invalid 'To' Phone Number",
    21212: "Invalid 'From' Number",
    21213: "'From' phone number required",
    21214: "'To' phone number cannot be reached",
    21215: "Geo Permission configuration is not permitting call",
    21216: "Call blocked by Twilio blocklist",
    21217: "Phone number does not appear to be valid",
    21218: "Invalid ApplicationSid",
    21220: "Invalid call state",
    21266: "'To' and 'From' numbers cannot be the same",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21606: "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination.",
    21609: "The 'StatusCallback' URL is not a valid URL.",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "This 'From' number has exceeded the maximum number of queued messages",
    21612: "Message cannot be sent with the current combination of 'To' and/or 'From' parameters",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit.",
    21619: "A text message body or media urls must be specified.",
    21624: "Invalid validity period value",
    21626: "Invalid StatusCallbackEvent",
    21701: "The Messaging Service resource does not exist",
}
STATUSES = {20003: 401, 20004: 405, 20009: 409, 20404: 404, 20429: 429, 20500: 500, 20503: 503}


class Refused(Exception):
    """The API's answer is an error. `code` is Twilio's, `status` the HTTP status that belongs to it."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code
        self.status = STATUSES.get(code, 400)

    def as_json(self) -> dict[str, object]:
        """The error as Twilio words it in JSON."""
        return {
            "code": self.code,
            "message": MESSAGES.get(self.code, "The request was refused"),
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
