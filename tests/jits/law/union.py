"""Teams with two EU Member States or more, alone and with parties from outside the Union."""

from tests.jits.law.table import case

NOTHING = "/  /"
BOTH = "eu_mla_2000 fd_2002_465"
CASES = (
    case("DE FR", "other", common=f"{BOTH} ets_182", platform="union_basis", union=BOTH),
    # The platform: at the latest on 7.12.2025.
    case("DE FR", "other", "2025-12-06", f"{BOTH} ets_182", platform="not_running", union=BOTH),
    case("DE FR", "other", "2025-12-07", f"{BOTH} ets_182", platform="union_basis", union=BOTH),
    # The Convention of 2000 reaches Germany on 3.5.2006, Italy on 22.2.2018, Ireland on 23.8.2020; Greece not at all.
    case("DE FR", "other", "2005-08-22", "fd_2002_465", platform="not_running", union="fd_2002_465"),
    case("DE FR", "other", "2006-05-03", BOTH, platform="not_running", union=BOTH),
    case("DE IT", "other", "2016-03-24", pairs={"DE IT": NOTHING}, platform="no_union_basis"),
    case("DE IT", "other", "2016-03-25", "fd_2002_465", platform="not_running", union="fd_2002_465"),
    case("DE IT", "other", "2018-02-22", BOTH, platform="not_running", union=BOTH),
    case("IE LV", "other", "2020-08-22", "fd_2002_465 ets_182", platform="not_running", union="fd_2002_465"),
    case("IE LV", "other", "2020-08-23", f"{BOTH} ets_182", platform="not_running", union=BOTH),
    case("BG GR", "other", common="fd_2002_465", platform="union_basis", union="fd_2002_465"),
    # Denmark is not bound by the Regulation on the platform.
    case("DK SE", "other", common=f"{BOTH} ets_182", platform="not_bound", union=BOTH),
    case("DK RS SE", "other", common="ets_182", platform="not_bound", union=BOTH, joins={"RS": "ets_182"}),
    # Two EU Member States with Article 13, and a third party under ETS 182 or another instrument as additional basis.
    case("AL DE FR", "other", common="ets_182", platform="with_additional_basis", union=BOTH, joins={"AL": "ets_182"}),
    case(
        "DE FR RS",
        "corruption",
        common="ets_182 untoc uncac",
        platform="with_additional_basis",
        union=BOTH,
        joins={"RS": "ets_182 untoc uncac"},
    ),
    case(
        "AT BA SI",
        "other",
        common="ets_182 pcc_see",
        platform="with_additional_basis",
        union=BOTH,
        joins={"BA": "ets_182 pcc_see"},
    ),
    case(
        "AT BA SI",
        "other",
        "2012-12-13",
        pairs={"AT BA": "pcc_see /  /", "AT SI": f"{BOTH} /  /", "BA SI": NOTHING},
        platform="not_running",
        union=BOTH,
        joins={"BA": ""},
    ),
    case("AL DE", "other", common="ets_182", platform="one_eu_member"),
    case(
        "AL CY GR",
        "other",
        pairs={"AL CY": NOTHING, "AL GR": NOTHING, "CY GR": "fd_2002_465 /  /"},
        platform="no_additional_basis",
        union="fd_2002_465",
        joins={"AL": ""},
    ),
    case(
        "AL CY GR",
        "drugs",
        common="untoc un_drugs_1988",
        platform="with_additional_basis",
        union="fd_2002_465",
        joins={"AL": "untoc un_drugs_1988"},
    ),
    # Croatia joined the Union on 1.7.2013.
    case("HR RS SI", "other", "2013-06-30", "ets_182", platform="no_union_basis"),
    case(
        "HR RS SI",
        "other",
        "2013-07-01",
        "ets_182",
        platform="not_running",
        union="fd_2002_465",
        joins={"RS": "ets_182"},
    ),
    # The agreement with the United States works across, never among EU Member States.
    case("DE US", "other", pairs={"DE US": "eu_us_mla /  /"}, platform="one_eu_member"),
    case("DE US", "organised", common="untoc", platform="one_eu_member"),
    case(
        "DE FR US",
        "other",
        pairs={"DE FR": f"{BOTH} ets_182 /  /", "DE US": "eu_us_mla /  /", "FR US": "eu_us_mla /  /"},
        platform="with_additional_basis",
        union=BOTH,
        joins={"US": "eu_us_mla"},
    ),
    case("AL US", "corruption", common="untoc uncac"),
)
