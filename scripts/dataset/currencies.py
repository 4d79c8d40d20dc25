"""The currency of each country and territory by year, as ISO 4217 and the exchange rates have it.

Money that was only written with fewer zeros, as the Turkish lira of 2005, stands under its code of
today for all years, since that is how the rates are published.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

#: Currency of today, and the countries that have it.
_TODAY = """
AED ARE; AFN AFG; ALL ALB; AMD ARM; AOA AGO; ARS ARG; AUD AUS CCK CXR HMD KIR NFK NRU TUV; AWG ABW;
AZN AZE; BAM BIH; BBD BRB; BDT BGD; BHD BHR; BIF BDI; BMD BMU; BND BRN; BOB BOL; BRL BRA; BSD BHS;
BTN BTN; BWP BWA; BYN BLR; BZD BLZ; CAD CAN; CDF COD; CHF CHE LIE; CLP CHL; CNY CHN; COP COL;
CRC CRI; CUP CUB; CVE CPV; CZK CZE; DJF DJI; DKK DNK FRO GRL; DOP DOM; DZD DZA; EGP EGY; ERN ERI;
ETB ETH;
EUR ALA AND ATF AUT BEL BGR BLM CYP DEU ESP EST FIN FRA GLP GRC GUF HRV IRL ITA LTU LUX LVA MAF MCO
MLT MNE MTQ MYT NLD PRT REU SMR SPM SVK SVN UNK VAT;
FJD FJI; FKP FLK; GBP GBR GGY IMN JEY SGS; GEL GEO; GHS GHA; GIP GIB; GMD GMB; GNF GIN; GTQ GTM;
GYD GUY; HKD HKG; HNL HND; HTG HTI; HUF HUN; IDR IDN; ILS ISR PSE; INR IND; IQD IRQ; IRR IRN;
ISK ISL; JMD JAM; JOD JOR; JPY JPN; KES KEN; KGS KGZ; KHR KHM; KMF COM; KPW PRK; KRW KOR; KWD KWT;
KYD CYM; KZT KAZ; LAK LAO; LBP LBN; LKR LKA; LRD LBR; LSL LSO; LYD LBY; MAD ESH MAR; MDL MDA;
MGA MDG; MKD MKD; MMK MMR; MNT MNG; MOP MAC; MRU MRT; MUR MUS; MVR MDV; MWK MWI; MXN MEX; MYR MYS;
MZN MOZ; NAD NAM; NGN NGA; NIO NIC; NOK BVT NOR SJM; NPR NPL; NZD COK NIU NZL PCN TKL; OMR OMN;
PAB PAN; PEN PER; PGK PNG; PHP PHL; PKR PAK; PLN POL; PYG PRY; QAR QAT; RON ROU; RSD SRB; RUB RUS;
RWF RWA; SAR SAU; SBD SLB; SCR SYC; SDG SDN; SEK SWE; SGD SGP; SHP SHN; SLE SLE; SOS SOM; SRD SUR;
SSP SSD; STN STP; SYP SYR; SZL SWZ; THB THA; TJS TJK; TMT TKM; TND TUN; TOP TON; TRY TUR; TTD TTO;
TWD TWN; TZS TZA; UAH UKR; UGX UGA;
USD ASM BES ECU FSM GUM IOT MHL MNP PLW PRI SLV TCA TLS UMI USA VGB VIR;
UYU URY; UZS UZB; VES VEN; VND VNM; VUV VUT; WST WSM; XAF CAF CMR COG GAB GNQ TCD;
XCD AIA ATG DMA GRD KNA LCA MSR VCT; XCG CUW SXM; XOF BEN BFA CIV GNB MLI NER SEN TGO;
XPF NCL PYF WLF; YER YEM; ZAR ZAF; ZMW ZMB; ZWG ZWE
"""

#: Earlier currencies: the last year of each, and the countries.
_EARLIER = """
FIM 1998 ALA FIN; ATS 1998 AUT; BEF 1998 BEL; DEM 1998 DEU; ESP 1998 ESP; IEP 1998 IRL;
FRF 1998 ATF BLM FRA GLP GUF MAF MCO MTQ MYT REU SPM; ITL 1998 ITA SMR VAT; LUF 1998 LUX;
NLG 1998 NLD; PTE 1998 PRT; GRD 2000 GRC; SIT 2006 SVN; CYP 2007 CYP; MTL 2007 MLT; SKK 2008 SVK;
EEK 2010 EST; LVL 2013 LVA; LTL 2014 LTU; HRK 2022 HRV; BGN 2025 BGR;
ANG 2024 CUW SXM; ECS 1999 ECU; SVC 2000 SLV; TMM 2008 TKM; VEF 2017 VEN;
ZWD 2008 ZWE; USD 2018 ZWE; ZWL 2024 ZWE
"""

#: Currencies that are fixed for good: units to one of what came after, the euro or the dollar.
_FIXED = """
ATS 13.7603; BEF 40.3399; DEM 1.95583; ESP 166.386; FIM 5.94573; FRF 6.55957; IEP 0.787564;
ITL 1936.27; LUF 40.3399; NLG 2.20371; PTE 200.482; GRD 340.75; SIT 239.64; CYP 0.585274;
MTL 0.4293; SKK 30.126; EEK 15.6466; LVL 0.702804; LTL 3.4528; HRK 7.5345; BGN 1.95583; SVC 8.75
"""


def _entries(text: str) -> Iterator[list[str]]:
    return (entry.split() for entry in text.split(";"))


FIXED = {code: Decimal(rate) for code, rate in _entries(_FIXED)}


@cache
def _today() -> dict[str, str]:
    return {area: code for code, *areas in _entries(_TODAY) for area in areas}


@cache
def _earlier() -> dict[str, list[tuple[int, str]]]:
    """The earlier currencies of countries, each with its last year, the oldest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for code, last, *areas in _entries(_EARLIER):
        for area in areas:
            found.setdefault(area, []).append((int(last), code))
    return {area: sorted(eras) for area, eras in found.items()}


def currency_of(area: str, year: int) -> str:
    """The currency of a country in a year; nothing where it has none."""
    eras = _earlier().get(area, [])
    return next((code for last, code in eras if year <= last), _today().get(area, ""))


def currencies(area: str) -> str:
    """The currencies of a country as the table of countries writes them.

    The last years of earlier ones stand behind a colon: `HRK:2022 EUR`.
    """
    earlier = (f"{code}:{last}" for last, code in _earlier().get(area, []))
    return " ".join([*earlier, _today().get(area, "")]).strip()
