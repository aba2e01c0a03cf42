"""The telephone network: the only rooms that import twilio."""
