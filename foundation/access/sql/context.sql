-- The context of one transaction: who acts, through which membership, and so through which principals.

CREATE FUNCTION access_principals() RETURNS int[]
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('wbcj.principals', true), '')::int[] $$;

CREATE FUNCTION access_membership() RETURNS uuid
LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('wbcj.membership', true), '')::uuid $$;

-- Reads membership and offices with their periods, now; sets the context; no row when the account may not act through it.
-- Without a membership the longest standing one is taken. Its plans go by keys, whoever asks, so a session makes them once.
CREATE FUNCTION access_enter(an_account uuid, a_membership uuid)
RETURNS TABLE (
    account_id uuid, membership_id uuid, authority_id uuid, partner_id uuid, role text, offices text[],
    membership_group int, authority_group int, partner_group int, principals int[],
    account_name text, authority_name text, partner_name text, time_zone text
) LANGUAGE plpgsql ROWS 1 SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    office_groups int[];
BEGIN
    SELECT a.id, m.id, u.id, p.id, m.role, m.group_id, u.group_id, p.group_id, a.full_name, u.name, p.name, a.time_zone
      INTO account_id, membership_id, authority_id, partner_id, role, membership_group, authority_group, partner_group,
           account_name, authority_name, partner_name, time_zone
      FROM tenancy_membership m
      JOIN tenancy_account a ON a.id = m.account_id AND a.is_active
      JOIN tenancy_authority u ON u.id = m.authority_id
      JOIN tenancy_partner p ON p.id = u.partner_id
     WHERE m.account_id = an_account AND (a_membership IS NULL OR m.id = a_membership)
       AND m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now())
     ORDER BY m.starts_at, m.id
     LIMIT 1;
    IF NOT FOUND THEN
        PERFORM set_config('wbcj.principals', '', true), set_config('wbcj.membership', '', true);
        RETURN;
    END IF;
    SELECT coalesce(array_agg(DISTINCT o.group_id), '{}'), coalesce(array_agg(DISTINCT o.kind), '{}')
      INTO office_groups, offices
      FROM tenancy_officeholder h
      JOIN tenancy_office o ON o.id = h.office_id
     WHERE h.membership_id = access_enter.membership_id
       AND h.confirmed_at IS NOT NULL AND h.starts_at <= now() AND (h.ends_at IS NULL OR h.ends_at > now());
    principals := ARRAY[membership_group, authority_group, partner_group] || office_groups;
    PERFORM set_config('wbcj.principals', principals::text, true),
            set_config('wbcj.membership', access_enter.membership_id::text, true);
    RETURN NEXT;
END $$;
