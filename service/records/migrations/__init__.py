"""The steps that bring a database to today's tables, in order; a step that was released is never edited."""
