"""Twilio's side of the desk: the REST API that the product calls."""
