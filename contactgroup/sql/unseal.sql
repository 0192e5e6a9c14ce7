-- Votes are sealed for their own partner until their round is closed; then everyone on the nomination reads them. The runtime role
-- never changes a vote, so the seal is broken here, for whoever contributes to the nomination, and only after the closing.
CREATE FUNCTION contactgroup_unseal(a_round uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_root uuid;
    closed timestamptz;
BEGIN
    SELECT r.root_id, r.closed_at INTO the_root, closed FROM contactgroup_votinground r WHERE r.id = a_round;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such round' USING ERRCODE = 'WB404';
    END IF;
    PERFORM access_demand(the_root, 2);
    IF closed IS NULL THEN
        RAISE EXCEPTION 'the vote is open' USING ERRCODE = 'WB409';
    END IF;
    UPDATE contactgroup_vote SET audience_id = NULL WHERE round_id = a_round;
END $$;

-- A vote stays as it was cast, for every role: no change but the breaking of the seal, no deletion.
CREATE FUNCTION contactgroup_vote_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (to_jsonb(OLD) - 'audience_id') <> (to_jsonb(NEW) - 'audience_id') OR NEW.audience_id IS NOT NULL THEN
        RAISE EXCEPTION 'a vote is cast anew, never changed' USING ERRCODE = 'WB409';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER contactgroup_vote_is_kept BEFORE UPDATE OR DELETE ON contactgroup_vote
    FOR EACH ROW EXECUTE FUNCTION contactgroup_vote_is_kept();
