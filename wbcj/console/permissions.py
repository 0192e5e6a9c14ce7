from foundation.access import Permission


class ConsolePermission(Permission):
    """Rooms of the console that belong to no app."""

    VIEW = "console.view"
    PEOPLE = "console.people"
    GALLERY = "console.gallery"
