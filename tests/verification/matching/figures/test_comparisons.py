"""Figures of a claim beside those of a passage: what agrees, is rounded, differs or does not compare."""

import pytest

from verification.matching.figures.checking import check_figures
from verification.matching.figures.contract import FigureCheck


def checked(claim: str, source: str) -> FigureCheck:
    (check,) = check_figures(claim, source, claim_day=None, source_day=None)
    assert claim[check.claim_start : check.claim_end] == check.claim
    assert source[check.source_start : check.source_end] == check.source
    return check


@pytest.mark.parametrize(
    ("claim", "source", "outcome"),
    [
        ("Seventeen wells were drilled in Brask.", "The company drilled 17 wells in Brask.", "agrees"),
        ("It lent two and a half million crowns.", "It lent 2.5 million crowns in Brask.", "agrees"),
        ("The harbour fund holds $1.2 billion.", "The harbour fund holds 1,200 million dollars.", "agrees"),
        ("A dozen ships waited off Port Aster.", "In all 12 ships waited off Port Aster.", "agrees"),
        ("The envoys talked for 1.5 hours.", "The talks of the envoys: the envoys talked 90 minutes.", "agrees"),
        ("The ferry subsidy costs €2 million a month.", "The ferry subsidy costs €24 million a year.", "agrees"),
        ("At noon the harbour of Drennick had 86°F.", "At noon the harbour of Drennick had 30°C.", "agrees"),
        ("The ship took 40,000 tons of grain.", "The ship took 40,000 tonnes of grain.", "agrees"),
        ("The talks of the envoys lasted 80 minutes.", "The talks of the envoys went from 10:40 to 12:00.", "agrees"),
        ("Unemployment in Brask rose by 25 per cent.", "Unemployment in Brask rose from 4 to 5 per cent.", "agrees"),
        ("Unemployment in Brask rose by one percentage point.", "Unemployment in Brask rose from 4 to 5 %.", "agrees"),
        ("Nearly 9,000 sailors left Port Aster.", "In all 8,712 sailors left Port Aster.", "rounded"),
        ("About 9,000 sailors left Port Aster.", "In all 8,712 sailors left Port Aster.", "rounded"),
        ("The pipe to Drennick is 100 miles long.", "The pipe to Drennick is 161 kilometres long.", "rounded"),
        ("The fire burnt 1,000 acres of forest.", "The fire burnt 405 hectares of forest.", "rounded"),
        ("A third of homes in Brask lost power.", "33 per cent of homes in Brask lost power.", "rounded"),
        ("One in three homes in Brask lost power.", "33 per cent of homes in Brask lost power.", "rounded"),
        ("Half the boats in Brask are idle.", "In Brask 48 per cent of the boats are idle.", "rounded"),
        (
            "The road is 1.61 km long in Brask, by the mole.",
            "By the mole in Brask the road is a mile: 1 mile long.",
            "rounded",
        ),
        ("Up to 8,500 sailors took part in the drill.", "8,000 sailors took part in the drill.", "within"),
        ("Some 4 to 5 per cent of homes in Brask lost power.", "4.6 per cent of homes in Brask lost power.", "within"),
        ("8,500 sailors took part in the drill.", "Up to 8,500 sailors took part in the drill.", "within"),
    ],
)
def test_what_agrees_is_rounded_or_lies_within_warns_of_nothing(claim: str, source: str, outcome: str) -> None:
    check = checked(claim, source)
    assert (check.outcome, check.warns) == (outcome, False)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The harbour has 8,412 berths in Port Aster.", "The harbour has 8,142 berths in Port Aster."),
        ("More than 100 fishing boats blocked the harbour.", "97 fishing boats blocked the harbour."),
        ("No levy is due from boats over 400 tonnes.", "No levy is due from boats under 400 tonnes."),
        ("Nearly 9,000 sailors left Port Aster by boat.", "In all 9,400 sailors left Port Aster by boat."),
        ("The council spent 40 million euros on the mole.", "The council spent 40 billion euros on the mole."),
        ("Timber exports from Brask fell 5 per cent.", "Timber exports from Brask rose 5 per cent."),
        ("The ferry subsidy costs €2 million a month.", "The ferry subsidy costs €2 million a year."),
    ],
)
def test_another_number_another_rate_and_the_opposite_direction_differ(claim: str, source: str) -> None:
    check = checked(claim, source)
    assert (check.outcome, check.warns) == ("differs", True)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Harbour prices rose 5 per cent in Brask.", "Harbour prices in Brask rose by 5 percentage points."),
        ("Unemployment in Brask rose by 1 per cent.", "Unemployment in Brask rose from 4 to 5 per cent."),
        ("The ferry subsidy costs €2 million.", "The ferry subsidy costs €2 million a year."),
        ("The harbour levy costs €5 per household.", "The harbour levy costs €5 per person."),
        ("The harbour fund holds $5 million.", "The harbour fund holds €5 million."),
        ("Timber exports rose 5 per cent in Q1 2031.", "Timber exports rose 5 per cent in Q4 2030."),
    ],
)
def test_the_same_number_of_something_else_is_not_comparable_and_warns(claim: str, source: str) -> None:
    check = checked(claim, source)
    assert (check.outcome, check.warns) == ("not_comparable", True)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The valley of Brask has 17 wells.", "The valley of Brask has 17 ministers."),
        ("The fund lent money to 12 people in Brask.", "The fund in Brask lent money for 12 days."),
        ("12 per cent of homes in Brask lost power.", "In Brask 12,000 homes lost power."),
        ("Corravane had an overstay rate of 20.1 per cent.", "Drennick had an overstay rate of 27.1 per cent."),
        ("The harbour fund holds $40 million.", "The council met for the lamps. It gave $9 to a child."),
        ("The pact between the ports has 30 members.", "See https://ports.example/?pact=30%25 between the ports."),
    ],
)
def test_what_counts_or_tells_of_something_else_is_no_counterpart(claim: str, source: str) -> None:
    assert check_figures(claim, source, claim_day=None, source_day=None) == ()


def test_of_several_figures_each_finds_its_own() -> None:
    claim = "The council spent $5 million on lamps and $7 million on the mole."
    source = "On lamps the council spent 5 million dollars, on the mole 7 million dollars. It earned $6 million."
    checks = check_figures(claim, source, claim_day=None, source_day=None)
    assert [(check.outcome, check.source) for check in checks] == [
        ("agrees", "5 million dollars"),
        ("agrees", "7 million dollars"),
    ]


def test_where_several_other_figures_fit_alike_none_is_taken_for_the_counterpart() -> None:
    claim = "The lamp levy of the port is 40 euros."
    source = "The lamp levy of the port is 45 euros. The lamp levy of the port is 47 euros."
    assert check_figures(claim, source, claim_day=None, source_day=None) == ()


def test_the_working_is_told_line_by_line() -> None:
    check = checked("The harbour fund holds $1.2 billion.", "The harbour fund holds 1,200 million dollars.")
    assert [str(line) for line in check.working] == [
        "“$1.2 billion” = 1,200,000,000 US dollars",
        "“1,200 million dollars” = 1,200,000,000 US dollars",
        "difference 0: the same",
    ]
    check = checked("Timber exports from Brask fell 5 per cent.", "Timber exports from Brask rose 5 per cent.")
    assert str(check.working[-1]) == "“fell”, not “rose”: the opposite direction"
    check = checked("The ferry subsidy costs €2 million a month.", "The ferry subsidy costs €24 million a year.")
    assert str(check.working[0]) == "“€2 million a month” = 2,000,000 euros a month = 24,000,000 euros a year"
