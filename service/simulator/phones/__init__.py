"""The people's side of the network: what their phones send, receive and hear."""
