from foundation.access import Permission


class NotificationsPermission(Permission):
    READ = "notifications.read"
    DELIVERIES = "notifications.deliveries.view"
    SEND_AGAIN = "notifications.deliveries.send_again"
