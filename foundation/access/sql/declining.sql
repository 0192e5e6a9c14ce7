-- The invited partner says no: its offer ends, so that no later act can open what was declined. Tells nothing of the offered root.
CREATE FUNCTION access_decline_offer(an_invitation uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    the_offer uuid;
BEGIN
    PERFORM access_demand(an_invitation, 2);
    SELECT o.id INTO the_offer FROM access_offer o
      JOIN tenancy_membership m ON m.id = access_membership()
      JOIN tenancy_authority u ON u.id = m.authority_id AND u.partner_id = o.partner_id
     WHERE o.invitation = an_invitation;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing is offered to this partner' USING ERRCODE = 'WB403';
    END IF;
    UPDATE access_offer SET withdrawn_at = now(), withdrawn_by_id = access_membership()
     WHERE id = the_offer AND withdrawn_at IS NULL AND accepted_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the offer does not stand any more' USING ERRCODE = 'WB409', HINT = 'offer_gone';
    END IF;
END $$;
