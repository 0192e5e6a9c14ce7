-- What a system can never be, for every role. Its account has no way to sign in (a check constraint of tenancy), and stays a system.
CREATE FUNCTION systems_guard_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a system stays a system, and a person a person' USING ERRCODE = 'WB403';
END $$;

CREATE TRIGGER systems_account_keeps_its_kind BEFORE UPDATE OF kind ON tenancy_account
    FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION systems_guard_kind();

CREATE FUNCTION systems_is_system(a_membership uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM tenancy_membership m JOIN tenancy_account a ON a.id = m.account_id
                    WHERE m.id = a_membership AND a.kind = 'system')
$$;

-- A system has no role that gives rights or that reads the record, neither proposes nor confirms people, and holds no seat: a vote binds by person.
CREATE FUNCTION systems_guard_appointment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF systems_is_system(NEW.proposed_by_id) OR systems_is_system(NEW.confirmed_by_id) THEN
        RAISE EXCEPTION 'a system appoints nobody' USING ERRCODE = 'WB403';
    END IF;
    IF TG_TABLE_NAME = 'tenancy_membership' THEN
        IF NEW.role IN ('partner_administrator', 'programme_manager', 'technical_administrator', 'auditor')
           AND EXISTS (SELECT 1 FROM tenancy_account a WHERE a.id = NEW.account_id AND a.kind = 'system') THEN
            RAISE EXCEPTION 'a system gives no rights and audits nobody' USING ERRCODE = 'WB403';
        END IF;
    ELSIF systems_is_system(NEW.membership_id)
       AND EXISTS (SELECT 1 FROM tenancy_office o WHERE o.id = NEW.office_id AND o.kind = 'contact_group_seat') THEN
        RAISE EXCEPTION 'people vote' USING ERRCODE = 'WB403';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER systems_membership_guarded BEFORE INSERT OR UPDATE ON tenancy_membership
    FOR EACH ROW EXECUTE FUNCTION systems_guard_appointment();
CREATE TRIGGER systems_officeholder_guarded BEFORE INSERT OR UPDATE ON tenancy_officeholder
    FOR EACH ROW EXECUTE FUNCTION systems_guard_appointment();
