-- Who may confirm an appointment, and when there is nobody to ask. The application asks the same functions as the triggers, so that a
-- button, an action and the database never differ.
-- SQLSTATE WB403: not allowed; WB409: the state does not allow it.

-- Memberships, live now, of people who may be the second person: neither the subject nor the proposer, whatever membership they act
-- through. Of the authority when one is named and has such a person, else of the partner.
CREATE FUNCTION partners_second_people(an_authority uuid, a_partner uuid, subject uuid, proposer uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
    WITH others AS MATERIALIZED (
        SELECT m.id, m.authority_id
          FROM tenancy_membership m
          JOIN tenancy_authority u ON u.id = m.authority_id AND u.partner_id = a_partner
          JOIN tenancy_account a ON a.id = m.account_id AND a.is_active AND a.kind = 'person'
         WHERE m.account_id IS DISTINCT FROM subject AND m.account_id IS DISTINCT FROM proposer
           AND m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now())
    )
    SELECT o.id FROM others o
     WHERE an_authority IS NULL OR o.authority_id = an_authority
        OR NOT EXISTS (SELECT 1 FROM others x WHERE x.authority_id = an_authority)
$$;

CREATE FUNCTION partners_may_confirm(a_membership uuid, an_authority uuid, a_partner uuid, subject uuid, proposer uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT a_membership IN (SELECT partners_second_people(an_authority, a_partner, subject, proposer))
$$;

-- May an appointment stand without a second person? Only when nobody of the partner could be that person, now or (being confirmed
-- already) later, and no principal that the appointment brings has a live share of any root: then it gives sight of nothing. Runs as the
-- owner, for sight is not for everyone to read, and answers yes or no. The proposer is whoever acts.
CREATE FUNCTION partners_may_found(an_authority uuid, an_office uuid, subject uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    a_partner uuid;
    brought int[];
BEGIN
    IF an_office IS NULL THEN
        SELECT p.id, ARRAY[u.group_id, p.group_id] INTO a_partner, brought
          FROM tenancy_authority u JOIN tenancy_partner p ON p.id = u.partner_id WHERE u.id = an_authority;
    ELSE
        SELECT o.partner_id, ARRAY[o.group_id] INTO a_partner, brought
          FROM tenancy_office o WHERE o.id = an_office;
    END IF;
    RETURN a_partner IS NOT NULL
       AND NOT EXISTS (
           SELECT 1 FROM tenancy_membership m
             JOIN tenancy_authority u ON u.id = m.authority_id AND u.partner_id = a_partner
             JOIN tenancy_account a ON a.id = m.account_id AND a.is_active AND a.kind = 'person'
            WHERE m.account_id IS DISTINCT FROM subject
              AND m.account_id IS DISTINCT FROM tenancy_account_of(access_membership())
              AND m.confirmed_at IS NOT NULL AND (m.ends_at IS NULL OR m.ends_at > now())
       )
       AND NOT EXISTS (
           SELECT 1 FROM access_share s
            WHERE s.principal_id = ANY (brought) AND s.revoked_at IS NULL AND (s.until IS NULL OR s.until > now())
       );
END $$;
