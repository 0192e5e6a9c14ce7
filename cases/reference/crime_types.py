"""The thirty forms of serious crime for which Eurojust is competent, in our own short words.

Source: Regulation (EU) 2018/1727, Annex I, applicable from 12 December 2019.
"""

from datetime import date

from django.utils.translation import gettext_noop as _

IN_FORCE_FROM = date(2019, 12, 12)

CRIME_TYPES = (
    ("terrorism", _("Terrorism")),
    ("organised_crime", _("Organised crime")),
    ("drug_trafficking", _("Drug trafficking")),
    ("money_laundering", _("Money laundering")),
    ("nuclear_substances", _("Crime with nuclear and radioactive substances")),
    ("migrant_smuggling", _("Smuggling of migrants")),
    ("human_trafficking", _("Trafficking in human beings")),
    ("vehicle_crime", _("Motor vehicle crime")),
    ("murder", _("Murder and grievous bodily injury")),
    ("human_organs", _("Illicit trade in human organs and tissue")),
    ("kidnapping", _("Kidnapping, illegal restraint and hostage-taking")),
    ("racism", _("Racism and xenophobia")),
    ("robbery", _("Robbery and aggravated theft")),
    ("cultural_goods", _("Trafficking in cultural goods")),
    ("fraud", _("Swindling and fraud")),
    ("eu_financial_interests", _("Crime against the financial interests of the Union")),
    ("market_abuse", _("Insider dealing and market manipulation")),
    ("extortion", _("Racketeering and extortion")),
    ("product_piracy", _("Counterfeiting and product piracy")),
    ("forged_documents", _("Forgery of administrative documents")),
    ("forged_money", _("Forgery of money and means of payment")),
    ("computer_crime", _("Computer crime")),
    ("corruption", _("Corruption")),
    ("arms_trafficking", _("Trafficking in arms, ammunition and explosives")),
    ("endangered_animals", _("Trafficking in endangered animal species")),
    ("endangered_plants", _("Trafficking in endangered plant species")),
    ("environmental_crime", _("Environmental crime, pollution from ships included")),
    ("hormones", _("Trafficking in hormonal substances and growth promoters")),
    ("sexual_abuse", _("Sexual abuse and exploitation, child abuse material included")),
    ("core_crimes", _("Genocide, crimes against humanity and war crimes")),
)
