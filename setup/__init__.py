"""What `make` does: the environment, the demo, the tests' needs. Nothing here is part of the running product."""
