"""What `mendline` does, one module for each group of commands. They read, call the service, and print."""
