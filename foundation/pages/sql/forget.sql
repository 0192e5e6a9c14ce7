-- Deletes what was typed and not touched since; how many. Nobody's text of the last day goes, whatever the caller asks for.
CREATE FUNCTION pages_forget_drafts(before timestamptz) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    gone int;
BEGIN
    DELETE FROM pages_draft WHERE saved_at < least(before, now() - interval '1 day');
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
