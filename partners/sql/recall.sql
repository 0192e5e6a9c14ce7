-- Project staff revoked a token: its partner's administrators read so in their inbox. Who may: whoever revoked it, in the minutes after.
CREATE FUNCTION partners_tell_of_recall(a_token uuid)
RETURNS TABLE (notice_id uuid, account_id uuid, membership_id uuid) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    the_partner uuid;
BEGIN
    SELECT u.partner_id INTO the_partner FROM systems_systemtoken t
      JOIN tenancy_membership s ON s.id = t.membership_id
      JOIN tenancy_authority u ON u.id = s.authority_id
     WHERE t.id = a_token AND t.revoked_by_id = access_membership() AND t.revoked_at > now() - interval '5 minutes';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing was revoked' USING ERRCODE = 'WB404';
    END IF;
    RETURN QUERY
    WITH told AS (
        SELECT m.id, m.account_id FROM tenancy_membership m
          JOIN tenancy_account a ON a.id = m.account_id AND a.is_active AND a.kind = 'person'
          JOIN tenancy_authority u ON u.id = m.authority_id AND u.partner_id = the_partner
         WHERE m.role = 'partner_administrator' AND m.confirmed_at IS NOT NULL AND m.starts_at <= now()
           AND (m.ends_at IS NULL OR m.ends_at > now())
    ), written AS (
        INSERT INTO notifications_notice (id, membership_id, kind, at)
        SELECT gen_random_uuid(), t.id, 'systems.token.recalled', now() FROM told t
        RETURNING id, membership_id
    )
    SELECT w.id, t.account_id, w.membership_id FROM written w JOIN told t ON t.id = w.membership_id;
END $$;
