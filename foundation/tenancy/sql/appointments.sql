-- An appointment (membership or office holder) is proposed by one person, confirmed by another, ended once, never edited or deleted.
-- These triggers hold for every role; the column rules that need no other row are check constraints.

CREATE FUNCTION tenancy_account_of(a_membership uuid) RETURNS uuid
LANGUAGE sql STABLE AS $$ SELECT account_id FROM tenancy_membership WHERE id = a_membership $$;

CREATE FUNCTION tenancy_guard_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject uuid;
    allowed text[] := ARRAY['confirmed_at', 'confirmed_by_id', 'ends_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an appointment is ended, never deleted' USING ERRCODE = 'WB409';
    END IF;
    IF TG_TABLE_NAME = 'tenancy_membership' THEN
        subject := NEW.account_id;
    ELSE
        subject := tenancy_account_of(NEW.membership_id);
    END IF;
    IF NEW.proposed_by_id IS NOT NULL AND tenancy_account_of(NEW.proposed_by_id) = subject THEN
        RAISE EXCEPTION 'nobody appoints themselves' USING ERRCODE = 'WB403';
    END IF;
    IF NEW.confirmed_by_id IS NOT NULL AND tenancy_account_of(NEW.confirmed_by_id) IN (subject, tenancy_account_of(NEW.proposed_by_id)) THEN
        RAISE EXCEPTION 'a second person confirms' USING ERRCODE = 'WB403';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (to_jsonb(OLD) - allowed) <> (to_jsonb(NEW) - allowed)
           OR (OLD.confirmed_at IS NOT NULL AND (OLD.confirmed_at, OLD.confirmed_by_id) IS DISTINCT FROM (NEW.confirmed_at, NEW.confirmed_by_id))
           OR (OLD.ends_at IS NOT NULL AND OLD.ends_at <= now() AND OLD.ends_at IS DISTINCT FROM NEW.ends_at)
           OR (OLD.ends_at IS NOT NULL AND (NEW.ends_at IS NULL OR NEW.ends_at > OLD.ends_at)) THEN
            RAISE EXCEPTION 'an appointment is confirmed once and ended, never edited' USING ERRCODE = 'WB409';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER tenancy_membership_is_kept BEFORE INSERT OR UPDATE OR DELETE ON tenancy_membership
    FOR EACH ROW EXECUTE FUNCTION tenancy_guard_appointment();
CREATE TRIGGER tenancy_officeholder_is_kept BEFORE INSERT OR UPDATE OR DELETE ON tenancy_officeholder
    FOR EACH ROW EXECUTE FUNCTION tenancy_guard_appointment();
