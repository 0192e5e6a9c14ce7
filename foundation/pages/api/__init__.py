"""The REST API's base: operations that act for a partner system as pages act for a person."""
