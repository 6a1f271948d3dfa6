"""How error pages speak, and how reports and lists do, which may hold the same words; see `error_page_signs`."""

import re
from typing import Final


def phrases(*patterns: str) -> re.Pattern[str]:
    """Return a pattern of whole phrases, for text in lower case with plain apostrophes."""
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)")


# fmt: off
SPEAKS: Final = phrases(
    r"you|your|you're|you've|yourself|please|sorry|apologi[sz]e|apologies|we're|we are|we'll|i am not a robot"
    r"|i'm not a robot",
    r"(?:try|go|come|click|contact|refresh|reload|return|check|enable|enter|sign|log|continue|proceed|visit"
    r"|search|head|press|type|slide|turn)"
    r" (?:again|back|here|us|the|to|later|in|your|this|our|page|javascript|cookies|home|below|and|them)",
    r"bitte|sie|ihre?n?|entschuldigung|veuillez|vous|votre|désolés?|por favor|usted|lo sentimos|siamo spiacenti"
    r"|per favore",
)

WEB: Final = phrases(
    r"(?:web ?)?pages?|(?:web ?)?sites?|web|browsers?|servers?|requests?|requested|urls?|links?|javascript"
    r"|cookies?|ip|internet|resources?|user[- ]agent|the (?:image|button)"
    r"|connections?|sessions?|networks?|online|administrators?|webmasters?|http\S*|apis?|domains?|captchas?|robots?"
    r"|(?:ray|incident|reference|request|support|error|event|trace) ?(?:id|code|number|#)\W?|refresh|reload"
    r"|log ?in|sign ?in|password"
    r"|homepage|home page|this (?:content|video|article|service|feature|story)|seite|webseite|anfrage|navigateur"
    r"|página|pagina|сайт\w*|страниц\w*",
)

REPORTS: Final = phrases(
    r"said|says|told|according to|announced|reported|added|explained|wrote|yesterday|last (?:week|month|year|night)",
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun)day|on \d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*",
    r"sagte|erklärte|teilte mit|gestern|a déclaré|a dit|hier|dijo|declaró|ayer",
)
"""The words of a report, which tells of others and of what was."""

NO_HITS: Final = phrases(
    r"(?:no|0|zero) (?:\w+ ){0,2}(?:results?|matches|entries|items|hits|records|posts|documents|publications"
    r"|events|news)(?: (?:were |was )?found)?",
    r"nothing matched|(?:did not|didn't) match any|nothing found for|there are (?:currently )?no"
    r"|keine (?:ergebnisse|treffer)|aucun résultat"
    r"|sin resultados|no se encontraron resultados",
)
"""What a list or a search says that has nothing: an answer, and none of the above."""

PLAIN: Final = frozenset(re.findall(r"\S+", """
a about access accessing account actually address administrator again all already also am an and any anything app
application are article as at auf available back backend be because been before being bitte browser but by can can't
cannot cette checking client code connect connecting connection contact content continue continuing could couldn't
currently das database de dear dem den denied der details deze did didn't die diese dieser display do document does
doesn't doing domain don't down due désolé ein eine einen el else enough entered erreur error errore errors est esta
establishing está event exist exists expired failed failure fehler fetch file find for found from gateway get
getting go gone got had handle happened has have haven't having hello here het hey hi hm hmm hold home homepage host
how http https i i'm id if ihr ihre il in incident information invalid is isn't ist it it's item its just la le
least leider les like link lo load loading located login look looking looks los lost made make may me method might
missing moment more my name need needed network nicht niet no non none nope not nothing notice now number occurred
of off ok on one online only oooops ooops oops open or oups our out over page pages pagina pas permission permitted
please possible problem proceed process proxy pudo página ray reach reached reason reference request requested
requests require required resource response retrieve right satisfied se seem seems seite server servers service
services session shortly should sie sind site sites sitio sito so something sometimes soon sorry status still stop
story such support system systems temporarily temporary that that's the their there there's they thing this ticket
time to too trace traffic tried try trying uh un unable une unfortunately unknown until up url us use user valid
view viewing visit visiting visitor wait want wanted was wasn't we we'll we're we've web webpage webseite website
went werden were what when where which while who whoops why will with without won't working would wrong wurde yet
you you'll you're you've your yourself zu è été ошибка страница
"""))
"""Words of which an error's title may be made, beside the telling ones, numbers and addresses."""
# fmt: on
