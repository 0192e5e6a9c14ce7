from foundation.access import Permission


class ReferencePermission(Permission):
    VIEW = "reference.view"
    CHANGE = "reference.change"
