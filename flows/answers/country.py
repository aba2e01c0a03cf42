"""The country a person is in, for the right helplines."""

from __future__ import annotations

import re

from flows.answers.reading import Reading, nothing, understood
from flows.folding import spell
from flows.patterns import late

# The countries of the helpline table (PROGRAMME 7.5) under the names people use for them.
_NAMES = {
    "US": "us|the us|usa|u s|u s a|the usa|united states|united states of america|america|the states|estados "
    "unidos|eeuu|ee uu|eua",
    "CA": "ca|canada",
    "GB": "gb|uk|u k|united kingdom|great britain|britain|england|scotland|wales|northern ireland|reino unido"
    "|inglaterra|escocia|gales|irlanda del norte|gran bretana",
    "IE": "ie|ireland|republic of ireland|eire|irlanda",
    "AU": "au|australia|aus|oz",
    "NZ": "nz|new zealand|aotearoa|nueva zelanda|nueva zelandia",
    "ES": "es|spain|espana|esp",
    "MX": "mx|mexico|mejico|mex",
    "FR": "fr|france|francia",
    "DE": "de|germany|deutschland|alemania",
}
_COUNTRY_OF = {name: code for code, names in _NAMES.items() for name in names.split("|")}
# ISO 3166-1 alpha-2. Codes that are also everyday words (NO, ME, SO, SI ...) are left out: a wrong country is worse.
_OTHER_CODES = (
    "AD AE AF AG AI AL AO AQ AR AT AW AX AZ BA BB BD BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BZ CC CD CF CG CH CI "
    "CK CL CM CN CO CR CU CV CW CX CY CZ DJ DK DM DZ EC EE EG EH ER ET FI FJ FK FM FO GA GD GE GF GG GH GI GL GM GN GP "
    "GQ GR GS GT GU GW GY HK HM HN HR HT HU IL IM IO IQ IR IS JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LB LC LI LK "
    "LR LS LT LU LV LY MC MD MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MZ NC NE NF NG NI NL NP NR NU OM PA PE PF "
    "PG PH PK PL PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SG SH SJ SK SL SM SN SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TR TT TV TW TZ UA UG UM UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
_OTHERS = frozenset(re.findall("[A-Z]{2}", _OTHER_CODES))
_BESIDE = late(r"^(?:(?:i am|im|i live|living|we are|estoy|vivo|soy) )?(?:in|en|de|from)? ?(?:the |los )?")


def read_country(text: str) -> Reading:
    """`{"value": "US"}`, an ISO 3166-1 code. `other-country` is the reason for one without a row of helplines.

    Other codes count only in capitals, as people write them. Reason for none: no-country.
    """
    spelled = spell(text)
    words = spelled.text.replace(" .", "").strip()
    if words in _COUNTRY_OF:
        span = spelled.span(0, len(spelled.text.removesuffix(" .")))
        return understood(text, {"value": _COUNTRY_OF[words]}, span, reason="named")
    opening = _BESIDE.match(words)
    rest = words[opening.end() :] if opening else words
    if len(rest) > 2 and rest in _COUNTRY_OF and rest in spelled.text:
        start = spelled.text.index(rest)
        return understood(text, {"value": _COUNTRY_OF[rest]}, spelled.span(start, start + len(rest)), reason="named")
    code = text.strip(" .!\n")
    if code in _OTHERS:
        start = text.index(code)
        return understood(text, {"value": code}, (start, start + 2), reason="other-country")
    return nothing(text, "no-country")
