"""Scripts and lives as pictures. What is drawn is read from the tables that the programme runs on, and nothing else."""
