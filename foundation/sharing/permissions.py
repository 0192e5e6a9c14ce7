from foundation.access import Level, Permission


class SharingPermission(Permission):
    VIEW = "sharing.view", Level.VIEW
    LEAVE = "sharing.leave", Level.VIEW
    SHARE = "sharing.share", Level.MANAGE
    HAND_OVER = "sharing.hand_over", Level.MANAGE
