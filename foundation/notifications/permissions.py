from foundation.access import Permission


class NotificationsPermission(Permission):
    READ = "notifications.read"
    FEED = "notifications.feed"
    DELIVERIES = "notifications.deliveries.view"
    SET_REMINDERS = "notifications.reminders.set"
    SEND_AGAIN = "notifications.deliveries.send_again"
