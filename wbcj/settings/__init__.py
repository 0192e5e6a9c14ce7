"""Settings: `base` holds what is the same everywhere; the other modules hold what differs."""
