-- Deletes receipts of acts of partner systems that are past their time; how many. None of the last day goes, whatever the caller asks for.
CREATE FUNCTION pages_forget_receipts(before timestamptz) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    gone int;
BEGIN
    DELETE FROM pages_receipt WHERE at < least(before, now() - interval '1 day');
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
