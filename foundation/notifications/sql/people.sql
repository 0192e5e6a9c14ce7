-- As in tell.sql and reminders.sql, for people alone: a system asks what is new, and reads neither an inbox nor a mail.

-- Puts a notice into the inbox of everyone who lives in one of these principals and sees the root now, except of the one who acts.
-- Only somebody who sees the root can tell others of it; the caller learns keys of inbox rows, to send mail for, and nothing else.
CREATE OR REPLACE FUNCTION notifications_tell(a_kind text, a_root uuid, some_principals int[])
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

-- Who a reminder is for: the live memberships behind a principal (offices change hands), or one membership, that see the root now.
-- Without a root nothing is looked at but the directory, which is open. Keys, zones and partners only, for the planner.
CREATE OR REPLACE FUNCTION notifications_living(a_root uuid, a_principal int, a_membership uuid)
RETURNS TABLE (account_id uuid, membership_id uuid, time_zone text, partner_id uuid) LANGUAGE plpgsql STABLE ROWS 3 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH meant AS (
        SELECT a_membership AS id WHERE a_membership IS NOT NULL
        UNION SELECT m.id FROM tenancy_membership m WHERE m.group_id = a_principal
        UNION SELECT h.membership_id FROM tenancy_office f JOIN tenancy_officeholder h ON h.office_id = f.id
               WHERE f.group_id = a_principal AND h.confirmed_at IS NOT NULL AND h.starts_at <= now()
                 AND (h.ends_at IS NULL OR h.ends_at > now())
        UNION SELECT m.id FROM tenancy_authority u JOIN tenancy_membership m ON m.authority_id = u.id
               WHERE u.group_id = a_principal
        UNION SELECT m.id FROM tenancy_partner p JOIN tenancy_authority u ON u.partner_id = p.id
                JOIN tenancy_membership m ON m.authority_id = u.id
               WHERE p.group_id = a_principal
    )
    SELECT m.account_id, m.id, a.time_zone::text, u.partner_id
      FROM meant
      JOIN tenancy_membership m ON m.id = meant.id
      JOIN tenancy_account a ON a.id = m.account_id AND a.is_active AND a.kind = 'person'
      JOIN tenancy_authority u ON u.id = m.authority_id
      JOIN tenancy_partner p ON p.id = u.partner_id
     WHERE m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now())
       AND (a_root IS NULL OR EXISTS (
           SELECT 1 FROM access_rootgrant g
            WHERE g.content_object_id = a_root AND g.level = 1 AND (g.until IS NULL OR g.until > now())
              AND (g.group_id IN (m.group_id, u.group_id, p.group_id) OR g.group_id IN (
                  SELECT f.group_id FROM tenancy_officeholder h JOIN tenancy_office f ON f.id = h.office_id
                   WHERE h.membership_id = m.id AND h.confirmed_at IS NOT NULL AND h.starts_at <= now()
                     AND (h.ends_at IS NULL OR h.ends_at > now())))));
END $$;
