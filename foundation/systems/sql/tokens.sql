-- Who may grant a token to a system: a live administrator of the system's own partner. Asked when a token is granted, and again at each
-- use for whoever granted it, so that no token outlives that right.
CREATE FUNCTION systems_administers(a_system uuid, a_membership uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM tenancy_membership m
          JOIN tenancy_account a ON a.id = m.account_id AND a.is_active AND a.kind = 'person'
          JOIN tenancy_authority u ON u.id = m.authority_id
         WHERE m.id = a_membership AND m.role = 'partner_administrator'
           AND m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now())
           AND u.partner_id = (SELECT su.partner_id FROM tenancy_membership s JOIN tenancy_authority su ON su.id = s.authority_id
                                WHERE s.id = a_system)
    )
$$;

-- A token belongs to a system, is granted by whoever acts, and is then replaced once, revoked once, or used. It never lasts longer than
-- it did, and nothing else of it changes. Holds for every role.
CREATE FUNCTION systems_guard_token() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed text[] := ARRAY['expires_at', 'used_at', 'used_from', 'revoked_at', 'revoked_by_id', 'successor_id'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.granted_at > now() + interval '5 minutes' THEN
            RAISE EXCEPTION 'a token is granted now' USING ERRCODE = 'WB409';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM tenancy_membership m JOIN tenancy_account a ON a.id = m.account_id
             WHERE m.id = NEW.membership_id AND a.kind = 'system'
        ) THEN
            RAISE EXCEPTION 'people have no tokens' USING ERRCODE = 'WB403';
        END IF;
        RETURN NEW;
    END IF;
    IF (to_jsonb(OLD) - allowed) <> (to_jsonb(NEW) - allowed)
       OR NEW.expires_at > OLD.expires_at
       OR (OLD.revoked_at IS NOT NULL AND (OLD.revoked_at, OLD.revoked_by_id) IS DISTINCT FROM (NEW.revoked_at, NEW.revoked_by_id))
       OR (OLD.successor_id IS NOT NULL AND OLD.successor_id IS DISTINCT FROM NEW.successor_id) THEN
        RAISE EXCEPTION 'a token is replaced and revoked once, never changed' USING ERRCODE = 'WB409';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER systems_systemtoken_is_kept BEFORE INSERT OR UPDATE ON systems_systemtoken
    FOR EACH ROW EXECUTE FUNCTION systems_guard_token();

-- What is known of the token with this prefix, for the one who shows the secret: the digest to compare, what it may be used for, and
-- whether system and granter stand now. Nothing of what any record says.
CREATE FUNCTION systems_token_of(a_prefix text)
RETURNS TABLE (
    token_id uuid, digest text, account_id uuid, membership_id uuid, scopes text[], networks text[], expires_at timestamptz,
    revoked_at timestamptz, used_at timestamptz, in_office boolean, rightful boolean
) LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT t.id, t.digest, m.account_id, m.id, t.scopes::text[], t.networks::text[], t.expires_at, t.revoked_at, t.used_at,
           a.is_active AND a.kind = 'system'
               AND m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now()),
           systems_administers(m.id, t.granted_by_id)
      FROM systems_systemtoken t
      JOIN tenancy_membership m ON m.id = t.membership_id
      JOIN tenancy_account a ON a.id = m.account_id
     WHERE t.prefix = a_prefix
$$;

-- Notes that a token was used and from where, once a minute at most; of several uses at once one is noted and none waits.
CREATE FUNCTION systems_used(a_token uuid, an_address inet) RETURNS void LANGUAGE sql AS $$
    UPDATE systems_systemtoken SET used_at = clock_timestamp(), used_from = an_address
     WHERE id = (SELECT t.id FROM systems_systemtoken t
                  WHERE t.id = a_token AND (t.used_at IS NULL OR t.used_at < clock_timestamp() - interval '1 minute')
                    FOR UPDATE SKIP LOCKED)
$$;
