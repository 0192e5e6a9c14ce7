from foundation.notifications.reference.loading import load

__all__ = ["load"]
