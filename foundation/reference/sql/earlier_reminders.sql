-- Rules of reminders that staff set before these kinds had a history: what the rows themselves say of who set and took them back.
-- Who set the last day of an offset was never kept.
INSERT INTO reference_change (id, kind, "row", title, act, at, by_id, imported, changes)
SELECT gen_random_uuid(), told.kind, told.pk, told.title, told.act, told.at, told.by_id, false, told.changes
  FROM (
        SELECT 'reminders' AS kind, o.id::text AS pk, o.kind || ' / ' || o.days || ' (' || o.valid_from || ')' AS title,
               'added' AS act, o.set_at AS at, o.set_by_id AS by_id,
               jsonb_build_object(
                   'kind', jsonb_build_array('', o.kind), 'days', jsonb_build_array('', o.days::text),
                   'valid_from', jsonb_build_array('', o.valid_from::text), 'withdrawn', jsonb_build_array('', 'no')) AS changes
          FROM notifications_offset o
        UNION ALL
        SELECT 'reminders', o.id::text, o.kind || ' / ' || o.days || ' (' || o.valid_from || ')', 'withdrawn', o.withdrawn_at,
               o.withdrawn_by_id, jsonb_build_object('withdrawn', jsonb_build_array('no', 'yes'))
          FROM notifications_offset o
        UNION ALL
        SELECT 'hours', h.id::text, coalesce(p.code, '') || ' (' || h.valid_from || ')', 'added', h.set_at, h.set_by_id,
               CASE WHEN p.code IS NULL THEN '{}'::jsonb
                    ELSE jsonb_build_object('partner', jsonb_build_array('', p.code)) END
               || jsonb_build_object(
                   'valid_from', jsonb_build_array('', h.valid_from::text),
                   'opens', jsonb_build_array('', to_char(h.opens, 'HH24:MI')),
                   'reminds', jsonb_build_array('', to_char(h.reminds, 'HH24:MI')),
                   'closes', jsonb_build_array('', to_char(h.closes, 'HH24:MI')),
                   'days', jsonb_build_array('', array_to_string(h.days, ' ')))
          FROM notifications_workinghours h LEFT JOIN tenancy_partner p ON p.id = h.partner_id
        UNION ALL
        SELECT 'holidays', d.id::text, p.code || ' (' || d.day || ')', 'added', d.set_at, d.set_by_id,
               jsonb_build_object(
                   'partner', jsonb_build_array('', p.code), 'day', jsonb_build_array('', d.day::text),
                   'name', jsonb_build_array('', d.name), 'struck', jsonb_build_array('', 'no'))
          FROM notifications_holiday d JOIN tenancy_partner p ON p.id = d.partner_id
        UNION ALL
        SELECT 'holidays', d.id::text, p.code || ' (' || d.day || ')', 'struck', d.struck_at, d.struck_by_id,
               jsonb_build_object('struck', jsonb_build_array('no', 'yes'))
          FROM notifications_holiday d JOIN tenancy_partner p ON p.id = d.partner_id
       ) told
 WHERE told.at IS NOT NULL AND told.by_id IS NOT NULL;
