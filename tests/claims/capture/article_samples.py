"""Pages that tell of outages, refusals, captchas and missing pages, and are the page: all in our own words."""

from tests.claims.capture.error_page_samples import framed, page

COLUMN = """For years I walked along the mole at dusk. Now there is a gate, and on the gate a sign that keeps people "
    "out.
It is a small thing, and yet it shows how a town forgets what it owes to those who live in it. """
EXPLAINED = """A captcha asks whoever visits a page to prove that he is no robot. Machines have learnt to read the "
    "letters,
so the puzzles grow harder for people. """
HEARD = """The warden told the board that the website had been down for nine hours because nobody renewed its domain. An
error message was all that visitors saw. Technical difficulties, she said, were no excuse. """
ORDER = """The harbour board orders that every lamp on the northern mole shall burn from dusk until dawn, and that the
keeper of the lamps shall report each month. """
LINKS = "<ul>" + "<li><a href=/n>One more lamp is lit again on the northern mole</a></li>" * 30 + "</ul>"

ARTICLES = {
    "headed as a refusal, short": page("Access denied | Lake Times", "<h1>Access denied</h1><p>Reporters were turned "
        "away from the harbour office on Monday, and the council said that nobody without a pass would be let in.</p>"),
    "headed as a refusal, long": page("Access denied", f"<h1>Access denied</h1><p>{COLUMN * 4}</p>"),
    "of a refusal": page("Access denied to half the archive", "<h1>Access denied to half the archive</h1><p>Half of "
        "the archive is closed to readers. The archivist blames a leaking roof.</p>"),
    "headed as a missing page": page("Page not found: why the council lost its archive | Lake Times", "<h1>Page not "
        "found: why the council lost its archive</h1><p>Nine thousand documents vanished from the council's website "
        "when it moved to a new server. “Page not found” is all that citizens see. The mayor promises to bring them "
        "back.</p>"),
    "of an outage, short": page("Outage at the exchange", "<p>An outage stopped trading at the Lake Exchange for two "
        "hours. The operator blamed a server error.</p>"),
    "of an outage, long": page("Nine hours without a word", f"<h1>Nine hours without a word</h1><p>{HEARD * 4}</p>"),
    "a statement on an outage": page("Statement on the outage of 4 May", "<p>On 4 May our website was unavailable for "
        "two hours because of a server error. We apologise to everyone who could not reach it. The fault has been "
        "found. Please contact the press office if you have questions.</p>"),
    "works to come": page("Planned works on our website", "<h1>Planned works on our website</h1><p>Our website will be "
        "renewed on Sunday, 9 May, from two to four in the morning. Some services will not be available. We are sorry "
        "for the trouble.</p>"),
    "works on a mole": page("Maintenance of the northern mole", "<h1>Maintenance of the northern mole</h1><p>The "
        "northern mole will be closed for maintenance from Monday. Please use the ferry landing.</p>"),
    "a section of works": page("Maintenance | Harbour Board", f"<h1>Maintenance</h1>{LINKS}"),
    "what captchas are": page("What a captcha is", f"<h1>What a captcha is</h1><p>{EXPLAINED * 5}</p>"),
    "an attack": page("Website of the council attacked", "<h1>Website of the council attacked</h1><p>The council's "
        "website was overwhelmed by a flood of requests. Visitors saw an error, and some were asked to prove that "
        "they were human.</p>"),
    "a message quoted": page("What voters saw", "<h1>What voters saw</h1><p>From noon on, the site of the election "
        "office showed one line: “Please enable JavaScript and cookies to continue.” Nobody knew what to do with "
        "it.</p>"),
    "a message quoted at length": page("A wall of words", "<p>Whoever looked for results read: \"We are sorry, "
        "something went wrong. Please try again later, or contact your administrator with this request ID.\" Hours "
        "went by.</p>"),
    "robots that weld": page("Robots weld the new ferry", "<p>Two robots weld the hull of the new ferry at night.</p>"),
    "a cat": page("Missing: grey cat", "<p>Missing since Friday: a grey cat with a white paw. Please call if you find "
        "it.</p>"),
    "a blocked mole": page("Mole blocked", "<h1>Mole blocked</h1><p>A lamp has fallen across the mole and blocks "
        "it.</p>"),
    "a light out of order": page("Notice to mariners 4/2032", "<p>Light 7 is out of service. Mariners are asked to "
        "take care.</p>"),
    "a bus": page("Bus service 7 unavailable", "<p>Service 7 is not available today because of the regatta.</p>"),
    "a film": page("Not available in your country? The regulator asks why", "<p>Viewers on the island often read that "
        "a film is not available in their country. The regulator now asks why.</p>"),
    "passwords to come": page("Council website to ask for passwords", "<p>From June the council's website will ask "
        "for a user name and a password, the clerk said.</p>"),
    "a right to records": page("Order on access to records", "<p>Access to the records may be refused where somebody's "
        "rights would be harmed. A refusal must give its reasons. You may appeal to the board within thirty days.</p>"),
    "an order below a banner": page("Order 13", "<div>Please enable JavaScript in your browser for a better view of "
        "this "
        f"page.</div><h1>Order 13</h1><p>{ORDER * 3}</p>"),
    "news above a cookie banner": page("Ferry line opened", "<h1>Ferry line opened</h1><p>The warden opened the new "
        "ferry line this morning. It runs twice an hour between town and island and carries forty people. The first "
        "boat left at eight with a brass band. Children travel free of charge until the end of summer.</p><div>We use "
        "cookies. <button>Accept all</button></div>"),
    "news that goes on for subscribers": page("Ferry line loses money", "<h1>Ferry line loses money</h1><p>The ferry "
        "line loses money every month, as figures show that the council has kept back since spring. The treasurer "
        "calls them alarming and asks for a debate before summer.</p><div>Subscribe to continue reading. Already a "
        "subscriber?</div>"),
    "a short page of its own word": page("Access denied", "<h1>Access denied</h1><p>A poem in three lines.</p>",
        "<meta property='og:type' content='article'>"),
    "a short order": page("Order 12", "<h1>Order 12</h1><p>The mole is closed to vehicles.</p>"),
    "one word": "<p>Hello</p>",
    "a list": page("Press releases", f"<h1>Press releases</h1>{LINKS}<p>Page 1 of 9</p>"),
    "a list below a banner": page("Press releases", f"<div>Please accept all cookies to continue.</div>{LINKS}"),
    "a search that found nothing": page("Search", "<h1>Search</h1><p>No results were found. Please try again with "
        "other words.</p>"),
    "a contact form": page("Contact", "<h1>Contact</h1><p>You can write to us, or use the form below. Please enter "
        "your name.</p><form><div class=g-recaptcha></div></form>"),
    "a page with all around it": framed("Order 14 - Lake Council", f"<h1>Order 14</h1><p>{ORDER}</p>"),
    "a page that reloads now and then": page("Water level", "<h1>Water level</h1><p>4.12 m</p>",
        "<meta http-equiv=refresh content='300'>"),
    "a table with gaps": page("Table 3", "<p>Passengers by month. Figures for May are not available.</p>"),
    "a fault in German": page("Störung bei der Seebahn", "<p>Wegen einer technischen Störung fuhren am Montag keine "
        "Züge. Die Fahrgäste wurden gebeten, auf Busse auszuweichen.</p>"),
}  # fmt: skip
