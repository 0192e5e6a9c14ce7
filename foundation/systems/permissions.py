from foundation.access import Permission


class SystemPermission(Permission):
    """Acts on systems: on those of one's own partner, and for project staff on those of all. They concern no root."""

    ADMINISTER = "systems.administer"
    OVERSEE = "systems.oversee"
    RECALL = "systems.recall"
