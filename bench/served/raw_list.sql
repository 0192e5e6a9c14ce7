-- Fifty cases as the database itself would write them: codes without labels, which only the product can translate.
SELECT json_build_object('items', coalesce(json_agg(json_build_object(
           'id', r.id, 'url', '/api/v1/cases/' || r.id, 'reference', r.reference, 'title', r.title, 'status', c.status, 'stage', c.stage,
           'urgency', c.urgency, 'handling', c.handling, 'handling_text', c.handling_text,
           'owner', json_build_object('id', u.id, 'name', u.name, 'partner', json_build_object('id', p.id, 'code', p.code, 'name', p.name)),
           'concerned', (SELECT coalesce(json_agg(json_build_object('code', w.code, 'label', w.name) ORDER BY w.position, w.name), '[]')
                           FROM cases_concernedpartner n JOIN tenancy_partner w ON w.id = n.partner_id WHERE n.root_id = r.id),
           'written_at', r.opened_at, 'active_at', r.sort_at, 'version', c.version
       ) ORDER BY r.sort_at DESC, r.id DESC), '[]'), 'next', NULL)::text
  FROM access_root r
  JOIN cases_case c ON c.root_id = r.id
  JOIN tenancy_authority u ON u.id = c.owner_id
  JOIN tenancy_partner p ON p.id = u.partner_id
 WHERE r.id = ANY (%s)
