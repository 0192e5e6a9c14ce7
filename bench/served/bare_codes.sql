-- What cases name, without row security, beside the other copies.
CREATE TABLE bare.cases_concernedpartner (LIKE cases_concernedpartner INCLUDING ALL);
CREATE TABLE bare.cases_casecrimetype (LIKE cases_casecrimetype INCLUDING ALL);
CREATE TABLE bare.cases_casepriority (LIKE cases_casepriority INCLUDING ALL);
INSERT INTO bare.cases_concernedpartner SELECT * FROM cases_concernedpartner;
INSERT INTO bare.cases_casecrimetype SELECT * FROM cases_casecrimetype;
INSERT INTO bare.cases_casepriority SELECT * FROM cases_casepriority;
GRANT SELECT ON ALL TABLES IN SCHEMA bare TO PUBLIC;
ANALYZE;
