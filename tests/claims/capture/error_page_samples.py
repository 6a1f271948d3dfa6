"""Pages that are not the page, and pages that only tell of such: all in our own words, of invented sites."""

NAV = "<nav>" + " ".join(f"<a href='/{n}'>Department number {n}</a>" for n in range(40)) + "</nav>"
FOOT = """<footer><p>Lake Council, Pier Road 1, Grünau. Telephone 555 0100. Open on working days from nine to five.
We use cookies to make this site better. All rights reserved.</p></footer>"""


def page(title: str, body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def framed(title: str, main: str) -> str:
    """Return a page with all that a site puts round its pages."""
    return page(title, f"{NAV}<main>{main}</main>{FOOT}")


REFUSED = {
    "a script's test": page("Just a moment...", "<script>window._cf_chl_opt={a:1}</script>", "<meta name=robots>"),
    "a test that speaks": page("lake.example", "<h1>Checking that you are human</h1><p>This takes a second or two. "
        "We look at the security of your connection, then you go on to lake.example.</p><p>Ray ID: 5f3a</p>"),
    "attention required": page("Attention Required! | Shieldworks", "<h1>Sorry, you have been blocked</h1><p>You are "
        "not able to reach lake.example.</p><h2>Why am I blocked?</h2><p>This site has a security service against "
        "attacks from the network. Something that you did set it off: a word that you sent, a command to a database, "
        "or data in a wrong form.</p><h2>What can I do?</h2><p>Write to the owner of the site, tell what you did when "
        "this page appeared, and give the number below.</p><p>Ray ID 5f3a. Your IP: hidden.</p>"),
    "edge refusal": page("Access Denied", "<h1>Access Denied</h1>You don't have permission to open "
        "\"http://lake.example/x\" on this server.<p>Reference #18.2d1.44"),
    "nothing but a frame": "<html><head><script src='/_Incapsula_Resource?x=5'></script></head><body></body></html>",
    "a frame that speaks": "<html><body><iframe src=/x>Request unsuccessful. Incident ID: "
        "877-123</iframe></body></html>",
    "a captcha": page("Human Verification", "<div id=captcha-box></div><noscript>Scripts are off. We have to verify "
        "that you're not a robot: turn JavaScript on and reload the page.</noscript>"),
    "letters in a picture": page("lake.example", "<form><img src=c.png><input name=captcha><p>Type the text from the "
        "image to go on.</p></form>"),
    "a button to hold": page("lake.example", "<p>Press and hold the button until it is full.</p><p>Reference ID "
        "9fe8</p><script src='//c.px-captcha.example/x.js'></script>"),
    "unusual traffic": page("http://search.example/find?q=x", "<p>We see unusual traffic from your network. This page "
        "finds out whether you send these requests, or a robot. Why did this happen?</p><p>IP address 192.0.2.7</p><p>"
        "Requests from your network seem to break our terms. Once they stop, the block ends. Until then, solve the "
        "captcha above to go on searching.</p><p>It may be a program on your machine, or a script that sends automated "
        "requests; if you share your line, ask the administrator for help.</p>"),
    "an interruption": page("Pardon Our Interruption", "<h1>Pardon our interruption</h1><p>Something about your "
        "browser made us believe that you are a bot. Perhaps you move faster than people do, have JavaScript turned "
        "off, or use an extension that keeps scripts from running.</p><p>To come back in, allow cookies and "
        "JavaScript, then reload the page.</p>"),
    "a firewall": page("Access Denied - Bulwark Website Firewall", "<h1>Access Denied - Bulwark Website "
        "Firewall</h1><p>If this site is yours, put your IP on the list of those who may come in, or open a ticket "
        "with what stands below, so that we can help you.</p><p>Your IP: 192.0.2.7. URL: lake.example/. Block ID: "
        "42.</p>"),
    "a support number": page("Request Rejected", "The URL that you requested was rejected. Please turn to your "
        "administrator.<br>Your support ID is: 1234 <a href='javascript:history.back()'>Go back</a>"),
    "the wrong country": page("Lake TV", "<p>Sorry, this video is not available in your country.</p>"),
    "the wrong program": page("Lake", "<p>Your user agent is not allowed to open this resource.</p>"),
    "automated access": page("Unauthorized Request Blocked", "<h1>Unauthorized Request Blocked</h1><p>If you use "
        "automated tools on this site, say who you are in your user agent. Please declare your traffic. Reference ID: "
        "0.1</p>"),
    "a members' page": framed("Access denied | Lake Council", "<h1>Access denied</h1><p>You are not authorized to "
        "access this page.</p>"),
    "a log-in": page("Log in to Lakebook", "<p>You must log in to continue.</p><form><input name=u><input "
        "type=password><button>Log in</button></form><a href=/forgot>Forgotten your password?</a>"),
    "a subscription": page("Subscribe to continue | Lake Times", "<h1>Subscribe to continue reading</h1><p>Already a "
        "subscriber? Sign in. Or create a free account.</p>"),
    "consent before anything": page("Before you continue to Lakesearch", "<h1>Before you continue</h1><p>We use "
        "cookies and data to run our services, to keep out spam, and to count visits. If you choose “Accept all”, we "
        "and our partners also use cookies to show you what suits you.</p><button>Reject all</button><button>Accept "
        "all</button>"),
    "consent of many partners": page("Lake Media", "<h1>Your privacy choices</h1><p>When you use our sites, we use "
        "cookies. If you accept all, we and our 241 partners store them on your device as well. If you do not want "
        "that, reject all, or open your privacy settings. You can withdraw consent later.</p>"),
    "an age": page("Age verification", "<h1>Are you over 18?</h1><p>You must be at least 18 years old to enter this "
        "site.</p><button>Yes</button>"),
    "scripts and cookies": page("lake.example", "<p>Please enable JavaScript and cookies to continue.</p>"),
    "an old browser": page("Unsupported browser", "<h1>Your browser is not supported</h1><p>Please use a modern "
        "browser.</p>"),
    "a shell that asks for scripts": page("Lakeboard", "<noscript>You need to enable JavaScript to run this "
        "app.</noscript><div id=root></div><script src=/main.js></script>"),
    "in French": page("Mairie du Lac", "<h1>Accès refusé</h1><p>Vous n'êtes pas autorisé à consulter cette page.</p>"),
}  # fmt: skip

THROTTLED = {
    "too many": page("Too many requests", "<h1>Slow down</h1><p>You have sent too many requests in a short time.</p>"),
    "a quota": page("Daily quota reached", "<p>You have reached your daily limit. Please come back tomorrow.</p>"),
    "a queue": page("Waiting room - Lake Tickets", "<h1>You are in the queue</h1><p>Please do not refresh the "
        "page.</p>"),
}  # fmt: skip

NOT_FOUND = {
    "bare": page("404 Not Found", "<center><h1>404 Not Found</h1></center><hr><center>webserver/1.0</center>"),
    "with all around it": framed("Page not found - Lake Council", "<h1>Page not found</h1><p>The page may have moved. "
        "Use the search, or start from the home page.</p>"),
    "with a joke": framed("404 | Lake Council", "<h1>Oh no!</h1><p>This page has sailed away.</p>"),
    "without a title": framed("Lake Council", "<h1>Sorry, this page can't be found</h1><p>We can't find what you were "
        "looking for. Perhaps you typed the wrong address.</p>"),
    "lost at sea": page("Lost at sea - Harbour Board", "<h1>Lost at sea</h1><p>We looked everywhere, but the page you "
        "asked for is not here. Try the search, or go back to the home page.</p>"),
    "in German": page("Seeamt | Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Bitte prüfen Sie die "
        "Adresse.</p>"),
}  # fmt: skip

FAILED = {
    "difficulties": page("Technical Difficulties", "<h1>We’re sorry, this site is having technical difficulties. "
        "Please try again in a while.</h1><p>Exception: forbidden</p>"),
    "a nap": page("Lake Portal", "<h1>Zzz…</h1><p>Our servers are taking a nap. Please try again in a few "
        "minutes.</p>"),
    "maintenance": page("Maintenance", "<h1>Briefly unavailable for maintenance. Check back in a minute.</h1>"),
    "maintenance with a log-in": page("Offline", "<h1>Lake</h1><p>This site is down for maintenance. Please check back "
        "soon.</p><form><input type=password><button>Log in</button></form>"),
    "maintenance in German": page("Seeamt", "<h1>Wartungsarbeiten</h1><p>Unsere Webseite ist nicht erreichbar. Bitte "
        "versuchen Sie es später noch einmal.</p>"),
    "wrong inside a frame of links": framed("Error | Lake Council", "<h1>Something went wrong</h1><p>An error occurred "
        "while processing your request.</p>"),
    "the database": page("Database Error", "<h1>Error establishing a database connection</h1>"),
    "the content system": page("Lakepress &rsaquo; Error", "<p>There has been a critical error on this website.</p>"),
    "a gateway": "<html><body><h1>502 Bad Gateway</h1></body></html>",
    "a back end": page("503 Backend fetch failed", "<h1>Error 503 Backend fetch failed</h1><p>XID: 1234</p>"),
    "a fatal error": "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function lamp() in "
        "/srv/lake.php:3\nStack trace:\n#0 {main}\n  thrown in <b>/srv/lake.php</b> on line <b>3</b>",
    "a stack": page("Error", "<pre>example.lake.LampException\n\tat example.lake.Mole.light(Mole.java:33)</pre>"),
    "a query": page("Lake", "<p>You have an error in your SQL syntax near '' at line 1 of the server’s query.</p>"),
    "a framework": page("Runtime Error", "<h1>Server Error in '/lake' Application.</h1><h2>Runtime Error</h2><p>An "
        "application error occurred on the server; its details are not shown.</p>"),
    "a server's first page": page("Welcome to nginx!", "<h1>Welcome to nginx!</h1><p>If you see this page, the web "
        "server is successfully installed. Further configuration is required.</p>"),
    "it works": "<html><body><h1>It works!</h1></body></html>",
    "a picture of a server": page("IIS Windows Server", "<a href=//iis.example><img src=iisstart.png alt=IIS></a>"),
    "a distribution's page": page("Apache2 Ubuntu Default Page: It works", "<h1>It works!</h1>" + "<p>This is the "
        "page by which you see that the server works after it was installed. Put your own in its place before you go "
        "on to run it. If you are a visitor and do not know what this is about, the site is likely under "
        "maintenance.</p>" * 3),
    "a suspended account": page("Account Suspended", "<h1>Account Suspended</h1><p>Ask whoever hosts it for more.</p>"),
    "a domain for sale": page("lake.example - ferries, lamps", "<p>This domain may be for sale by its "
        "owner!</p><h3>Related Searches</h3><a href=/1>Ferries</a><a href=/2>Lamps</a><p>This page was made by the "
        "domain owner with a service for domain parking.</p>"),
    "an expired domain": page("Domain expired", "<p>lake.example has expired. If this is your domain, renew it.</p>"),
    "sent to the home page": "<html><head><meta http-equiv=refresh content='0; url=/'></head><body></body></html>",
    "sent on by script": "<html><script>window.location.href='/';</script><body>Redirecting...</body></html>",
    "moved": page("Moved", "<p>This page has moved.</p>", "<meta http-equiv=Refresh content='3;URL=/new'>"),
    "a shell without words": page("Lakeboard", "<div id=root></div><script src=/main.js></script>"),
    "no words at all": "<html><body></body></html>",
}  # fmt: skip
