"""Lines round an article, told from lines of it."""

import pytest

from claims.capture.furniture import heads_a_list_of_others, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Six towns agree on crossings",
        "See also",
        "RELATED STORIES",
        "More from the river desk",
        "Lesen Sie auch: Sechs Städte einigen sich",
        "Das könnte Sie auch interessieren",
        "À lire aussi : six villes tombent d'accord",
        "Te puede interesar: seis ciudades",
        "Czytaj też: Sześć miast",
        "SHARE THIS ARTICLE",
        "Share on Facebook",
        "Facebook Twitter WhatsApp",
        "Share | Tweet | Email | 12",
        "Follow us on Telegram",
        "Follow The Ford Gazette on Instagram",
        "Sign up for our newsletter",
        "Subscribe now",
        "Get the best of the Gazette in your inbox every morning",
        "Already a subscriber? Log in",
        "To read the full story, please subscribe.",
        "© 2023 The Ford Gazette. All rights reserved.",
        "(c) 2023 Ford Gazette",
        "Copyright: Jane Roe",
        "The Ford Gazette’s website can also be accessed at the following addresses:",
        "This material may not be published, broadcast or redistributed.",
        "Reporting by Jane Roe; editing by John Doe",
        "ADVERTISEMENT",
        "Anzeige",
        "Photo: Jane Roe / Ford Gazette",
        "Foto: dpa",
        "Image by John Doe",
        "Skip to main content",
        "Comments (12)",
        "Tags: rivers, bridges",
        "3 min read",
        "https://www.gazette.example/news/1",
        "www.gazette.example",
        "gazette.co.uk",
        "desk@gazette.example",
        "Last updated: 14 March 2023",
        "###",
        "* * *",
    ],
)
def test_a_prompt_a_link_or_a_credit_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "“Read more books,” the minister told the pupils of Upper Ford.",
        "Related costs rose by 4 per cent, the council said.",
        "More than 1,200 crossings will open this year.",
        "Share prices fell in Upper Ford after the announcement.",
        "Follow-up talks begin in April, she said.",
        "Join us in condemning this attack, the mayor told the crowd.",
        "Subscribers to the water board pay 3.20 crowns a month.",
        "Suscribió el acuerdo la ministra de Puentes.",
        "Get ready for a long winter, the minister told the six towns.",
        "Not a single member of the council voted against the toll, and two wanted to subscribe to more.",
        "Already a member of the league, Upper Ford registered its protest.",
        "To continue supporting the ferries, member towns will register their boats.",
        "(c) The minister shall publish the figures every six months.",
        "Copyright law does not cover the map, the court held.",
        "This story may not be over yet, said the mayor.",
        "Advertising, he said, is not the answer.",
        "Images taken from the air show that the bridge had moved.",
        "Photos by the coast guard show the damage.",
        "Contact with the ferry was lost at noon.",
        "Weitere Informationen liegen der Polizei nicht vor.",
        "Auch interessant ist die Frage der Kosten.",
        "Mehr dazu wollte der Bürgermeister nicht sagen.",
        "Search teams found the boat on Tuesday.",
        "Topics for the meeting were not agreed in advance.",
        "Home prices have doubled.",
        "no.",
        "x",
        "1 2 3 4",
        "requirements.txt",
        "She subscribed to the newsletter of the water board, she told the inquiry, but never opened it. " * 4,
    ],
)
def test_prose_that_mentions_the_same_things_is_left_alone(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize("line", ["Related articles", "Most read", "12 comments", "Leave a comment", "À lire aussi :"])
def test_a_heading_over_other_texts_is_known(line: str) -> None:
    assert heads_a_list_of_others(line)


@pytest.mark.parametrize("line", ["Related articles of the treaty are void", "What happens next", "Latest figures"])
def test_a_heading_of_the_article_is_not_taken_for_one(line: str) -> None:
    assert not heads_a_list_of_others(line)
