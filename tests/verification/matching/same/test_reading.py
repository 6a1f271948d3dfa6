from datetime import date

from verification.matching.same.reading import read


def test_a_post_is_read_without_links_emoji_and_signature() -> None:
    reading = read(
        "The ferry to Ellery sank 😱 pic.pictures.example — see https://news.example/x?a=1 "
        "pic.twitter.com/Ab1 — Mara 🌊 Holm (@MaraHolm7) January 6, 2031"
    )
    assert reading.text == "The ferry to Ellery sank pic.pictures.example — see"
    assert reading.signed == "Mara Holm Mara Holm 7"
    assert reading.said == date(2031, 1, 6)


def test_hashtags_and_handles_become_the_words_they_are_made_of() -> None:
    assert read("#ElleryFires near @PortOfEllery: 3 dead#SaveNATONow").text == (
        "Ellery Fires near Port Of Ellery : 3 dead Save NATO Now"
    )


def test_a_link_glued_to_a_word_takes_nothing_with_it() -> None:
    assert read("Look at this#FerrySinkspic.twitter.com/Zz9").text == "Look at this Ferry Sinks"


def test_quotation_marks_of_every_style_are_gone_and_apostrophes_stay() -> None:
    for quoted in ('"no fuel"', "“no fuel”", "'no fuel'", "‘no fuel’", "«no fuel»"):
        assert read(f"She said {quoted} isn’t true").text == "She said no fuel isn't true"


def test_prose_stays_as_it_is() -> None:
    prose = "On 3 May 2031 prices rose by 4.1 % – to 30 °C it is not related."
    assert read(prose).text == prose
    assert read(prose).said is None


def test_soft_hyphens_and_zero_width_marks_split_no_word() -> None:
    assert read("har\u00adbour mas\u200bter\u00a0left").text == "harbour master left"
