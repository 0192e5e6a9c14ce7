"""Teams with Kosovo*: never a common multilateral basis, so each pair is looked at."""

from tests.jits.law.table import case

NOTHING = "/  /"
RECIPROCITY = "/  / xk_reciprocity"
BOTH = "/ al_xk_prosecutors_2010 spak_xk_2021 / xk_reciprocity"
FIVE = "ets_182 pcc_see untoc uncac /  /"
CASES = (
    case("AL XK", "organised", pairs={"AL XK": BOTH}),
    case("AL XK", "corruption", pairs={"AL XK": BOTH}),
    # SPAK's agreement is not for every offence, and was signed on 2.6.2021.
    case("AL XK", "other", pairs={"AL XK": "/ al_xk_prosecutors_2010 / xk_reciprocity"}),
    case("AL XK", "corruption", "2021-06-01", pairs={"AL XK": "/ al_xk_prosecutors_2010 / xk_reciprocity"}),
    case("AL XK", "corruption", "2021-06-02", pairs={"AL XK": BOTH}),
    # The memorandum of 12.10.2010; Law 04/L-213 from 17.9.2013.
    case("AL XK", "corruption", "2010-10-11", pairs={"AL XK": NOTHING}),
    case("AL XK", "corruption", "2010-10-12", pairs={"AL XK": "/ al_xk_prosecutors_2010 /"}),
    case("MK XK", "organised", "2013-09-16", pairs={"MK XK": NOTHING}),
    case("MK XK", "organised", "2013-09-17", pairs={"MK XK": RECIPROCITY}),
    case("RS XK", "organised", pairs={"RS XK": RECIPROCITY}),
    # The journey of the issue: Albania, Kosovo*, North Macedonia.
    case("AL MK XK", "organised", pairs={"AL MK": "ets_182 pcc_see untoc /  /", "AL XK": BOTH, "MK XK": RECIPROCITY}),
    case(
        "BA ME XK",
        "drugs",
        pairs={"BA ME": "ets_182 pcc_see untoc un_drugs_1988 /  /", "BA XK": RECIPROCITY, "ME XK": RECIPROCITY},
    ),
    case(
        "AL BA ME MK RS XK",
        "corruption",
        pairs={
            "AL BA": FIVE,
            "AL ME": FIVE,
            "AL MK": FIVE,
            "AL RS": FIVE,
            "AL XK": BOTH,
            "BA ME": FIVE,
            "BA MK": FIVE,
            "BA RS": FIVE,
            "BA XK": RECIPROCITY,
            "ME MK": FIVE,
            "ME RS": FIVE,
            "ME XK": RECIPROCITY,
            "MK RS": FIVE,
            "MK XK": RECIPROCITY,
            "RS XK": RECIPROCITY,
        },
    ),
    # With EU Member States: the Union basis is theirs alone, and reciprocity is no additional basis in writing.
    case("DE XK", "organised", pairs={"DE XK": RECIPROCITY}, platform="one_eu_member"),
    case(
        "DE FR XK",
        "other",
        pairs={"DE FR": "eu_mla_2000 fd_2002_465 ets_182 /  /", "DE XK": RECIPROCITY, "FR XK": RECIPROCITY},
        platform="no_additional_basis",
        union="eu_mla_2000 fd_2002_465",
        joins={"XK": ""},
    ),
    case(
        "AL DE XK",
        "organised",
        pairs={"AL DE": "ets_182 untoc /  /", "AL XK": BOTH, "DE XK": RECIPROCITY},
        platform="one_eu_member",
    ),
    case(
        "AT BG MK XK",
        "drugs",
        pairs={
            "AT BG": "eu_mla_2000 fd_2002_465 ets_182 pcc_see untoc un_drugs_1988 /  /",
            "AT MK": "ets_182 pcc_see untoc un_drugs_1988 /  /",
            "AT XK": RECIPROCITY,
            "BG MK": "ets_182 pcc_see untoc un_drugs_1988 /  /",
            "BG XK": RECIPROCITY,
            "MK XK": RECIPROCITY,
        },
        platform="no_additional_basis",
        union="eu_mla_2000 fd_2002_465",
        joins={"MK": "ets_182 pcc_see untoc un_drugs_1988", "XK": ""},
    ),
)
