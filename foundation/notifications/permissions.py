from foundation.access import Permission


class NotificationsPermission(Permission):
    READ = "notifications.read"
