-- Who a reminder is for: the live memberships behind a principal (offices change hands), or one membership, that see the root now.
-- Without a root nothing is looked at but the directory, which is open. Keys, zones and partners only, for the planner.
CREATE FUNCTION notifications_living(a_root uuid, a_principal int, a_membership uuid)
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

-- What may move reminders is noted in the transaction that changes it, so a change and its note stand or fall together.
CREATE FUNCTION notifications_note_obligation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO notifications_change (kind, obligation, ripe_at, attempts, outcome)
    VALUES (TG_ARGV[0], (to_jsonb(NEW) ->> TG_ARGV[1])::uuid, NULL, 0, '');
    RETURN NULL;
END $$;

-- Sight of a root moves the reminders of everything under it.
CREATE FUNCTION notifications_note_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO notifications_change (kind, root, ripe_at, attempts, outcome) VALUES ('', NEW.root_id, NULL, 0, '');
    RETURN NULL;
END $$;

CREATE TRIGGER notifications_share_noted AFTER INSERT OR UPDATE ON access_share
    FOR EACH ROW EXECUTE FUNCTION notifications_note_share();

-- An appointment moves what waits for its principals when it begins and when it ends; both may lie ahead.
CREATE FUNCTION notifications_note_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    principals int[];
BEGIN
    IF NEW.confirmed_at IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'tenancy_membership' THEN
        SELECT ARRAY[NEW.group_id, u.group_id, p.group_id] INTO principals
          FROM tenancy_authority u JOIN tenancy_partner p ON p.id = u.partner_id WHERE u.id = NEW.authority_id;
    ELSE
        SELECT ARRAY[f.group_id] INTO principals FROM tenancy_office f WHERE f.id = NEW.office_id;
    END IF;
    INSERT INTO notifications_change (kind, principal, ripe_at, attempts, outcome)
    SELECT DISTINCT '', one, CASE WHEN ripe > now() THEN ripe END, 0, ''
      FROM unnest(principals) AS one, unnest(ARRAY[NEW.starts_at, NEW.ends_at]) AS ripe
     WHERE ripe IS NOT NULL;
    RETURN NULL;
END $$;

CREATE TRIGGER notifications_membership_noted AFTER INSERT OR UPDATE ON tenancy_membership
    FOR EACH ROW EXECUTE FUNCTION notifications_note_appointment();
CREATE TRIGGER notifications_officeholder_noted AFTER INSERT OR UPDATE ON tenancy_officeholder
    FOR EACH ROW EXECUTE FUNCTION notifications_note_appointment();

-- Another time zone is another morning; an account that is closed or opened again is told nothing or something.
CREATE FUNCTION notifications_note_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO notifications_change (kind, principal, ripe_at, attempts, outcome)
    SELECT DISTINCT '', one, NULL::timestamptz, 0, ''
      FROM tenancy_membership m JOIN tenancy_authority u ON u.id = m.authority_id JOIN tenancy_partner p ON p.id = u.partner_id
      CROSS JOIN LATERAL (
          SELECT unnest(ARRAY[m.group_id, u.group_id, p.group_id])
          UNION SELECT f.group_id FROM tenancy_officeholder h JOIN tenancy_office f ON f.id = h.office_id
                 WHERE h.membership_id = m.id) AS of (one)
     WHERE m.account_id = NEW.id AND m.confirmed_at IS NOT NULL;
    RETURN NULL;
END $$;

CREATE TRIGGER notifications_account_noted AFTER UPDATE OF time_zone, is_active ON tenancy_account
    FOR EACH ROW WHEN (OLD.time_zone <> NEW.time_zone OR OLD.is_active <> NEW.is_active)
    EXECUTE FUNCTION notifications_note_account();
