"""The project: settings, addresses, and what the apps are handed at start-up."""
