"""The ground floor that every app stands on; it knows no app."""
