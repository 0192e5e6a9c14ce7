"""Teams of Western Balkan partners with a common basis, with one EU Member State, and from day to day."""

from tests.jits.law.table import case

NOTHING = "/  /"
CASES = (
    # Today: two, and five, by offence.
    case("AL RS", "other", common="ets_182 pcc_see"),
    case("AL RS", "corruption", common="ets_182 pcc_see untoc uncac"),
    case("AL RS", "drugs", common="ets_182 pcc_see untoc un_drugs_1988"),
    case("AL RS", "organised", common="ets_182 pcc_see untoc"),
    case("AL BA ME MK RS", "organised", common="ets_182 pcc_see untoc"),
    case("AL BA ME MK RS", "corruption", common="ets_182 pcc_see untoc uncac"),
    case("AL BA ME MK RS", "drugs", common="ets_182 pcc_see untoc un_drugs_1988"),
    case("AL BA ME MK RS", "other", common="ets_182 pcc_see"),
    # Two offences: a convention for one of them alone does not carry the team.
    case("BA ME", "corruption drugs", common="ets_182 pcc_see untoc"),
    case("ME MK", "corruption other", common="ets_182 pcc_see"),
    case("MK RS", "organised other", common="ets_182 pcc_see untoc"),
    case("BA RS", "corruption drugs organised", common="ets_182 pcc_see untoc"),
    # The Second Additional Protocol reaches Serbia on 1.8.2007; PCC SEE enters into force on 10.10.2007.
    case("AL RS", "other", "2004-01-31", pairs={"AL RS": NOTHING}),
    case("AL RS", "organised", "2004-01-31", "untoc"),
    case("AL RS", "other", "2007-07-31", pairs={"AL RS": NOTHING}),
    case("AL RS", "other", "2007-08-01", "ets_182"),
    case("AL RS", "other", "2007-10-09", "ets_182"),
    case("AL RS", "other", "2007-10-10", "ets_182 pcc_see"),
    # Bosnia and Herzegovina 1.3.2008, Montenegro 1.2.2009, North Macedonia 1.4.2009.
    case("BA RS", "other", "2008-02-29", "pcc_see"),
    case("BA RS", "other", "2008-03-01", "ets_182 pcc_see"),
    case("ME RS", "other", "2009-01-31", "pcc_see"),
    case("ME RS", "other", "2009-02-01", "ets_182 pcc_see"),
    case("ME MK", "other", "2009-03-31", "pcc_see"),
    case("ME MK", "other", "2009-04-01", "ets_182 pcc_see"),
    # Corruption only.
    case("AL MK", "corruption", "2007-05-12", "untoc"),
    case("AL MK", "corruption", "2007-05-13", "untoc uncac"),
    case("BA RS", "corruption", "2006-11-24", "untoc"),
    case("BA RS", "corruption", "2006-11-25", "untoc uncac"),
    # Drugs only.
    case("AL BA", "drugs", "2001-10-24", pairs={"AL BA": NOTHING}),
    case("AL BA", "drugs", "2001-10-25", "un_drugs_1988"),
    case("AL BA", "drugs", "2003-09-29", "untoc un_drugs_1988"),
    case("ME RS", "drugs", "2006-06-02", pairs={"ME RS": NOTHING}),
    case("ME RS", "drugs", "2006-06-03", "untoc un_drugs_1988"),
    # PCC SEE, day by day of its accessions: Bulgaria, Austria, Hungary, Slovenia.
    case("BG RS", "other", "2008-09-24", "ets_182", platform="one_eu_member"),
    case("BG RS", "other", "2008-09-25", "ets_182 pcc_see", platform="one_eu_member"),
    case("AT RS", "other", "2011-05-23", pairs={"AT RS": NOTHING}, platform="one_eu_member"),
    case("AT RS", "other", "2011-05-24", "pcc_see", platform="one_eu_member"),
    case("AT RS", "other", "2018-02-28", "pcc_see", platform="one_eu_member"),
    case("AT RS", "other", "2018-03-01", "ets_182 pcc_see", platform="one_eu_member"),
    case("HU ME", "other", "2012-07-05", pairs={"HU ME": NOTHING}, platform="one_eu_member"),
    case("HU ME", "other", "2012-07-06", "pcc_see", platform="one_eu_member"),
    case("BA SI", "other", "2012-12-13", pairs={"BA SI": NOTHING}, platform="one_eu_member"),
    case("BA SI", "other", "2012-12-14", "pcc_see", platform="one_eu_member"),
    case("RO RS", "other", "2007-10-10", "ets_182 pcc_see", platform="one_eu_member"),
    # One EU Member State: its own Union acts carry nobody else.
    case("DE RS", "other", "2015-05-31", pairs={"DE RS": NOTHING}, platform="one_eu_member"),
    case("DE RS", "other", "2015-06-01", "ets_182", platform="one_eu_member"),
    case("HR RS", "other", common="ets_182", platform="one_eu_member"),
    case("AL GR", "other", pairs={"AL GR": NOTHING}, platform="one_eu_member"),
    case("AL GR", "organised", common="untoc", platform="one_eu_member"),
)
