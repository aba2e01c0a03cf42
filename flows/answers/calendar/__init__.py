"""A closed grammar of times, English and Spanish: words -> pieces -> one instant, day or window."""
