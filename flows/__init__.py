"""flows decides what is said, kept and scheduled. Pure: no clock, network, database, environment, chance or logging."""
