"""Activities of SCIAN, the North American industry classification: parents, English names."""

#: Of value added. Code: parent, English name; children add up to their parent.
ACTIVITIES = {
    "PIB": ("", "Gross domestic product"),
    "D.21-D.31": ("PIB", "Taxes on products, net of subsidies"),
    "VAB": ("PIB", "Gross value added"),
    "1": ("VAB", "Primary activities"),
    "11": ("1", "Agriculture, forestry, fishing and hunting"),
    "111": ("11", "Crop production"),
    "112": ("11", "Animal production"),
    "113,115": ("11", "Forestry; support activities for agriculture and forestry"),
    "114": ("11", "Fishing, hunting and trapping"),
    "2": ("VAB", "Secondary activities"),
    "21": ("2", "Mining, quarrying, and oil and gas extraction"),
    "21-1": ("21", "Oil and gas mining"),
    "21-2": ("21", "Mining, except oil and gas"),
    "22": ("2", "Utilities: electric power, water and gas supply"),
    "23": ("2", "Construction"),
    "31-33": ("2", "Manufacturing"),
    "311": ("31-33", "Food manufacturing"),
    "312": ("31-33", "Beverage and tobacco product manufacturing"),
    "313-314": ("31-33", "Textile mills; textile product mills"),
    "315-316": ("31-33", "Apparel manufacturing; leather and allied product manufacturing"),
    "321": ("31-33", "Wood product manufacturing"),
    "322-323": ("31-33", "Paper manufacturing; printing and related support activities"),
    "324-326": (
        "31-33",
        (
            "Petroleum and coal products manufacturing; chemical manufacturing; "
            "plastics and rubber products manufacturing"
        ),
    ),
    "327": ("31-33", "Non-metallic mineral product manufacturing"),
    "331-332": ("31-33", "Primary metal manufacturing; fabricated metal product manufacturing"),
    "333-336": (
        "31-33",
        (
            "Machinery manufacturing; computer and electronic product manufacturing; "
            "electrical equipment, appliance and component manufacturing; "
            "transportation equipment manufacturing"
        ),
    ),
    "337": ("31-33", "Furniture and related product manufacturing"),
    "339": ("31-33", "Miscellaneous manufacturing"),
    "4": ("VAB", "Tertiary activities"),
    "43": ("4", "Wholesale trade"),
    "46": ("4", "Retail trade"),
    "48-49": ("4", "Transportation, postal services and warehousing"),
    "51": ("4", "Information and mass media"),
    "52": ("4", "Finance and insurance"),
    "53": ("4", "Real estate and rental and leasing"),
    "54": ("4", "Professional, scientific and technical services"),
    "55": ("4", "Management of companies and enterprises"),
    "56": ("4", "Administrative and support, waste management and remediation services"),
    "61": ("4", "Educational services"),
    "62": ("4", "Health care and social assistance"),
    "71": ("4", "Arts, entertainment and recreation"),
    "72": ("4", "Accommodation and food services"),
    "81": ("4", "Other services, except public administration"),
    "93": ("4", "Public administration and international bodies"),
}

#: Sectors above the subsectors of exports: they have names, and no figures of their own.
EXPORT_SECTORS = ("11", "21", "31-33")

#: Of exports. Code: parent, English name.
EXPORT_ACTIVITIES = {
    "000": ("", "Subsectors not specified"),
    "111": ("11", "Crop production"),
    "112": ("11", "Animal production"),
    "114": ("11", "Fishing, hunting and trapping"),
    "211": ("21", "Oil and gas extraction"),
    "212": ("21", "Mining and quarrying, except oil and gas"),
    "311": ("31-33", "Food manufacturing"),
    "312": ("31-33", "Beverage and tobacco product manufacturing"),
    "313": ("31-33", "Textile mills"),
    "314": ("31-33", "Textile product mills, except apparel"),
    "315": ("31-33", "Apparel manufacturing"),
    "316": ("31-33", "Leather and allied product manufacturing"),
    "321": ("31-33", "Wood product manufacturing"),
    "322": ("31-33", "Paper manufacturing"),
    "323": ("31-33", "Printing and related support activities"),
    "324": ("31-33", "Petroleum and coal products manufacturing"),
    "325": ("31-33", "Chemical manufacturing"),
    "326": ("31-33", "Plastics and rubber products manufacturing"),
    "327": ("31-33", "Non-metallic mineral product manufacturing"),
    "331": ("31-33", "Primary metal manufacturing"),
    "332": ("31-33", "Fabricated metal product manufacturing"),
    "333": ("31-33", "Machinery manufacturing"),
    "334": ("31-33", "Computer and electronic product manufacturing"),
    "335": ("31-33", "Electrical equipment, appliance and component manufacturing"),
    "336": ("31-33", "Transportation equipment manufacturing"),
    "337": ("31-33", "Furniture and related product manufacturing"),
    "339": ("31-33", "Miscellaneous manufacturing"),
}
