"""service remembers: one input is one transaction. HTTP, the database and the telephone network live here."""
