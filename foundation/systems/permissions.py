from foundation.access import Permission


class SystemPermission(Permission):
    """Acts on the systems of one's own partner. They concern no root: the acts check the partner themselves."""

    ADMINISTER = "systems.administer"
