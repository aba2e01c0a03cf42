"""What the network sends to the product: webhooks and callbacks, and how their answers are read."""
