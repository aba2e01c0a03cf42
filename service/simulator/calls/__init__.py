"""Calls: what they are, the TwiML that runs them, and how they ring, are answered and end."""
