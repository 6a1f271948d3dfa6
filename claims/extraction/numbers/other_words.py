"""The number words, units and hedges of German, French, Spanish, Italian and Portuguese figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Language:
    """How a language writes figures: separators, scales, units by name, hedges, what is no figure behind or before.

    The keys of `scales` and `units`, and the alternatives of the other fields, are regular expressions that match
    without regard to case. `groups` are the characters between thousands, `decimal` that before the fraction.
    """

    groups: str
    decimal: str
    scales: Mapping[str, float]
    units: Mapping[str, str]
    approx: str
    low: str
    high: str
    nearly: str
    joins: str
    between: str
    both: str
    months: str
    before_names: str
    hundredths: Mapping[str, str]


_BLANKS = "\u00a0\u202f\u2009"
_MEASURES = {
    "%": "percent", "€": "EUR", r"\$": "USD", "£": "GBP", r"km/h": "kilometre per hour", "km²|km2": "square kilometre",
    "m²|m2": "square metre", "m³|m3": "cubic metre", "km": "kilometre", "cm": "centimetre", "mm": "millimetre",
    "kg": "kilogram", "mg": "milligram", "°\\s?C": "degree Celsius", "°": "degree", "kWh": "kilowatt hour",
    "MWh": "megawatt hour", "GW": "gigawatt", "MW": "megawatt", "kW": "kilowatt", "GB": "gigabyte", "ha": "hectare",
    "EUR": "EUR", "USD": "USD", "GBP": "GBP", "CHF": "CHF", "BRL": "BRL",
}  # fmt: skip


def _units(own: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({**own, **_MEASURES})


LANGUAGES: Mapping[str, Language] = MappingProxyType({
    "de": Language(
        groups=".'’" + _BLANKS, decimal=",",
        scales={"tausend": 1e3, r"millionen|million|mio\.?": 1e6, r"milliarden|milliarde|mrd\.?": 1e9,
                r"billionen|billion|bio\.": 1e12, "billiarden|billiarde": 1e15},
        units=_units({
            "prozentpunkte?n?": "percentage point", "prozent": "percent", "basispunkte?n?": "basis "
            "point", "euros?": "EUR",
            "us-dollar|dollar": "USD", "schweizer franken|franken": "CHF", "pfund": "GBP", "yen": "JPY", "rubel": "RUB",
            "kilometer pro stunde|stundenkilometern?": "kilometre per hour", "quadratkilometern?": "square kilometre",
            "quadratmetern?": "square metre", "kubikmetern?": "cubic metre", "kilometern?": "kilometre",
            "zentimetern?": "centimetre", "metern?": "metre", "tonnen?": "tonne", "kilogramm|kilo": "kilogram",
            "gramm": "gram", "litern?": "litre", "hektar": "hectare", "grad celsius": "degree "
            "Celsius", "grad": "degree",
            "sekunden?": "second", "minuten?": "minute", "stunden?": "hour", "tage?n?": "day", "wochen?": "week",
            "monate?n?": "month", "jahre?n?": "year", "megawatt": "megawatt", "gigawatt": "gigawatt",
        }),
        approx="rund|etwa|ungefähr|circa|ca\\.|zirka|gut|schätzungsweise|um die|an die", nearly="fast|knapp|beinahe|"
        "nahezu",
        low="mehr als|über|mindestens|wenigstens|nicht weniger als", high="bis zu|höchstens|maximal|weniger als|"
        "unter|nicht mehr als",
        joins="bis", between="zwischen", both="und",
        months="januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|jan\\.|"
        "feb\\.|okt\\.|dez\\.",
        before_names="artikel|art\\.|paragraf|§|nr\\.|nummer|kapitel|seite|absatz|abs\\.|platz|kanal|punkt",
        hundredths={"cent": "EUR"},
    ),
    "fr": Language(
        groups=". " + _BLANKS, decimal=",",
        scales={"mille": 1e3, r"millions?|mio\.?": 1e6, r"milliards?|mds?\.?": 1e9, "billions?": 1e12},
        units=_units({
            "points? de pourcentage": "percentage point", "pour cent|pour-cent": "percent",
            "points? de base": "basis point", "d['’]euros|euros?": "EUR", "(?:de )?dollars?": "USD",
            "(?:de )?francs suisses": "CHF", "(?:de )?livres(?: sterling)?": "GBP", "(?:de )?yens?": "JPY",
            "(?:de )?roubles?": "RUB", "kilomètres?(?: par heure|(?:-| )heure)": "kilometre per hour",
            "(?:de )?kilomètres carrés": "square kilometre", "(?:de )?mètres carrés": "square metre",
            "(?:de )?mètres cubes": "cubic metre", "(?:de )?kilomètres?": "kilometre", "centimètres?": "centimetre",
            "mètres?": "metre", "(?:de )?tonnes?": "tonne", "kilogrammes?|kilos?": "kilogram", "grammes?": "gram",
            "(?:de )?litres?": "litre", "(?:d['’])?hectares?": "hectare", "degrés celsius": "degree Celsius",
            "degrés?": "degree", "secondes?": "second", "minutes?": "minute", "heures?": "hour", "jours?": "day",
            "semaines?": "week", "mois": "month", "ans?|années?": "year", "(?:de )?barils?": "barrel",
        }),
        approx="environ|autour de|à peu près|quelque|approximativement|aux alentours de",
        nearly="près de|presque|pas loin de", low="plus de|plus d['’]|au moins|au minimum|supérieure? à",
        high="jusqu['’]à|au plus|au maximum|moins de|moins d['’]|pas plus de", joins="à", between="entre", both="et",
        months="janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        before_names="article|art\\.|articles|numéro|n°|nº|chapitre|page|alinéa|rue|chaîne|point",
        hundredths={"centimes?": "EUR", "cents?": "EUR"},
    ),
    "es": Language(
        groups=". " + _BLANKS, decimal=",",
        scales={"mil millones": 1e9, "mil": 1e3, "millones|millón": 1e6, "billones|billón": 1e12},
        units=_units({
            "puntos porcentuales|punto porcentual": "percentage point", "por ciento|por cien": "percent",
            "puntos básicos": "basis point", "(?:de )?euros?": "EUR", "(?:de )?dólares|dólar": "USD",
            "(?:de )?francos suizos": "CHF", "(?:de )?libras(?: esterlinas)?": "GBP", "(?:de )?yenes|yen": "JPY",
            "(?:de )?rublos": "RUB", "kilómetros por hora": "kilometre per hour",
            "(?:de )?kilómetros cuadrados": "square kilometre", "(?:de )?metros cuadrados": "square metre",
            "(?:de )?metros cúbicos": "cubic metre", "(?:de )?kilómetros?": "kilometre", "centímetros?": "centimetre",
            "metros?": "metre", "(?:de )?toneladas?": "tonne", "kilogramos?|kilos?": "kilogram", "gramos?": "gram",
            "(?:de )?litros?": "litre", "(?:de )?hectáreas?": "hectare", "grados celsius|grados "
            "centígrados": "degree Celsius",
            "grados?": "degree", "segundos?": "second", "minutos?": "minute", "horas?": "hour", "días?": "day",
            "semanas?": "week", "mes(?:es)?": "month", "años?": "year", "(?:de )?barriles": "barrel",
        }),
        approx="unos|unas|cerca de|alrededor de|aproximadamente|en torno a|más o menos", nearly="casi",
        low="más de|al menos|por lo menos|como mínimo|superior a", high="hasta|como máximo|menos de|no más "
        "de", joins="a",
        between="entre", both="y",
        months="enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre",
        before_names="artículo|art\\.|artículos|número|n\\.º|núm\\.|capítulo|página|apartado|canal|punto",
        hundredths={"céntimos?": "EUR", "centavos?": "USD"},
    ),
    "it": Language(
        groups=".'’" + _BLANKS, decimal=",",
        scales={"mila": 1e3, "milioni|milione|mln": 1e6, "miliardi|miliardo|mld": 1e9, "bilioni|bilione": 1e12},
        units=_units({
            "punti percentuali|punto percentuale": "percentage point", "per cento|percento": "percent",
            "punti base": "basis point", "(?:di )?euro": "EUR", "(?:di )?dollari|dollaro": "USD",
            "(?:di )?franchi svizzeri": "CHF", "(?:di )?sterline": "GBP", "(?:di )?yen": "JPY", "(?:di )?rubli": "RUB",
            "chilometri (?:orari|all['’]ora)": "kilometre per hour", "(?:di )?chilometri quadrat[ie]": "square "
            "kilometre",
            "(?:di )?metri quadr(?:ati|i)": "square metre", "(?:di )?metri cubi": "cubic metre",
            "(?:di )?chilometr[io]": "kilometre", "centimetr[io]": "centimetre", "metr[io]": "metre",
            "(?:di )?tonnellat[ea]": "tonne", "chilogrammi|chili|chilo": "kilogram", "gramm[io]": "gram",
            "(?:di )?litr[io]": "litre", "(?:di )?ettar[io]": "hectare", "gradi celsius|gradi centigradi": "degree "
            "Celsius",
            "grad[io]": "degree", "second[io]": "second", "minut[io]": "minute", "or[ea]": "hour", "giorn[io]": "day",
            "settiman[ea]": "week", "mes[ei]": "month", "ann[io]": "year", "(?:di )?barili": "barrel",
        }),
        approx="circa|all['’]incirca|intorno a|attorno a", nearly="quasi",
        low="più di|oltre|almeno|non meno di", high="fino a|al massimo|meno di|non più "
        "di", joins="a", between="(?:fra|tra)",
        both="e", months="gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|"
        "dicembre",
        before_names="articolo|art\\.|articoli|numero|n\\.|n°|capitolo|pagina|comma|canale|punto",
        hundredths={"centesimi": "EUR", "cent": "EUR"},
    ),
    "pt": Language(
        groups=". " + _BLANKS, decimal=",",
        scales={"mil milhões": 1e9, "mil": 1e3, "milhões|milhão|mi": 1e6, "bilhões|bilhão|biliões|bilião|bi": 1e9,
                "trilhões|trilhão": 1e12},
        units=_units({
            r"r\$": "BRL", "pontos percentuais|ponto percentual": "percentage point", "por cento": "percent",
            "pontos(?: |-)base": "basis point", "(?:de )?euros?": "EUR", "(?:de )?dólares|dólar": "USD",
            "(?:de )?reais|"
            "real": "BRL",
            "(?:de )?francos suíços": "CHF", "(?:de )?libras(?: esterlinas)?": "GBP", "(?:de )?ienes": "JPY",
            "(?:de )?rublos": "RUB", "quilômetros por hora|quilómetros por hora": "kilometre per hour",
            "(?:de )?quil[ôó]metros quadrados": "square kilometre", "(?:de )?metros quadrados": "square metre",
            "(?:de )?metros cúbicos": "cubic metre", "(?:de "
            ")?quil[ôó]metros?": "kilometre", "centímetros?": "centimetre",
            "metros?": "metre", "(?:de )?toneladas?": "tonne", "quilogramas?|quilos?": "kilogram", "gramas?": "gram",
            "(?:de )?litros?": "litre", "(?:de )?hectares?": "hectare", "graus celsius": "degree Celsius",
            "graus?": "degree", "segundos?": "second", "minutos?": "minute", "horas?": "hour", "dias?": "day",
            "semanas?": "week", "m[eê]s(?:es)?": "month", "anos?": "year", "(?:de )?barris": "barrel",
        }),
        approx="cerca de|aproximadamente|em torno de|por volta de|uns|umas|à volta de", nearly="quase",
        low="mais de|pelo menos|ao menos|no mínimo|acima de", high="até|no máximo|menos de|não mais de|não mais do que",
        joins="a", between="entre", both="e",
        months="janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
        before_names="artigo|art\\.|artigos|número|n\\.º|nº|capítulo|página|alínea|canal|ponto",
        hundredths={"cêntimos?|centavos?": "EUR"},
    ),
})  # fmt: skip
