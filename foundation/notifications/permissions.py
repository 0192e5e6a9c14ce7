from foundation.access import Permission


class NotificationsPermission(Permission):
    READ = "notifications.read"
    FEED = "notifications.feed"
    DELIVERIES = "notifications.deliveries.view"
    SEND_AGAIN = "notifications.deliveries.send_again"
