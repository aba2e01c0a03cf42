"""A telephone network for development and tests. It is the witness: it knows what each number really received."""
