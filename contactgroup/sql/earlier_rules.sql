-- Voting rules that staff set before they had a history: what the rows themselves say of who set and withdrew them.
INSERT INTO reference_change (id, kind, "row", title, act, at, by_id, imported, changes)
SELECT gen_random_uuid(), 'voting-rules', told.id::text, told.valid_from::text, told.act, told.at, told.by_id, false, told.changes
  FROM (
        SELECT r.id, r.valid_from, 'added' AS act, r.set_at AS at, r.set_by_id AS by_id,
               (SELECT jsonb_object_agg(one.name, jsonb_build_array('', one.said))
                  FROM (VALUES
                        ('valid_from', r.valid_from::text),
                        ('quorum_numerator', r.quorum_numerator::text), ('quorum_denominator', r.quorum_denominator::text),
                        ('majority_numerator', r.majority_numerator::text), ('majority_denominator', r.majority_denominator::text),
                        ('least_present', r.least_present::text),
                        ('withheld_is_present', CASE WHEN r.withheld_is_present THEN 'yes' ELSE 'no' END),
                        ('recused_leaves_quorum', CASE WHEN r.recused_leaves_quorum THEN 'yes' ELSE 'no' END),
                        ('recused_leaves_majority', CASE WHEN r.recused_leaves_majority THEN 'yes' ELSE 'no' END),
                        ('nominator_votes', CASE WHEN r.nominator_votes THEN 'yes' ELSE 'no' END),
                        ('withdrawn', 'no')) AS one (name, said)) AS changes
          FROM contactgroup_votingrule r
        UNION ALL
        SELECT r.id, r.valid_from, 'withdrawn', r.withdrawn_at, r.withdrawn_by_id,
               jsonb_build_object('withdrawn', jsonb_build_array('no', 'yes'))
          FROM contactgroup_votingrule r
       ) told
 WHERE told.at IS NOT NULL AND told.by_id IS NOT NULL;
