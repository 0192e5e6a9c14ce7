-- Who watches over the systems of all partners: project staff, live, people. They read of every token what the partner's administrators
-- read, and can take it back; they grant none.
CREATE FUNCTION systems_oversees(a_membership uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM tenancy_membership m
          JOIN tenancy_account a ON a.id = m.account_id AND a.is_active AND a.kind = 'person'
         WHERE m.id = a_membership AND m.role IN ('programme_manager', 'technical_administrator')
           AND m.confirmed_at IS NOT NULL AND m.starts_at <= now() AND (m.ends_at IS NULL OR m.ends_at > now())
    )
$$;
