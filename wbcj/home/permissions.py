from foundation.access import Permission


class HomePermission(Permission):
    VIEW = "home.view"
