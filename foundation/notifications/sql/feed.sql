-- Whose feed has this fingerprint: keys of the feed, the account and the membership, so that the answer can be made acting for them.
-- No row for one that is unknown or revoked, alike. The secret itself never comes here.
CREATE FUNCTION notifications_feed_of(a_digest text)
RETURNS TABLE (feed_id uuid, account_id uuid, membership_id uuid) LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT f.id, m.account_id, m.id
      FROM notifications_calendarfeed f JOIN tenancy_membership m ON m.id = f.membership_id
     WHERE f.digest = a_digest AND f.revoked_at IS NULL
$$;
