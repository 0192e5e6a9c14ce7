from foundation.access import Permission


class AuditPermission(Permission):
    READ_EVENTS = "audit.events.read"
