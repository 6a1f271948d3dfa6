"""Figures in German, French, Spanish, Italian and Portuguese."""

import pytest

from claims.extraction.numbers.other_numerals import figures


@pytest.mark.parametrize(
    ("language", "text", "span", "value", "low", "high", "unit", "approx"),
    [
        ("de", "Die Werft hat 1.234 Beschäftigte.", "1.234", 1234, None, None, None, False),
        ("de", "Das kostet 1,5 Millionen Euro.", "1,5 Millionen Euro", 1.5e6, None, None, "EUR", False),
        ("de", "Der Fonds umfasst 2,3 Mrd. Euro.", "2,3 Mrd. Euro", 2.3e9, None, None, "EUR", False),
        ("de", "Die Schulden liegen bei 1 Billion Dollar.", "1 Billion Dollar", 1e12, None, None, "USD", False),
        ("de", "Die Preise stiegen um 4,5 Prozent.", "4,5 Prozent", 4.5, None, None, "percent", False),
        ("de", "Das sind zwei oder 3 Prozentpunkte.", "3 Prozentpunkte", 3, None, None, "percentage point", False),
        ("de", "Rund 12.000 Menschen kamen.", "Rund 12.000", 12_000, None, None, None, True),
        ("de", "Mehr als 300 Schiffe warten.", "Mehr als 300", 300, 300, None, None, False),
        ("de", "Es fehlen bis zu 8.500 Plätze.", "bis zu 8.500", 8500, None, 8500, None, False),
        ("de", "Fast 40 Tonnen Müll lagen dort.", "Fast 40 Tonnen", 40, None, 40, "tonne", True),
        ("de", "Zwischen 4 und 5 Prozent sind möglich.", "Zwischen 4 und 5 Prozent", None, 4, 5, "percent", False),
        ("de", "Es waren -4 °C am Morgen.", "-4 °C", -4, None, None, "degree Celsius", False),
        ("de", "Das Paket wiegt 2,5 kg.", "2,5 kg", 2.5, None, None, "kilogram", False),
        ("fr", "Le port emploie 12 000 personnes.", "12 000", 12_000, None, None, None, False),
        ("fr", "Le port emploie 1\u202f234,5 tonnes.", "1\u202f234,5 tonnes", 1234.5, None, None, "tonne", False),
        ("fr", "Le plan coûte 2,3 milliards d’euros.", "2,3 milliards d’euros", 2.3e9, None, None, "EUR", False),
        ("fr", "Environ 300 millions de dollars.", "Environ 300 millions de dollars", 3e8, None, None, "USD", True),
        ("fr", "La hausse est de 4,5 pour cent.", "4,5 pour cent", 4.5, None, None, "percent", False),
        ("fr", "Près de 40 % des élus.", "Près de 40 %", 40, None, 40, "percent", True),
        ("fr", "Plus de 5 000 foyers.", "Plus de 5 000", 5000, 5000, None, None, False),
        ("fr", "jusqu’à 250 navires", "jusqu’à 250", 250, None, 250, None, False),
        ("fr", "entre 10 et 12 jours", "entre 10 et 12 jours", None, 10, 12, "day", False),
        ("es", "Cuesta 1.234,50 euros.", "1.234,50 euros", 1234.5, None, None, "EUR", False),
        ("es", "El fondo tiene 3 mil millones de dólares.", "3 mil millones de dólares", 3e9, None, None, "USD", False),
        ("es", "Hay 2,5 millones de votantes.", "2,5 millones", 2.5e6, None, None, None, False),
        ("es", "La deuda es de 1 billón de euros.", "1 billón de euros", 1e12, None, None, "EUR", False),
        ("es", "Unos 200 barcos esperan.", "Unos 200", 200, None, None, None, True),
        ("es", "Más de 15 mil personas marcharon.", "Más de 15 mil", 15_000, 15_000, None, None, False),
        ("es", "Subió un 4,5 por ciento.", "4,5 por ciento", 4.5, None, None, "percent", False),
        ("es", "Hasta 90 días de cárcel.", "Hasta 90 días", 90, None, 90, "day", False),
        ("it", "Il porto ha 1.234 addetti.", "1.234", 1234, None, None, None, False),
        ("it", "Sono 15 mila persone.", "15 mila", 15_000, None, None, None, False),
        ("it", "Il piano vale 2,3 miliardi di euro.", "2,3 miliardi di euro", 2.3e9, None, None, "EUR", False),
        ("it", "Circa 40 chilometri di coda.", "Circa 40 chilometri", 40, None, None, "kilometre", True),
        ("it", "È salito del 4,5 per cento.", "4,5 per cento", 4.5, None, None, "percent", False),
        ("it", "Più di 300 navi aspettano.", "Più di 300", 300, 300, None, None, False),
        ("it", "Fino a 500 posti.", "Fino a 500", 500, None, 500, None, False),
        ("pt", "O porto tem 1.234 empregados.", "1.234", 1234, None, None, None, False),
        ("pt", "O plano custa R$ 2,3 bilhões.", "R$ 2,3 bilhões", 2.3e9, None, None, "BRL", False),
        ("pt", "Cerca de 15 mil pessoas vieram.", "Cerca de 15 mil", 15_000, None, None, None, True),
        ("pt", "Subiu 4,5 por cento.", "4,5 por cento", 4.5, None, None, "percent", False),
        ("pt", "Mais de 3 milhões de euros.", "Mais de 3 milhões de euros", 3e6, 3e6, None, "EUR", False),
        ("pt", "até 90 dias", "até 90 dias", 90, None, 90, "day", False),
    ],
)
def test_a_figure_is_read_with_its_languages_separators_and_words(
    language: str, text: str, span: str, value: float | None, low: float | None, high: float | None,
    unit: str | None, approx: bool,
) -> None:  # fmt: skip
    (figure,) = figures(text, language)
    assert (figure.text, figure.unit, figure.approx) == (span, unit, approx)
    assert (figure.value, figure.low, figure.high) == pytest.approx((value, low, high))
    assert text[figure.start : figure.end] == span


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "am 3. Mai 2021 um 10:30 Uhr"),
        ("de", "Seit 2019 gilt Artikel 5 der G7."),
        ("de", "im 20. Jahrhundert, am 03.05.2021"),
        ("fr", "le 3 mai 2021, en 2019, l’article 5"),
        ("fr", "le 1er ministre à 10h30"),
        ("es", "el 3 de mayo de 2021, en 2019"),
        ("it", "il 3 maggio 2021, nel 2019, l’articolo 5"),
        ("pt", "em 3 de maio de 2021, em 2019"),
        ("nl", "1.234 mensen"),
        ("de", "Kein Schiff kam."),
    ],
)
def test_years_dates_times_names_and_unknown_languages_give_no_figure(language: str, text: str) -> None:
    assert figures(text, language) == ()
