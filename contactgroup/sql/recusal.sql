-- Why somebody is recused is read by the own partner and by the case desk that runs the vote, and by nobody else on the nomination. A
-- row has one audience, so the desk reads a copy. Only who reads a reason can hand it on, and only to a desk that sees the nomination.
CREATE FUNCTION contactgroup_confide(a_reason uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    told contactgroup_recusalreason;
BEGIN
    SELECT r.* INTO told FROM contactgroup_recusalreason r WHERE r.id = a_reason AND r.audience_id = ANY (access_principals());
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such reason' USING ERRCODE = 'WB404';
    END IF;
    PERFORM access_demand(told.root_id, 2);
    INSERT INTO contactgroup_recusalreason (id, root_id, audience_id, recusal_id, ground, words)
    SELECT gen_random_uuid(), told.root_id, o.group_id, told.recusal_id, told.ground, told.words
      FROM tenancy_office o JOIN tenancy_partner p ON p.id = o.partner_id
     WHERE o.kind = 'case_desk' AND p.kind = 'eurojust'
       AND EXISTS (SELECT 1 FROM access_rootgrant g WHERE g.content_object_id = told.root_id AND g.level = 1
                      AND g.group_id = o.group_id AND (g.until IS NULL OR g.until > now()))
    ON CONFLICT DO NOTHING;
END $$;

-- A recusal stays as it was declared, for every role, but that it is taken back, once.
CREATE FUNCTION contactgroup_recusal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    back CONSTANT text[] := ARRAY['taken_back_at', 'taken_back_by_id', 'until_round'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.taken_back_at IS NOT NULL OR (to_jsonb(OLD) - back) <> (to_jsonb(NEW) - back) THEN
        RAISE EXCEPTION 'a recusal is taken back, never changed' USING ERRCODE = 'WB409';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER contactgroup_recusal_is_kept BEFORE UPDATE OR DELETE ON contactgroup_recusal
    FOR EACH ROW EXECUTE FUNCTION contactgroup_recusal_is_kept();

CREATE FUNCTION contactgroup_reason_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a reason is never changed' USING ERRCODE = 'WB409';
END $$;

CREATE TRIGGER contactgroup_reason_is_kept BEFORE UPDATE OR DELETE ON contactgroup_recusalreason
    FOR EACH ROW EXECUTE FUNCTION contactgroup_reason_is_kept();

-- Rounds that were counted hang on their rule: a rule is never changed and never goes. One that has not begun can be withdrawn.
CREATE FUNCTION contactgroup_votingrule_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    back CONSTANT text[] := ARRAY['withdrawn_at', 'withdrawn_by_id'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR (to_jsonb(OLD) - back) <> (to_jsonb(NEW) - back) THEN
        RAISE EXCEPTION 'a rule is followed by another, never changed' USING ERRCODE = 'WB409';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER contactgroup_votingrule_is_kept BEFORE UPDATE OR DELETE ON contactgroup_votingrule
    FOR EACH ROW EXECUTE FUNCTION contactgroup_votingrule_is_kept();
