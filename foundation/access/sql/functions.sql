-- What the runtime role may do with roots and shares: nothing directly, these named acts alone. They run as the owner, check the
-- acting membership's level themselves, and take no principal of the caller as an argument.
-- SQLSTATE WB403: not allowed; WB404: not there for this actor; WB409: the state does not allow it.

CREATE FUNCTION access_demand(a_root uuid, a_level int) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF access_membership() IS NULL OR NOT access_reaches(a_root, 1) THEN
        RAISE EXCEPTION 'no such root' USING ERRCODE = 'WB404';
    END IF;
    IF NOT access_reaches(a_root, a_level) THEN
        RAISE EXCEPTION 'level not reached' USING ERRCODE = 'WB403';
    END IF;
END $$;

CREATE FUNCTION access_write_share(a_root uuid, a_principal int, a_level int, a_reason text, a_purpose text, an_until timestamptz)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    new_share uuid;
BEGIN
    IF an_until IS NOT NULL AND an_until <= now() THEN
        RAISE EXCEPTION 'the end lies in the past' USING ERRCODE = 'WB409';
    END IF;
    INSERT INTO access_share (id, root_id, principal_id, level, reason, purpose, granted_at, granted_by_id, until)
    VALUES (gen_random_uuid(), a_root, a_principal, a_level, a_reason, a_purpose, now(), access_membership(), an_until)
    RETURNING id INTO new_share;
    RETURN new_share;
END $$;

-- A new root: managed by the creator's membership and by the case registry of the creator's authority. A key that an offer names is
-- opened by whoever works on what is offered, never by the offered partner: who opens the invitation decides who may accept.
CREATE FUNCTION access_open_root(a_root uuid, a_kind text, a_reference text, a_title text, a_folded text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    principal int;
BEGIN
    IF access_membership() IS NULL THEN
        RAISE EXCEPTION 'nobody acts' USING ERRCODE = 'WB403';
    END IF;
    IF EXISTS (
        SELECT 1 FROM access_offer o
          JOIN tenancy_membership m ON m.id = access_membership()
          JOIN tenancy_authority u ON u.id = m.authority_id
         WHERE o.invitation = a_root AND (u.partner_id = o.partner_id OR NOT access_reaches(o.root_id, 2))
    ) THEN
        RAISE EXCEPTION 'the invitation is for others to open' USING ERRCODE = 'WB403';
    END IF;
    INSERT INTO access_root (id, kind, reference, title, folded, opened_at, sort_at, acl)
    VALUES (a_root, a_kind, a_reference, a_title, a_folded, now(), now(), '{}')
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'opened already' USING ERRCODE = 'WB409';
    END IF;
    FOR principal IN
        SELECT m.group_id FROM tenancy_membership m WHERE m.id = access_membership()
        UNION
        SELECT o.group_id FROM tenancy_membership m
          JOIN tenancy_office o ON o.authority_id = m.authority_id AND o.kind = 'case_registry'
         WHERE m.id = access_membership()
    LOOP
        PERFORM access_write_share(a_root, principal, 3, 'opened', '', NULL);
    END LOOP;
    RETURN a_root;
END $$;

-- A manager for a time gives nothing that outlasts that time.
CREATE FUNCTION access_outlasts(a_root uuid, an_until timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT bool_or(g.until IS NULL) AND (an_until IS NULL OR an_until > max(g.until))
      FROM access_rootgrant g
     WHERE g.content_object_id = a_root AND g.level = 3 AND g.group_id = ANY (access_principals())
       AND (g.until IS NULL OR g.until > now())
$$;

-- Gives a principal a level; needs manage.
CREATE FUNCTION access_grant(a_root uuid, a_principal int, a_level int, a_reason text, a_purpose text, an_until timestamptz)
RETURNS uuid LANGUAGE plpgsql AS $$
BEGIN
    PERFORM access_demand(a_root, 3);
    IF access_outlasts(a_root, an_until) THEN
        RAISE EXCEPTION 'a share cannot outlast the one it comes from' USING ERRCODE = 'WB403';
    END IF;
    RETURN access_write_share(a_root, a_principal, a_level, a_reason, a_purpose, an_until);
END $$;

-- The principals that the actor may take out: its own membership, the offices it holds, its authority when it keeps the
-- authority's registry, its partner when it is the partner's coordinator.
CREATE FUNCTION access_may_leave_for() RETURNS int[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(DISTINCT x.group_id) FROM (
        SELECT m.group_id FROM tenancy_membership m WHERE m.id = access_membership()
        UNION ALL
        SELECT o.group_id FROM tenancy_office o WHERE o.group_id = ANY (access_principals())
        UNION ALL
        SELECT u.group_id FROM tenancy_office o JOIN tenancy_authority u ON u.id = o.authority_id
         WHERE o.group_id = ANY (access_principals()) AND o.kind = 'case_registry'
        UNION ALL
        SELECT p.group_id FROM tenancy_office o JOIN tenancy_partner p ON p.id = o.partner_id
         WHERE o.group_id = ANY (access_principals()) AND o.kind = 'coordinator'
    ) x
$$;

-- Ends a share: by a manager, or by the one who has it (leaving). The last undated manager stays.
CREATE FUNCTION access_revoke(a_share uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_share access_share%ROWTYPE;
BEGIN
    SELECT * INTO the_share FROM access_share s WHERE s.id = a_share;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such share' USING ERRCODE = 'WB404';
    END IF;
    PERFORM access_demand(the_share.root_id, 1);
    -- One at a time per root, so that two managers who leave at once do not both count the other; asked again after the wait, so
    -- that whoever was taken out in the meantime takes nobody out.
    PERFORM 1 FROM access_root r WHERE r.id = the_share.root_id FOR UPDATE;
    PERFORM access_demand(the_share.root_id, 1);
    IF NOT (access_reaches(the_share.root_id, 3) OR the_share.principal_id = ANY (access_may_leave_for())) THEN
        RAISE EXCEPTION 'level not reached' USING ERRCODE = 'WB403';
    END IF;
    PERFORM 1 FROM access_share s WHERE s.id = a_share AND s.revoked_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'already ended' USING ERRCODE = 'WB409';
    END IF;
    IF the_share.level = 3 AND the_share.until IS NULL AND NOT EXISTS (
        SELECT 1 FROM access_share s
         WHERE s.root_id = the_share.root_id AND s.id <> a_share AND s.level = 3 AND s.until IS NULL AND s.revoked_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a root never loses its last manager' USING ERRCODE = 'WB409', HINT = 'last_manager';
    END IF;
    UPDATE access_share SET revoked_at = now(), revoked_by_id = access_membership() WHERE id = a_share;
END $$;

-- An offer: whoever has contribute on the invitation may accept it for principals of that partner, up to that level.
CREATE FUNCTION access_offer(a_root uuid, a_partner uuid, a_level int, an_invitation uuid, a_purpose text, an_until timestamptz)
RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    new_offer uuid;
BEGIN
    PERFORM access_demand(a_root, 3);
    IF a_level > 2 THEN
        RAISE EXCEPTION 'management is never offered' USING ERRCODE = 'WB403';
    END IF;
    -- What an accepted offer opens has no end, so only a manager without end may offer.
    IF access_outlasts(a_root, NULL) THEN
        RAISE EXCEPTION 'a share cannot outlast the one it comes from' USING ERRCODE = 'WB403';
    END IF;
    INSERT INTO access_offer (id, root_id, partner_id, level, invitation, purpose, until, offered_at, offered_by_id)
    VALUES (gen_random_uuid(), a_root, a_partner, a_level, an_invitation, a_purpose, an_until, now(), access_membership())
    RETURNING id INTO new_offer;
    RETURN new_offer;
END $$;

CREATE FUNCTION access_withdraw_offer(an_offer uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_root uuid;
BEGIN
    SELECT o.root_id INTO the_root FROM access_offer o WHERE o.id = an_offer;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such offer' USING ERRCODE = 'WB404';
    END IF;
    PERFORM access_demand(the_root, 2);
    UPDATE access_offer SET withdrawn_at = now(), withdrawn_by_id = access_membership()
     WHERE id = an_offer AND withdrawn_at IS NULL AND accepted_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'already answered' USING ERRCODE = 'WB409';
    END IF;
END $$;

-- Opens the offered root to principals of the invited partner. The answer tells nothing of the root.
CREATE FUNCTION access_accept_offer(an_invitation uuid, some_principals int[], a_purpose text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_offer access_offer%ROWTYPE;
    principal int;
BEGIN
    PERFORM access_demand(an_invitation, 2);
    SELECT o.* INTO the_offer FROM access_offer o
      JOIN tenancy_membership m ON m.id = access_membership()
      JOIN tenancy_authority u ON u.id = m.authority_id AND u.partner_id = o.partner_id
     WHERE o.invitation = an_invitation
       FOR UPDATE OF o;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing is offered to this partner' USING ERRCODE = 'WB403';
    END IF;
    IF the_offer.withdrawn_at IS NOT NULL OR the_offer.accepted_at IS NOT NULL OR the_offer.until <= now()
       OR coalesce(array_length(some_principals, 1), 0) = 0 THEN
        RAISE EXCEPTION 'the offer does not stand any more' USING ERRCODE = 'WB409', HINT = 'offer_gone';
    END IF;
    FOREACH principal IN ARRAY some_principals LOOP
        IF NOT EXISTS (
            SELECT 1 FROM tenancy_authority u WHERE u.group_id = principal AND u.partner_id = the_offer.partner_id
            UNION ALL
            SELECT 1 FROM tenancy_office o WHERE o.group_id = principal AND o.partner_id = the_offer.partner_id
            UNION ALL
            SELECT 1 FROM tenancy_membership m JOIN tenancy_authority u ON u.id = m.authority_id
             WHERE m.group_id = principal AND u.partner_id = the_offer.partner_id
        ) THEN
            RAISE EXCEPTION 'a principal of another partner' USING ERRCODE = 'WB403';
        END IF;
        PERFORM access_write_share(the_offer.root_id, principal, the_offer.level, 'invitation', a_purpose, NULL);
    END LOOP;
    UPDATE access_offer SET accepted_at = now(), accepted_by_id = access_membership() WHERE id = the_offer.id;
END $$;

-- Moves the sort time (at most once a minute) and, when given, the title; the projection's copy follows.
CREATE FUNCTION access_touch(a_root uuid, a_title text, a_folded text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM access_demand(a_root, 2);
    IF a_title IS NOT NULL THEN
        UPDATE access_root SET title = a_title, folded = a_folded WHERE id = a_root;
    END IF;
    UPDATE access_root SET sort_at = now() WHERE id = a_root AND sort_at < now() - interval '1 minute';
    IF FOUND THEN
        UPDATE access_rootgrant SET sort_at = now() WHERE content_object_id = a_root;
    END IF;
END $$;
