-- The run-time role appoints nobody in another's name and confirms nothing that is another's to confirm, not even by plain SQL. These
-- triggers stand for the run-time role (see the migration): the owner sets up what was before the product.

-- What an appointment is about: its subject, the partner and, where it belongs to one, the authority.
CREATE FUNCTION partners_subject_of_membership(m tenancy_membership, OUT subject uuid, OUT an_authority uuid, OUT a_partner uuid)
LANGUAGE sql STABLE AS $$
    SELECT m.account_id, m.authority_id, u.partner_id FROM tenancy_authority u WHERE u.id = m.authority_id
$$;

CREATE FUNCTION partners_subject_of_holder(h tenancy_officeholder, OUT subject uuid, OUT an_authority uuid, OUT a_partner uuid)
LANGUAGE sql STABLE AS $$
    SELECT m.account_id, o.authority_id, o.partner_id
      FROM tenancy_membership m, tenancy_office o WHERE m.id = h.membership_id AND o.id = h.office_id
$$;

CREATE FUNCTION partners_check_proposal(
    is_founding boolean, confirmed timestamptz, proposer uuid, may_found boolean, a_partner uuid
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF proposer IS DISTINCT FROM access_membership() THEN
        RAISE EXCEPTION 'nobody proposes in the name of another' USING ERRCODE = 'WB403';
    END IF;
    IF is_founding THEN
        IF confirmed IS NULL OR NOT may_found THEN
            RAISE EXCEPTION 'there is somebody to confirm, or something to see' USING ERRCODE = 'WB403';
        END IF;
    ELSIF confirmed IS NOT NULL THEN
        RAISE EXCEPTION 'a proposal is confirmed later, by a second person' USING ERRCODE = 'WB403';
    ELSIF NOT EXISTS (
        SELECT 1 FROM tenancy_membership m JOIN tenancy_authority u ON u.id = m.authority_id
         WHERE m.id = proposer AND u.partner_id = a_partner
    ) THEN
        RAISE EXCEPTION 'the people of a partner are proposed by that partner' USING ERRCODE = 'WB403';
    END IF;
END $$;

CREATE FUNCTION partners_check_confirmation(
    ended timestamptz, confirmer uuid, an_authority uuid, a_partner uuid, subject uuid, proposer uuid
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF ended <= now() THEN
        RAISE EXCEPTION 'the proposal was refused or withdrawn' USING ERRCODE = 'WB409';
    END IF;
    IF confirmer IS NULL OR confirmer IS DISTINCT FROM access_membership()
       OR NOT partners_may_confirm(confirmer, an_authority, a_partner, subject, tenancy_account_of(proposer)) THEN
        RAISE EXCEPTION 'a second person of the authority confirms' USING ERRCODE = 'WB403';
    END IF;
END $$;

CREATE FUNCTION partners_guard_membership() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about record;
BEGIN
    SELECT * INTO about FROM partners_subject_of_membership(NEW);
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(about.a_partner::text, 0));
        IF NEW.role IN ('case_officer', 'programme_manager', 'technical_administrator', 'auditor') AND NOT EXISTS (
            SELECT 1 FROM tenancy_partner p WHERE p.id = about.a_partner AND p.kind = 'eurojust'
        ) THEN
            RAISE EXCEPTION 'a role of Eurojust alone' USING ERRCODE = 'WB403';
        END IF;
        PERFORM partners_check_proposal(NEW.founding, NEW.confirmed_at, NEW.proposed_by_id,
            NEW.founding AND partners_may_found(NEW.authority_id, NULL, NEW.account_id), about.a_partner);
    ELSIF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL THEN
        PERFORM partners_check_confirmation(
            OLD.ends_at, NEW.confirmed_by_id, about.an_authority, about.a_partner, about.subject, NEW.proposed_by_id);
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION partners_guard_holder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    about record;
BEGIN
    SELECT * INTO about FROM partners_subject_of_holder(NEW);
    IF TG_OP = 'INSERT' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(about.a_partner::text, 0));
        IF NOT EXISTS (
            SELECT 1 FROM tenancy_membership m JOIN tenancy_authority u ON u.id = m.authority_id
             WHERE m.id = NEW.membership_id AND u.partner_id = about.a_partner
               AND (about.an_authority IS NULL OR u.id = about.an_authority)
        ) THEN
            RAISE EXCEPTION 'an office is held by its own people' USING ERRCODE = 'WB403';
        END IF;
        PERFORM partners_check_proposal(NEW.founding, NEW.confirmed_at, NEW.proposed_by_id,
            NEW.founding AND partners_may_found(NULL, NEW.office_id, about.subject), about.a_partner);
    ELSIF OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL THEN
        PERFORM partners_check_confirmation(
            OLD.ends_at, NEW.confirmed_by_id, about.an_authority, about.a_partner, about.subject, NEW.proposed_by_id);
    END IF;
    RETURN NEW;
END $$;

-- A principal owns the group that is named after it and keeps both group and place: else a new authority could borrow the group of
-- another partner, and with it all that the partner sees.
CREATE FUNCTION partners_guard_principal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.id, OLD.group_id) IS DISTINCT FROM (NEW.id, NEW.group_id)
           OR (to_jsonb(OLD) -> 'partner_id', to_jsonb(OLD) -> 'authority_id')
              IS DISTINCT FROM (to_jsonb(NEW) -> 'partner_id', to_jsonb(NEW) -> 'authority_id') THEN
            RAISE EXCEPTION 'a principal keeps its group and its place' USING ERRCODE = 'WB403';
        END IF;
    ELSIF NOT EXISTS (
        SELECT 1 FROM auth_group g
         WHERE g.id = NEW.group_id AND g.name = replace(TG_TABLE_NAME, 'tenancy_', '') || ':' || NEW.id
    ) THEN
        RAISE EXCEPTION 'a principal has a group of its own' USING ERRCODE = 'WB403';
    END IF;
    RETURN NEW;
END $$;
