-- Puts a notice into the inbox of everyone who lives in one of these principals and sees the root now, except of the one who acts.
-- Only somebody who sees the root can tell others of it; the caller learns keys of inbox rows, to send mail for, and nothing else.
CREATE FUNCTION notifications_tell(a_kind text, a_root uuid, some_principals int[])
RETURNS TABLE (notice_id uuid, account_id uuid, membership_id uuid) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    IF NOT access_reaches(a_root, 1) THEN
        RAISE EXCEPTION 'no such root' USING ERRCODE = 'WB404';
    END IF;
    RETURN QUERY
    WITH belongs AS (
        SELECT m.id, m.account_id, ARRAY[m.group_id, u.group_id, u.partner_group] || coalesce(o.groups, '{}') AS principals
          FROM tenancy_membership m
          JOIN tenancy_account a ON a.id = m.account_id AND a.is_active AND a.kind = 'person'
          JOIN (SELECT u.id, u.group_id, p.group_id AS partner_group FROM tenancy_authority u
                  JOIN tenancy_partner p ON p.id = u.partner_id) u ON u.id = m.authority_id
          LEFT JOIN LATERAL (
              SELECT array_agg(f.group_id) AS groups FROM tenancy_officeholder h JOIN tenancy_office f ON f.id = h.office_id
               WHERE h.membership_id = m.id AND h.confirmed_at IS NOT NULL AND h.starts_at <= now()
                 AND (h.ends_at IS NULL OR h.ends_at > now())
          ) o ON true
         WHERE m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now())
           AND m.id <> access_membership()
    ), told AS (
        SELECT b.id, b.account_id FROM belongs b
         WHERE b.principals && some_principals
           AND EXISTS (SELECT 1 FROM access_rootgrant g WHERE g.content_object_id = a_root AND g.level = 1
                          AND g.group_id = ANY (b.principals) AND (g.until IS NULL OR g.until > now()))
    ), written AS (
        INSERT INTO notifications_notice (id, membership_id, kind, root, at)
        SELECT gen_random_uuid(), t.id, a_kind, a_root, now() FROM told t
        RETURNING id, membership_id
    )
    SELECT w.id, t.account_id, w.membership_id FROM written w JOIN told t ON t.id = w.membership_id;
END $$;
