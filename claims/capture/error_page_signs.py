"""The words by which a page that is not the page gives itself away, by what it is instead.

Patterns are matched against text in lower case with plain apostrophes. They are short on purpose: each of them stands
in articles as well. `error_pages` says when they count: in a title made of nothing but `PLAIN` and telling words, or on
a page that says little, speaks to its visitor (`SPEAKS`) and does so of the web (`WEB`).
"""

import re
from dataclasses import dataclass
from typing import Final

from claims.capture.error_page_words import phrases
from claims.capture.outcome import Outcome
from claims.wording import Words, words


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """One kind of such page: what it means, what to say of it, and the words that tell it.

    `vague` titles head real pages too (“Maintenance”, “Log in”): they count only where hardly anything else is said.
    `marks` are in its markup, and tell it alone where hardly anything is said. A `mute` one is a program's or a
    server's own, and speaks to nobody.
    """

    outcome: Outcome
    sentence: Words
    telling: re.Pattern[str]
    vague: re.Pattern[str] | None = None
    marks: re.Pattern[str] | None = None
    mute: bool = False


def _marks(marks: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(mark) for mark in marks.split()), re.IGNORECASE)


# fmt: off
CHALLENGED: Final = Sign(
    Outcome.REFUSED,
    words("The site wants to be sure that a person is asking, and showed a test in place of the page: open it in a "
          "browser, save the page and upload it."),
    phrases(
        r"(?:re|h)?captchas?|robots?|bots?|turnstile|challenge|incapsula|datadome|ddos|roboter|proof[- ]of[- ]work",
        r"just a moment|one more step|attention required|pardon our interruption|un instant|einen moment",
        r"human (?:verification|check|being)|(?:a|are|being|real) (?:human|person)|real (?:visitor|user)",
        r"(?:security|bot|browser) (?:check|challenge|verification)|javascript and cookies to continue",
        r"unusual (?:traffic|activity|behaviou?r|requests?)"
        r"|automated (?:traffic|requests?|queries|access|tools|programs|download\w*)",
        r"(?:check|verify|inspect|validat|analy[sz])ing (?:your|the|if|whether|that|you)\b(?:[\w ']* (?:browser"
        r"|human|connection))?",
        r"(?:verify|prove|confirm|ensure) (?:that )?(?:you|your identity|yourself|it's you|it is you)\b",
        r"security of your connection"
        r"|(?:characters|letters|code|text|numbers|words) (?:you see|shown|below|(?:in|from) the (?:image|picture"
        r"|box))",
        r"sicherheits(?:überprüfung|prüfung|check)|vérification de sécurité|verificación de seguridad",
    ),
    re.compile(r"one moment|please (?:wait|stand by)|security|verification|bitte warten"),
    _marks("_cf_chl_opt cf-chl- captcha-delivery.com px-captcha _incapsula_resource "
           "awswafintegration .awswaf.com sec-if-cpt-container cp_challenge sucuri_cloudproxy ddos-guard kpsdk "
           "distil_r_ anubis_challenge"),
)

DENIED: Final = Sign(
    Outcome.REFUSED,
    words("The site turned the request away and said so in place of the page: open it in a browser, save the page and "
          "upload it."),
    phrases(
        r"denied|forbidden|blocked|rejected|banned|blacklisted|blocklisted|disallowed|firewall|waf",
        r"401|403|406|451|not acceptable|method not allowed|1020|1015|1010|1009|1006|1005|unauthori[sz]ed"
        r"|not authori[sz]ed|request unsuccessful",
        r"(?:do not|don't|doesn't|does not|not|without|lacks?|no) (?:have |the |sufficient |enough |required |proper )*"
        r"(?:permissions?|privileges?|authori[sz]ation|access)",
        r"(?:not|isn't|aren't) (?:allowed|permitted|entitled)|insufficient (?:permission|privilege|right)s?",
        r"(?:access|request) (?:to (?:this|the) \w+ )?(?:is |was |has been )?(?:restricted|refused|limited"
        r"|not allowed)",
        r"could not be satisfied|security (?:service|solution|policy|rules?|systems?|reasons)"
        r"|protect (?:itself|ourselves)",
        r"(?:not|un) ?(?:available|accessible) (?:in|from|to|for|within) (?:\w+ ){0,3}(?:region|country|area"
        r"|location|europe|eu)",
        r"your (?:country|region|location|jurisdiction|ip|ip address|user[- ]agent)|legal reasons|vpn|proxy"
        r"|terms of (?:use|service)",
        r"(?:invalid|missing|expired|no|bad) (?:api[ _]?)?(?:key|token|credentials?|signature)|api[ _]key \w+",
        r"(?:authentication|authori[sz]ation|credentials) (?:is |are |was )?(?:required|needed|failed|missing|invalid)",
        r"zugriff (?:verweigert|gesperrt)|gesperrt|(?:accès|acces) (?:refusé|interdit|bloqué)"
        r"|(?:acceso|acesso) (?:de)?negado"
        r"|accesso negato|toegang geweigerd|dostęp zabroniony|доступ запрещ[её]н|refusé|interdit",
    ),
    re.compile(r"blocked|rejected|restricted(?: access| area)?|protected|access"),
    _marks("cf-error-code cf-error-details /cdn-cgi/styles/cf.errors edgesuite.net"),
)

THROTTLED: Final = Sign(
    Outcome.THROTTLED,
    words("The site says that it is asked too often, in place of showing the page: it is asked again later."),
    phrases(
        r"too many (?:\w+ )?(?:requests|connections|queries|attempts|hits|downloads|calls|users)|429|509"
        r"|throttl(?:ed|ing|e)",
        r"rate[- ]?limit(?:ed|ing|s)?(?: exceeded)?|slow(?:ing)? down|limit (?:your )?requests?|retry[- ]after",
        r"(?:limits?|quota|threshold|allowance|rate) (?:has been |have been |was |were |is "
        r"|of .{1,30} )?(?:exceeded|reached|hit)",
        r"exceed(?:ed|ing|s)? (?:\w+ ){0,4}(?:limits?|quota|number|rate|allowance|threshold)"
        r"|over (?:your )?(?:quota|the limit)|(?:daily|hourly|monthly|usage|api) (?:limits?|quota|threshold)",
        r"requests? (?:per|to one every|every|a|in the last) (?:\w+ )?(?:seconds?|minutes?|hours?|day)|bandwidth limit",
        r"too (?:quickly|fast|often|frequently)|(?:very|extremely|currently|is|are|too) busy|overload(?:ed)?"
        r"|waiting room",
        r"(?:high|heavy|unusually high|increased) (?:demand|traffic|load|volumes?)|in (?:a|the) queue",
        r"zu viele anfragen|trop de requêtes|demasiad[ao]s (?:solicitudes|peticiones|intentos)|слишком много запросов",
    ),
    re.compile(r"busy|queue|waiting room"),
)

WALLED: Final = Sign(
    Outcome.REFUSED,
    words("The site asks for a log-in before it shows the page: log in with a browser, save the page and upload it."),
    phrases(
        r"(?:log|sign)(?:ged|ned)?[- ]?(?:in|on) (?:to|before|first|is|required|with|or|using)|log-?in required",
        r"(?:please |must |need to |be )(?:log|sign)(?:ged|ned)?[- ]?(?:in|on)|passwords?|username|user name"
        r"|single sign-on",
        r"(?:subscribe|register|sign up|join)(?: now| today| for free)? (?:to|for|and) (?:continue|read|access"
        r"|view|keep|unlock)",
        r"(?:subscribers?|members?) only|subscription required|create an? (?:free )?account"
        r"|already (?:a member|a subscriber"
        r"|registered|subscribed|have an account)|session (?:has |is )?(?:expired|timed out|ended|over)|members' area",
        r"(?:for|to) (?:our |paying |registered )*(?:subscribers|members|customers)",
        r"anmelde[nr]?|einloggen|se connecter|iniciar sesión|passwort|mot de passe|contraseña",
    ),
    re.compile(r"(?:please )?(?:log|sign)[- ]?(?:in|on)(?: (?:to|with|or|required)\b.{0,40})?"
               r"|(?:member|subscriber|user|client|staff)s?'?(?: only| area| log-?in)|authentication(?: required)?"
               r"|anmeldung|anmelden|connexion|iniciar sesión|accedi|inloggen|logowanie|вход"),
)

CONSENT: Final = Sign(
    Outcome.REFUSED,
    words("The site asks for consent before it shows the page: agree or decline in a browser, save the page and "
          "upload it."),
    phrases(
        r"before you (?:continue|proceed|enter)(?: to [\w. ]+)?|(?:value|respect|care about|choose) your privacy"
        r"|your (?:privacy|cookie)"
        r" (?:choices?|settings|preferences)|(?:cookie|your|give|need|withdraw) consent|consent to",
        r"(?:accept|reject|decline|allow|agree to) (?:all|the use|our|optional|cookies|terms|and)|use (?:of )?cookies",
        r"(?:our|\d+) (?:\w+ )?(?:partners|vendors)|legitimate interest|age (?:verification|check|gate)",
        r"(?:confirm|verify|enter|what is) (?:your age|your date of birth|that you are (?:over|at least))"
        r"|how old are you",
        r"(?:over|at least|aged) (?:18|21)(?: years)?|zustimm(?:en|ung)|einwilligung|consentement|consentimiento",
    ),
)

SCRIPTED: Final = Sign(
    Outcome.REFUSED,
    words("The page shows its text to browsers alone, and asks for scripts or for another browser: open it in a "
          "browser, save the page and upload it."),
    phrases(
        r"(?:enable|activate|turn on|switch on|allow|requires?|needs?|without|re-?enable|use) (?:your browser's )?"
        r"(?:java ?script|js|cookies|scripts|scripting)|(?:disable|turn off) (?:your |any )?ad[- ]?block\w*",
        r"(?:java ?script|cookies)(?: and cookies| and javascript)? (?:(?:is|are|must|to|be|has|have|been|seems?"
        r"|appears?|currently"
        r"|not) )*(?:disabled|required|enabled|off|blocked|needed|deactivated|turned off|unavailable|supported)",
        r"browser(?: version)? (?:(?:is|you|are|using|that|which|version|currently|your|has) )*(?:not|no longer"
        r"|isn't|un|out) ?"
        r"(?:supported|compatible|of date|up to date|dated)|(?:un|not )supported browser"
        r"|(?:outdated|old|incompatible) browser",
        r"(?:upgrade|update|switch) (?:to )?(?:your|a|another|to a) (?:\w+ )*browser"
        r"|(?:modern|newer|different|supported) browser",
        r"javascript (?:aktivieren|deaktiviert|aktiviert)|aktivieren sie javascript|activer (?:le )?javascript"
        r"|habilit[ae] (?:el |o )?javascript",
    ),
    re.compile(r"loading|noscript|javascript"),
)

MISSING: Final = Sign(
    Outcome.NOT_FOUND,
    words("The site says that there is no such page, with a status that says there is: check the address."),
    phrases(
        r"404|410|not found"
        r"|(?:can't|cannot|couldn't|could not|can not|unable to|didn't|don't|not) (?:be )?(?:find|found|located?)",
        r"(?:page|file|document|article|content|link|url|story|resource|item) (?:(?:you|you're|requested|are|were"
        r"|have|looking|for|trying|to"
        r"|reach|is|was|has|been|may|might|seems|be|that|this|no"
        r"|have) )*(?:missing|gone|removed|moved|deleted|unavailable|unpublished|expired|lost)",
        r"(?:doesn't|does not|don't|did not|no longer|not) (?:exists?|available|here|there)(?: any ?more)?"
        r"|nothing (?:here|found|was found|to see)",
        r"no such (?:page|file|document|address|url)"
        r"|(?:broken|dead|bad|wrong|mistyped|invalid) (?:link|url|address)|dead end",
        r"(?:check|mistyped|wrong|incorrect|retype) (?:the )?(?:url|address|spelling)"
        r"|looking for (?:is|was|has|may|might|could|can't|cannot)",
        r"nicht gefunden|existiert nicht|introuvable|n'existe (?:pas|plus)|no encontrad[ao]|no existe"
        r"|non trovat[ao]|não encontrad[ao]"
        r"|niet gevonden|nie znaleziono|не найдена?|не знайдено",
    ),
    re.compile(r"gone|missing|lost|unavailable|removed"),
)

DOWN: Final = Sign(
    Outcome.FAILED,
    words("The site tells of a fault or of works on it in place of showing the page: it is asked again later."),
    phrases(
        r"problems? with (?:the|this|our|your) \w+"
        r"|(?:technical|temporary|unexpected|server|internal) (?:difficult(?:y|ies)|problems?|issues?|errors?"
        r"|faults?|glitch)|outage",
        r"(?:un|not )available|maintenance|downtime|out of (?:service|order)"
        r"|(?:is|are|be|went|currently|temporarily|we're) (?:down|offline)",
        r"(?:be |we'll be |will be )?(?:right )?back (?:soon|shortly|online|in a|later|up)"
        r"|come back (?:later|soon)|check back",
        r"something (?:went|has gone|is) wrong|went wrong"
        r"|an? (?:\w+ )?(?:error|problem|exception) (?:has )?(?:occurred|happened)",
        r"(?:we're|we are|are) (?:currently )?(?:working on|fixing|having|experiencing|upgrading|updating|performing)",
        r"(?:unable|not able|failed|can't|cannot|couldn't|could not) (?:to )?(?:process|complete|load|display"
        r"|handle|connect|serve|retrieve|fulfil)"
        r"(?: your| the| this)?(?: request| page| to the server)?|try again (?:later|in|soon|shortly)?"
        r"|(?:refresh|reload)(?:ing)? (?:the|this|your) (?:page|browser)",
        r"under construction|coming soon|wartung(?:sarbeiten)?|wartungsmodus|nicht (?:verfügbar|erreichbar)"
        r"|indisponible|mantenimiento|manutenzione"
        r"|fuera de servicio|en maintenance|technische (?:störung|probleme)|5(?:0\d|2\d)",
    ),
    re.compile(r"(?:scheduled |site |system |planned )?maintenance|outage|offline|unavailable|down|coming soon"
               r"|under construction|wartung"),
)

BROKEN: Final = Sign(
    Outcome.FAILED,
    words("The site’s own program failed and told so in place of showing the page: it is asked again later."),
    phrases(
        r"internal server error|server error|application error|runtime error|fatal error|parse error"
        r"|database error|critical error",
        r"establishing a database connection|connect to (?:the |your )?database|sqlstate\S*|ora-\d+|mysqli?_\w+"
        r"|syntax error|sql syntax",
        r"(?:bad|invalid) gateway|gateway time-?out|service unavailable|bad request"
        r"|server is (?:down|not responding)|timed? ?out",
        r"stack ?trace|traceback \(most recent call last\)|uncaught \w+|unhandled (?:exception|error)|call stack"
        r"|whitelabel error page",
        r"upstream (?:connect|request|server)\b|no healthy upstream|backend fetch failed|guru meditation"
        r"|unknown (?:domain|host|error)|connection (?:refused|reset|timed out|failed|failure)"
        r"|origin (?:server|dns)|cannot get /\S*",
        r"exception(?: details| information| has occurred| occurred)?|[a-z.]+(?:error|exception):"
        r"|failed to open stream|error code|errorcode",
        r"serverfehler|interner fehler|erreur (?:interne|du serveur)|error interno|errore del server|error al \w+"
        r"|base de datos",
    ),
    re.compile(r"error|fehler|erreur|oops|whoops|exception"),
    _marks("cf-wrapper cf-error-overview <!--stacktrace class=\"xdebug-error"),
    mute=True,
)

DEFAULT: Final = Sign(
    Outcome.FAILED,
    words("Nobody has put a page there yet: the server shows the one it came with."),
    phrases(
        r"welcome to (?:nginx|caddy|openresty|centos|apache|tengine|lighttpd|plesk|cpanel|xampp|iis)\S*|it works"
        r"|(?:iis|http|http server|web server"
        r"|apache2?|nginx|centos|fedora|ubuntu|debian|red hat|litespeed|tomcat) (?:\w+ )*(?:default|test"
        r"|placeholder|welcome) page|iis windows(?: server)?",
        r"(?:test|default|placeholder|welcome|start) page (?:for|of|is|used)|successfully installed"
        r"|further configuration is required",
        r"default (?:web ?)?(?:site|page|backend)|(?:web|http) server is (?:running|working|installed)"
        r"|no (?:web ?)?site (?:is )?(?:configured|at this address|here yet)",
        r"(?:index\.html|website content|your website) (?:here|yet|has not been)|apache/[\d.]+|tomcat/[\d.]+",
    ),
    mute=True,
)

PARKED: Final = Sign(
    Outcome.FAILED,
    words("The address has no owner with pages any more: the domain is for sale, parked, expired or suspended."),
    phrases(
        r"(?:domain|website|name)s? (?:name )?(?:\w+ )?(?:is |may be |could be |are )?(?:for sale|parked|expired"
        r"|available for purchase|to buy)|buy this domain",
        r"(?:account|site|website|page|hosting) (?:has been |is |was )?suspended"
        r"|parked (?:free|domain|page)(?:,? courtesy of \S+)?|domain (?:has )?expired"
        r"|renew (?:this|your|the) domain",
        r"(?:inquire|enquire|make an offer|interested) (?:about|on|in|for) (?:this|the) domain|future home of"
        r"|related searches|domain (?:broker|owner|registrar|parking)",
        r"(?:isn't|not|is not) connected to a (?:web ?)?site"
        r"|(?:web ?)?site (?:is )?(?:no longer|not) (?:available|active|published) (?:here|yet)",
    ),
    re.compile(r"suspended|expired|for sale"),
    mute=True,
)
# fmt: on

KINDS: Final = (CHALLENGED, DENIED, THROTTLED, WALLED, CONSENT, SCRIPTED, MISSING, PARKED, DEFAULT, DOWN, BROKEN)
"""In the order in which one is preferred to another that is told as clearly."""
