"""A team of Albania, Kosovo* and North Macedonia, as a drafter would fill it in: every parameter, prose in every language."""

from __future__ import annotations

from datetime import date
from typing import Any

from jits.agreement.transliteration import latin

WEST_BALKANS = ("reciprocity", "bilateral")
UNION = ("eu_mla_2000", "ets_182")


def told(en: str, sq: str, bs: str, mk: str, cnr: str, sr: str) -> dict[str, str]:
    return {"en": en, "sq": sq, "bs": bs, "mk": mk, "cnr": cnr, "sr": sr, "sr-latn": latin(sr)}


ALBANIA = told("Albania", "Shqipëria", "Albanija", "Албанија", "Albanija", "Албанија")
KOSOVO = told("Kosovo", "Kosova", "Kosovo", "Косово", "Kosovo", "Косово")
MACEDONIA = told(
    "North Macedonia", "Maqedonia e Veriut", "Sjeverna Makedonija", "Северна Македонија", "Sjeverna Makedonija",
    "Северна Македонија",
)  # fmt: skip
SPECIAL = told(
    "Special Prosecution Office against Corruption and Organised Crime",
    "Prokuroria e Posaçme kundër Korrupsionit dhe Krimit të Organizuar",
    "Specijalno tužilaštvo protiv korupcije i organiziranog kriminala",
    "Специјално обвинителство против корупција и организиран криминал",
    "Specijalno tužilaštvo protiv korupcije i organizovanog kriminala",
    "Специјално тужилаштво против корупције и организованог криминала",
)
PROSECUTION = told(
    "Special Prosecution Office", "Prokuroria Speciale", "Specijalno tužilaštvo", "Специјално обвинителство",
    "Specijalno tužilaštvo", "Специјално тужилаштво",
)  # fmt: skip
BASIC = told(
    "Basic Public Prosecutor's Office for Organised Crime and Corruption",
    "Prokuroria Themelore Publike për Ndjekjen e Krimit të Organizuar dhe Korrupsionit",
    "Osnovno javno tužilaštvo za organizirani kriminal i korupciju",
    "Основно јавно обвинителство за гонење на организиран криминал и корупција",
    "Osnovno javno tužilaštvo za organizovani kriminal i korupciju",
    "Основно јавно тужилаштво за организовани криминал и корупцију",
)
PROSECUTOR = told("Prosecutor", "Prokuror", "Tužilac", "Обвинител", "Tužilac", "Тужилац")
ACTS = told(
    "smuggling of persons by land between January and September 2026 through Kukës, Prizren and Tetovo, and laundering "
    "of the proceeds;",
    "kontrabandë e personave nga toka midis janarit dhe shtatorit 2026 përmes Kukësit, Prizrenit dhe Tetovës, si dhe "
    "pastrim i të ardhurave;",
    "krijumčarenje osoba kopnom između januara i septembra 2026. godine preko Kukësa, Prizrena i Tetova, te pranje "
    "stečene koristi;",
    "криумчарење лица по копно меѓу јануари и септември 2026 година преку Кукс, Призрен и Тетово, и перење на "
    "стекнатата корист;",
    "krijumčarenje lica kopnom između januara i septembra 2026. godine preko Kukësa, Prizrena i Tetova, kao i pranje "
    "stečene koristi;",
    "кријумчарење лица копном између јануара и септембра 2026. године преко Кукеша, Призрена и Тетова, као и прање "
    "стечене користи;",
)
CHANNEL = told(
    "the secure exchange of WBCJ Coordination.",
    "shkëmbimi i sigurt i WBCJ Coordination.",
    "sigurna razmjena u okviru WBCJ Coordination.",
    "безбедна размена во WBCJ Coordination.",
    "bezbjedna razmjena u okviru WBCJ Coordination.",
    "безбедна размена у оквиру WBCJ Coordination.",
)
PERSONS = told(
    "the Liaison Prosecutor.",
    "prokurori ndërlidhës.",
    "tužilac za vezu.",
    "обвинителот за врска.",
    "tužilac za vezu.",
    "тужилац за везу.",
)
PLACE = told("Skopje", "Shkup", "Skoplje", "Скопје", "Skoplje", "Скопље")
BASE = told("Skopje.", "Shkup.", "Skoplje.", "Скопје.", "Skoplje.", "Скопље.")
LAW = told(
    "the codes of criminal procedure of the Parties.",
    "kodet e procedurës penale të Palëve.",
    "zakoni o krivičnom postupku Strana.",
    "законите за кривичната постапка на Страните.",
    "zakonici o krivičnom postupku Strana.",
    "законици о кривичном поступку Страна.",
)
TEXT = told(
    "Hearings of witnesses in two places are still to be held.",
    "Duhet të mbahen ende seanca të dëshmitarëve në dy vende.",
    "Još treba saslušati svjedoke na dva mjesta.",
    "Сѐ уште треба да се сослушаат сведоци на две места.",
    "Još treba saslušati svjedoke na dva mjesta.",
    "Још треба саслушати сведоке на два места.",
)


def person(name: str, authority: dict[str, str], partner: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "position": PROSECUTOR, "authority": authority, "partner": partner}


PEOPLE = (
    person("Arta Hoxha", SPECIAL, ALBANIA),
    person("Blerim Krasniqi", PROSECUTION, KOSOVO),
    person("Елена Ѓорѓиева", BASIC, MACEDONIA),
)


def values(**changes: Any) -> dict[str, Any]:
    """Every parameter of the model; a changed value of None leaves it out."""
    given = {
        "parties": [
            {"partner": ALBANIA, "authority": SPECIAL, "signatory": "Arta Hoxha"},
            {"partner": KOSOVO, "authority": PROSECUTION, "signatory": "Blerim Krasniqi"},
            {"partner": MACEDONIA, "authority": BASIC, "signatory": "Елена Ѓорѓиева"},
        ],
        "national_provisions": LAW,
        "acts": ACTS,
        "proceedings": [
            {"partner": ALBANIA, "authority": SPECIAL, "reference": "114/2026"},
            {"partner": KOSOVO, "authority": PROSECUTION, "reference": "PPS 88/2026"},
            {"partner": MACEDONIA, "authority": BASIC, "reference": "КО 51/26"},
        ],
        "aims": ["evidence", "suspects", "arrests", "victims", "assets", "network"],
        "financial_investigation": True,
        "months": 24,
        "end_date": date(2028, 5, 3),
        "territories": [ALBANIA, KOSOVO, MACEDONIA],
        "leaders": list(PEOPLE),
        "members": [person("MK-0071", BASIC, MACEDONIA)],
        "participants": ["eurojust", "europol", "olaf"],
        "procedures": TEXT,
        "channel": CHANNEL,
        "platform_administrators": [PEOPLE[0]],
        "platform_controller": SPECIAL,
        "platform_secretariat": True,
        "matters": ["progress", "timing", "method", "jurisdiction", "confiscation", "victims"],
        "midterm": True,
        "evaluation_months": 6,
        "union_parties": False,
        "further_arrangements": TEXT,
        "base": BASE,
        "joint_budget": {"amount": "12500.00", "currency": "EUR"},
        "applicant": "agreed",
        "working_languages": ["english", "albanian", "macedonian"],
        "text_languages": ["en", "sq", "mk"],
        "eurojust_persons": PERSONS,
        "europol_persons": PERSONS,
        "olaf_persons": PERSONS,
        "agreement_date": "2026-05-03",
        "agreement_place": PLACE,
        "expiry": "2028-05-03",
        "extension_reasons": TEXT,
        "extension_months": 6,
        "amendments": [{"clause": "3", "wording": TEXT}],
        "amendment_reasons": TEXT,
    }
    return {name: value for name, value in {**given, **changes}.items() if value is not None}
